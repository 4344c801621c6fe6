"""A posted voucher as the paper form 记账凭证: sheets of a few lines, two to a page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from sanzi.kernel.money import capitals

from .chart import parent_of
from .keys import lines_of
from .lines import voucher_of
from .models import Account, Book, Dimension, Line, Voucher

# Lines on one sheet of half an A4 page.
SHEET_LINES = 6
_RANGES = 200
_ANALYSED = ("counterparty", "project", "object", "item")


@dataclass(frozen=True)
class PaperLine:
    """One ruled line of the form."""

    memo: str
    account: str
    name: str
    whom: str
    debit: Decimal | None
    credit: Decimal | None


@dataclass(frozen=True)
class PaperVoucher:
    """A voucher with everything its form prints."""

    voucher: Voucher
    lines: tuple[PaperLine, ...]
    reversed_by: Voucher | None = None

    @property
    def debits(self) -> Decimal:
        return sum((line.debit for line in self.lines if line.debit), Decimal("0.00"))

    @property
    def credits(self) -> Decimal:
        return sum((line.credit for line in self.lines if line.credit), Decimal("0.00"))

    @property
    def in_capitals(self) -> str:
        return capitals(self.debits)


@dataclass(frozen=True)
class PaperSheet:
    """One sheet: a voucher of many lines goes on on the next, as 1/3, 2/3, 3/3."""

    paper: PaperVoucher
    lines: tuple[PaperLine, ...]
    blank: range
    place: int
    of: int

    @property
    def number(self) -> str:
        title = self.paper.voucher.title
        return title if self.of == 1 else f"{title} {self.place}/{self.of}"

    @property
    def is_last(self) -> bool:
        return self.place == self.of


def papers(book: Book, vouchers: Sequence[Voucher]) -> list[PaperVoucher]:
    """These vouchers of a book with their lines and names; four queries and one more per 200."""
    accounts = dict(Account.objects.filter(book=book).values_list("code", "name"))
    lines: dict[int, list[Line]] = {}
    for line in _lines(vouchers):
        lines.setdefault(voucher_of(line.pk), []).append(line)
    keys = {key for mine in lines.values() for line in mine for key in _keys(line)}
    names = dict(Dimension.objects.filter(pk__in=keys).values_list("pk", "name"))
    red = Voucher.objects.filter(reverses__in=[voucher.pk for voucher in vouchers])
    undone = {voucher.reverses_id: voucher for voucher in red}
    return [
        PaperVoucher(
            voucher,
            tuple(_line(line, accounts, names) for line in lines.get(voucher.pk, [])),
            undone.get(voucher.pk),
        )
        for voucher in vouchers
    ]


def _lines(vouchers: Sequence[Voucher]) -> Iterable[Line]:
    for at in range(0, len(vouchers), _RANGES):
        chosen = Q(pk__in=[])
        for voucher in vouchers[at : at + _RANGES]:
            chosen |= Q(pk__range=lines_of(voucher.pk))
        yield from Line.objects.filter(chosen).order_by("pk")


def _keys(line: Line) -> list[int]:
    found = (getattr(line, f"{kind}_id") for kind in _ANALYSED)
    return [key for key in found if key is not None]


def _line(line: Line, accounts: Mapping[str, str], names: Mapping[int, str]) -> PaperLine:
    return PaperLine(
        memo=line.memo,
        account=line.account,
        name=account_path(line.account, accounts),
        whom="、".join(names.get(key, "") for key in _keys(line)),
        debit=line.debit or None,
        credit=line.credit or None,
    )


def account_path(code: str, accounts: Mapping[str, str]) -> str:
    """An account with those above it, as the form writes it: 管理费用—办公费."""
    found = []
    while code:
        found.append(accounts.get(code, code))
        code = parent_of(code)
    return "—".join(reversed(found))


def sheets(found: Iterable[PaperVoucher]) -> list[PaperSheet]:
    """The vouchers as sheets of half a page."""
    made = []
    for paper in found:
        count = max(1, -(-len(paper.lines) // SHEET_LINES))
        for place in range(count):
            lines = paper.lines[place * SHEET_LINES : (place + 1) * SHEET_LINES]
            made.append(PaperSheet(paper, lines, range(SHEET_LINES - len(lines)), place + 1, count))
    return made
