"""A form and its values become a laid paper: plain blocks of finished words.

PDF, Word and the page on screen all print what is laid here, so their text cannot differ.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from . import blocks
from .form import PLACE, Field, LetterForm
from .values import BLANK, says_something, spell, spell_in_table

Laid = dict[str, Any]
TO_THE_RIGHT = frozenset({"money", "area", "number"})


@dataclass(frozen=True)
class Paper:
    """One laid paper: what stands in its head and foot, and its blocks."""

    title: str
    serial: str
    token: str
    size: int
    blocks: tuple[Laid, ...]
    # What the QR says and the words under it; empty: no QR.
    address: str = ""
    caption: str = ""
    # Printed across the head when the paper no longer holds: 已作废.
    mark: str = ""


def lay(
    form: LetterForm,
    values: Mapping[str, Any],
    *,
    address: str = "",
    mark: str = "",
) -> Paper:
    """Lay one paper. `values` are kept values, the standing ones among them."""
    laying = Laying(form, values)
    laid = tuple(b for block in form.blocks for b in laying.block(block))
    return Paper(
        title=str(values["title"]),
        serial=str(values["serial"]),
        token=spaced(str(values["token"])),
        size=form.size,
        blocks=laid,
        address=address,
        caption=("扫码回函" if form.reply else "扫码查验") if address else "",
        mark=mark,
    )


def spaced(token: str) -> str:
    """A token as people read and type it: in fours."""
    return "-".join(token[i : i + 4] for i in range(0, len(token), 4))


class Laying:
    """One form with one set of values."""

    def __init__(self, form: LetterForm, values: Mapping[str, Any]) -> None:
        self._form, self._values = form, values
        self._lay: dict[type[blocks.Block], Callable[[Any], list[Laid]]] = {
            blocks.Salutation: lambda b: self._texts("salutation", b.text),
            blocks.Paragraph: lambda b: self._texts("paragraph", b.text, indent=b.indent),
            blocks.Heading: lambda b: self._texts("heading", b.text),
            blocks.Note: lambda b: self._texts("note", b.text),
            blocks.Facts: self._facts,
            blocks.Table: self._table,
            blocks.Ticks: self._ticks,
            blocks.Lines: lambda b: [{"kind": "lines", "title": b.title, "count": b.count}],
            blocks.Seal: self._seal,
            blocks.Signatures: self._signatures,
            blocks.Cut: lambda b: [{"kind": "cut", "text": b.text}],
            blocks.NewPage: lambda b: [{"kind": "page"}],
        }

    def block(self, block: blocks.Block) -> list[Laid]:
        """What is printed of one block; nothing when its condition does not hold."""
        if block.when:
            field = self._form.by_name[block.when]
            if not says_something(field, self._values.get(field.name)):
                return []
        return self._lay[type(block)](block)

    def words(self, text: str, blank: str = BLANK) -> str:
        """A text with its values in place. Values are put in once and never read again."""

        def put(match: Any) -> str:
            field = self._form.by_name[match[1]]
            return spell(field, self._values.get(field.name), match[2]) or blank

        return PLACE.sub(put, text)

    def _texts(self, kind: str, text: str, **more: Any) -> list[Laid]:
        lines = (line.strip() for line in self.words(text).split("\n"))
        return [{"kind": kind, "text": line, **more} for line in lines if line]

    def _facts(self, block: blocks.Facts) -> list[Laid]:
        cells = [[title, self.words(text, blank="")] for title, text in block.rows]
        return [{"kind": "facts", "columns": block.columns, "cells": cells}]

    def _table(self, block: blocks.Table) -> list[Laid]:
        rows = self._form.by_name[block.field]
        by_name = {column.name: column for column in rows.columns}
        columns = [by_name[column.field] for column in block.columns]
        heads = [
            {"title": c.title, "width": c.width, "right": f.kind in TO_THE_RIGHT}
            for c, f in zip(block.columns, columns, strict=True)
        ]
        kept = self._values.get(block.field) or []
        body = [[spell_in_table(f, row.get(f.name)) for f in columns] for row in kept]
        body += [[""] * len(columns) for _ in range(block.blanks)]
        foot = self._totals(block, columns)
        if block.numbered:
            heads.insert(0, {"title": "序号", "width": 0, "right": False})
            body = [[str(i), *cells] for i, cells in enumerate(body, start=1)]
            foot = ["", *foot] if foot else []
        if foot:
            foot[0] = foot[0] or "合计"
        return [{"kind": "table", "heads": heads, "rows": body, "foot": foot}]

    def _totals(self, block: blocks.Table, columns: list[Field]) -> list[str]:
        totals = dict(block.totals)
        if not totals:
            return []
        return [self.words(totals[f.name], blank="") if f.name in totals else "" for f in columns]

    def _ticks(self, block: blocks.Ticks) -> list[Laid]:
        chosen = self._values.get(block.chosen) if block.chosen else None
        options = [{"text": text, "ticked": text == chosen} for text in block.options]
        return [{"kind": "ticks", "title": self.words(block.title), "options": options}]

    def _seal(self, block: blocks.Seal) -> list[Laid]:
        lines = [self.words(block.text), self.words(block.dated)]
        return [{"kind": "seal", "lines": lines, "hint": self.words(block.hint)}]

    def _signatures(self, block: blocks.Signatures) -> list[Laid]:
        parties = [{"title": p.title, "lines": list(p.lines)} for p in block.parties]
        return [{"kind": "signatures", "parties": parties}]
