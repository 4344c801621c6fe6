"""账: account sets, their accounts and months, the journal of vouchers and its pages."""

from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from sanzi.access.models import Person
from sanzi.access.scope import Record
from sanzi.orgs.models import Collective
from sanzi.store.fields import MoneyField

# A table that stands in a file of its own: found by the framework through this one.
from .files import FileStage as FileStage
from .files import VoucherFile as VoucherFile
from .keys import FIRST_MONTH, LAST_MONTH, lines_between, lines_of


class Scheme(models.TextChoices):
    """An accounting system. A code means nothing without it (accounting.md 1.8)."""

    Y2023 = "2023", "农村集体经济组织会计制度（财会〔2023〕14号）"
    Y2004 = "2004", "村集体经济组织会计制度（财会〔2004〕12号）"


class Book(Record):
    """An account set (账套): the books of one organisation under one scheme."""

    collective = models.ForeignKey(Collective, models.PROTECT, related_name="books")
    name = models.CharField("账套名称", max_length=100)
    scheme = models.CharField("会计制度", max_length=4, choices=Scheme)
    # YYYYMM of the first month kept here.
    begins = models.PositiveIntegerField("启用期间")
    # The set these books continue, under the scheme before.
    predecessor = models.OneToOneField("self", models.PROTECT, null=True, related_name="successor")
    # Opening balances are checked and final.
    opened_at = models.DateTimeField("期初锁定", null=True)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint("collective", "scheme", name="one_book_per_scheme"),
        ]

    def __str__(self) -> str:
        return self.name


class BookPart(models.Model):
    """What belongs to one book and is reached through it."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class PartQuerySet(models.QuerySet[Any]):
    """Rows of books: as visible as their book."""

    def of(self, book: Book) -> Self:
        """The rows of a book the caller has claimed or been shown."""
        return self.filter(book=book)

    def visible_to(self, person: Person) -> Self:
        """The rows of books in this person's part of the tree."""
        return self.filter(book__in=Book.objects.visible_to(person))

    def claim(self, pk: int, by: Person) -> Any:
        """Lock one row of a book this person may see. Raises Missing."""
        from sanzi.kernel.refusals import Missing

        try:
            return self.visible_to(by).select_for_update(of=("self",)).get(pk=pk)
        except self.model.DoesNotExist:
            raise Missing("scope.missing", "没有找到该记录") from None


class Account(BookPart):
    """An account (科目) of one book. Only leaves take lines."""

    class Side(models.TextChoices):
        DEBIT = "debit", "借"
        CREDIT = "credit", "贷"

    class Category(models.TextChoices):
        ASSET = "asset", "资产"
        LIABILITY = "liability", "负债"
        EQUITY = "equity", "所有者权益"
        COST = "cost", "成本"
        INCOME = "income", "收入"
        EXPENSE = "expense", "支出"

    # Three digits, then two for every level below: 501, 50101, 5010102.
    code = models.CharField("科目编码", max_length=11)
    name = models.CharField("科目名称", max_length=60)
    side = models.CharField("余额方向", max_length=6, choices=Side)
    category = models.CharField("类别", max_length=9, choices=Category)
    is_leaf = models.BooleanField(default=True)
    is_active = models.BooleanField("启用", default=True)
    # Sides are told apart by sub-ledger in statements (内部往来).
    is_split = models.BooleanField(default=False)
    # What a line of this account may be analysed by: counterparty, project, object, item.
    aux = models.CharField("辅助核算", max_length=60, default="", blank=True)
    # Initials of the name for the search by letters.
    pinyin = models.CharField(max_length=60, default="", blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("book", "code", name="one_account_per_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def top(self) -> str:
        """The account of the national chart it belongs to."""
        return self.code[:3]


class Dimension(BookPart):
    """What lines are analysed by beside their account (辅助核算): whom, for what, of what."""

    class Kind(models.TextChoices):
        COUNTERPARTY = "counterparty", "往来单位或个人"
        PROJECT = "project", "项目"
        OBJECT = "object", "资产卡片或物资"
        ITEM = "item", "往来明细"

    kind = models.CharField("类别", max_length=12, choices=Kind)
    code = models.CharField("编号", max_length=60)
    name = models.CharField("名称", max_length=200)
    pinyin = models.CharField(max_length=60, default="", blank=True)
    # The counterparty an open item is owed by or to.
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="items")
    begun_on = models.DateField("发生日期", null=True)
    due_on = models.DateField("到期日", null=True)
    # The row of another feature it stands for: parties.party:12.
    ref = models.CharField(max_length=60, default="", blank=True)
    is_active = models.BooleanField(default=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("book", "kind", "code", name="one_dimension_per_code")
        ]
        indexes = [models.Index(fields=["ref"], name="dimension_by_ref", condition=~Q(ref=""))]

    def __str__(self) -> str:
        return self.name


class Period(BookPart):
    """A month of a book: its state, how many vouchers it holds, the head of their chain."""

    class State(models.TextChoices):
        OPEN = "open", "未结账"
        CLOSED = "closed", "已结账"
        LOCKED = "locked", "已审计锁定"

    # YYYYMM; YYYY00 holds the opening balances of the book's first year.
    period = models.PositiveIntegerField("期间")
    state = models.CharField("状态", max_length=6, choices=State, default=State.OPEN)
    vouchers = models.PositiveIntegerField("凭证数", default=0)
    head = models.CharField(max_length=64, default="", blank=True)
    closed_at = models.DateTimeField("结账时间", null=True)
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = PartQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("book", "period", name="one_month_per_book")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """As people say it: 2024年3月."""
        year, month = divmod(self.period, 100)
        return f"{year}年{month}月" if month else f"{year}年年初"


class Kind(models.TextChoices):
    """Why a voucher was written."""

    NORMAL = "normal", "记账凭证"
    OPENING = "opening", "期初余额"
    RED = "red", "红字冲销"
    CORRECTION = "correction", "更正凭证"
    CLOSING = "closing", "年终结转"
    IMPORTED = "imported", "导入凭证"


# Papers behind these are other vouchers or the books themselves (会计基础工作规范 第51条).
WITHOUT_PAPERS = frozenset({Kind.OPENING, Kind.RED, Kind.CORRECTION, Kind.CLOSING, Kind.IMPORTED})


class Voucher(BookPart):
    """A posted voucher (记账凭证): written once by the posting gate, never changed.

    Its key holds book, period and number (keys.py), so a month's vouchers stand together. Whom and
    what it points at the gate has locked or holds in its hands; asking the database again for each
    of a hundred thousand rows takes longer than writing them, so `books verify` asks once for all.
    """

    id = models.BigIntegerField(primary_key=True)
    book = models.ForeignKey(
        Book, models.PROTECT, related_name="vouchers", db_index=False, db_constraint=False
    )
    period = models.PositiveIntegerField("期间")
    number = models.PositiveIntegerField("凭证号")
    dated = models.DateField("日期")
    memo = models.CharField("摘要", max_length=200)
    kind = models.CharField("类别", max_length=10, choices=Kind)
    # The event behind it ("agency.draft:17"), so that nothing is booked twice.
    source = models.CharField("来源", max_length=120, unique=True)
    total = MoneyField("合计")
    lines_count = models.PositiveSmallIntegerField("分录数")
    attachments = models.PositiveIntegerField("附件张数", default=0)
    # SHA-256 over the sorted hashes of the stored papers; empty without any.
    papers_hash = models.CharField(max_length=64, default="", blank=True)
    # The voucher this one takes back or corrects. That it is there a trigger asks on PostgreSQL,
    # and only of vouchers that name one (migration 0005); on SQLite a foreign key.
    reverses = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="reversed_by",
        db_index=False,
        db_constraint=False,
    )
    prepared_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    reviewed_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    posted_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    cashier = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    posted_at = models.DateTimeField("记账时间")
    hash = models.CharField(max_length=64)

    objects = PartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "reverses", condition=Q(kind="red"), name="one_reversal_per_voucher"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("imported", "opening", "closing"))
                | Q(reviewed_by__isnull=False) & ~Q(reviewed_by=F("prepared_by")),
                name="a_voucher_is_reviewed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(cashier=None)
                | ~Q(cashier=F("prepared_by"))
                & ~Q(cashier=F("posted_by"))
                & (Q(reviewed_by=None) | ~Q(cashier=F("reviewed_by"))),
                name="a_cashier_keeps_no_books",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period // 100}年{self.period % 100}月 {self.title}"

    @property
    def title(self) -> str:
        """As people say it: 记-12."""
        return f"记-{self.number}"

    @property
    def lines(self) -> "models.QuerySet[Line]":
        """Its lines in order: a range of keys."""
        return Line.objects.filter(pk__range=lines_of(self.pk)).order_by("pk")


class LineQuerySet(PartQuerySet):
    """Lines of books, which stand together by book and month."""

    def of(self, book: Book) -> Self:
        """The lines of a book the caller has claimed or been shown: a range of keys."""
        return super().of(book).filter(pk__range=lines_between(book.pk, FIRST_MONTH, LAST_MONTH))


class Line(BookPart):
    """One line (分录) of a posted voucher. A red letter is a negative amount on the same side."""

    id = models.BigIntegerField(primary_key=True)
    book = models.ForeignKey(
        Book, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    account = models.CharField("科目", max_length=11)
    debit = MoneyField("借方", default=Decimal("0.00"))
    credit = MoneyField("贷方", default=Decimal("0.00"))
    memo = models.CharField("摘要", max_length=200)
    counterparty = models.ForeignKey(
        Dimension, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    project = models.ForeignKey(
        Dimension, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    object = models.ForeignKey(
        Dimension, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    item = models.ForeignKey(
        Dimension, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )

    objects = LineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(debit=0) & ~Q(credit=0) | ~Q(debit=0) & Q(credit=0),
                name="a_line_has_one_side",
            )
        ]
        # An account's lines are looked for in the range of keys of its book and months: an index by
        # account would take as long to keep as the lines to write (ADR 0015).
        indexes = [
            models.Index(
                fields=["counterparty", "id"],
                name="lines_by_counterparty",
                condition=Q(counterparty__isnull=False),
            ),
            # What was distributed is asked of all the sets of a region at once (spread.py).
            models.Index(
                fields=["book", "id"],
                name="lines_of_distribution",
                condition=Q(account__gte="322", account__lt="323"),
            ),
        ]

    def __str__(self) -> str:
        side, amount = ("借", self.debit) if self.debit else ("贷", self.credit)
        return f"{side} {self.account} {amount}"


# Tables that stand in a file of their own and need these: found by the framework here.
from .leaves import CLOSING as CLOSING  # noqa: E402
from .leaves import Page as Page  # noqa: E402
from .leaves import RegionPage as RegionPage  # noqa: E402
from .leaves import SubPage as SubPage  # noqa: E402
