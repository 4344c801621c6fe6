"""三角债冲转: a proposal over a region, its frozen obligations, circles, consents, settlement.

All of them are records of the region the proposal is made for: `village` holds that region's code,
mostly a town's, so that whoever sees the town sees them and a village or another town does not.
"""

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q

from sanzi.access.models import Person
from sanzi.access.scope import Record
from sanzi.debts.models import Debt
from sanzi.kernel.money import grouped
from sanzi.letters.models import Letter
from sanzi.receivables.models import Claim
from sanzi.store.fields import MoneyField

from .private_debts import PrivateDebt, PrivateMovement
from .qualifying import VILLAGE
from .stages import TITLES, TONES, Stage

__all__ = (
    "Circle", "Consent", "Obligation", "PrivateDebt", "PrivateMovement", "Proposal",
    "ResolutionRule", "Settlement",
)  # fmt: skip

PREFERENCES = [
    ("", "不设优先"),
    ("age", "账龄长的优先"),
    ("villagers", "欠村民的优先"),
    ("limitation", "临近诉讼时效的优先"),
]


class Proposal(Record):
    """冲转方案: what would be cancelled among the obligations of a region on a day."""

    title = models.CharField("名称", max_length=80)
    as_of = models.DateField("截至")
    prefer = models.CharField("优先", max_length=10, default="", blank=True, choices=PREFERENCES)
    longest = models.PositiveSmallIntegerField("一个圈最多几方", null=True)
    signers_max = models.PositiveSmallIntegerField("最多请几方签字", null=True)
    # Whoever hangs together signs one agreement, once; otherwise one agreement for each circle.
    is_one_paper = models.BooleanField("连在一起的各方合签一份协议", default=False)
    with_unconfirmed = models.BooleanField("未对账的以同意书确认", default=False)
    stage = models.CharField(
        "状态", max_length=9, choices=[(str(k), v) for k, v in TITLES.items()],
        default=str(Stage.DRAFTED),
    )  # fmt: skip
    # Yuan, as last computed: what is owed, what is cancelled of it, the proved most and the bound.
    owed = MoneyField("参加的欠款")
    cancelled = MoneyField("可冲转", default=Decimal("0.00"))
    optimum = MoneyField("不限圈长的最优", default=Decimal("0.00"))
    bound = MoneyField("该圈长的上界", default=Decimal("0.00"))
    # One form is one proposal, however often it is sent.
    key = models.CharField(max_length=40, unique=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("提出时间")
    paper = models.ForeignKey(Letter, models.PROTECT, null=True, related_name="+")
    reason = models.CharField("撤回原因", max_length=200, default="", blank=True)

    def __str__(self) -> str:
        return self.title

    @property
    def tone(self) -> str:
        return TONES[self.stage]

    @property
    def is_best(self) -> bool:
        """Whether nothing larger exists within the longest circle allowed."""
        return self.cancelled >= self.bound


class Obligation(Record):
    """One obligation frozen with its amount: a claim, a debt, or both villages' rows of one."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="obligations")
    debtor = models.CharField(max_length=40)
    creditor = models.CharField(max_length=40)
    debtor_name = models.CharField("欠款方", max_length=200)
    creditor_name = models.CharField("被欠方", max_length=200)
    creditor_kind = models.CharField(max_length=20, default="", blank=True)
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, related_name="+")
    debt = models.ForeignKey(Debt, models.PROTECT, null=True, related_name="+")
    private = models.ForeignKey(PrivateDebt, models.PROTECT, null=True, related_name="+")
    amount = MoneyField("提出时尚欠")
    cancelled = MoneyField("冲转", default=Decimal("0.00"))
    age = models.PositiveIntegerField("账龄（天）", null=True)
    # The last netting that had moved it when it was frozen (a disposition's key; 0: none): of two
    # settlements that start from the same state the database lets one through.
    claim_after = models.BigIntegerField(default=0)
    debt_after = models.BigIntegerField(default=0)
    private_after = models.BigIntegerField(default=0)
    is_used = models.BooleanField(default=False)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                "claim", "claim_after", condition=Q(is_used=True, claim__isnull=False),
                name="one_settlement_uses_a_claim",
            ),
            models.UniqueConstraint(
                "debt", "debt_after", condition=Q(is_used=True, debt__isnull=False),
                name="one_settlement_uses_a_debt",
            ),
            models.UniqueConstraint(
                "private", "private_after", condition=Q(is_used=True, private__isnull=False),
                name="one_settlement_uses_a_private_debt",
            ),
            models.CheckConstraint(
                condition=Q(cancelled__gte=0) & Q(cancelled__lte=F("amount")),
                name="no_obligation_grows",
            ),
            models.CheckConstraint(
                condition=Q(claim__isnull=False) | Q(debt__isnull=False)
                | Q(private__isnull=False),
                name="an_obligation_stands_in_a_register",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.debtor_name}欠{self.creditor_name} {self.amount}"

    @property
    def left(self) -> Decimal:
        """What stays owed afterwards, in yuan."""
        left: Decimal = self.amount - self.cancelled
        return left

    @property
    def things(self) -> list[Any]:
        """The rows of villages' registers it stands in; a private debt is in no village's books."""
        return [thing for thing in (self.claim, self.debt) if thing is not None]


class Circle(Record):
    """One circle: each member owes the next, the last the first, and each is relieved alike."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="circles")
    ordinal = models.PositiveIntegerField()
    amount = MoneyField("每方少欠")
    # Keys and names of the members in paying order.
    members = models.JSONField()
    names = models.JSONField()

    class Meta(Record.Meta):
        ordering = ("ordinal",)
        constraints = [
            models.UniqueConstraint("proposal", "ordinal", name="one_circle_of_an_ordinal")
        ]

    def __str__(self) -> str:
        return " → ".join(self.names)

    @property
    def total(self) -> Decimal:
        total: Decimal = self.amount * len(self.members)
        return total


class Consent(Record):
    """What one party answered to what it was asked; asked anew when its part changes.

    `village` is the village itself, or the village in which the party's debts stand: that office
    hands the slip out, brings it back, and sees no other part of a proposal wider than itself.
    """

    class Answer(models.TextChoices):
        YES = "yes", "同意"
        NO = "no", "不同意"

    class Way(models.TextChoices):
        PAPER = "paper", "签字同意书"
        LINK = "link", "扫码答复"
        HERE = "here", "村集体在线答复"

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="consents")
    member = models.CharField(max_length=40)
    name = models.CharField("当事方", max_length=200)
    # By how much it owes less, and is owed less; zero: not part of the present plan.
    amount = MoneyField("少欠、少收各", default=Decimal("0.00"))
    # Of exactly what it is asked to consent to.
    digest = models.CharField(max_length=64, default="", blank=True)
    slip = models.ForeignKey(Letter, models.PROTECT, null=True, related_name="+")
    answer = models.CharField("答复", max_length=3, choices=Answer, default="", blank=True)
    way = models.CharField("方式", max_length=5, choices=Way, default="", blank=True)
    signed_as = models.CharField("签名", max_length=40, default="", blank=True)
    answered_at = models.DateTimeField("答复时间", null=True)
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    # What was no longer cancelled when it refused.
    cost = MoneyField("退出的影响", null=True)
    # Had not answered when the plan was made again among those who agreed.
    is_left_out = models.BooleanField("未答复，先不参加", default=False)
    # The most it was ever asked for and since when: a decision of an earlier day covers less.
    most = MoneyField("曾征求的最多金额", default=Decimal("0.00"))
    risen_at = models.DateTimeField(null=True)

    class Meta(Record.Meta):
        ordering = ("pk",)
        constraints = [models.UniqueConstraint("proposal", "member", name="one_consent_of_a_party")]

    def __str__(self) -> str:
        return f"{self.name}参加“{self.proposal.title}”，应收应付各减少 {grouped(self.amount)} 元"

    @property
    def is_village(self) -> bool:
        """Whether the party is a village's collective, which keeps books and may need a meeting."""
        return self.member.startswith(VILLAGE)

    @property
    def is_asked(self) -> bool:
        """Whether the present plan needs its word."""
        return bool(self.amount)


class Settlement(Record):
    """冲转入账: one netting_id over all vouchers and movements, and what took it back."""

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="settlement")
    netting_id = models.CharField("冲转编号", max_length=40, unique=True)
    dated = models.DateField("冲转日期")
    attachments = models.PositiveSmallIntegerField("附件张数", default=1)
    # Villages that keep no books here: their registers moved, no voucher was posted.
    without_books = models.JSONField(default=list)
    prepared_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField("确认时间")
    reason = models.CharField("冲回原因", max_length=200, default="", blank=True)
    reversal_asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reversed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reversed_at = models.DateTimeField("冲回时间", null=True)
    reversed_on = models.DateField("冲回日期", null=True)

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=~Q(prepared_by=F("confirmed_by")),
                name="a_settlement_takes_two_hands",
            ),
            models.CheckConstraint(
                condition=Q(reversed_by=None) | ~Q(reversed_by=F("reversal_asked_by")),
                name="a_settlement_goes_back_by_two_hands",
            ),
        ]

    def __str__(self) -> str:
        return self.netting_id


class RuleQuerySet(models.QuerySet["ResolutionRule"]):
    def over(self, village: str) -> "RuleQuerySet":
        """The rows that hold for a village: its own, its town's, county's, city's, province's."""
        return self.filter(region__in=[village[:length] for length in (2, 4, 6, 9, 12)])

    def visible_to(self, person: Person) -> "RuleQuerySet":
        """The rows of this person's part of the tree and of the regions above it."""
        code = person.region_code
        if code is None:
            return self.none()
        above = [code[:length] for length in (2, 4, 6, 9, 12) if length <= len(code)]
        return self.filter(Q(region__startswith=code) | Q(region__in=above))


class ResolutionRule(models.Model):
    """冲转议事规则: from which amount a village's netting needs its meeting, from a day on."""

    # The region it is entered for, and all below it.
    region = models.CharField(max_length=12)
    from_on = models.DateField("自")
    # Yuan of one village in one netting; empty: no meeting is asked for.
    amount_min = MoneyField("达到多少元须经决议", null=True)
    source = models.CharField("依据", max_length=200)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField("登记时间")

    objects: Any = RuleQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.from_on} {self.source}"
