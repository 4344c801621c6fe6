"""`{% load regulations %}{% basis %}`: 依据：《…》第…条 of this page, at most two queries."""

from typing import Any

from django import template

from sanzi.regulations.queries import bases_of
from sanzi.regulations.screens import BY_NAME

register = template.Library()


@register.inclusion_tag("regulations/parts/basis.html", takes_context=True)
def basis(context: Any) -> dict[str, Any]:
    """The articles this page follows; nothing is printed where none is entered."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    if match is None or match.view_name not in BY_NAME or not request.user.is_authenticated:
        return {"bases": []}
    return {"bases": bases_of(match.view_name, request.user)}
