"""The eleven registers as data: columns from the dictionary, choices from one small table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from django.urls import reverse

from sanzi.campaigns.tasks.registers import COLUMNS as TASK_COLUMNS
from sanzi.campaigns.tasks.registers import NARROWINGS as TASK_NARROWINGS
from sanzi.campaigns.tasks.registers import OPEN_FIRST, hang_standing
from sanzi.cleanup.queries import hang_state
from sanzi.intake.dictionary import SHEETS, Column, Sheet
from sanzi.web.register import Badge, Kind, Narrowing, Register, RegisterColumn

from .binding import KEPT_BY, TABLES
from .narrowings import (
    BEHIND,
    CLAIM_AGE,
    CLAIM_STATE,
    CONTRACT_NARROWINGS,
    DEBT_AGE,
    DEBT_STATE,
    LIMITATION,
    LOOSE_CLAIMS,
    LOOSE_CONTRACTS,
)
from .progress import hang_progress

_KINDS: dict[str, Kind] = {
    "choice": "choice",
    "multi": "multi",
    "money": "money",
    "area": "area",
    "number": "number",
    "integer": "integer",
    "percent": "percent",
    "date": "date",
    "boolean": "boolean",
    "party_id": "sealed",
    "phone": "sealed",
    "bank_account": "sealed",
}
_NARROW = frozenset({"choice", "date", "boolean", "credit_code", "land_class", "account"})
# Added up these would say nothing: prices of a mu, heads counted at a meeting.
_NEVER_SUMMED = frozenset(
    {"unit_price", "fee_per_mu", "expected_count", "present_count", "approval_count"}
)
_SUMMED = frozenset({"money", "area", "integer"})
VILLAGE = RegisterColumn("village_name", "村", kind="village", width="narrow")


@dataclass(frozen=True)
class Choices:
    """What one register decides for itself; the rest is the dictionary's."""

    title: str
    noun: str
    # Shown until a person chooses columns, in this order; "village_name" is the village's name.
    shown: tuple[str, ...]
    searched: tuple[str, ...]
    sort: tuple[Any, ...] = ("village", "number")
    wide: frozenset[str] = frozenset()
    badges: tuple[RegisterColumn, ...] = ()
    narrowings: tuple[Narrowing, ...] = ()
    decorate: Callable[[Sequence[Any]], None] | None = None
    # What to do while there is no row.
    empty: str = "请先导入工作簿"
    # The page of a row; otherwise the plain one that any register has.
    page: str = ""


def _badge(field: str, title: str) -> RegisterColumn:
    return RegisterColumn(field, title, kind="badge", width="narrow", value=_hung(field))


def _hung(field: str) -> Callable[[Any], Badge | tuple[Badge, ...] | None]:
    """What `decorate` hung on the row, or nothing."""
    return lambda row: getattr(row, field, None)


def _computed(field: str, title: str, kind: Kind) -> RegisterColumn:
    return RegisterColumn(field, title, kind=kind, value=lambda row: getattr(row, field, None))


def _stored(field: str, title: str, kind: Kind) -> RegisterColumn:
    """A column worked out when its causes changed, so that it sorts and adds up like any other."""
    width: Literal["narrow", "medium"] = "narrow" if kind == "date" else "medium"
    return RegisterColumn(field, title, kind=kind, width=width, total=kind == "money")


CHOICES: dict[str, Choices] = {
    "villages": Choices(
        title="村情",
        noun="个村",
        shown=(
            "name", "collective_name", "credit_code", "households", "people", "members",
            "party_members", "second_round_ends_on",
        ),
        searched=("name", "collective_name", "credit_code"),
        sort=("village",),
    ),
    "contracts": Choices(
        title="合同台账",
        noun="份合同",
        shown=(
            "number", "village_name", "title", "contractor", "category", "ends_on",
            "contract_area_mu", "total_amount", "found", "outcome",
        ),
        searched=("number", "title", "contractor", "location"),
        badges=(_badge("found", "问题"), _badge("outcome", "处置")),
        narrowings=(*CONTRACT_NARROWINGS, LOOSE_CONTRACTS),
        decorate=hang_state,
        page="cleanup:contract",
    ),
    "receivables": Choices(
        title="债权台账",
        noun="笔债权",
        shown=(
            "number", "village_name", "debtor", "due_on", "last_day", "balance", "moved",
            "left", "rate", "state",
        ),
        searched=("number", "debtor", "contract_number", "cause"),
        badges=(
            _stored("left", "尚欠元", "money"),
            _stored("put_aside", "已封存元", "money"),
            _stored("last_day", "时效届满日", "date"),
            _computed("moved", "已清收元", "money"),
            _computed("rate", "清收率", "percent"),
            _badge("state", "状态"),
        ),
        narrowings=(CLAIM_STATE, LIMITATION, CLAIM_AGE, LOOSE_CLAIMS),
        decorate=hang_progress("receivables"),
        page="receivables:claim",
    ),
    "debts": Choices(
        title="债务台账",
        noun="笔债务",
        shown=(
            "number", "village_name", "creditor", "kind", "due_on", "balance", "moved",
            "left", "rate", "state",
        ),
        searched=("number", "creditor", "cause"),
        badges=(
            _stored("left", "尚欠元", "money"),
            _computed("moved", "已化解元", "money"),
            _computed("rate", "化解率", "percent"),
            _badge("state", "状态"),
        ),
        narrowings=(DEBT_STATE, DEBT_AGE),
        decorate=hang_progress("debts"),
        page="debts:debt",
    ),
    "resources": Choices(
        title="资源台账",
        noun="宗资源",
        shown=(
            "number", "village_name", "name", "kind", "use_status", "occupant", "area_mu",
            "measured_area_mu", "fee_per_mu", "location",
        ),
        searched=("number", "name", "occupant", "location", "certificate_number"),
    ),
    "assets": Choices(
        title="资产台账",
        noun="项资产",
        shown=(
            "number", "village_name", "name", "category", "operation", "use_status", "keeper",
            "acquired_on", "original_value", "depreciation",
        ),
        searched=("number", "name", "location", "certificate_number", "keeper"),
    ),
    "accounts": Choices(
        title="资金账户",
        noun="个账户",
        shown=(
            "number", "village_name", "kind", "bank", "account_name", "account_number",
            "book_balance", "statement_balance",
        ),
        searched=("number", "bank", "account_name"),
    ),
    "dispositions": Choices(
        title="处置记录",
        noun="条处置记录",
        shown=(
            "target_number", "village_name", "kind", "dated", "method", "amount",
            "document_number", "handled_by", "remark",
        ),
        searched=("target_number", "document_number", "handled_by", "remark"),
        sort=("village", "kind", "target_number", "dated"),
        wide=frozenset({"remark"}),
    ),
    "projects": Choices(
        title="增收项目",
        noun="个项目",
        shown=(
            "number", "village_name", "name", "path", "expected_income", "actual_income", "jobs",
        ),
        searched=("number", "name"),
    ),
    "incomes": Choices(
        title="年度收入",
        noun="条年度收入",
        shown=(
            "village_name", "year", "operating_income", "investment_income", "subsidy_income",
            "other_income", "operating_expense", "management_expense",
        ),
        searched=(),
        sort=("village", "year"),
    ),
    "tasks": Choices(
        title="任务清单",
        noun="项任务",
        empty="由乡镇或县下达",
        shown=(
            "number", "village_name", "category", "matter", "responsible", "due_on", "late",
            "stage", "percent", "rung",
        ),
        searched=("number", "matter", "responsible", "leader"),
        sort=(OPEN_FIRST, "due_on", "village", "number"),
        wide=frozenset({"matter"}),
        badges=TASK_COLUMNS,
        narrowings=TASK_NARROWINGS,
        decorate=hang_standing,
        page="campaigns:task",
    ),
}  # fmt: skip


def _column(column: Column, choices: Choices) -> RegisterColumn:
    kind: Kind = "year" if column.field == "year" else _KINDS.get(column.type, "text")
    is_wide = column.field in choices.wide
    is_narrow = column.type in _NARROW or column.field == "village"
    return RegisterColumn(
        column.field,
        column.title,
        kind=kind,
        width="wide" if is_wide else "narrow" if is_narrow else "medium",
        default=column.field in choices.shown,
        searchable=column.field in choices.searched,
        choices=column.allowed if kind in ("choice", "multi") else (),
        total=kind in _SUMMED and column.field not in _NEVER_SUMMED,
    )


def _columns(sheet: Sheet, choices: Choices) -> tuple[RegisterColumn, ...]:
    """The shown ones first and in their order, then the rest as the dictionary has them."""
    known = {column.field: _column(column, choices) for column in sheet.columns}
    known |= {b.field: replace(b, default=b.field in choices.shown) for b in choices.badges}
    if sheet.register != "villages":
        known["village_name"] = VILLAGE
    rest = [field for field in known if field not in choices.shown]
    return tuple(known[field] for field in (*choices.shown, *rest))


def _register(sheet: Sheet) -> Register:
    slug, choices = sheet.register, CHOICES[sheet.register]
    return Register(
        slug=slug,
        title=choices.title,
        noun=choices.noun,
        rows=TABLES[slug].objects.visible_to,
        columns=_columns(sheet, choices),
        narrowings=(*choices.narrowings, BEHIND[slug]),
        url=lambda row: row_url(slug, row.pk),
        sort=choices.sort,
        empty=choices.empty,
        decorate=choices.decorate,
    )


def row_url(slug: str, pk: int) -> str:
    """The page of one row of a register."""
    slug = KEPT_BY.get(slug, slug)
    if page := CHOICES[slug].page:
        return reverse(page, args=(pk,))
    return reverse("registers:row", args=(slug, pk))


REGISTERS: dict[str, Register] = {sheet.register: _register(sheet) for sheet in SHEETS}
