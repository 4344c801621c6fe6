"""Carrying a book from one scheme to the next: the working paper, and the new book's making."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.accounting.founding import add_sub_accounts
from sanzi.accounting.models import Book, Period, Voucher
from sanzi.accounting.opening import Totals, check_totals
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked, Invalid, Missing
from sanzi.yearend.carried import (
    copy_dimensions,
    missing_accounts,
    old_balances,
    old_sides,
    paper_of,
    parts_of,
)
from sanzi.yearend.checks import month_name
from sanzi.yearend.models import Transition, TransitionPart
from sanzi.yearend.transition import OLD, disagreements, refusals, split_fault


@action("books.manage")
def begin_transition(
    *,
    book_id: int,
    period: int,
    assets: Decimal,
    liabilities: Decimal,
    equity: Decimal,
    by: Person,
    now: datetime,
) -> Transition:
    """Draw up the working paper of a book's last month under the old scheme.

    The three amounts (yuan) are copied from the old balance sheet on paper; a book that says
    otherwise is refused with the differences. An earlier paper nobody has used is drawn up anew.
    """
    book = Book.objects.claim(book_id, by)
    _ask_book(book, period)
    balances = old_balances(book, period)
    accounts = {account.code: account for account in balances.accounts}
    names = {code: account.name for code, account in accounts.items()}
    if wrong := disagreements(OLD, names.items()):
        raise Invalid("transition.names", "；".join(wrong))
    if wrong := refusals(balances.nets, names):
        raise Blocked("transition.balances", "；".join(wrong))
    totals = Totals(assets, liabilities, equity)
    check_totals(old_sides(balances.held), {c: a.category for c, a in accounts.items()}, totals)
    Transition.objects.visible_to(by).filter(old=book, new=None).delete()
    made = Transition.objects.create(
        village=book.village, old=book, period=period, assets=assets, liabilities=liabilities,
        equity=equity, prepared_by=by, prepared_at=now,
    )  # fmt: skip
    TransitionPart.objects.bulk_create(parts_of(made, balances.held, names))
    record(
        book, "yearend.transition", by=by, at=now,
        label=f"编制新旧制度衔接底稿（{month_name(period)}末）", public=totals.told(),
    )  # fmt: skip
    return made


@action("books.manage")
def divide(
    *,
    book_id: int,
    place: int,
    parts: Sequence[tuple[str, Decimal]],
    words: str,
    by: Person,
    now: datetime,
) -> list[TransitionPart]:
    """Say where one old balance goes, whole or in parts (yuan, a debit positive), and why."""
    book = Book.objects.claim(book_id, by)
    paper = _paper(book)
    mine = list(paper.parts.filter(place=place).order_by("pk"))
    if not mine:
        raise Missing("scope.missing", "没有找到该记录")
    first = mine[0]
    amount = sum((part.amount for part in mine), Decimal("0.00"))
    wanted = [(code, share) for code, share in parts if share]
    if fault := split_fault(first.account, amount, wanted):
        raise Invalid("transition.split", fault)
    if len(words.strip()) > 200:
        raise Invalid("transition.words", "依据最多 200 个字，请写短一些")
    paper.parts.filter(place=place).delete()
    made = [
        TransitionPart.objects.create(
            transition=paper, place=place, account=first.account, name=first.name,
            counterparty_id=first.counterparty_id, project_id=first.project_id,
            object_id=first.object_id, item_id=first.item_id, amount=share, becomes=code,
            words=words.strip(),
        )
        for code, share in wanted
    ]  # fmt: skip
    label = f"衔接底稿：{first.account} {first.name} 转入 {'、'.join(c for c, _ in wanted)}"
    record(book, "yearend.divide", by=by, at=now, label=label)
    return made


@action("books.manage")
def furnish(*, old_id: int, new_id: int, by: Person, now: datetime) -> Book:
    """Give the new book the sub-accounts the working paper needs; twice changes nothing."""
    old = Book.objects.claim(old_id, by)
    new: Book = Book.objects.claim(new_id, by)
    if new.predecessor_id != old.pk:
        raise Missing("scope.missing", "没有找到该记录")
    wanted = missing_accounts(_paper(old), new)
    if wanted:
        add_sub_accounts(new, wanted)
    copy_dimensions(_paper(old), new)
    label = f"按衔接底稿增设 {len(wanted)} 个明细科目"
    record(new, "yearend.furnish", by=by, at=now, label=label, public={"n": len(wanted)})
    return new


@action("books.manage")
def complete(*, old_id: int, new_id: int, by: Person, now: datetime) -> Transition:
    """Tie the working paper to the book it opened."""
    old = Book.objects.claim(old_id, by)
    new: Book = Book.objects.claim(new_id, by)
    paper = _paper(old)
    if new.predecessor_id != old.pk or new.opened_at is None:
        raise Blocked("transition.unopened", "新账套的期初余额还没有锁定")
    paper.new, paper.opened_by, paper.opened_at = new, by, now
    paper.save(update_fields=["new", "opened_by", "opened_at"])
    label = f"新旧制度衔接完成，新账套 {new}"
    record(old, "yearend.transition_done", by=by, at=now, label=label)
    return paper


def _ask_book(book: Book, period: int) -> None:
    if book.scheme != OLD:
        raise Blocked("transition.scheme", "这个账套不是 2004 年制度的账套，不用衔接")
    still = Period.objects.of(book).filter(
        period__gte=book.begins, period__lte=period, state=Period.State.OPEN
    )
    if first := still.order_by("period").first():
        raise Blocked("transition.open", f"{first.title}还没有结账，请先把原账套结账到衔接日")
    if not Period.objects.of(book).filter(period=period).exists() or not period % 100:
        raise Invalid("transition.period", f"原账套没有 {month_name(period)} 这个会计期间")
    later = Voucher.objects.of(book).filter(period__gt=period).first()
    if later is not None:
        raise Blocked("transition.later", f"原账套在衔接日以后还有凭证 {later}，请改选衔接月份")


def _paper(book: Book) -> Transition:
    found = paper_of(book)
    if found is None:
        raise Missing("transition.missing", "这个账套还没有衔接底稿，请先编制")
    if found.new_id is not None:
        raise Blocked("transition.done", "衔接已经完成，底稿不能再改")
    return found
