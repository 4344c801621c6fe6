"""The list of vouchers put by half typed: one's own, in every set one works in."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import localtime

from sanzi.access.models import Person
from sanzi.web.register import Register, RegisterColumn

from .models import Unfinished
from .stages import Stage


def mine_of(person: Person) -> QuerySet[Any]:
    """What this person has put by and may still finish."""
    mine = Unfinished.objects.visible_to(person).filter(kept_by=person)
    return mine.filter(Q(matter=None) | Q(matter__stage=Stage.VERIFIED))


def _rows(person: Person) -> QuerySet[Any]:
    return mine_of(person).select_related("book", "matter", "corrects")


def _purpose(kept: Unfinished) -> str:
    if kept.matter:
        return f"制单：{kept.matter.memo}"
    return f"订正{kept.corrects}" if kept.corrects else "新填凭证"


def _day(kept: Unfinished) -> date:
    return localtime(kept.kept_at).date()


def register(address: Callable[[Any], str]) -> Register:
    """`address` is where one is taken up again."""
    return Register(
        slug="unfinished",
        title="暂存的凭证",
        noun="张暂存凭证",
        needs="books.view",
        rows=_rows,
        columns=(
            RegisterColumn("memo", "摘要", value=str, width="wide"),
            RegisterColumn("village_name", "村", kind="village"),
            RegisterColumn("book__name", "账套", searchable=True),
            RegisterColumn("purpose", "办什么", value=_purpose),
            RegisterColumn("kept_at", "暂存日期", kind="date", value=_day),
        ),
        url=address,
        sort=("-kept_at",),
    )
