"""Filters and drawings for templates: `{% load sanzi %}`."""

from django import template

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


register.simple_tag(charts.bar)
register.simple_tag(charts.composition)
register.simple_tag(charts.trend)
