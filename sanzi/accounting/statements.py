"""Statements (报表) filled in from plain balances, and the identities they must satisfy.

    balance_sheet(scheme, period, balances) -> Sheet         columns 年初数, 期末数
    income_statement(scheme, period, months, year, spread) -> Sheet   columns 本期数, 本年累计
    form(statement, scheme, period) -> Form                  the rows in force (sheet_forms.py)
    sums(form, key) -> frozenset[str]                        the accounts a row is made of

Balances are by account code (leaves or national accounts, the `113+` page among them), in yuan, a
debit balance being positive. Source: accounting.md 1.3. No framework.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from sanzi.kernel.money import ZERO

from .chart import chart
from .sheet_forms import STATEMENTS, Form, RowForm, Term, form, sums, terms_of

__all__ = [
    "STATEMENTS",
    "Check",
    "Form",
    "Line",
    "Sheet",
    "balance_sheet",
    "form",
    "income_statement",
    "sums",
    "terms_of",
    "unclosed",
]

# What is left on these at a year's end is a fault.
_EMPTY_AT_YEAR_END = {
    "2023": {"181": "待处理财产损溢", "321": "本年收益"},
    "2004": {"321": "本年收益"},
}
_GRAND = ("assets", "claims")


class Amounts(Protocol):
    """An account over some months: what pages.Balance is."""

    @property
    def opening(self) -> Decimal: ...
    @property
    def debit(self) -> Decimal: ...
    @property
    def credit(self) -> Decimal: ...
    @property
    def closing(self) -> Decimal: ...


@dataclass(frozen=True)
class Line:
    """A row with its figures in yuan, one for each column; None where the form leaves it blank."""

    form: RowForm
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True)
class Check:
    """An identity the statement must satisfy, with both sides in yuan."""

    title: str
    left: Decimal
    right: Decimal

    @property
    def gap(self) -> Decimal:
        return self.left - self.right

    @property
    def holds(self) -> bool:
        return self.left == self.right


@dataclass(frozen=True)
class Sheet:
    """A statement filled in."""

    form: Form
    columns: tuple[str, str]
    lines: tuple[Line, ...]
    checks: tuple[Check, ...]

    def value(self, key: str, column: int = 1) -> Decimal:
        """The figure of a row; zero where the form leaves it blank."""
        return next(line.values[column] for line in self.lines if line.form.key == key) or ZERO

    def side(self, side: str) -> list[Line]:
        return [line for line in self.lines if line.form.side == side]

    @property
    def is_sound(self) -> bool:
        return all(check.holds for check in self.checks)


Reader = Callable[[Term], Decimal]


def _filled(of: Form, readers: Sequence[Reader]) -> tuple[Line, ...]:
    """The rows with their figures, one column for each reader; year rows only in the last."""
    held: dict[str, list[Decimal]] = {}
    lines = []
    for row in of.rows:
        if row.kind == "title":
            lines.append(Line(row, (None,) * len(readers)))
            continue
        values = [_value(row, at, read, held) for at, read in enumerate(readers)]
        held[row.key] = values
        is_blank = row.kind in ("year", "year_total")
        shown = [None if is_blank and at + 1 < len(values) else v for at, v in enumerate(values)]
        if row.kind != "interim" or any(values):
            lines.append(Line(row, tuple(shown)))
    return tuple(lines)


def _value(row: RowForm, at: int, read: Reader, held: Mapping[str, Sequence[Decimal]]) -> Decimal:
    return sum(
        (term.sign * (held[term.row][at] if term.row else read(term)) for term in row.terms), ZERO
    )


def tops(balances: Mapping[str, Amounts], pick: Callable[[Amounts], Decimal]) -> dict[str, Decimal]:
    """One figure of every balance, added up to national accounts and to `113+` pages."""
    added: dict[str, Decimal] = {}
    for code, balance in balances.items():
        top = code[:3] + ("+" if code.endswith("+") else "")
        added[top] = added.get(top, ZERO) + pick(balance)
    return added


def normal(scheme: str, code: str, net: Decimal) -> Decimal:
    """A net amount (debit positive) on the normal side of a national account."""
    return net if chart(scheme)[code[:3]].side == "debit" else ZERO - net


def _standing(scheme: str, nets: Mapping[str, Decimal]) -> Reader:
    def read(term: Term) -> Decimal:
        net = nets.get(term.code, ZERO)
        if term.split:
            debits = nets.get(term.code + "+", ZERO)
            return debits if term.split == "+" else debits - net
        return normal(scheme, term.code, net)

    return read


def balance_sheet(
    scheme: str,
    period: int,
    balances: Mapping[str, Amounts],
    *,
    last_year: Mapping[str, Amounts] | None = None,
    is_closed: bool = False,
) -> Sheet:
    """资产负债表 at the end of the month `period` (YYYYMM).

    `balances` run from the beginning of its year to that month, closing entries included. With
    `last_year` (the whole year before) its end is held against this beginning. `is_closed` says
    that the year end has been closed: then income, expenses and what is cleared must be zero.
    """
    of = form("balance", scheme, period)
    begun, ended = tops(balances, lambda b: b.opening), tops(balances, lambda b: b.closing)
    lines = _filled(of, [_standing(scheme, begun), _standing(scheme, ended)])
    sheet = Sheet(of, ("年初数", "期末数"), lines, ())
    checks = [
        Check(f"资产总计 = 负债和所有者权益总计（{name}）", *(sheet.value(k, at) for k in _GRAND))
        for at, name in ((1, "期末"), (0, "年初"))
    ]
    checks.append(Check("各科目期末余额之和 = 0", _net(ended), ZERO))
    if last_year is not None:
        before = _filled(of, [_standing(scheme, tops(last_year, lambda b: b.closing))])
        left = next(line.values[0] for line in before if line.form.key == "assets") or ZERO
        checks.append(Check("年初资产总计 = 上年年末数", sheet.value("assets", 0), left))
    if is_closed:
        checks += _year_end(scheme, ended)
    return Sheet(of, sheet.columns, lines, tuple(checks))


def _net(nets: Mapping[str, Decimal]) -> Decimal:
    return sum((net for code, net in nets.items() if not code.endswith("+")), ZERO)


def _year_end(scheme: str, ended: Mapping[str, Decimal]) -> list[Check]:
    accounts = chart(scheme)
    flows = [c for c, a in accounts.items() if len(c) == 3 and a.category in ("income", "expense")]
    left = sum((abs(ended.get(code, ZERO)) for code in flows), ZERO)
    checks = [Check("年终结转后收入、支出科目余额 = 0", left, ZERO)]
    for code, name in _EMPTY_AT_YEAR_END[scheme].items():
        checks.append(Check(f"年终{name}（{code}）余额 = 0", ended.get(code, ZERO), ZERO))
    return checks


def income_statement(
    scheme: str,
    period: int,
    months: Mapping[str, Amounts],
    year: Mapping[str, Amounts],
    spread: Mapping[str, Decimal],
    *,
    sheet: Sheet | None = None,
) -> Sheet:
    """收益及收益分配表 of some months of one year, the last being `period` (YYYYMM).

    `months` and `year` (from January) leave the closing entries out: they are filled from movements
    (accounting.md 1.3). `spread` says what was distributed in the year by national account, and
    "in" for what else came to 未分配收益. `sheet` is the balance sheet its end must equal.
    """
    of = form("income", scheme, period)
    readers = [
        _moving(scheme, tops(moved, lambda b: b.debit - b.credit), begun, spread)
        for moved, begun in ((months, {}), (year, tops(year, lambda b: b.opening)))
    ]
    found = Sheet(of, ("本期数", "本年累计"), _filled(of, readers), ())
    checks: tuple[Check, ...] = ()
    if sheet is not None:
        stands = sheet.value("undistributed") + unclosed(sheet)
        checks = (Check("年末未分配收益 = 资产负债表未分配收益", found.value("remaining"), stands),)
    return Sheet(of, found.columns, found.lines, checks)


def unclosed(sheet: Sheet, column: int = 1) -> Decimal:
    """Income less expenses that no closing entry has carried to 收益分配 yet; zero after it."""
    shown = [line for line in sheet.lines if line.form.kind == "interim"]
    return (shown[0].values[column] or ZERO) if shown else ZERO


def _moving(
    scheme: str,
    moved: Mapping[str, Decimal],
    begun: Mapping[str, Decimal],
    spread: Mapping[str, Decimal],
) -> Reader:
    def read(term: Term) -> Decimal:
        if term.mark == "~":
            return normal(scheme, term.code, begun.get(term.code, ZERO))
        if term.mark == "@":
            if term.code == "all":
                return sum((v for code, v in spread.items() if code != "in"), ZERO)
            return spread.get(term.code, ZERO)
        return normal(scheme, term.code, moved.get(term.code, ZERO))

    return read
