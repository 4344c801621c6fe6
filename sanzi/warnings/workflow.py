"""What people do with a warning, as a table. That its cause is gone is no step: it is found out."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sanzi.kernel.workflow import Step, Workflow

from .stages import Stage

OPEN, DISPATCHED, HANDLING, FINISHED, DOUBTED, CLOSED = Stage


@dataclass(frozen=True)
class Standing:
    """A warning as one person finds it on a day."""

    event: Any
    person: Any
    today: date
    is_fact: bool

    @property
    def stage(self) -> str:
        return str(self.event.stage)


def not_given_to_me(one: Standing) -> str | None:
    """Only who it was given to takes it on and answers for it."""
    if one.event.dispatched_to_id in (None, one.person.pk):
        return None
    return f"已交办给 {one.event.dispatched_to.name}，由本人办理"


def unfinished_cause(one: Standing) -> str | None:
    """What can be put right ends when it is put right, not when somebody says so."""
    return None if one.is_fact else "这类预警以复评为准：情形消除后系统自动办结"


def own_word(one: Standing) -> str | None:
    """Nobody accepts their own explanation."""
    return (
        "由另一人认可，不能认可自己的说明" if one.event.dispatched_to_id == one.person.pk else None
    )


def own_doubt(one: Standing) -> str | None:
    """A false alarm needs two people."""
    return (
        "误报由另一人确认，不能确认自己报的" if one.event.doubted_by_id == one.person.pk else None
    )


HANDLED_AT = (OPEN, DISPATCHED, HANDLING)

HANDLING_STEPS = Workflow(
    steps=(
        Step("dispatch", "交办", HANDLED_AT, DISPATCHED, "warnings.dispatch"),
        Step("accept", "接收", (DISPATCHED,), HANDLING, "warnings.handle", (not_given_to_me,)),
        Step("finish", "报办结", (HANDLING,), FINISHED, "warnings.handle", (not_given_to_me,)),
        Step("doubt", "报误报", HANDLED_AT, DOUBTED, "warnings.handle", (not_given_to_me,)),
        Step("settle", "认可说明", (FINISHED,), CLOSED, "warnings.judge",
             (unfinished_cause, own_word)),
        Step("return", "退回重办", (FINISHED,), HANDLING, "warnings.judge"),
        Step("confirm", "确认误报", (DOUBTED,), CLOSED, "warnings.judge", (own_doubt,)),
        Step("reject", "不是误报", (DOUBTED,), OPEN, "warnings.judge", (own_doubt,)),
        Step("snooze", "暂缓", HANDLED_AT, OPEN, "warnings.dispatch"),
    )
)  # fmt: skip
# Steps that need words of whoever takes them.
WORDED = ("finish", "doubt", "return", "confirm", "reject")
