"""The plan of distribution: drafted by one person, confirmed and booked by another."""

from datetime import date, datetime
from decimal import Decimal

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.accounting.models import Book
from sanzi.accounting.posting import post
from sanzi.journal.recorder import record
from sanzi.kernel.money import ZERO
from sanzi.kernel.refusals import Blocked, Invalid, Missing
from sanzi.yearend.models import Distribution, YearStep
from sanzi.yearend.plan import MEMBERS, OTHERS, choices, current, entries_of, fund_of, wish_of
from sanzi.yearend.sharing import Wish, faults, shared
from sanzi.yearend.standing import RESERVE, Standing
from sanzi.yearend.taking import admit, done_steps, finish

REASON_MIN, REASON_MAX = 5, 200


@action("books.prepare")
def draft_plan(
    *,
    book_id: int,
    year: int,
    from_reserve: Decimal,
    reserve_rate: Decimal,
    reserve_account: str,
    members: Decimal,
    heads: int,
    members_account: str,
    other: Decimal,
    other_account: str,
    other_words: str,
    decision: str,
    decided_on: date,
    sheets: int,
    by: Person,
    now: datetime,
) -> Distribution:
    """Draft a year's plan; an earlier draft stays as it was, out of force. Amounts in yuan."""
    book = Book.objects.claim(book_id, by)
    done = done_steps(book, year)
    if "distribute" in done:
        raise Blocked("plan.done", f"{year} 年收益分配已记账；要改方案，请先撤销“收益分配”")
    if "profit" not in done:
        raise Blocked("plan.early", "请先办“本年收益结转未分配收益”，再按结果拟定分配方案")
    standing = Standing(book, year)
    wish = Wish(from_reserve, reserve_rate, members, heads, other)
    _ask_amounts(wish, standing)
    _ask_account(standing, (RESERVE,), reserve_account, "公积公益金")
    _ask_account(standing, MEMBERS[book.scheme], members_account, "应付成员")
    if other:
        _ask_account(standing, OTHERS[book.scheme], other_account, "其他分配")
    shares = shared(standing.pot, wish)
    Distribution.objects.visible_to(by).filter(book=book, year=year, is_current=True).update(
        is_current=False
    )
    plan = Distribution.objects.create(
        village=book.village, book=book, year=year, from_reserve=from_reserve,
        reserve_rate=reserve_rate, reserve=shares.reserve, reserve_account=reserve_account,
        members=shares.members, heads=heads, per_head=shares.per_head,
        remainder=shares.remainder, members_account=members_account, other=other,
        other_account=other_account if other else "", other_words=other_words.strip(),
        decision=decision.strip(), decided_on=decided_on, sheets=sheets, prepared_by=by,
        prepared_at=now,
    )  # fmt: skip
    record(
        book, "yearend.plan", by=by, at=now, label=f"拟定 {year} 年收益分配方案",
        public={"year": year, "subject": plan.decision, "total": format(shares.total, "f")},
    )  # fmt: skip
    return plan


@action("books.close")
def confirm_plan(*, book_id: int, year: int, by: Person, now: datetime) -> YearStep:
    """Confirm the plan another person drafted and post its vouchers."""
    book = Book.objects.claim(book_id, by)
    run = admit(book, year, "distribute")
    plan = current(book, year)
    if plan is None:
        raise Missing("plan.missing", f"{year} 年还没有收益分配方案，请代理会计先拟定")
    if plan.prepared_by_id == by.pk:
        raise Blocked("plan.duties", "拟定和确认收益分配方案的不能是同一人，请由另一人确认")
    standing, wish = Standing(book, year), wish_of(plan)
    _ask_amounts(wish, standing)
    shares = shared(standing.pot, wish)
    if shares.reserve != plan.reserve:
        raise Blocked("plan.stale", "拟定方案以后账面收益有变动，请重新拟定方案再确认")
    plan.confirmed_by, plan.confirmed_at = by, now
    plan.save(update_fields=["confirmed_by", "confirmed_at"])
    posted = post(entries_of(plan, shares, run, by), by=by, now=now)
    taken = finish(
        book, year, "distribute", run, words=plan.decision, vouchers=[p.id for p in posted],
        by=by, now=now,
    )  # fmt: skip
    record(
        book, "yearend.step", by=by, at=now, label=f"{year} 年年终结转：收益分配",
        public={"year": year, "step": "distribute", "subject": plan.decision},
    )  # fmt: skip
    return taken


@action("books.prepare")
def recall_plan(*, book_id: int, year: int, reason: str, by: Person, now: datetime) -> Distribution:
    """Ask for a booked plan to be taken back; another person does it."""
    book = Book.objects.claim(book_id, by)
    reason = reason.strip()
    if not REASON_MIN <= len(reason) <= REASON_MAX:
        raise Invalid("plan.reason", f"请写明撤回的原因，{REASON_MIN} 到 {REASON_MAX} 个字")
    plan = current(book, year)
    if plan is None or plan.confirmed_by_id is None:
        raise Blocked("plan.open", "方案还没有确认记账，直接重新拟定即可")
    plan.recalled_by, plan.recall_reason = by, reason
    plan.save(update_fields=["recalled_by", "recall_reason"])
    label = f"申请撤回 {year} 年收益分配"
    record(book, "yearend.recall", by=by, at=now, label=label, public={"reason": reason})
    return plan


def _ask_amounts(wish: Wish, standing: Standing) -> None:
    amounts = (wish.from_reserve, wish.reserve_rate, wish.members, wish.other)
    if min(amounts) < ZERO or wish.reserve_rate > 1:
        raise Invalid("plan.amount", "金额不能是负数，提取比例在 0 到 100% 之间")
    if found := faults(standing.pot, wish, fund_of(standing)):
        raise Invalid("plan.faults", "；".join(found))


def _ask_account(standing: Standing, tops: tuple[str, ...], code: str, name: str) -> None:
    if code not in {found for found, _ in choices(standing, tops)}:
        raise Invalid("plan.account", f"{name}科目 {code or '未选'} 不能用，请从列表中选择")
