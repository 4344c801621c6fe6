"""银行与现金: bank accounts of a book, their statements, and what of them is in the books."""

from decimal import Decimal
from pathlib import Path
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from sanzi.access.models import Person
from sanzi.access.scope import Record, ScopedQuerySet
from sanzi.accounting.models import Account, Book, Line
from sanzi.holdings.models import Account as Holding
from sanzi.store.fields import MoneyField
from sanzi.store.sealed import SealedField

CASH, BANK = "101", "102"


class BankAccount(Record):
    """Where a book's money lies, as one leaf of 库存现金 or 银行存款.

    Its number is typed once, in the register of money accounts (资金账户), and read from there.
    """

    book = models.ForeignKey(Book, models.PROTECT, related_name="bank_accounts")
    account = models.OneToOneField(Account, models.PROTECT, related_name="+", verbose_name="科目")
    holding = models.OneToOneField(
        Holding, models.PROTECT, null=True, related_name="+", verbose_name="资金账户"
    )
    name = models.CharField("账户名称", max_length=60)
    bank = models.CharField("开户行", max_length=60, default="", blank=True)
    # From this day on flows are reconciled; the bank's balance at its beginning.
    opened_on = models.DateField("起始日")
    opening = MoneyField("起始余额", default=Decimal("0.00"))
    # 核定库存限额, for a cash box.
    cash_limit = MoneyField("库存现金限额", null=True)
    is_active = models.BooleanField("在用", default=True)

    def __str__(self) -> str:
        return self.name

    @property
    def is_cash(self) -> bool:
        """Whether it is a cash box: no bank, no statement."""
        return self.account.code.startswith(CASH)

    @property
    def mask(self) -> str:
        """The account number by its last four digits, empty where none is registered."""
        sealed: Any = self.holding and self.holding.account_number  # type: ignore[attr-defined]
        return str(sealed) if sealed else ""


class AccountRows(ScopedQuerySet):
    """Rows that belong to one bank account."""

    def of(self, account: BankAccount) -> Self:
        """The rows of an account the caller has claimed or been shown."""
        return self.filter(bank_account=account)


class ColumnProfile(models.Model):
    """How the files of one bank are read in one town's office: learned once, corrected by hand."""

    office = models.CharField("乡镇区划", max_length=9)
    bank = models.CharField("开户行", max_length=60)
    # {header: meaning of reading/columns.py, "-" to leave it out}
    columns = models.JSONField(default=dict)
    date_format = models.CharField("日期写法", max_length=3, default="", blank=True)
    # The bank's 借 is our 支出.
    is_mirrored = models.BooleanField("借贷为银行口径", default=True)

    class Meta:
        constraints = [models.UniqueConstraint("office", "bank", name="one_profile_per_bank")]

    def __str__(self) -> str:
        return self.bank


class Stage(models.TextChoices):
    """Where a handed-in statement stands."""

    CHECKED = "checked", "已核对，待导入"
    IMPORTED = "imported", "已导入"
    DROPPED = "dropped", "已放弃"


class Statement(Record):
    """A bank's file: handed in, checked, and brought in whole or not at all."""

    bank_account = models.ForeignKey(BankAccount, models.PROTECT, related_name="statements")
    file_name = models.CharField("文件名", max_length=120)
    sha256 = models.CharField(max_length=64)
    stage = models.CharField("状态", max_length=8, choices=Stage, default=Stage.CHECKED)
    uploaded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField("上传时间")
    from_on = models.DateField("期初日期", null=True)
    # The day the bank answers for, which may lie after the last flow.
    to_on = models.DateField("截止日期", null=True)
    opening = MoneyField("期初余额", null=True)
    closing = MoneyField("期末余额", null=True)
    # What a person chose for this file: {"columns": {}, "date_format": ""}.
    chosen = models.JSONField(default=dict)
    # What the check found, fit to show: no account number in clear.
    found = models.JSONField(default=dict)
    added = models.PositiveIntegerField("成功行数", default=0)
    known = models.PositiveIntegerField("已有行数", default=0)
    imported_at = models.DateTimeField("导入时间", null=True)

    objects = AccountRows.as_manager()  # type: ignore[misc]

    class Meta(Record.Meta):
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.file_name

    @property
    def file(self) -> Path:
        """Where its bytes lie, under its own number."""
        return Path(settings.UPLOADS) / "bank" / str(self.pk)


class BankLine(Record):
    """One flow of a statement (流水). `seq` is its place in the unbroken chain of its account."""

    bank_account = models.ForeignKey(
        BankAccount, models.PROTECT, related_name="lines", db_index=False
    )
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="lines")
    seq = models.PositiveIntegerField("序")
    dated = models.DateField("日期")
    summary = models.CharField("摘要", max_length=200, default="", blank=True)
    # Signed from our side: a receipt is positive.
    amount = MoneyField("金额")
    balance = MoneyField("余额")
    counterparty = models.CharField("对方户名", max_length=100, default="", blank=True)
    counterparty_account = SealedField("对方账号", null=True)
    counterparty_account_hash = models.CharField(
        max_length=64, default="", blank=True, editable=False, db_index=True
    )
    serial = models.CharField("流水号", max_length=60, default="", blank=True)
    # Of its day, amount, balance, serial, and how often these came before.
    key = models.CharField(max_length=64, editable=False)
    # A current match names it; kept true by pairing.py.
    is_matched = models.BooleanField("已勾对", default=False)

    objects = AccountRows.as_manager()  # type: ignore[misc]

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint("bank_account", "key", name="a_flow_comes_once"),
            models.UniqueConstraint("bank_account", "seq", name="one_flow_per_place"),
        ]
        indexes = [
            *Record.Meta.indexes,
            models.Index(fields=["bank_account", "dated"], name="flows_by_day"),
            models.Index(
                fields=["bank_account", "dated"],
                name="flows_unmatched",
                condition=Q(is_matched=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dated} {self.amount}"


class OpeningItem(Record):
    """期初未达账项: what one side knew at the account's first day and the other did not."""

    class Knower(models.TextChoices):
        BANK = "bank", "银行已记、账上未记"
        BOOK = "book", "账上已记、银行未记"

    bank_account = models.ForeignKey(BankAccount, models.PROTECT, related_name="opening_items")
    knower = models.CharField("谁已记", max_length=4, choices=Knower)
    dated = models.DateField("日期")
    amount = MoneyField("金额")  # signed from our side
    memo = models.CharField("摘要", max_length=200)
    is_matched = models.BooleanField("已勾对", default=False)

    objects = AccountRows.as_manager()  # type: ignore[misc]

    def __str__(self) -> str:
        return f"{self.dated} {self.memo}"


class Match(Record):
    """勾对: flows and lines a person declared to be the same money; reversed, never erased."""

    class How(models.TextChoices):
        PROPOSED = "proposed", "系统建议"
        CHOSEN = "chosen", "手工勾对"

    bank_account = models.ForeignKey(BankAccount, models.PROTECT, related_name="matches")
    how = models.CharField("方式", max_length=8, choices=How)
    matched_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    matched_at = models.DateTimeField("勾对时间")
    # The match this one takes back, and why; it names no rows of its own.
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversal")
    because = models.CharField("取消原因", max_length=200, default="", blank=True)

    objects = AccountRows.as_manager()  # type: ignore[misc]

    def __str__(self) -> str:
        return f"{self.get_how_display()} {self.matched_at:%Y-%m-%d}"


class MatchedRowQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: Person) -> Self:
        """The rows of matches in this person's part of the tree."""
        return self.filter(match__in=Match.objects.visible_to(person))


class MatchedRow(models.Model):
    """One flow, line or opening item of a match, with its day and amount."""

    match = models.ForeignKey(Match, models.PROTECT, related_name="rows")
    bank_line = models.ForeignKey(BankLine, models.PROTECT, null=True, related_name="matched")
    line = models.ForeignKey(Line, models.PROTECT, null=True, related_name="+")
    opening_item = models.ForeignKey(OpeningItem, models.PROTECT, null=True, related_name="matched")
    # Whether the bank tells of it or the books.
    is_bank = models.BooleanField()
    dated = models.DateField()
    amount = MoneyField()
    # False once its match is taken back.
    is_current = models.BooleanField(default=True)

    objects = MatchedRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name, condition=Q(is_current=True), name=f"one_match_per_{name}"
            )
            for name in ("bank_line", "line", "opening_item")
        ] + [
            models.CheckConstraint(
                condition=Q(bank_line__isnull=False, line=None, opening_item=None)
                | Q(bank_line=None, line__isnull=False, opening_item=None)
                | Q(bank_line=None, line=None, opening_item__isnull=False),
                name="a_matched_row_is_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.dated} {self.amount}"
