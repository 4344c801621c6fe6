"""The months and the year end of the demonstration's villages, closed by its chief accountant."""

from datetime import date
from decimal import ROUND_DOWN, Decimal

from sanzi.accounting.models import Book, Period
from sanzi.kernel.money import ZERO
from sanzi.yearend.actions.months import close_month
from sanzi.yearend.actions.plans import confirm_plan, draft_plan
from sanzi.yearend.actions.years import carry_out, carry_over, state_step
from sanzi.yearend.standing import Standing
from sanzi.yearend.taking import done_steps

from .demo_cast import POSTS, PREPARES, acting

YEAR = 2025
DECEMBER = YEAR * 100 + 12
STATED = {
    "stocktake": "12月28日至30日会同监事会盘点资产，逐户核对往来，账实相符",
    "accrue": "应收承包费、租金已按合同逐份核对，年内全部收齐，没有应收未收",
    "clear": "",
}
# What the members decided to share out, of a year's income after the reserve, for each of them.
HEADS, SHARED, RESERVE_RATE = 620, Decimal("0.60"), Decimal("0.20")

# How far each village has come, so that the console has something of everything to show:
# all is closed up to this month. A year end stops before the step named.
REACHED: dict[str, tuple[int, str]] = {
    "140521101201": (202609, ""),
    "140521101202": (202609, ""),
    "140521101203": (202609, ""),
    "140521101204": (202608, ""),
    "140521101205": (202609, ""),
    "140521101206": (202607, ""),
    "140521101207": (202609, ""),
    "140521101208": (202606, ""),
    "140521101209": (202603, ""),
    "140521101210": (DECEMBER, ""),
    "140521101211": (DECEMBER, "distribute"),
    "140521101212": (DECEMBER, "close"),
    "140521101213": (202509, ""),
}


def close_books(book: Book) -> int:
    """Close a village's months as far as it has come, its year end among them; how many."""
    reached, stops_at = REACHED[book.village]
    open_months = Period.objects.of(book).filter(
        period__gte=book.begins, period__lte=reached, state=Period.State.OPEN
    )
    months = list(open_months.order_by("period").values_list("period", flat=True))
    for month in months:
        if month == DECEMBER:
            _end_year(book, stops_at)
        else:
            close_month(book_id=book.pk, period=month, **acting(POSTS))
    return len(months) - (DECEMBER in months and bool(stops_at))


def _end_year(book: Book, stops_at: str) -> None:
    """The steps of the year end in their order, from where the book stands."""
    done = done_steps(book, YEAR)
    for name in (*STATED, "close", "profit", "distribute", "roll", "carry"):
        if name == stops_at:
            return
        if name not in done:
            _take(book, name)


def _take(book: Book, name: str) -> None:
    at = {"book_id": book.pk, "year": YEAR}
    if name in STATED:
        state_step(**at, step=name, words=STATED[name], **acting(PREPARES))
    elif name == "distribute":
        _draft_plan(book)
        confirm_plan(**at, **acting(POSTS))
    elif name == "carry":
        carry_over(**at, **acting(POSTS))
    else:
        carry_out(**at, step=name, **acting(POSTS))


def _draft_plan(book: Book) -> None:
    """A fifth into the reserve and a round sum for each member; of a loss nothing is shared."""
    standing = Standing(book, YEAR)
    pot = standing.pot
    free = pot.distributable * SHARED if pot.distributable and not pot.before else ZERO
    each = (free / HEADS).quantize(Decimal("1"), ROUND_DOWN)
    members = each * HEADS
    draft_plan(
        book_id=book.pk,
        year=YEAR,
        from_reserve=ZERO,
        reserve_rate=RESERVE_RATE if pot.distributable else ZERO,
        reserve_account=standing.leaf("311"),
        members=members,
        heads=HEADS if members else 0,
        members_account=standing.leaf("113"),
        other=ZERO,
        other_account="",
        other_words="",
        decision=f"成员代表大会〔{YEAR}〕4号",
        decided_on=date(YEAR, 12, 30),
        sheets=3,
        **acting(PREPARES),
    )
