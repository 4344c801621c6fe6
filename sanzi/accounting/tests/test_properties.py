"""Whatever happens to a set, its books say what a plain list of its vouchers says."""

from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sanzi.accounting.actions.importing import import_vouchers
from sanzi.accounting.dimensions import ensure
from sanzi.accounting.entry import Entry, Side
from sanzi.accounting.interchange.reading import read_vouchers
from sanzi.accounting.models import Line, Period, Voucher
from sanzi.accounting.pages import balances, region_balances, sub_balances
from sanzi.accounting.periods import open_year
from sanzi.accounting.posting import post
from sanzi.accounting.reversal import red_letter
from sanzi.accounting.verification import verify
from sanzi.kernel.money import from_fen, to_fen
from sanzi.kernel.refusals import Blocked, Invalid
from tests.world import NOON, QINGSHUI, SHANGTIAN

from .model_book import ModelBook, ModelLine, ModelVoucher
from .test_interchange import file

ACCOUNTS = ("101", "102", "112", "113", "211", "301", "321", "501", "513")
WHOM = ("", "甲", "乙", "丙")

_days = st.builds(date, st.sampled_from((2024, 2024, 2025, 2026)), st.integers(1, 12),
                  st.integers(1, 28))  # fmt: skip
_fen = st.integers(-5_000, 90_000).filter(bool)
_parts = st.lists(st.tuples(st.sampled_from(ACCOUNTS), _fen, st.booleans(),
                            st.sampled_from(WHOM)), min_size=1, max_size=4)  # fmt: skip
_steps = st.one_of(
    st.tuples(st.just("post"), _days, _parts),
    st.tuples(st.just("post"), _days, _parts),
    st.tuples(st.just("unbalanced"), _days, _parts),
    st.tuples(st.just("close_year"), st.sampled_from((2024, 2025)), _parts),
    st.tuples(st.just("reverse"), st.integers(0, 30), st.none()),
    st.tuples(st.just("shut"), _days, st.none()),
    st.tuples(st.just("reopen"), st.integers(0, 30), st.none()),
    st.tuples(st.just("open_year"), st.none(), st.none()),
    st.tuples(st.just("bring"), _days, st.lists(_parts, min_size=1, max_size=3)),
)
_lives = st.lists(_steps, min_size=4, max_size=14)
QUIET = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large)


def balanced(parts: list[ModelLine]) -> tuple[ModelLine, ...]:
    """The lines and one more that balances them; split in two where nothing is left to balance."""
    rest = sum(-fen if is_credit else fen for _, fen, is_credit, _ in parts)
    if rest == 0:
        return (*parts, ("102", 7, False, ""), ("301", 7, True, ""))
    return (*parts, ("102", rest, True, ""))


@dataclass
class Life:
    """A set and its model, going through the same steps."""

    book: Any
    wu: Any
    zheng: Any
    feng: Any

    def __post_init__(self) -> None:
        self.model = ModelBook()
        self.numbers = count(1)
        self.whom = ensure(self.book.pk, "counterparty", WHOM[1:])
        self.posted: dict[int, ModelVoucher] = {}
        self.reversed: set[int] = set()
        self.put(date(2024, 1, 1), (("102", 100_000, False, ""), ("301", 100_000, True, "")),
                 "opening")  # fmt: skip

    def entry(self, day: date, lines: tuple[ModelLine, ...], kind: str) -> Entry:
        sides = [
            Side(
                account,
                from_fen(0 if is_credit else fen),
                from_fen(fen if is_credit else 0),
                counterparty=self.whom.get(whom),
            )
            for account, fen, is_credit, whom in lines
        ]
        return self._entry(day, sides, kind)

    def _entry(self, day: date, sides: list[Side], kind: str) -> Entry:
        return Entry(
            book=self.book.pk, dated=day, memo="事", sides=sides, kind=kind, attachments=1,
            source=f"life:{next(self.numbers)}", prepared_by=self.wu.pk, reviewed_by=self.zheng.pk,
        )  # fmt: skip

    def hand_in(self, entry: Entry) -> int | None:
        """The key of the voucher, None when the gate refuses; what it refuses leaves nothing."""
        try:
            with transaction.atomic():
                (posted,) = post([entry], by=self.feng, now=NOON)
        except Blocked:
            return None
        return posted.id

    def note(self, key: int, voucher: ModelVoucher) -> None:
        self.posted[key] = voucher
        self.model.vouchers.append(voucher)

    def put(self, day: date, lines: tuple[ModelLine, ...], kind: str = "normal") -> None:
        key = self.hand_in(self.entry(day, lines, kind))
        assert (key is not None) == self.model.takes(day)
        if key is not None:
            self.note(key, ModelVoucher(day, kind, lines))

    # The steps, as `_steps` names them.

    def post(self, day: date, parts: list[ModelLine]) -> None:
        self.put(day, balanced(parts))

    def unbalanced(self, day: date, parts: list[ModelLine]) -> None:
        account, fen, is_credit, whom = balanced(parts)[-1]
        off = (*balanced(parts)[:-1], (account, fen + 1 or 2, is_credit, whom))
        with pytest.raises((Invalid, Blocked)), transaction.atomic():
            post([self.entry(day, off, "normal")], by=self.feng, now=NOON)

    def close_year(self, year: int, parts: list[ModelLine]) -> None:
        self.put(date(year, 12, 31), balanced(parts), "closing")

    def reverse(self, which: int, _: None) -> None:
        keys = list(self.posted)
        key = keys[which % len(keys)]
        old = self.posted[key]
        voucher, day = Voucher.objects.get(pk=key), date(old.dated.year, 12, 28)
        may = old.kind in ("normal", "imported") and key not in self.reversed and old.dated <= day
        try:
            entry = red_letter(
                voucher, dated=day, prepared_by=self.wu.pk, reviewed_by=self.zheng.pk,
                cashier=None, source=f"life:{next(self.numbers)}",
            )  # fmt: skip
        except Blocked:
            assert not may
            return
        assert may
        if red := self.hand_in(entry):
            self.reversed.add(key)
            lines = tuple((a, -fen, c, w) for a, fen, c, w in old.lines)
            self.note(red, ModelVoucher(day, "red", lines))

    def shut(self, day: date, _: None) -> None:
        self._state(self.model.period(day), Period.State.CLOSED)
        if day.year <= self.model.last_year:
            self.model.shut.add(self.model.period(day))

    def reopen(self, which: int, _: None) -> None:
        if self.model.shut:
            period = sorted(self.model.shut)[which % len(self.model.shut)]
            self._state(period, Period.State.OPEN)
            self.model.shut.remove(period)

    def _state(self, period: int, state: str) -> None:
        Period.objects.of(self.book).filter(period=period).update(state=state)

    def open_year(self, *_: None) -> None:
        if self.model.last_year < 2026:
            open_year(self.book, self.model.last_year + 1)
            self.model.last_year += 1

    def bring(self, day: date, several: list[list[ModelLine]]) -> None:
        label = next(self.numbers)
        vouchers = [balanced(parts) for parts in several]
        rows = [
            f"{day},{label}-{place},进,{account},"
            f"{'' if is_credit else from_fen(fen)},{from_fen(fen) if is_credit else ''},{whom}"
            for place, lines in enumerate(vouchers)
            for account, fen, is_credit, whom in lines
        ]
        for _ in range(2):  # The second time changes nothing.
            plan = import_vouchers.__wrapped__(
                reading=read_vouchers(file(*rows)), region=SHANGTIAN, name="", scheme="",
                file_name="", tell=lambda *_: None, by=self.feng, now=NOON,
            )  # fmt: skip
        if self.model.period(day) in self.model.shut:
            assert plan.problems
            return
        assert plan.problems == []
        assert plan.known == len(vouchers)
        self.model.last_year = max(self.model.last_year, day.year)
        keys = Voucher.objects.filter(source__contains=f":{label}-").order_by("pk")
        for key, lines in zip(keys.values_list("pk", flat=True), vouchers, strict=True):
            tops = {account for account, *_ in lines}
            closes = day.month == 12 and "321" in tops and tops <= {"321", "501", "513"}
            kind = "closing" if closes else "imported"
            self.note(key, ModelVoucher(day, kind, lines))

    def compare(self) -> None:
        """Everything the books say against everything the model says."""
        model = self.model
        for year in range(2024, model.last_year + 1):
            for first, last in ((1, 12), (1, 3), (5, 9), (12, 12)):
                span = (year * 100 + first, year * 100 + last)
                for closing in (True, False):
                    theirs = model.balances(*span, closing=closing)
                    found = balances(self.book.pk, *span, closing=closing)
                    assert plain(found) == theirs
                    assert sum(to_fen(b.closing) for c, b in found.items() if c[-1] != "+") == 0
                    above = region_balances(QINGSHUI, "2023", *span, closing=closing)
                    assert plain(above) == theirs
                owed = balances(self.book.pk, *span).get("113+")
                assert (to_fen(owed.closing) if owed else 0) == model.owed(span[1])
            self._compare_subs(year)
        for period, expected in model.counts().items():
            mine = Voucher.objects.filter(book=self.book, period=period).order_by("number")
            assert list(mine.values_list("number", flat=True)) == list(range(1, expected + 1))
        assert Voucher.objects.count() == len(model.vouchers)
        assert Line.objects.count() == sum(len(v.lines) for v in model.vouchers)
        assert verify().faults == []

    def _compare_subs(self, year: int) -> None:
        theirs = {key: fen for key, fen in self.model.whom(year * 100 + 12).items() if fen}
        names = {key: name for name, key in self.whom.items()}
        mine = {
            (account, names[key]): to_fen(balance.closing)
            for account in ACCOUNTS
            for key, balance in sub_balances(self.book.pk, account, year * 100 + 1,
                                             year * 100 + 12).items()
            if key and balance.closing
        }  # fmt: skip
        assert mine == theirs


def plain(found: dict[str, Any]) -> dict[str, tuple[int, int, int]]:
    """Balances as the model says them."""
    said = {
        code: (to_fen(b.opening), to_fen(b.debit), to_fen(b.credit))
        for code, b in found.items()
        if not code.endswith("+")
    }
    return {code: sums for code, sums in said.items() if any(sums)}


def live(life: list[Any], **people: Any) -> None:
    """Go through a life in a transaction of its own, and forget it."""
    with transaction.atomic():
        lived = Life(**people)
        for step, first, second in life:
            getattr(lived, step)(first, second)
        lived.compare()
        transaction.set_rollback(True)


@settings(max_examples=10, suppress_health_check=QUIET)
@given(life=_lives)
def test_the_books_say_what_their_vouchers_say(book, wu, zheng, feng, life):
    live(life, book=book, wu=wu, zheng=zheng, feng=feng)


@pytest.mark.slow
@pytest.mark.long
@settings(max_examples=100, suppress_health_check=QUIET)
@given(life=st.lists(_steps, min_size=10, max_size=50))
def test_long_lives_of_books_say_what_their_vouchers_say(book, wu, zheng, feng, life):
    live(life, book=book, wu=wu, zheng=zheng, feng=feng)
