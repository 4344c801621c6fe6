"""The ladder as people type it: a row a rung."""

from django import forms
from django.http import QueryDict

from .ladder import DAYS_MAX, TELLABLE, Rung


class LadderForm(forms.Form):
    """Why it changes."""

    reason = forms.CharField(
        label="理由或依据", max_length=200, error_messages={"required": "请写明理由或依据"}
    )


def rungs_of(sent: QueryDict) -> list[Rung]:
    """The rungs of the grid as typed; a row without a title is none."""
    titles, days = sent.getlist("title"), sent.getlist("days")
    found = []
    for at, title in enumerate(titles):
        if not title.strip():
            continue
        told = tuple(who for who in sent.getlist(f"tells-{at}") if who in TELLABLE)
        found.append(Rung(_whole(days[at] if at < len(days) else ""), title.strip()[:20], told))
    return found


def _whole(text: str) -> int:
    """Days; what is no number is out of range, and refused by its row."""
    plain = text.strip().removeprefix("-")
    is_number = plain.isascii() and plain.isdecimal() and len(plain) < 5
    return int(text) if is_number else DAYS_MAX + 1
