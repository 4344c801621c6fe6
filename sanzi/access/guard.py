"""The one way to change anything: a write is an @action that names the permission it needs."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.db import transaction

from sanzi.kernel.refusals import Forbidden

from .models import Person
from .permissions import ANYONE, SIGNED_IN

Result = TypeVar("Result")


def _may(by: Person | None, needs: str) -> bool:
    if needs == ANYONE:
        return True
    if by is None:
        return False
    return by.is_active if needs == SIGNED_IN else by.can(needs)


def action(needs: str) -> Callable[[Callable[..., Result]], Callable[..., Result]]:
    """Guard a write: this person may do it, and all of it happens or none of it.

    `needs` is a permission; SIGNED_IN for what everybody may do to their own account; ANYONE for
    what happens before sign-in, where `by` may be None.
    """

    def decorate(write: Callable[..., Result]) -> Callable[..., Result]:
        @wraps(write)
        def guarded(*, by: Person | None, **details: Any) -> Result:
            if not _may(by, needs):
                raise Forbidden("action.role", "您的岗位无权办理此事")
            with transaction.atomic(durable=True):
                return write(by=by, **details)

        guarded.needs = needs  # type: ignore[attr-defined]
        return guarded

    return decorate
