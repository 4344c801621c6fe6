"""The values of a paper: checked when it is written, kept as JSON, spelled when it is printed."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sanzi.kernel.money import capitals, grouped, yuan
from sanzi.kernel.refusals import Invalid

from .form import CAPITALS, Field, LetterForm

# Neither Word nor XML takes these; no keyboard makes them.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_TEXT_MAX = 20_000
_ROWS_MAX = 2_000
# What stands where a person will write by hand.
BLANK = "＿" * 6

Frozen = dict[str, Any]


def freeze(form: LetterForm, values: Mapping[str, Any]) -> Frozen:
    """The values as they are kept: JSON, exact, in the order of the form.

    Raises Invalid when a required value is missing; a name the form does not have is a mistake of
    the feature's.
    """
    known = {field.name for field in form.fields}
    assert values.keys() <= known, f"{form.code}: no field {sorted(values.keys() - known)}"
    lacking = [f.title for f in form.fields if f.required and values.get(f.name) in (None, "", [])]
    if lacking:
        raise Invalid("letter.lacking", f"“{form.title}”还缺：{'、'.join(lacking)}，请先补全")
    return {field.name: _frozen(field, values.get(field.name)) for field in form.fields}


def _frozen(field: Field, value: Any) -> Any:
    if value is None or value == "":
        return [] if field.kind == "list" else ""
    if field.kind == "list":
        return _frozen_rows(field, value)
    return _FREEZE[field.kind](value)


def _frozen_rows(field: Field, rows: Sequence[Mapping[str, Any]]) -> list[Frozen]:
    if len(rows) > _ROWS_MAX:
        raise Invalid("letter.rows", f"{field.title}超过 {_ROWS_MAX} 行，请分成几份文书")
    return [{c.name: _frozen(c, row.get(c.name)) for c in field.columns} for row in rows]


def clean(text: str) -> str:
    """Text without what no paper can print; every line break is one kind."""
    plain = _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(plain) > _TEXT_MAX:
        raise Invalid("letter.length", f"文字超过 {_TEXT_MAX} 字，请精简")
    return plain.strip()


def _exact(value: Any) -> str:
    assert isinstance(value, int | Decimal), value
    assert not isinstance(value, bool), value
    return format(Decimal(value), "f")


def _day(value: Any) -> str:
    assert isinstance(value, date), value
    return f"{value:%Y-%m-%d}"


_FREEZE: dict[str, Callable[[Any], Any]] = {
    "text": lambda value: clean(str(value)),
    "money": lambda value: str(yuan(value)),
    "area": _exact,
    "number": _exact,
    "date": _day,
    "flag": bool,
}


def spell(field: Field, value: Any, how: str | None = None) -> str:
    """A kept value in words; "" when there is none."""
    if value is None or value == "" or value == []:
        return ""
    if how == CAPITALS:
        assert field.kind == "money", f"{field.name} is no amount"
        return capitals(Decimal(value))
    return _SPELL[field.kind](value)


def spell_in_table(field: Field, value: Any) -> str:
    """A kept value in a table's cell, where a day is short: 2026-03-02."""
    return str(value or "") if field.kind == "date" else spell(field, value)


def _area(value: str) -> str:
    text = f"{Decimal(value):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _date(value: str) -> str:
    day = date.fromisoformat(value)
    return f"{day.year}年{day.month}月{day.day}日"


_SPELL: dict[str, Callable[[Any], str]] = {
    "text": str,
    "money": lambda value: grouped(Decimal(value)),
    "area": _area,
    "number": _area,
    "date": _date,
    "flag": lambda value: "是" if value else "否",
    "list": lambda rows: f"{len(rows)}项",
}


def says_something(field: Field, value: Any) -> bool:
    """Whether a block shown only `when` this field speaks is shown."""
    if field.kind in ("money", "area", "number"):
        return bool(value) and Decimal(value) != 0
    return bool(value)
