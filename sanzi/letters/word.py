"""Laid papers as Word (.docx): the same words as the PDF, to be edited and signed.

Fonts are named (仿宋, 黑体) and not embedded: the office's computers have them. Every word is
escaped text; nothing of a value is ever markup.
"""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape

from . import qr, word_parts
from .laying import Laid, Paper
from .sheet import SHEETS
from .word_parts import DECLARATION, NAMESPACES, fonts, twips

_BORDER = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="141414"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_NO_BORDER = "".join(
    f'<w:{side} w:val="nil"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
# "between" too: Word joins neighbours with the same border into one box.
_UNDER = "".join(
    ("<w:pBdr>", *(f'<w:{side} w:val="single" w:sz="4" w:space="1" w:color="141414"/>'
                   for side in ("bottom", "between")), "</w:pBdr>")
)  # fmt: skip
_DASHED = '<w:pBdr><w:top w:val="dashed" w:sz="6" w:space="4" w:color="141414"/></w:pBdr>'
# A box every Chinese font has; the ticked one comes from the system's symbols.
_BOX, _TICKED = "□", "☑"


def docx_of(paper: Paper, *, at: datetime) -> bytes:
    """One paper as a .docx; `at` is when it was written, and the same paper is the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name, content in _parts(paper, at):
            # Fixed moments: the same paper is the same file.
            package.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _parts(paper: Paper, at: datetime) -> list[tuple[str, str | bytes]]:
    created = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    parts: list[tuple[str, str | bytes]] = [
        ("[Content_Types].xml", word_parts.CONTENT_TYPES),
        ("_rels/.rels", word_parts.RELATIONS),
        ("docProps/core.xml", word_parts.CORE.format(title=escape(_named(paper)), at=created)),
        ("word/document.xml", _document(paper)),
        ("word/_rels/document.xml.rels", word_parts.DOCUMENT_RELATIONS),
        ("word/styles.xml", _styles(paper.size)),
        ("word/settings.xml", word_parts.SETTINGS),
        ("word/footer1.xml", word_parts.FOOTER),
        ("word/header1.xml", _header(paper)),
    ]
    if paper.address:
        parts += [
            ("word/_rels/header1.xml.rels", word_parts.HEADER_RELATIONS),
            ("word/media/qr.png", qr.picture(paper.address)),
        ]
    return parts


def _named(paper: Paper) -> str:
    """Its title as a property of the file, where no tag belongs."""
    return paper.title.replace("{{", "").replace("}}", "").strip()


@lru_cache(maxsize=8)
def _styles(size: int) -> str:
    return word_parts.styles(size)


def _document(paper: Paper) -> str:
    body = [_p(paper.title, "Title1")]
    sheet = SHEETS[paper.size]
    body += [_BLOCKS[block["kind"]](block, twips(sheet.width)) for block in paper.blocks]
    return (
        f"{DECLARATION}<w:document {NAMESPACES}><w:body>{''.join(body)}"
        f"<w:sectPr>{word_parts.page(sheet)}</w:sectPr></w:body></w:document>"
    )


def _header(paper: Paper) -> str:
    words = [f"编号：{paper.serial}", f"查验码：{paper.token}"]
    left = "".join(_p(text, "Small") for text in words)
    if paper.mark:
        mark = '<w:color w:val="A3211B"/><w:sz w:val="30"/>'
        left += _p(paper.mark, "Small", run=mark)
    to_right = '<w:jc w:val="right"/>'
    right = _p("" if paper.address else paper.caption, "Small", to_right)
    if paper.address:
        right = f'<w:p><w:pPr><w:pStyle w:val="Small"/>{to_right}</w:pPr>{word_parts.PICTURE}</w:p>'
        right += _p(paper.caption, "Small", to_right)
    width = twips(SHEETS[paper.size].width)
    table = _table([width - _PICTURE, _PICTURE], [_row([(left, ""), (right, "")])], ruled=False)
    return f"{DECLARATION}<w:hdr {NAMESPACES}>{table}{_p('', 'Small')}</w:hdr>"


def _run(text: str, run: str = "") -> str:
    properties = f"<w:rPr>{run}</w:rPr>" if run else ""
    lines = text.split("\n")
    words = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
    return f"<w:r>{properties}{words}</w:r>"


def _p(text: str, style: str, more: str = "", run: str = "") -> str:
    return _paragraph(_run(text, run) if text else "", style, more)


def _paragraph(runs: str, style: str, more: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{runs}</w:p>'


def _table(widths: list[int], rows: list[str], *, ruled: bool = True) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    borders = _BORDER if ruled else _NO_BORDER
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _row(cells: list[tuple[str, str]], *, is_head: bool = False) -> str:
    """A row of (paragraphs, cell properties); never torn by a page, a head is repeated."""
    head = "<w:tblHeader/>" if is_head else ""
    inside = "".join(
        f'<w:tc><w:tcPr>{more}<w:vAlign w:val="center"/></w:tcPr>{words}</w:tc>'
        for words, more in cells
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{inside}</w:tr>"


def _cell(text: str, *, align: str = "left") -> str:
    return _p(text, "Cell1", "" if align == "left" else f'<w:jc w:val="{align}"/>')


_NARROW = 680
_PICTURE = 2000
_SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="F5F5F5"/>'


def _widths(shares: list[int], width: int) -> list[int]:
    """Twips by share of what is left beside the narrow columns, whose share is 0."""
    left, total = width - _NARROW * shares.count(0), sum(shares)
    widths = [left * share // total if share else _NARROW for share in shares]
    widths[-1] += width - sum(widths)
    return widths


def _rows(block: Laid, width: int) -> str:
    heads = block["heads"]
    rows = [_row([(_cell(h["title"], align="center"), _SHADE) for h in heads], is_head=True)]
    aligns = ["right" if head["right"] else "left" for head in heads]
    for cells in (*block["rows"], *([block["foot"]] if block["foot"] else [])):
        rows.append(_row([(_cell(c, align=a), "") for c, a in zip(cells, aligns, strict=True)]))
    return _table(_widths([head["width"] for head in heads], width), rows) + _p("", "Note1")


def _facts(block: Laid, width: int) -> str:
    pairs, cells = block["columns"], block["cells"]
    rows = []
    for start in range(0, len(cells), pairs):
        some = cells[start : start + pairs]
        some = some + [["", ""]] * (pairs - len(some))
        inside: list[tuple[str, str]] = []
        for title, text in some:
            inside += [(_cell(title), _SHADE), (_cell(text), "")]
        rows.append(_row(inside))
    return _table(_widths([2, 6 if pairs == 1 else 3] * pairs, width), rows) + _p("", "Note1")


def _ticks(block: Laid, width: int) -> str:
    runs = _run(f"{block['title']}  ") if block["title"] else ""
    for option in block["options"]:
        box = _run(_TICKED, fonts("Segoe UI Symbol")) if option["ticked"] else _run(_BOX)
        runs += box + _run(f" {option['text']}　")
    return _paragraph(runs, "Flush")


def _lines(block: Laid, width: int) -> str:
    ruled = "".join(_p("", "Flush", _UNDER) for _ in range(block["count"]))
    return _p(f"{block['title']}：", "Flush", "<w:keepNext/>") + ruled


def _seal(block: Laid, width: int) -> str:
    together = '<w:keepNext/><w:keepLines/><w:ind w:left="4600"/><w:jc w:val="center"/>'
    words = "".join(_p(line, "Flush", together) for line in block["lines"])
    hint = _p(block["hint"], "Note1", together.replace("<w:keepNext/>", ""))
    return _p("", "Flush", "<w:keepNext/>") + words + hint


def _signatures(block: Laid, width: int) -> str:
    cells = ["".join(_signed(party)) for party in block["parties"]]
    cells += [_p("", "Flush")] * (len(cells) % 2)
    rows = [_row([(cells[i], ""), (cells[i + 1], "")]) for i in range(0, len(cells), 2)]
    return _p("", "Note1") + _table(_widths([1, 1], width), rows, ruled=False)


def _signed(party: dict[str, Any]) -> list[str]:
    spaced = '<w:keepNext/><w:spacing w:before="200"/>'
    return [_p(f"{line}：", "Flush", spaced) for line in (party["title"], *party["lines"])]


_BLOCKS: dict[str, Callable[[Laid, int], str]] = {
    "salutation": lambda b, width: _p(b["text"], "Flush"),
    "paragraph": lambda b, width: _p(b["text"], "Body1" if b["indent"] else "Flush"),
    "heading": lambda b, width: _p(b["text"], "Head2"),
    "note": lambda b, width: _p(b["text"], "Note1"),
    "facts": _facts,
    "table": _rows,
    "ticks": _ticks,
    "lines": _lines,
    "seal": _seal,
    "signatures": _signatures,
    "cut": lambda b, width: (
        _p("", "Note1") + _p(b["text"], "Note1", f'{_DASHED}<w:jc w:val="center"/>')
    ),
    "page": lambda b, width: '<w:p><w:r><w:br w:type="page"/></w:r></w:p>',
}
