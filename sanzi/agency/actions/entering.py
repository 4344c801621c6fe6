"""Entering vouchers: a matter of the agency's own straight from the grid, and templates."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.accounting.entry import Side
from sanzi.accounting.models import Book, Kind, Voucher
from sanzi.accounting.reversal import kind_against, reason_against
from sanzi.agency.duties import PREPARE
from sanzi.agency.entered import flow_of, named_once, refuse_second_red
from sanzi.agency.handling import finish, move, open_matter, put_lines, touches_money
from sanzi.agency.hands import hands_of
from sanzi.agency.matter import matter_of
from sanzi.agency.models import Draft, VoucherTemplate
from sanzi.agency.once import made_of, note_sent
from sanzi.agency.workflow import MATTERS
from sanzi.documents.papers import attach
from sanzi.journal.recorder import record
from sanzi.kernel.money import ZERO
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid

NAME_MAX = 60


@action("books.view")
def enter(
    *,
    book_id: int,
    sides: Sequence[Side],
    dated: date,
    attachments: int = 0,
    files: Sequence[Any] = (),
    reverses_id: int | None = None,
    once: UUID | None = None,
    by: Person,
    now: datetime,
) -> Draft:
    """制单 of a matter that begins at the agency: it goes on to 复核 at once, or is not made.

    The same form sent again (`once`) answers with what it made the first time.

    With `reverses_id` it takes that voucher back (every line in red) or corrects it. Raises
    Invalid (what the gate would refuse), Blocked (a closed month, a voucher taken back before).
    """
    book: Book = Book.objects.claim(book_id, by)
    if not hands_of(by, book.village, localdate(now)).can(PREPARE):
        raise Forbidden("agency.prepare", "制单由代理会计办理；您的岗位没有制单职责")
    if (made := made_of(once, by)) is not None:
        return made
    if not sides:
        raise Invalid("voucher.lines", "凭证没有分录，至少要一借一贷两行")
    reverses = None
    if reverses_id is not None:
        reverses = Voucher.objects.claim(reverses_id, by)
        _check_reversal(book, reverses, sides, dated)
    draft = open_matter(
        book=book,
        flow=flow_of(sides),
        dated=dated,
        memo=sides[0].memo,
        amount=sum((side.debit for side in sides), ZERO),
        attachments=attachments or len(files),
        moves_money=touches_money(sides),
        by_agency=True,
        reverses=reverses,
        by=by,
        now=now,
    )
    if reverses is None and not draft.attachments:
        raise Invalid(
            "voucher.papers",
            "没有附件。除结账和更正凭证外都要附原始凭证，请填写附件张数",
        )
    attach(draft, files, by=by, now=now)
    matter = matter_of(draft, by, localdate(now))
    taken = MATTERS.admit("prepare", matter, matter.hands)
    warning = put_lines(draft, sides)
    move(matter, taken, warning, now=now)
    note_sent(once, draft)
    finish(once, draft, by)
    record(draft, "agency.enter", by=by, at=now, label="制单", public={"subject": draft.memo})
    return draft


def _check_reversal(book: Book, voucher: Any, sides: Sequence[Side], dated: date) -> None:
    if voucher.book_id != book.pk:
        raise Invalid("reversal.book", f"{voucher}不是本账套的凭证，请到它所在的账套办理")
    if kind_against(voucher, sides) != Kind.RED:
        return
    if reason := reason_against(voucher, dated):
        raise Blocked(*reason)
    refuse_second_red(voucher)


@action("books.prepare")
def save_template(
    *,
    book_id: int,
    name: str,
    memo: str,
    lines: Sequence[dict[str, str]],
    by: Person,
    now: datetime,
) -> VoucherTemplate:
    """Keep a voucher of this book as a template (凭证模板); amounts may be left open."""
    book = Book.objects.claim(book_id, by)
    name = " ".join(name.split())
    if not name or len(name) > NAME_MAX:
        raise Invalid("template.name", f"请填写模板名称，最多 {NAME_MAX} 个字")
    if not lines:
        raise Invalid("template.lines", "模板里还没有分录，请先填写摘要和科目")
    if not named_once(book, name):
        raise Blocked("template.exists", f"本账套已有模板“{name}”，请换一个名称或先停用原模板")
    made = VoucherTemplate.objects.create(book=book, name=name, memo=memo, lines=list(lines))
    record(book, "agency.template", by=by, at=now, label=f"存凭证模板 {name}")
    return made


@action("books.prepare")
def set_template_active(
    *, template_id: int, is_active: bool, by: Person, now: datetime
) -> VoucherTemplate:
    """Take a template out of use or back; vouchers made from it are untouched."""
    template: VoucherTemplate = VoucherTemplate.objects.claim(template_id, by)
    template.is_active = is_active
    template.save(update_fields=["is_active"])
    label = f"{'启用' if is_active else '停用'}凭证模板 {template.name}"
    record(template.book, "agency.template_state", by=by, at=now, label=label)
    return template
