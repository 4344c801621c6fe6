"""Writing shared by the actions on matters: begin one, move one on or back, put lines in one."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from sanzi.access.models import Person
from sanzi.accounting.desk import lay_open
from sanzi.accounting.entry import MEMO_MAX, Side, fault_of
from sanzi.accounting.models import Book, Voucher
from sanzi.kernel.money import ZERO
from sanzi.kernel.refusals import Blocked, Invalid
from sanzi.kernel.workflow import Step

from .budgeting import budget_words
from .matter import Matter
from .models import Draft, DraftLine, Handling, Unfinished
from .stages import WAY, Stage
from .workflow import undone_by

# Cash and bank by the first three figures of the code; the same under both schemes.
MONEY = ("101", "102")
_EARLIEST = date(1990, 1, 1)


def open_matter(
    *,
    book: Book,
    flow: str,
    dated: date,
    memo: str,
    amount: Decimal,
    payee: str = "",
    attachments: int = 0,
    moves_money: bool = True,
    is_note: bool = False,
    by_agency: bool = False,
    reverses: Voucher | None = None,
    by: Person,
    now: datetime,
) -> Draft:
    """Begin a matter: a village's report is still to be submitted, the agency's own waits for 制单.

    `amount` in yuan, greater than zero where a village reports it. Raises Invalid.
    """
    assert transaction.get_connection().in_atomic_block, "a matter is begun inside an action"
    check_facts(memo=memo, dated=dated)
    if not by_agency:
        check_amount(amount)
    draft = Draft.objects.create(
        village=book.village,
        book=book,
        stage=Stage.VERIFIED if by_agency else Stage.DRAFTING,
        flow=flow,
        dated=dated,
        memo=memo.strip(),
        amount=amount,
        payee=payee.strip(),
        attachments=attachments,
        moves_money=moves_money,
        is_note=is_note,
        by_agency=by_agency,
        reported_by=by,
        reported_at=now,
        reverses=reverses,
    )
    Handling.objects.create(draft=draft, step="begin" if by_agency else "report", by=by, at=now)
    return draft


def put_by_before(book: Book, once: UUID, by: Person) -> tuple[Unfinished | None, int]:
    """What this form put by before, and how many this person has put by in the book."""
    mine = Unfinished.objects.filter(kept_by=by, book=book)
    return mine.filter(once=once).first(), mine.count()


def finish(once: UUID | None, draft: Draft, by: Person) -> None:
    """What was put by of a form, or for this matter by anybody, goes when the voucher is made."""
    done = Q(matter=draft)
    if once is not None:
        done |= Q(kept_by=by, once=once)
    Unfinished.objects.filter(done).delete()


def check_facts(*, memo: str, dated: date) -> None:
    """What every matter needs, whoever begins it. Raises Invalid."""
    if not memo.strip():
        raise Invalid("draft.memo", "请写明事由")
    if len(memo) > MEMO_MAX:
        raise Invalid("draft.memo", f"事由最多 {MEMO_MAX} 个字，请写短一些")
    if dated < _EARLIEST:
        raise Invalid("draft.dated", f"日期 {dated} 不对，请核对")


def check_amount(amount: Decimal) -> None:
    """What a village reports came in or went out: more than nothing. Raises Invalid."""
    if amount <= ZERO:
        raise Invalid("draft.amount", "金额应大于零；收错、付错的请选相反的收支方向另报一笔")


def move(matter: Matter, step: Step, words: str, *, now: datetime) -> Handling:
    """Bring the matter to the step's target; going back makes what followed be done again."""
    assert transaction.get_connection().in_atomic_block, "a step is taken inside an action"
    draft = matter.draft
    if is_back(step):
        undone = draft.handlings.filter(is_current=True, step__in=undone_by(step.target))
        undone.update(is_current=False)
    if step.target == Stage.DRAFTING:
        draft.returned_because = words
    elif step.name == "submit":
        draft.returned_because = ""
    draft.stage = step.target
    draft.save()
    return Handling.objects.create(
        draft=draft,
        step=step.name,
        by=matter.hands.person,
        instead_of=matter.hands.instead_of(step.needs),
        at=now,
        words=words,
    )


def is_back(step: Step) -> bool:
    """Whether the step leads to an earlier stage."""
    if step.target == Stage.VOIDED:
        return False
    return WAY.index(Stage(step.target)) < WAY.index(Stage(step.source[0]))


def put_lines(draft: Draft, sides: Sequence[Side]) -> str:
    """Make these the draft's lines, after asking of them what the posting gate will ask.

    Answers with what the budget warns of. Raises Invalid and Blocked in the gate's words
    (reliability.md C36, C37), so that what cannot be posted is never passed on; Blocked also where
    the budget forbids the payment.
    """
    assert transaction.get_connection().in_atomic_block, "lines are written inside an action"
    check_lines(draft, sides)
    warning = budget_words(draft, sides)
    draft.lines.all().delete()
    DraftLine.objects.bulk_create(
        DraftLine(
            draft=draft,
            place=place,
            account=side.account,
            debit=side.debit,
            credit=side.credit,
            memo=side.memo,
            counterparty_id=side.counterparty,
            project_id=side.project,
            object_id=side.object,
            item_id=side.item,
        )
        for place, side in enumerate(sides, start=1)
    )
    return warning


def check_lines(draft: Draft, sides: Sequence[Side]) -> None:
    """The gate's questions, asked early. Raises Invalid, Blocked."""
    if fault := fault_of(sides, "凭证"):
        raise Invalid(*fault)
    named = {k for s in sides for k in (s.counterparty, s.project, s.object, s.item) if k}
    desk = lay_open({draft.book_id}, {draft.book_id: named})[draft.book_id]
    period = desk.periods.get(draft.dated.year * 100 + draft.dated.month)
    if period is None:
        raise Blocked("period.missing", f"日期 {draft.dated} 不在账套已开的年度内，请核对日期")
    if period.state != period.State.OPEN:
        raise Blocked(
            "period.closed",
            f"{period.title}{period.get_state_display()}，请改用未结账月份的日期，或先按规定反结账",
        )
    for place, side in enumerate(sides, start=1):
        desk.account(side.account, f"凭证第 {place} 行")
        for kind in ("counterparty", "project", "object", "item"):
            key = getattr(side, kind)
            if key is not None and desk.dimensions.get(key) != kind:
                where = f"凭证第 {place} 行"
                raise Invalid(
                    "voucher.dimension", f"{where}的辅助核算不属于本账套或已停用，请重新选择"
                )


def touches_money(sides: Sequence[Side]) -> bool:
    """Whether cash or bank moved, so that a cashier signs."""
    return any(side.account.startswith(MONEY) for side in sides)
