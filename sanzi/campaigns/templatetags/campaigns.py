"""`{% load campaigns %}`: `{% raise_on row %}` and `{% tasks_about row %}` on a row's own page.

Neither asks the database anything: the buttons look at the post, the card fetches itself.
"""

from typing import Any

from django import template
from django.db.models import Model
from django.urls import reverse

from sanzi.journal.recorder import key
from sanzi.kernel.regions import trim

register = template.Library()


@register.inclusion_tag("campaigns/parts/raise.html", takes_context=True)
def raise_on(context: template.Context, row: Any) -> dict[str, Any]:
    """The buttons that make the row somebody's matter: a task about it, a study of it."""
    person, on = context["user"], key(row)
    return {
        "study": person.can("studies.keep") and f"on={on}",
        "task": person.can("tasks.give") and f"on={on}&region={trim(row.village)}",
    }


@register.inclusion_tag("components/part.html")
def tasks_about(row: Model) -> dict[str, Any]:
    """The card with the tasks about the row, fetched when the page has loaded."""
    url = f"{reverse('campaigns:tasks-about')}?on={key(row)}"
    return {"id": "tasks", "title": "任务", "url": url}
