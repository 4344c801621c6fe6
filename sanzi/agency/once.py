"""One-time keys of forms: a form sent twice makes one thing, whoever or whatever sent it again."""

from typing import Any
from uuid import UUID, uuid4

from django import forms

from sanzi.access.models import Person
from sanzi.kernel.refusals import Blocked

from .models import Draft, Sent


def fresh() -> str:
    """A key for a form about to be shown."""
    return uuid4().hex


def key_of(given: str) -> UUID | None:
    """The key a form came with; None where it is no key, and then nothing is promised."""
    try:
        return UUID(given) if len(given) <= 36 else None
    except ValueError:
        return None


class OnceField(forms.Field):
    """The key as a hidden field; never a fault somebody could not see."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, initial=fresh)

    def clean(self, value: Any) -> UUID | None:
        return key_of(str(value or ""))


def made_of(once: UUID | None, by: Person) -> Draft | None:
    """What this form made before, if it was sent before. The book is locked by the caller.

    Raises Blocked when somebody else sent it.
    """
    if once is None:
        return None
    sent = Sent.objects.select_related("draft").filter(once=once).first()
    if sent is None:
        return None
    if sent.draft.reported_by_id != by.pk:
        raise Blocked("form.once", "这张表单已经由他人提交过，请刷新页面后重新填写")
    return sent.draft


def note_sent(once: UUID | None, draft: Draft) -> None:
    """Remember what the form made."""
    if once is not None:
        Sent.objects.create(once=once, draft=draft)
