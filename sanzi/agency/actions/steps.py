"""What people do with a matter: report it, amend it, take a step, make its voucher, post it."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.accounting.entry import Side
from sanzi.accounting.models import Book
from sanzi.accounting.posting import post
from sanzi.agency.duties import PREPARE, REPORT
from sanzi.agency.handling import (
    check_amount,
    check_facts,
    finish,
    move,
    open_matter,
    put_lines,
    touches_money,
)
from sanzi.agency.hands import hands_of
from sanzi.agency.matter import Matter, matter_of
from sanzi.agency.models import Draft
from sanzi.agency.once import made_of, note_sent
from sanzi.agency.vouchers import entry_of
from sanzi.agency.workflow import BY_ITS_OWN_ACTION, MATTERS, WITH_REASON
from sanzi.documents.papers import attach
from sanzi.journal.recorder import Trace, record, record_many
from sanzi.kernel.money import ZERO
from sanzi.kernel.refusals import Forbidden, Invalid, Missing
from sanzi.kernel.workflow import Step

WORDS_MIN, WORDS_MAX = 2, 200


@action("books.view")
def begin(
    *,
    book_id: int,
    flow: str,
    dated: date,
    memo: str,
    amount: Decimal,
    payee: str = "",
    attachments: int = 0,
    moves_money: bool = True,
    is_note: bool = False,
    files: Sequence[Any] = (),
    reverses_id: int | None = None,
    once: UUID | None = None,
    by: Person,
    now: datetime,
) -> Draft:
    """Report a matter (报账, 记一笔), or begin one of the agency's own, which starts at 制单.

    The same form sent again (`once`) answers with what it made the first time. `amount` in yuan.
    `files` are uploads; where no sheets are counted, each file is one.
    """
    book: Book = Book.objects.claim(book_id, by)
    hands = hands_of(by, book.village, localdate(now))
    if not (hands.can(REPORT) or hands.can(PREPARE)):
        raise Forbidden("agency.begin", "报账由村报账员办理，自办事项由代理会计办理")
    if (made := made_of(once, by)) is not None:
        return made
    reverses = book.vouchers.filter(pk=reverses_id).first() if reverses_id else None
    if reverses_id and reverses is None:
        raise Missing("scope.missing", "没有找到该记录")
    draft = open_matter(
        book=book,
        flow=flow,
        dated=dated,
        memo=memo,
        amount=amount,
        payee=payee,
        attachments=attachments or len(files),
        moves_money=moves_money,
        is_note=is_note,
        by_agency=not hands.can(REPORT),
        reverses=reverses,
        by=by,
        now=now,
    )
    attach(draft, files, by=by, now=now)
    note_sent(once, draft)
    label = "自办事项" if draft.by_agency else "记一笔" if is_note else "报账"
    record(draft, "agency.begin", by=by, at=now, label=label, public={"subject": draft.memo})
    return draft


@action("books.view")
def amend(
    *,
    draft_id: int,
    flow: str,
    dated: date,
    memo: str,
    amount: Decimal,
    payee: str,
    attachments: int,
    moves_money: bool,
    by: Person,
    now: datetime,
) -> Draft:
    """Change what was reported, before it is submitted or after it was sent back."""
    matter = _claim(draft_id, by, now)
    MATTERS.admit("amend", matter, matter.hands)
    check_facts(memo=memo, dated=dated)
    check_amount(amount)
    draft = matter.draft
    fields: list[Any] = []
    told = {
        "flow": flow,
        "dated": dated,
        "memo": memo.strip(),
        "amount": amount,
        "payee": payee.strip(),
        "attachments": attachments,
        "moves_money": moves_money,
    }
    for name, value in told.items():
        if getattr(draft, name) != value:
            setattr(draft, name, value)
            fields.append(Draft._meta.get_field(name))
    draft.save()
    titles = [str(field.verbose_name) for field in fields]
    record(draft, "agency.amend", by=by, at=now, label="修改", public={"fields": titles})
    return draft


@action("books.view")
def take_step(*, draft_id: int, step: str, words: str = "", by: Person, now: datetime) -> Draft:
    """Take a step other than 制单 and 记账. `words` is the reason a way back needs."""
    assert step not in BY_ITS_OWN_ACTION, step
    matter = _claim(draft_id, by, now)
    taken = MATTERS.admit(step, matter, matter.hands)
    words = words.strip()
    if step in WITH_REASON and len(words) < WORDS_MIN:
        raise Invalid("agency.words", f"请写明原因，至少 {WORDS_MIN} 个字")
    if len(words) > WORDS_MAX:
        raise Invalid("agency.words", f"最多 {WORDS_MAX} 个字，请写短一些")
    move(matter, taken, words, now=now)
    _note(matter, taken, words, by=by, now=now)
    return matter.draft


@action("books.view")
def prepare(
    *,
    draft_id: int,
    sides: Sequence[Side],
    memo: str,
    dated: date,
    attachments: int,
    once: UUID | None = None,
    by: Person,
    now: datetime,
) -> Draft:
    """制单: give the matter its voucher's lines and hand it on for review."""
    matter = _claim(draft_id, by, now)
    taken = MATTERS.admit("prepare", matter, matter.hands)
    draft = matter.draft
    check_facts(memo=memo, dated=dated)
    if draft.by_agency:
        # What a village reported stays beside what its voucher comes to.
        draft.amount = sum((side.debit for side in sides), ZERO)
    draft.memo, draft.dated, draft.attachments = memo.strip(), dated, attachments
    # Whoever reported it: a cashier signs exactly where the voucher moves cash or bank.
    draft.moves_money = touches_money(sides)
    warning = put_lines(draft, sides)
    move(matter, taken, warning, now=now)
    finish(once, draft, by)
    _note(matter, taken, warning, by=by, now=now)
    return draft


@action("books.view")
def post_matters(*, draft_ids: Sequence[int], by: Person, now: datetime) -> list[Draft]:
    """记账: post these matters' vouchers, all of them or none, and link each to its matter."""
    matters = [_claim(draft_id, by, now) for draft_id in sorted(set(draft_ids))]
    taken = [MATTERS.admit("post", matter, matter.hands) for matter in matters]
    posted = post([entry_of(matter) for matter in matters], by=by, now=now)
    for matter, step, done in zip(matters, taken, posted, strict=True):
        matter.draft.voucher_id = done.id
        move(matter, step, "", now=now)
    record_many(
        [
            _trace(matter, step, done.title)
            for matter, step, done in zip(matters, taken, posted, strict=True)
        ],
        by=by,
        at=now,
    )
    return [matter.draft for matter in matters]


def _claim(draft_id: int, by: Person, now: datetime) -> Matter:
    """Lock a matter; of two who act at once the second sees what the first has done."""
    return matter_of(Draft.objects.claim(draft_id, by), by, localdate(now))


def _note(matter: Matter, step: Step, words: str, *, by: Person, now: datetime) -> None:
    trace = _trace(matter, step, words)
    record_many([trace], by=by, at=now)


def _trace(matter: Matter, step: Step, words: str) -> Trace:
    draft, absent = matter.draft, matter.hands.instead_of(step.needs)
    label = f"{step.label}（代{absent.name}）" if absent else step.label
    public: dict[str, Any] = {"reason": words} if words else {}
    if warning := matter.warning_of(step.needs):
        public["warning"] = warning
    return Trace(f"agency.draft:{draft.pk}", f"agency.{step.name}", draft.village, label, public)
