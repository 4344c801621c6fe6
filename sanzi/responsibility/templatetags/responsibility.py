"""`{% load responsibility %}{% answering_for thing.village household=name %}`: one query."""

from typing import Any

from django import template

from sanzi.responsibility.queries import answering_for as chain_of

register = template.Library()


@register.inclusion_tag("responsibility/parts/chain.html")
def answering_for(village: str, group: str = "", household: str = "") -> dict[str, Any]:
    """The card of who answers for a village's matter, today."""
    return {"chain": chain_of(village, group or "", household or "")}
