"""Forms of several like parts: those not filled in yet are folded away."""

from typing import Any, ClassVar, NamedTuple

from django import forms
from django.forms.boundfield import BoundField


class Section(NamedTuple):
    """Some fields under a title; without a title they cannot be folded."""

    title: str
    fields: list[BoundField]
    is_open: bool


class SectionedForm(forms.Form):
    """A form whose fields stand in parts, each folded while it holds neither value nor fault.

    The first part stays open: somebody has to begin. Fields of no part stand above all of them.
    """

    # Titles in order, each with the names of its fields.
    parts: ClassVar[dict[str, tuple[str, ...]]] = {}

    @property
    def sections(self) -> list[Section]:
        """What `components/fields.html` prints instead of one list of fields."""
        kept = {name for names in self.parts.values() for name in names}
        above = [field for field in self.visible_fields() if field.name not in kept]
        first = next(iter(self.parts), "")
        return [Section("", above, True)] + [
            Section(title, fields, title == first or any(map(_is_told, fields)))
            for title, names in self.parts.items()
            for fields in [[self[name] for name in names]]
        ]


def _is_told(field: BoundField) -> bool:
    value: Any = field.value()
    return bool(field.errors) or value not in (None, "", [])
