"""The one way to change anything: a write is an @action that names the permission it needs."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.db import transaction

from sanzi.kernel.refusals import Forbidden

from .models import Person

Result = TypeVar("Result")


def action(needs: str) -> Callable[[Callable[..., Result]], Callable[..., Result]]:
    """Guard a write: this person may do it, and all of it happens or none of it."""

    def decorate(write: Callable[..., Result]) -> Callable[..., Result]:
        @wraps(write)
        def guarded(*, by: Person, **details: Any) -> Result:
            if not by.can(needs):
                raise Forbidden("action.role", "您的岗位无权办理此事")
            with transaction.atomic(durable=True):
                return write(by=by, **details)

        guarded.needs = needs  # type: ignore[attr-defined]
        return guarded

    return decorate
