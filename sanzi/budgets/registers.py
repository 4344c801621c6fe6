"""The lists: budgets of every book in sight, and the books one may be made for."""

from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from sanzi.access.models import Person
from sanzi.accounting.ledger_tables import month_word
from sanzi.accounting.models import Book
from sanzi.accounting.registers import SCHEME_WORDS, by_words
from sanzi.web.errors import Unsupported
from sanzi.web.register import Badge, Narrowing, Register, RegisterColumn, Tone

from .models import Budget, Stage

TONES: dict[str, Tone] = {
    Stage.DRAFTING: "running",
    Stage.APPROVED: "done",
    Stage.ADJUSTED: "plain",
    Stage.DROPPED: "plain",
}


def badge_of(budget: Budget) -> Badge:
    """Where a version stands, in colour and in words."""
    return Badge(budget.get_stage_display(), TONES[budget.stage])


def _rows(person: Person) -> QuerySet[Any]:
    return Budget.objects.visible_to(person).select_related("book", "decision")


def _by_stage(rows: QuerySet[Any], value: str, params: QueryDict) -> QuerySet[Any]:
    if value not in Stage.values:
        raise Unsupported("register.filter", f"不支持的筛选：状态“{value[:40]}”")
    return rows.filter(stage=value)


def _by_year(rows: QuerySet[Any], value: str, params: QueryDict) -> QuerySet[Any]:
    if not (value.isascii() and value.isdigit() and len(value) == 4):
        raise Unsupported("register.filter", f"不支持的筛选：年度“{value[:40]}”")
    return rows.filter(year=int(value))


def _decision(budget: Budget) -> str:
    return str(getattr(budget, "decision", "") or "")


BUDGETS = Register(
    slug="budgets",
    title="财务预算",
    noun="份预算",
    needs="books.view",
    rows=_rows,
    columns=(
        RegisterColumn("book__name", "账套", searchable=True),
        RegisterColumn("village_name", "村", kind="village", width="narrow"),
        RegisterColumn("year", "年度", kind="year"),
        RegisterColumn("version", "版本", kind="integer"),
        RegisterColumn("state", "状态", kind="badge", width="narrow", value=badge_of),
        RegisterColumn("income", "预算收入（元）", kind="money"),
        RegisterColumn("expense", "预算支出（元）", kind="money"),
        RegisterColumn("decided", "决议", width="wide", value=_decision),
        RegisterColumn("drafted_at", "编制时间", kind="date", width="narrow", default=False),
        RegisterColumn("reason", "调整理由", width="wide", default=False, searchable=True),
    ),
    narrowings=(
        Narrowing("stage", "状态", _by_stage, options=tuple(Stage.choices)),
        Narrowing("in_year", "年度", _by_year, describe=lambda value, params: f"{value} 年"),
    ),
    url=lambda budget: reverse("budgets:budget", args=(budget.pk,)),
    sort=("-year", "village", "book__name", "-version"),
    actions=(("选账套编预算", "/budgets/books/"), ("支出规定", "/budgets/rules/")),
    empty="点“选账套编预算”开始",
)

BOOKS = Register(
    slug="budget-books",
    title="选账套编预算",
    noun="个账套",
    needs="books.view",
    rows=lambda person: Book.objects.visible_to(person),
    columns=(
        RegisterColumn("name", "账套", searchable=True),
        RegisterColumn("village_name", "村", kind="village", width="narrow"),
        RegisterColumn("scheme", "会计制度", value=lambda book: SCHEME_WORDS[book.scheme]),
        RegisterColumn("begins", "启用期间", value=lambda book: month_word(book.begins)),
    ),
    narrowings=(by_words("scheme", "会计制度", "scheme", SCHEME_WORDS),),
    url=lambda book: reverse("budgets:book", args=(book.pk,)),
    sort=("village", "name"),
)
