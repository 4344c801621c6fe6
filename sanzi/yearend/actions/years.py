"""The steps of a book's year end, one after the other, and back again before audit."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.accounting.entry import Entry
from sanzi.accounting.models import Book, Kind, Voucher
from sanzi.accounting.periods import open_year
from sanzi.accounting.posting import post
from sanzi.journal.recorder import record
from sanzi.kernel.money import grouped
from sanzi.kernel.refusals import Blocked, Invalid
from sanzi.yearend.closing import Proposed
from sanzi.yearend.closing_up import close, month_of
from sanzi.yearend.facts import gather
from sanzi.yearend.looks import blocking, checklist
from sanzi.yearend.models import YearStep
from sanzi.yearend.plan import withdrawn
from sanzi.yearend.standing import RESULT, UNDISTRIBUTED, Standing
from sanzi.yearend.steps import BY_NAME, source
from sanzi.yearend.taking import admit, admit_undoing, finish
from sanzi.yearend.undoing import mirrored, red

WORDS_MIN, WORDS_MAX = 5, 200


@action("books.prepare")
def state_step(
    *, book_id: int, year: int, step: str, words: str, by: Person, now: datetime
) -> YearStep:
    """Take a step by a person's word: stocktake, accruals, what waits for a decision cleared."""
    book = Book.objects.claim(book_id, by)
    run = admit(book, year, step)
    words = words.strip()
    if BY_NAME[step].is_stated and not WORDS_MIN <= len(words) <= WORDS_MAX:
        raise Invalid("year.words", f"请写明办理情况，{WORDS_MIN} 到 {WORDS_MAX} 个字")
    if len(words) > WORDS_MAX:
        raise Invalid("year.words", f"最多 {WORDS_MAX} 个字，请写短一些")
    if step not in ("stocktake", "accrue", "clear"):
        raise Invalid("year.step", "这一步由主管会计办理")
    if step == "clear" and (pending := Standing(book, year).pending):
        raise Blocked(
            "year.pending",
            f"181 待处理财产损溢还有余额 {grouped(pending)} 元，"
            "请按批准意见转入其他收入或其他支出，记账后再办",
        )
    taken = finish(book, year, step, run, words=words, by=by, now=now)
    _note(book, taken, by, now)
    return taken


@action("books.close")
def carry_out(*, book_id: int, year: int, step: str, by: Person, now: datetime) -> YearStep:
    """Post what a step of closing comes to: income and expense, the result, what was allotted."""
    book = Book.objects.claim(book_id, by)
    if step not in ("close", "profit", "roll"):
        raise Invalid("year.step", "这一步不由计算生成凭证，请在本步骤处办理")
    run = admit(book, year, step)
    standing = Standing(book, year)
    if step == "close":
        _ask_december(book, year, now)
    else:
        _ask_flows(standing)
    proposed = standing.proposed(step)
    posted = post(_entries(book, year, step, run, proposed, by), by=by, now=now)
    taken = finish(book, year, step, run, vouchers=[p.id for p in posted], by=by, now=now)
    _note(book, taken, by, now)
    return taken


@action("books.close")
def carry_over(*, book_id: int, year: int, by: Person, now: datetime) -> YearStep:
    """结账并结转下年: close December and bring the balances forward."""
    book = Book.objects.claim(book_id, by)
    run = admit(book, year, "carry")
    _ask_flows(Standing(book, year))
    _ask_result(Standing(book, year))
    close(book, year * 100 + 12, localdate(now), by=by, now=now)
    open_year(book, year + 1)
    taken = finish(book, year, "carry", run, by=by, now=now)
    _note(book, taken, by, now)
    return taken


@action("books.close")
def undo_step(
    *, book_id: int, year: int, step: str, reason: str, by: Person, now: datetime
) -> YearStep:
    """Take back the last step before audit: its closing vouchers by their mirror in red."""
    book = Book.objects.claim(book_id, by)
    reason = reason.strip()
    if not WORDS_MIN <= len(reason) <= WORDS_MAX:
        raise Invalid("year.reason", f"请写明撤销的原因，{WORDS_MIN} 到 {WORDS_MAX} 个字")
    taken = admit_undoing(book, year, step)
    if step == "carry":
        raise Blocked("year.closed", "12 月已结账；请由有权岗位对 12 月反结账，这一步随之撤销")
    vouchers = list(taken.vouchers.order_by("pk"))
    if step == "distribute":
        plan = withdrawn(book, year, by, needs_two=bool(vouchers))
        entries = red(taken, vouchers, plan.recalled_by_id or by.pk, by)
    else:
        entries = mirrored(taken, vouchers, by)
    post(entries, by=by, now=now)
    taken.undone_by, taken.undone_at, taken.undone_because = by, now, reason
    taken.save(update_fields=["undone_by", "undone_at", "undone_because"])
    label = f"撤销 {year} 年年终结转：{BY_NAME[step].label}"
    record(
        book, "yearend.undo", by=by, at=now, label=label,
        public={"year": year, "step": step, "reason": reason},
    )  # fmt: skip
    return taken


def _ask_december(book: Book, year: int, now: datetime) -> None:
    """Everything but the year end itself must be ready: what comes later would stay unclosed."""
    december = year * 100 + 12
    month_of(book, december)
    found = gather({book: december}, localdate(now))[book.pk]
    stops = [check for check in blocking(checklist(found)) if check.name != "year"]
    if stops:
        raise Blocked("year.checks", "；".join(check.sentence for check in stops))


def _ask_flows(standing: Standing) -> None:
    if standing.is_flowing:
        raise Blocked(
            "year.flows",
            f"收支科目又有了余额（{standing.year} 年 12 月结转以后还记了账）；"
            "请从最后一步撤销到“收支结转本年收益”，重新办理",
        )


def _ask_result(standing: Standing) -> None:
    for code in standing.under(RESULT) + standing.under("322"):
        balance = standing.net([code])
        if balance and not code.startswith(UNDISTRIBUTED):
            account = standing.accounts[code]
            raise Blocked(
                "year.result",
                f"科目 {account} 年末应无余额，现有 {grouped(balance)} 元；请撤销相应步骤重新办理",
            )


def _entries(
    book: Book, year: int, step: str, run: int, proposed: Sequence[Proposed], by: Person
) -> list[Entry]:
    return [
        Entry(
            book=book.pk,
            dated=date(year, 12, 31),
            memo=one.memo,
            sides=one.sides,
            source=source(book.pk, year, step, run, part),
            prepared_by=by.pk,
            kind=Kind.CLOSING,
            name=f"{BY_NAME[step].label}凭证",
        )
        for part, one in enumerate(proposed, start=1)
    ]


def _note(book: Book, taken: YearStep, by: Person, now: datetime) -> None:
    label = f"{taken.year} 年年终结转：{taken.get_step_display()}"
    numbers = [voucher.title for voucher in Voucher.objects.of(book).filter(pk__in=_keys(taken))]
    public: dict[str, object] = {"year": taken.year, "step": taken.step}
    if numbers:
        public["subject"] = "、".join(numbers)
    if taken.words:
        public["reason"] = taken.words
    record(book, "yearend.step", by=by, at=now, label=label, public=public)


def _keys(taken: YearStep) -> list[int]:
    return list(taken.vouchers.values_list("pk", flat=True))
