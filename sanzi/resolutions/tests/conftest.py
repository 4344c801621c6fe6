"""A contract of Shangtian put to the meetings, day by day in the spring of 2026."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from sanzi.access.models import Person
from sanzi.documents.tests.files import jpeg, upload
from sanzi.journal.recorder import key
from sanzi.resolutions.actions import meetings, posting, proposing
from sanzi.resolutions.models import Resolution
from sanzi.resolutions.verdicts import Minutes
from tests.brought import bring, brought, visit

from .sittings import SITTINGS, noon, papers

__all__ = ("bring", "brought", "visit")


@pytest.fixture
def propose(brought: Any, lin: Person) -> Callable[..., Resolution]:
    """Lin puts the oral contract to the members' assembly."""

    def do(**more: Any) -> Resolution:
        facts = {
            "on": key(brought["oral"]),
            "matter": "contract.revise",
            "body": "成员大会",
            "by": lin,
            "now": noon(3, 2),
        }
        return proposing.propose(**{**facts, **more})

    return do


@pytest.fixture
def hold(lin: Person) -> Callable[..., Any]:
    """Lin records a sitting with its papers: hold(resolution, "consult", sitting(…))."""

    def do(resolution: Resolution, step: str, minutes: Minutes | None = None, **more: Any) -> Any:
        facts = {"files": papers(), "by": lin, "now": noon(3, 21)}
        return meetings.hold(
            resolution_id=resolution.pk,
            step=step,
            minutes=minutes or SITTINGS[step],
            **{**facts, **more},
        )

    return do


@pytest.fixture
def hang(lin: Person) -> Callable[..., Any]:
    """Lin hangs the decision out for a week from 21 March, with a photo."""

    def do(resolution: Resolution, step: str = "publish", **more: Any) -> Any:
        facts: dict[str, Any] = {
            "boards": "公开栏",
            "words": "决议内容",
            "from_on": date(2026, 3, 21),
            "to_on": date(2026, 3, 28),
            "files": [upload("board.jpg", jpeg())],
            "by": lin,
            "now": noon(3, 21),
        }
        return posting.publish(resolution_id=resolution.pk, step=step, **{**facts, **more})

    return do


@pytest.fixture
def walk(propose: Any, hold: Any, hang: Any, chen: Person) -> Callable[..., Resolution]:
    """A resolution that has come to this stage: walk("published")."""

    def do(stage: str, **more: Any) -> Resolution:
        resolution = propose(**more)
        way: list[tuple[str, Callable[[], Any]]] = [
            ("proposed", lambda: hold(resolution, "propose")),
            ("consulted", lambda: hold(resolution, "consult")),
            ("reviewed", lambda: hold(resolution, "review")),
            ("decided", lambda: hold(resolution, "decide")),
            ("published", lambda: hang(resolution)),
            ("effective", lambda: check(resolution, "accept", chen, noon(3, 29))),
        ]
        for reached, act in way:
            if resolution.stage == stage:
                break
            act()
            resolution.refresh_from_db()
            assert resolution.stage == reached
        return resolution

    return do


def check(resolution: Resolution, step: str, by: Person, now: datetime) -> Resolution:
    """The town's check."""
    return posting.verify(resolution_id=resolution.pk, step=step, by=by, now=now)
