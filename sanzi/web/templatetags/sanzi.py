"""Filters and drawings for templates: `{% load sanzi %}`."""

from django import template

from sanzi.access.models import Person
from sanzi.web import charts, formats

register = template.Library()

for write in (
    formats.money,
    formats.area,
    formats.rate,
    formats.number,
    formats.day,
    formats.yes_no,
    formats.words,
    formats.mask,
    formats.figure,
):
    register.filter(write.__name__, write)
register.filter("mu", formats.area)


@register.filter
def can(person: Person, permission: str) -> bool:
    """Whether this person's post holds a permission: links to pages of other features ask it."""
    return person.can(permission)


@register.filter
def beyond(name: str, place: object) -> str:
    """A village's name before what follows, where the page's own place does not say it already."""
    return "" if not name or str(name) == str(place) else f"{name} · "


register.simple_tag(charts.bar)
register.simple_tag(charts.composition)
register.simple_tag(charts.trend)
