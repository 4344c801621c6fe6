"""结账: what the months and years of a book went through on their way to being final."""

from decimal import Decimal

from django.db import models

from sanzi.access.models import Person
from sanzi.access.scope import Record
from sanzi.accounting.models import Book, Dimension, Voucher
from sanzi.agency.models import Draft
from sanzi.holdings.models import Asset
from sanzi.store.fields import MoneyField, ScaledField

from .checks import month_name
from .steps import STEPS

NOTHING = Decimal("0.00")


class Reopening(Record):
    """A closed month opened again (反结账): an exception, told with its reason for good."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="reopenings")
    period = models.PositiveIntegerField("期间")  # YYYYMM
    reason = models.CharField("原因", max_length=200)
    # Who had closed it, and when.
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField("原结账时间", null=True)
    reopened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reopened_at = models.DateTimeField("反结账时间")

    def __str__(self) -> str:
        return f"{self.book} {self.month} 反结账"

    @property
    def month(self) -> str:
        """The month opened again: 2024年3月."""
        return month_name(self.period)


class YearStep(Record):
    """A step of a book's year end that was taken: done while `undone_at` is empty."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="year_steps")
    year = models.PositiveSmallIntegerField("年度")
    step = models.CharField("步骤", max_length=12, choices=[(s.name, s.label) for s in STEPS])
    # 1, and one more each time it was undone and taken again.
    run = models.PositiveSmallIntegerField(default=1)
    words = models.CharField("说明", max_length=200, default="", blank=True)
    vouchers = models.ManyToManyField(Voucher, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_because = models.CharField("撤销原因", max_length=200, default="", blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                "book", "year", "step", condition=models.Q(undone_at=None), name="one_step_a_year"
            ),
            models.UniqueConstraint("book", "year", "step", "run", name="runs_are_counted"),
        ]

    def __str__(self) -> str:
        return f"{self.year} 年 {self.get_step_display()}"


class Distribution(Record):
    """A year's plan of distribution (收益分配方案): drafted by one person, approved by another."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="distributions")
    year = models.PositiveSmallIntegerField("年度")
    # 公积公益金补亏: taken from the reserve to cover what earlier years lost.
    from_reserve = MoneyField("公积公益金补亏", default=NOTHING)
    reserve_rate = ScaledField("提取比例", places=4, default=Decimal(0))  # 0.3000 is 30 %
    reserve = MoneyField("提取公积公益金", default=NOTHING)
    reserve_account = models.CharField("公积公益金科目", max_length=11)
    members = MoneyField("向成员分配", default=NOTHING)
    # Heads or shares it is divided by, what each gets, and the fen that cannot be divided.
    heads = models.PositiveIntegerField("人（股）数", default=0)
    per_head = MoneyField("每人（股）", default=NOTHING)
    remainder = MoneyField("分配尾差", default=NOTHING)
    members_account = models.CharField("应付成员科目", max_length=11)
    other = MoneyField("其他分配", default=NOTHING)
    other_account = models.CharField("其他分配科目", max_length=11, default="", blank=True)
    other_words = models.CharField("其他分配说明", max_length=100, default="", blank=True)
    # The decision of the members' assembly and how many sheets of it are kept.
    decision = models.CharField("决议", max_length=100)
    decided_on = models.DateField("决议日期")
    sheets = models.PositiveSmallIntegerField("附件张数", default=1)
    prepared_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField("拟定时间")
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField("确认时间", null=True)
    # Asked to be taken back by one person; another does it by undoing the step.
    recalled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    recall_reason = models.CharField("撤回原因", max_length=200, default="", blank=True)
    # A plan that was replaced or taken back stays as it was.
    is_current = models.BooleanField(default=True)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                "book", "year", condition=models.Q(is_current=True), name="one_plan_a_year"
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None)
                | ~models.Q(confirmed_by=models.F("prepared_by")),
                name="a_plan_is_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} 年收益分配方案"


class WearTerm(Record):
    """How one asset wears in one book (折旧参数): what its card does not say."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="wear_terms")
    asset = models.ForeignKey(Asset, models.PROTECT, related_name="+")
    # First month depreciated, YYYYMM, how many months from it, and what is left at the end.
    starts = models.PositiveIntegerField("起提月份")
    months = models.PositiveSmallIntegerField("月数")
    residual = MoneyField("预计净残值", default=NOTHING)
    # Depreciation taken before `starts`.
    taken = MoneyField("已提折旧", default=NOTHING)
    account = models.CharField("费用科目", max_length=11)
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint("book", "asset", name="one_term_per_asset")]

    def __str__(self) -> str:
        return f"{self.asset} {self.months} 个月"


class Handed(Record):
    """What this feature worked out and handed to the agency once (交办): a month's depreciation."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="handed")
    key = models.CharField(max_length=60)  # wear:202403
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="+")

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint("book", "key", name="handed_over_once")]

    def __str__(self) -> str:
        return self.key


class Transition(Record):
    """A book carried from one scheme to the next (新旧制度衔接): the working paper."""

    old = models.OneToOneField(Book, models.PROTECT, related_name="transition")
    period = models.PositiveIntegerField("衔接日所在月")  # YYYYMM; the old book's last month
    # What the old balance sheet on paper says.
    assets = MoneyField("资产合计")
    liabilities = MoneyField("负债合计")
    equity = MoneyField("所有者权益合计")
    prepared_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField("编制时间")
    new = models.OneToOneField(Book, models.PROTECT, null=True, related_name="+")
    opened_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField("建账时间", null=True)

    def __str__(self) -> str:
        return f"{self.old} 新旧制度衔接底稿"


class TransitionPart(models.Model):
    """A part of one old balance and the new account it goes to."""

    transition = models.ForeignKey(Transition, models.CASCADE, related_name="parts")
    # Rows of one old balance share its place.
    place = models.PositiveIntegerField()
    account = models.CharField("原科目", max_length=11)
    name = models.CharField("原科目名称", max_length=60)
    counterparty = models.ForeignKey(Dimension, models.PROTECT, null=True, related_name="+")
    project = models.ForeignKey(Dimension, models.PROTECT, null=True, related_name="+")
    object = models.ForeignKey(Dimension, models.PROTECT, null=True, related_name="+")
    item = models.ForeignKey(Dimension, models.PROTECT, null=True, related_name="+")
    # Net, a debit balance being positive.
    amount = MoneyField("金额")
    # Empty while a person still has to say where it goes.
    becomes = models.CharField("新科目", max_length=11, default="", blank=True)
    words = models.CharField("依据", max_length=200, default="", blank=True)

    class Meta:
        indexes = [models.Index(fields=["transition", "place"], name="parts_by_place")]

    def __str__(self) -> str:
        return f"{self.account} → {self.becomes or '待定'} {self.amount}"
