"""The lists: accounts of every book in sight, flows of their statements, books to choose."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Sum
from django.http import QueryDict
from django.urls import reverse
from django.utils.timezone import localdate

from sanzi.access.models import Person
from sanzi.accounting.models import Book
from sanzi.accounting.registers import SCHEME_WORDS
from sanzi.kernel.money import ZERO
from sanzi.web.errors import Unsupported
from sanzi.web.register import Badge, Narrowing, Register, RegisterColumn, Tone

from .models import BankAccount, BankLine
from .reconciling import AGES, age_word

TONES: tuple[Tone, ...] = ("plain", "running", "warn", "danger")


def _accounts(person: Person) -> QuerySet[Any]:
    return BankAccount.objects.visible_to(person).select_related("book", "account", "holding")


def _sum_up(accounts: Sequence[Any]) -> None:
    """Hang on each account its last day, balance and what is unmatched; one query."""
    keys = [account.pk for account in accounts]
    summed = BankLine.objects.filter(bank_account__in=keys).order_by().values("bank_account")
    found = {
        line["bank_account"]: line
        for line in summed.annotate(
            last=Max("dated"), total=Sum("amount"), free=Count("pk", filter=Q(is_matched=False))
        )
    }
    for account in accounts:
        line = found.get(account.pk)
        account.last_on = line and line["last"]
        account.balance_now = account.opening + (line["total"] if line else ZERO)
        account.free = line["free"] if line else 0


def _state(account: Any) -> Badge:
    if not account.is_active:
        return Badge("已停用", "plain")
    if account.is_cash:
        return Badge("现金", "plain")
    if account.last_on is None:
        return Badge("未导入对账单", "warn")
    return Badge(f"{account.free} 笔未勾对", "running") if account.free else Badge("已对平", "done")


ACCOUNTS = Register(
    slug="bank-accounts",
    title="银行与现金账户",
    noun="个账户",
    needs="books.view",
    rows=_accounts,
    columns=(
        RegisterColumn("name", "账户名称", searchable=True),
        RegisterColumn("village_name", "村", kind="village", width="narrow"),
        RegisterColumn("book__name", "账套", searchable=True),
        RegisterColumn("bank", "开户行", searchable=True),
        RegisterColumn("number", "账号", width="narrow", value=lambda account: account.mask),
        RegisterColumn("account__code", "科目", width="narrow"),
        RegisterColumn("last_on", "最近流水", kind="date", value=lambda a: a.last_on),
        RegisterColumn(
            "balance", "银行余额元", kind="money",
            value=lambda a: None if a.is_cash else a.balance_now,
        ),
        RegisterColumn("state", "状态", kind="badge", value=_state),
        RegisterColumn("opened_on", "起始日", kind="date", default=False),
        RegisterColumn("is_active", "在用", kind="boolean", default=False),
    ),
    url=lambda account: reverse("bank:account", args=(account.pk,)),
    sort=("village", "account__code"),
    decorate=_sum_up,
    empty="由记账单位在账套里登记账户",
)  # fmt: skip


def _books(person: Person) -> QuerySet[Any]:
    return Book.objects.visible_to(person).select_related("collective")


BOOKS = Register(
    slug="bank-books",
    title="选择账套",
    noun="个账套",
    needs="books.view",
    rows=_books,
    columns=(
        RegisterColumn("name", "账套", searchable=True),
        RegisterColumn("village_name", "村", kind="village"),
        RegisterColumn("collective__name", "单位", searchable=True),
        RegisterColumn("scheme", "会计制度", value=lambda book: SCHEME_WORDS[book.scheme]),
    ),
    url=lambda book: reverse("bank:register", args=(book.pk,)),
)


def _lines(person: Person) -> QuerySet[Any]:
    return BankLine.objects.visible_to(person).select_related("bank_account")


def _line_state(line: BankLine) -> Badge:
    if line.is_matched:
        return Badge("已勾对", "done")
    days = (localdate() - line.dated).days
    place = sum(days > age for age in AGES)
    return Badge(f"未勾对 {age_word(days)}", TONES[place])


def _by_account(rows: QuerySet[Any], value: str, params: QueryDict) -> QuerySet[Any]:
    if not (value.isascii() and value.isdigit() and len(value) < 18):
        raise Unsupported("register.filter", f"不支持的筛选：账户“{value[:40]}”")
    return rows.filter(bank_account=int(value))


def _by_age(rows: QuerySet[Any], value: str, params: QueryDict) -> QuerySet[Any]:
    if value not in map(str, AGES):
        raise Unsupported("register.filter", f"不支持的筛选：账龄“{value[:40]}”")
    before = localdate() - timedelta(days=int(value))
    return rows.filter(is_matched=False, dated__lt=before)


def _by_month(rows: QuerySet[Any], value: str, params: QueryDict) -> QuerySet[Any]:
    year, _, month = value.partition("-")
    if not (year.isdecimal() and month.isdecimal() and len(value) == 7 and 1 <= int(month) <= 12):
        raise Unsupported("register.filter", "月份应写成 2024-01")
    return rows.filter(dated__year=int(year), dated__month=int(month))


def _by_flow(rows: QuerySet[Any], value: str, params: QueryDict) -> QuerySet[Any]:
    if value not in ("in", "out"):
        raise Unsupported("register.filter", f"不支持的筛选：收支“{value[:40]}”")
    return rows.filter(amount__gt=0) if value == "in" else rows.filter(amount__lt=0)


LINES = Register(
    slug="bank-lines",
    title="银行流水",
    noun="笔流水",
    needs="books.view",
    rows=_lines,
    columns=(
        RegisterColumn("dated", "日期", kind="date", width="narrow"),
        RegisterColumn("bank_account__name", "账户", searchable=True),
        RegisterColumn("village_name", "村", kind="village", width="narrow"),
        RegisterColumn("summary", "摘要", width="wide", searchable=True),
        RegisterColumn("amount", "收支净额元", kind="money", total=True),
        RegisterColumn("balance", "余额元", kind="money"),
        RegisterColumn("counterparty", "对方户名", searchable=True),
        RegisterColumn("counterparty_account", "对方账号", kind="sealed", width="narrow"),
        RegisterColumn("serial", "流水号", searchable=True, default=False),
        RegisterColumn("is_matched", "已勾对", kind="boolean", default=False),
        RegisterColumn("state", "状态", kind="badge", value=_line_state),
    ),
    narrowings=(
        Narrowing("flow", "收支", _by_flow, options=(("in", "收入"), ("out", "支出"))),
        Narrowing(
            "age", "未勾对", _by_age, options=tuple((str(n), f"未勾对超过 {n} 天") for n in AGES)
        ),
        Narrowing("account", "账户", _by_account, describe=lambda value, params: "只看所选账户"),
        Narrowing("month", "月份", _by_month),
    ),
    url=lambda line: reverse("bank:line", args=(line.pk,)),
    sort=("-dated", "bank_account", "-seq"),
    empty="导入银行对账单以后，列在这里",
)  # fmt: skip
