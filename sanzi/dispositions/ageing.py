"""账龄分析: what is left of claims or debts at the end of any day, by how long each has been due.

One definition for both, in the database, so that a city's sixty thousand rows are one query; the
same balance as `balances.left_on`, which a test holds it to. Bands are data.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, CharField, Count, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, Greatest

from sanzi.kernel.calendar import years_after
from sanzi.kernel.money import ZERO
from sanzi.kernel.regions import level
from sanzi.store.fields import MoneyField

from .balances import UNMOVED
from .models import Disposition


@dataclass(frozen=True)
class Band:
    """Rows overdue by at most `years` full years (upper bound inclusive); None: longer still."""

    code: str
    title: str
    years: int | None


NOT_DUE = Band("ahead", "未到期", 0)
UNDATED = Band("undated", "没有约定到期日", None)
# As the ageing tables of the trade divide it, the shortest first.
BANDS: tuple[Band, ...] = (
    NOT_DUE,
    Band("y1", "逾期1年以内", 1),
    Band("y2", "逾期1至2年", 2),
    Band("y3", "逾期2至3年", 3),
    Band("y5", "逾期3至5年", 5),
    Band("more", "逾期5年以上", None),
)
ALL = (*BANDS, UNDATED)
TITLES = {band.code: band.title for band in ALL}


@dataclass(frozen=True)
class Side:
    """What is aged: the word of its movements, and the column that says what was paid on it."""

    kind: str
    paid: str
    name: str


CLAIMS = Side("债权", "received_amount", "debtor")
DEBTS = Side("债务", "repaid_amount", "creditor")
# What the rows of a table are, by the level of the region looked at.
GROUPS = {"nation": "city", "province": "city", "city": "county", "county": "town",
          "town": "village"}  # fmt: skip


def band_of(due_on: date | None, as_of: date) -> Band:
    """The band of one row, in arithmetic."""
    if due_on is None:
        return UNDATED
    return next(
        band for band in BANDS if band.years is None or due_on >= years_after(as_of, -band.years)
    )


def aged(rows: Any, side: Side, as_of: date) -> Any:
    """These rows with `left_then` (yuan at the end of the day) and `band`; only what is left."""
    money = MoneyField()
    paid_off = Coalesce(F("principal"), Value(ZERO, money)) - Coalesce(
        F(side.paid), Value(ZERO, money)
    )
    opening = Coalesce(F("balance"), Greatest(paid_off, Value(ZERO, money)), output_field=money)
    in_base = Q(base_on__isnull=False) & (Q(formed_on=None) | Q(formed_on__lte=F("base_on")))
    after = _moved(side, dated__gt=OuterRef("base_on"), dated__lte=as_of)
    back = _moved(side, dated__gt=as_of, dated__lte=OuterRef("base_on"))
    left = Case(
        When(formed_on__gt=as_of, then=Value(ZERO, money)),
        When(in_base, then=opening - after + back),
        default=opening - _moved(side, dated__lte=as_of),
        output_field=money,
    )
    return rows.annotate(left_then=left, band=_band(as_of)).exclude(left_then=ZERO)


def _moved(side: Side, **when: Any) -> Any:
    acts = Disposition.objects.filter(
        kind=side.kind, village=OuterRef("village"), target_number=OuterRef("number"), **when
    ).exclude(method__in=UNMOVED)
    sums = acts.order_by().values("target_number").annotate(moved=Sum("amount")).values("moved")
    return Coalesce(Subquery(sums), Value(ZERO, MoneyField()), output_field=MoneyField())


def _band(as_of: date) -> Case:
    whens = [When(due_on=None, then=Value(UNDATED.code))]
    whens += [
        When(due_on__gte=years_after(as_of, -band.years), then=Value(band.code))
        for band in BANDS
        if band.years is not None
    ]
    return Case(*whens, default=Value(BANDS[-1].code), output_field=CharField())


@dataclass(frozen=True)
class Cell:
    """One place of the table: yuan and how many rows."""

    amount: Decimal = ZERO
    count: int = 0

    def __add__(self, other: "Cell") -> "Cell":
        return Cell(self.amount + other.amount, self.count + other.count)


@dataclass(frozen=True)
class Line:
    """One row of the table: a region's code or a counterparty's name, its bands, their sum."""

    key: str
    cells: Sequence[Cell]

    @property
    def total(self) -> Cell:
        return sum(self.cells, Cell())


@dataclass(frozen=True)
class Table:
    """The aged balances of a region: the largest line first, and the sums below."""

    lines: Sequence[Line]
    formed_after: Decimal

    @property
    def sums(self) -> Line:
        columns = zip(*(line.cells for line in self.lines), strict=True)
        return Line("", [sum(column, Cell()) for column in columns] or [Cell()] * len(ALL))


def table(rows: Any, side: Side, code: str, as_of: date) -> Table:
    """The table of a region in one query; `formed_after` is what of it the base does not hold."""
    by = GROUPS.get(level(code) if code else "nation", side.name)
    new = Sum("left_then", filter=Q(formed_on__gt=F("base_on")), output_field=MoneyField())
    found = aged(rows, side, as_of).order_by().values(by, "band")
    told = list(
        found.annotate(sum=Sum("left_then", output_field=MoneyField()), many=Count("pk"), new=new)
    )
    lines: dict[str, dict[str, Cell]] = {}
    for one in told:
        lines.setdefault(one[by], {})[one["band"]] = Cell(one["sum"], one["many"])
    made = [_line(key, cells) for key, cells in lines.items()]
    return Table(
        sorted(made, key=lambda line: (-line.total.amount, line.key)),
        sum((one["new"] or ZERO for one in told), ZERO),
    )


def _line(key: str, cells: Mapping[str, Cell]) -> Line:
    return Line(key, [cells.get(band.code, Cell()) for band in ALL])
