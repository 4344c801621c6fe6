"""暂存: what stands half typed in the grid is put by, taken up again, or thrown away."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.accounting.models import Book, Voucher
from sanzi.agency.duties import PREPARE
from sanzi.agency.handling import put_by_before
from sanzi.agency.hands import hands_of
from sanzi.agency.models import Draft, Unfinished
from sanzi.agency.once import made_of
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing

# In one set by one person: who has more finishes some first.
KEPT_MAX = 30
_MEMO = 200


@action("books.view")
def put_by(
    *,
    book_id: int,
    once: UUID,
    sheet: dict[str, Any],
    matter_id: int | None = None,
    corrects_id: int | None = None,
    by: Person,
    now: datetime,
) -> Unfinished:
    """Keep the grid as it stands, right or wrong; the same form put by again replaces what it kept.

    `sheet` is plain words (models.Unfinished). Raises Invalid for an empty grid, Blocked when the
    voucher was saved meanwhile or too many lie about.
    """
    book: Book = Book.objects.claim(book_id, by)
    if not hands_of(by, book.village, localdate(now)).can(PREPARE):
        raise Forbidden("agency.prepare", "制单由代理会计办理；您的岗位没有制单职责")
    if made_of(once, by) is not None:
        raise Blocked("unfinished.saved", "这张凭证已经保存，不用再暂存；请到“报账记账”里查看")
    words = [cell for row in sheet["rows"] for cell in row if cell.strip()]
    if not words:
        raise Invalid("unfinished.empty", "表格还是空的，填了内容再暂存")
    kept, lying = put_by_before(book, once, by)
    if kept is None and lying >= KEPT_MAX:
        raise Blocked("unfinished.many", f"本账套您已暂存 {KEPT_MAX} 张，请先完成或丢弃几张")
    kept = kept or Unfinished(village=book.village, book=book, kept_by=by, once=once)
    kept.matter = _matter(matter_id, book, by)
    kept.corrects = Voucher.objects.claim(corrects_id, by) if corrects_id else None
    kept.memo, kept.sheet, kept.kept_at = _memo(sheet), sheet, now
    kept.save()
    record(book, "agency.put_by", by=by, at=now, label="暂存凭证")
    return kept


def _matter(key: int | None, book: Book, by: Person) -> Draft | None:
    if key is None:
        return None
    draft: Draft = Draft.objects.claim(key, by)
    if draft.book_id != book.pk:
        raise Missing("scope.missing", "没有找到该记录")
    return draft


def _memo(sheet: dict[str, Any]) -> str:
    return next((row[0].strip() for row in sheet["rows"] if row[0].strip()), "")[:_MEMO]


@action("books.view")
def throw_away(*, unfinished_id: int, by: Person, now: datetime) -> Book:
    """Throw away what one put by oneself. Raises Missing for anybody else's."""
    kept: Unfinished = Unfinished.objects.claim(unfinished_id, by)
    if kept.kept_by_id != by.pk:
        raise Missing("scope.missing", "没有找到该记录")
    book: Book = kept.book
    kept.delete()
    record(book, "agency.throw_away", by=by, at=now, label="丢弃暂存的凭证")
    return book
