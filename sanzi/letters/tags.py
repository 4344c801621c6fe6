"""The tags an office writes in its own Word template: the titles of a form's fields.

{{ 欠款金额 }}   {{ 欠款金额大写 }}   {{ 二维码 }}
{%tr for 行 in 欠款明细 %}  {{ 行.合同编号 }}  {%tr endfor %}     in rows of their own
{%p if 有抵押 %}  …  {%p endif %}                                in paragraphs of their own
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from .form import CAPITALS, STANDING, Field, LetterForm
from .laying import spaced
from .values import BLANK, freeze, spell, spell_in_table

QR = "二维码"
ROW = "行"


@dataclass(frozen=True)
class Tag:
    """One tag: how it is written, what it prints, whether a template must have it."""

    name: str
    title: str
    required: bool
    columns: tuple[str, ...] = ()

    @property
    def written(self) -> str:
        """As it stands in the template."""
        if self.columns:
            cells = " ".join(f"{{{{ {ROW}.{column} }}}}" for column in self.columns)
            return f"{{%tr for {ROW} in {self.name} %}} {cells} {{%tr endfor %}}"
        return f"{{{{ {self.name} }}}}"


def tags_of(form: LetterForm) -> dict[str, Tag]:
    """Every tag of a form by name. The number must stand on every paper, and what it is about."""
    own = set(form.fields)
    found: list[Tag] = []
    for field in form.by_name.values():
        is_needed = field.name == "serial" or field in own and field.required
        columns = tuple(column.title for column in field.columns)
        found.append(Tag(field.title, field.title, is_needed, columns))
        if field.kind == "money":
            found.append(Tag(f"{field.title}{CAPITALS}", f"{field.title}（大写）", False))
    found.append(Tag(QR, "查验二维码", False))
    return {tag.name: tag for tag in found}


def filled(form: LetterForm, values: Mapping[str, Any]) -> dict[str, Any]:
    """What each tag prints; flags stay flags, lists are rows of words."""
    told: dict[str, Any] = {}
    for field in form.by_name.values():
        value = values.get(field.name)
        if field.kind == "flag":
            told[field.title] = bool(value)
        elif field.kind == "list":
            told[field.title] = [
                {c.title: spell_in_table(c, row.get(c.name)) for c in field.columns}
                for row in value or []
            ]
        else:
            told[field.title] = spell(field, value) or BLANK
        if field.kind == "money":
            told[f"{field.title}{CAPITALS}"] = spell(field, value, CAPITALS) or BLANK
    return told | {"查验码": spaced(str(values.get("token", "")))}


_SAMPLES: dict[str, Any] = {
    "money": Decimal("1234567.89"),
    "area": Decimal("12.34"),
    "number": Decimal("3"),
    "date": date(2026, 3, 2),
    "flag": True,
}


def _sample(field: Field) -> Any:
    if field.kind == "list":
        return [{c.name: _sample(c) for c in field.columns}] * 3
    # Long, and with what would be markup if it were ever taken for it.
    return _SAMPLES.get(field.kind, f"示例{field.title}<&>{{{{甲}}}}乙丙丁")


def sample_values(form: LetterForm) -> dict[str, Any]:
    """Kept values with something in every field, to try a template with."""
    own = freeze(form, {field.name: _sample(field) for field in form.fields})
    standing = {f.name: "示例" for f in STANDING} | {"dated": "2026-03-02", "title": form.title}
    return {**standing, **own, "token": "ABCDEFGH2345JKLMNPQR"}
