"""What is worked out here and made a voucher by the agency: depreciation and corrections."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.accounting.entry import Side
from sanzi.accounting.models import Book, Voucher
from sanzi.accounting.reversal import correction_memo
from sanzi.agency.models import Draft
from sanzi.journal.recorder import record
from sanzi.kernel.money import ZERO
from sanzi.kernel.refusals import Blocked, Invalid, Missing
from sanzi.yearend.checks import month_name
from sanzi.yearend.correcting import WrongLine, lines_of
from sanzi.yearend.handing import hand_over
from sanzi.yearend.models import WearTerm
from sanzi.yearend.standing import Standing
from sanzi.yearend.things import things_of
from sanzi.yearend.wear import schedule, sides
from sanzi.yearend.wearing import WORN, assets_of, cards_of, end_of, usual_terms, without_terms

MONTHS_MAX = 1200


@action("books.prepare")
def assume_terms(*, book_id: int, by: Person, now: datetime) -> int:
    """Give every asset without terms the usual life of its class; how many got one."""
    book = Book.objects.claim(book_id, by)
    terms = usual_terms(without_terms(book), book, by, now)
    WearTerm.objects.bulk_create(terms)
    label = f"按常用年限设定 {len(terms)} 项资产的折旧参数"
    record(book, "yearend.wear_terms", by=by, at=now, label=label, public={"n": len(terms)})
    return len(terms)


@action("books.prepare")
def set_term(
    *,
    book_id: int,
    asset_id: int,
    starts: int,
    months: int,
    residual: Decimal,
    taken: Decimal,
    account: str,
    by: Person,
    now: datetime,
) -> WearTerm:
    """Say how one asset wears. Amounts in yuan, `starts` is YYYYMM."""
    book = Book.objects.claim(book_id, by)
    asset: Any = assets_of(book).filter(pk=asset_id).first()
    if asset is None:
        raise Missing("scope.missing", "没有找到该资产")
    if not (1990 <= starts // 100 <= 2100 and 1 <= starts % 100 <= 12):
        raise Invalid("wear.starts", "起提月份应写成 202401 这样的年月")
    if not 0 <= months <= MONTHS_MAX:
        raise Invalid("wear.months", f"月数应在 0 到 {MONTHS_MAX} 之间")
    if residual < ZERO or taken < ZERO or residual + taken > asset.original_value:
        raise Invalid("wear.amount", "净残值与已提折旧之和不能超过原值")
    if account not in Standing(book, book.begins // 100).of("expense", "cost"):
        raise Invalid("wear.account", f"科目 {account} 不是可用的支出或成本末级科目")
    term, _ = WearTerm.objects.update_or_create(
        book=book,
        asset=asset,
        defaults={
            "village": book.village, "starts": starts, "months": months, "residual": residual,
            "taken": taken, "account": account, "set_by": by, "set_at": now,
        },
    )  # fmt: skip
    label = f"设定折旧参数 {asset.number} {asset.name}"
    record(book, "yearend.wear_terms", by=by, at=now, label=label)
    return term


@action("books.prepare")
def hand_over_wear(*, book_id: int, period: int, by: Person, now: datetime) -> Draft:
    """Hand a month's depreciation to the agency as one matter; once a month."""
    book = Book.objects.claim(book_id, by)
    rows = schedule(cards_of(book), period)
    if not rows:
        raise Blocked("wear.none", f"{month_name(period)}没有要计提的折旧")
    worn = Standing(book, period // 100).leaf(WORN)
    lines = sides(rows, worn, period, things_of(book, [row.card for row in rows]))
    memo = f"计提{month_name(period)}折旧"
    draft = hand_over(
        book, f"wear:{period}", dated=end_of(period), memo=memo, sides=lines, attachments=1,
        by=by, now=now,
    )  # fmt: skip
    record(draft, "yearend.hand_over", by=by, at=now, label=memo, public={"subject": memo})
    return draft


@action("books.prepare")
def hand_over_correction(
    *,
    book_id: int,
    voucher_id: int,
    wrongs: Sequence[WrongLine],
    dated: date,
    by: Person,
    now: datetime,
) -> Draft:
    """Hand the blue correcting voucher of an earlier year's one to the agency."""
    book = Book.objects.claim(book_id, by)
    voucher: Voucher | None = Voucher.objects.of(book).filter(pk=voucher_id).first()
    if voucher is None:
        raise Missing("scope.missing", "没有找到该凭证")
    memo = correction_memo(voucher, dated.year)
    lines: list[Side] = lines_of(voucher, book, wrongs, dated, memo)
    draft = hand_over(
        book, f"correct:{voucher.pk}:{dated:%Y%m}", dated=dated, memo=memo, sides=lines,
        attachments=1, reverses=voucher, by=by, now=now,
    )  # fmt: skip
    record(draft, "yearend.hand_over", by=by, at=now, label=memo, public={"subject": memo})
    return draft
