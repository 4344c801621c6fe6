"""Account sets, their accounts and dimensions, and their opening balances."""

from collections.abc import Sequence
from datetime import date, datetime

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.accounting.chart import DEPTH_MAX, chart, level
from sanzi.accounting.entry import Entry, Side
from sanzi.accounting.founding import found_book
from sanzi.accounting.letters import initials
from sanzi.accounting.models import Account, Book, Dimension, Kind, Period, Voucher
from sanzi.accounting.opening import Totals, check_totals
from sanzi.accounting.posting import post
from sanzi.accounting.rows import Posted
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked, Invalid, Missing
from sanzi.orgs.models import Collective


@action("books.manage")
def open_book(
    *, collective_id: int, scheme: str, begins: int, name: str = "", by: Person, now: datetime
) -> Book:
    """Open an account set for an organisation with the national chart and its first year.

    `begins` is YYYYMM. Raises Invalid, Blocked (it has one under this scheme), Missing.
    """
    collective: Collective = Collective.objects.claim(collective_id, by)
    chart(scheme)  # An unknown scheme is refused before anything is looked for.
    mine = Book.objects.visible_to(by).filter(collective=collective)
    if mine.filter(scheme=scheme).exists():
        raise Blocked("book.exists", f"{collective.name}已有这个会计制度下的账套，不能重复建立")
    book = found_book(collective, scheme, begins, name, mine.order_by("-begins").first())
    record(
        book, "books.open", by=by, at=now, label=f"建账套 {book.name}",
        public={"scheme": scheme, "begins": begins},
    )  # fmt: skip
    return book


@action("books.manage")
def add_account(
    *, book_id: int, parent: str, code: str, name: str, by: Person, now: datetime
) -> Account:
    """Add a sub-account two digits below `parent`; whatever it means for statements is inherited.

    Raises Invalid for a code that is no child of the parent or too deep, Blocked for a parent that
    already carries lines.
    """
    book = Book.objects.claim(book_id, by)
    name = name.strip()
    above = Account.objects.of(book).filter(code=parent).first()
    if above is None:
        raise Invalid("account.parent", f"没有上级科目 {parent}，请核对编码")
    if not (code.startswith(parent) and len(code) == len(parent) + 2 and code.isdigit()):
        raise Invalid("account.code", f"下级科目编码应为 {parent} 后加两位数字，如 {parent}01")
    if level(code) > DEPTH_MAX:
        raise Invalid("account.depth", f"科目最多 {DEPTH_MAX} 级；请改用往来、项目等辅助核算")
    if not name or len(name) > 60:
        raise Invalid("account.name", "请填写科目名称，最多 60 个字")
    if Account.objects.of(book).filter(code=code).exists():
        raise Blocked("account.exists", f"科目 {code} 已存在")
    if above.is_leaf and _has_lines(book, parent):
        raise Blocked(
            "account.used", f"科目 {above} 已有发生额，不能再设下级；请另设同级科目后用凭证转入"
        )
    Account.objects.of(book).filter(pk=above.pk).update(is_leaf=False)
    made = Account.objects.create(
        book=book,
        code=code,
        name=name,
        side=above.side,
        category=above.category,
        is_split=above.is_split,
        aux=above.aux,
        pinyin=initials(name),
    )
    record(book, "books.account", by=by, at=now, label=f"增设科目 {made}", public={"code": code})
    return made


def _has_lines(book: Book, code: str) -> bool:
    from sanzi.accounting.models import Line

    return Line.objects.of(book).filter(account=code).exists()


@action("books.manage")
def set_account_active(*, account_id: int, is_active: bool, by: Person, now: datetime) -> Account:
    """Take an account out of use or back; its history stays."""
    account: Account = Account.objects.claim(account_id, by)
    account.is_active = is_active
    account.save(update_fields=["is_active"])
    label = f"{'启用' if is_active else '停用'}科目 {account}"
    record(account.book, "books.account_state", by=by, at=now, label=label)
    return account


@action("books.manage")
def add_dimension(
    *,
    book_id: int,
    kind: str,
    name: str,
    code: str = "",
    parent_id: int | None = None,
    due_on: date | None = None,
    by: Person,
    now: datetime,
) -> Dimension:
    """Add a counterparty, project, object or open item to a book."""
    book = Book.objects.claim(book_id, by)
    name, code = name.strip(), code.strip() or name.strip()[:60]
    if kind not in Dimension.Kind.values or not name:
        raise Invalid("dimension.name", "请填写名称并选择类别")
    if Dimension.objects.of(book).filter(kind=kind, code=code).exists():
        raise Blocked("dimension.exists", f"编号“{code}”已在使用，请换一个编号")
    parent = Dimension.objects.claim(parent_id, by) if parent_id else None
    if parent is not None and parent.book_id != book.pk:
        raise Missing("scope.missing", "没有找到该记录")
    made = Dimension.objects.create(
        book=book, kind=kind, code=code, name=name, parent=parent, due_on=due_on,
        pinyin=initials(name), begun_on=None,
    )  # fmt: skip
    label = f"增设{made.get_kind_display()} {made}"
    record(book, "books.dimension", by=by, at=now, label=label)
    return made


@action("books.manage")
def set_opening(
    *, book_id: int, sides: Sequence[Side], totals: Totals, source: str, by: Person, now: datetime
) -> Posted:
    """Enter the opening balances of a book and lock them: once, and only when they prove right.

    The three-number gate (accounting.md 1.8): debits equal credits, and assets, liabilities and
    equity equal what the old balance sheet says. Raises Invalid with the differences.
    """
    book = Book.objects.claim(book_id, by)
    if book.opened_at is not None:
        raise Blocked("opening.locked", "期初余额已锁定；如有差错，请用更正凭证调整")
    if Voucher.objects.of(book).exists():
        raise Blocked("opening.late", "本账套已有凭证，不能再录入期初余额")
    categories = dict(Account.objects.of(book).values_list("code", "category"))
    check_totals(sides, categories, totals)
    year = book.begins // 100
    entry = Entry(
        book=book.pk,
        dated=date(year, book.begins % 100, 1),
        memo="期初余额",
        sides=sides,
        source=source,
        prepared_by=by.pk,
        kind=Kind.OPENING,
        name="期初余额",
    )
    (posted,) = post([entry], by=by, now=now)
    Period.objects.of(book).filter(period=year * 100).update(state=Period.State.LOCKED)
    book.opened_at = now
    book.save(update_fields=["opened_at"])
    record(book, "books.opening", by=by, at=now, label="锁定期初余额", public=totals.told())
    return posted
