"""预决算: what a collective means to take in and spend in a year, by whom decided, in versions."""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from sanzi.access.models import Person
from sanzi.access.scope import Record
from sanzi.accounting.models import Book, Dimension
from sanzi.resolutions.quorum import MEMBER_DELEGATES, MEMBERS, VILLAGER_DELEGATES, VILLAGERS
from sanzi.store.fields import MoneyField

from .control import Control

ZERO = Decimal("0.00")


class Stage(models.TextChoices):
    """Where a version of a budget stands."""

    DRAFTING = "drafting", "编制中"
    APPROVED = "approved", "已批准"
    # A later version was approved in its place; it stays as it was decided.
    ADJUSTED = "adjusted", "已被调整"
    DROPPED = "dropped", "已放弃"


class Budget(Record):
    """One version of a book's budget of a year. An adjustment is a new version."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="budgets")
    year = models.PositiveSmallIntegerField("年度")
    version = models.PositiveSmallIntegerField("版本")
    stage = models.CharField("状态", max_length=8, choices=Stage, default=Stage.DRAFTING)
    # The version it takes the place of, and why.
    adjusts = models.ForeignKey("self", models.PROTECT, null=True, related_name="adjusted_by")
    reason = models.CharField("调整理由", max_length=500, default="", blank=True)
    # Sums of its lines, in yuan, kept with them.
    income = MoneyField("预算收入", default=ZERO)
    expense = MoneyField("预算支出", default=ZERO)
    # Counts savings, so that two people's forms never overwrite each other.
    revision = models.PositiveIntegerField(default=0)
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField("编制时间")
    # Everybody who wrote in it: none of them approves it.
    writers = models.ManyToManyField(Person, related_name="+")

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint("book", "year", "version", name="one_budget_per_version"),
            models.UniqueConstraint(
                "book", "year", condition=Q(stage="drafting"), name="one_draft_budget_a_year"
            ),
            models.UniqueConstraint(
                "book", "year", condition=Q(stage="approved"), name="one_budget_in_force_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} 年预算（第 {self.version} 版）"

    @property
    def is_open(self) -> bool:
        """Whether its lines may still change."""
        return self.stage == Stage.DRAFTING

    @property
    def balance(self) -> Decimal:
        """What the year is meant to leave over, in yuan; negative when it spends more."""
        return self.income - self.expense


class BudgetLine(models.Model):
    """A line of one version: an account, perhaps of one project, and how much."""

    class Direction(models.TextChoices):
        INCOME = "income", "收入"
        EXPENSE = "expense", "支出"

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="lines")
    place = models.PositiveSmallIntegerField()
    direction = models.CharField("收支", max_length=7, choices=Direction)
    # Any level of the book's chart: 513, 51301.
    account = models.CharField("科目", max_length=11)
    project = models.ForeignKey(Dimension, models.PROTECT, null=True, related_name="+")
    name = models.CharField("预算项目", max_length=100)
    amount = MoneyField("预算数")
    control = models.CharField(
        "控制方式", max_length=5, choices=[(c.value, c.label) for c in Control]
    )
    note = models.CharField("说明", max_length=200, default="", blank=True)

    class Meta:
        ordering = ("place",)
        constraints = [
            models.UniqueConstraint(
                "budget", "account", condition=Q(project=None), name="one_budget_line_an_account"
            ),
            models.UniqueConstraint(
                "budget", "account", "project", name="one_budget_line_a_project"
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="a_budget_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.name}"


class BudgetDecision(Record):
    """The meeting that approved a version (农村集体经济组织法第二十六条). Only ever added."""

    class Body(models.TextChoices):
        MEMBERS = MEMBERS, MEMBERS
        MEMBER_DELEGATES = MEMBER_DELEGATES, MEMBER_DELEGATES
        VILLAGERS = VILLAGERS, VILLAGERS
        VILLAGER_DELEGATES = VILLAGER_DELEGATES, VILLAGER_DELEGATES

    budget = models.OneToOneField(Budget, models.PROTECT, related_name="decision")
    body = models.CharField("决定会议", max_length=20, choices=Body)
    met_on = models.DateField("会议日期")
    number = models.CharField("决议文号", max_length=60)
    expected = models.PositiveIntegerField("应到人数")
    present = models.PositiveIntegerField("实到人数")
    agreed = models.PositiveIntegerField("同意人数")
    # Sheets of minutes, sign-in and votes, scanned or not.
    sheets = models.PositiveIntegerField("附件张数")
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("登记时间")

    def __str__(self) -> str:
        return f"{self.body} {self.met_on} {self.number}"


class SpendingRule(models.Model):
    """How a region watches single payments, from a day on; a new row takes the old one's place."""

    # A province to a village: 2 to 12 digits. The longest that covers a book governs it.
    region = models.CharField("区划代码", max_length=12)
    from_on = models.DateField("起始日期")
    # Yuan; a single payment above it needs a report of its own.
    report_above = MoneyField("单笔须报告的限额")
    # What a payment meets whose account has no line in the budget.
    unplanned = models.CharField(
        "预算外支出", max_length=5, choices=[(c.value, c.label) for c in Control]
    )
    basis = models.CharField("依据", max_length=200)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["region", "from_on"], name="spending_rules_by_region")]

    def __str__(self) -> str:
        return f"{self.region} {self.from_on}"
