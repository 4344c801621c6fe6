"""清收办理: what is proposed on claims, answered by debtors, packed, mediated and pursued."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q

from sanzi.access.models import Person
from sanzi.access.scope import Record
from sanzi.accounting.models import Voucher
from sanzi.letters.models import Letter
from sanzi.store.fields import MoneyField
from sanzi.store.sealed import SealedField

from .seven import KINDS, Kind


class Package(Record):
    """打包封存: claims put aside together with a reason and a day to look at them again."""

    class Stage(models.TextChoices):
        DRAFTED = "drafted", "待审批"
        SEALED = "sealed", "已封存"
        VOIDED = "voided", "已撤销"

    number = models.CharField("封存批次", max_length=40)
    reason = models.CharField("封存理由", max_length=300)
    review_on = models.DateField("复查日期")
    stage = models.CharField("状态", max_length=10, choices=Stage, default=Stage.DRAFTED)
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint("village", "number", name="one_package_per_number")]

    def __str__(self) -> str:
        return self.number


class MediationCase(Record):
    """诉前调解: one case before a mediator, over one claim or many."""

    class Stage(models.TextChoices):
        OPEN = "open", "调解中"
        AGREED = "agreed", "已达成协议"
        CONFIRMED = "confirmed", "已司法确认"
        FAILED = "failed", "调解不成"
        CLOSED = "closed", "已结案"

    number = models.CharField("调解案号", max_length=40)
    room = models.CharField("调解室", max_length=60)
    mediator = models.CharField("调解员", max_length=40)
    court_staff = models.CharField("法院人员", max_length=40, default="", blank=True)
    opened_on = models.DateField("受理日期")
    stage = models.CharField("状态", max_length=10, choices=Stage, default=Stage.OPEN)
    agreed_on = models.DateField("协议生效日期", null=True)
    terms = models.CharField("协议要点", max_length=500, default="", blank=True)
    confirmed_on = models.DateField("司法确认日期", null=True)
    confirmation = models.CharField("确认裁定书号", max_length=60, default="", blank=True)
    ended_on = models.DateField("结案日期", null=True)
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint("village", "number", name="one_mediation_per_number")
        ]

    def __str__(self) -> str:
        return self.number


class CaseClaim(Record):
    """A claim within a mediation case; a claim is in one live case at a time."""

    case = models.ForeignKey(MediationCase, models.PROTECT, related_name="claims")
    claim = models.ForeignKey("receivables.Claim", models.PROTECT, related_name="mediations")
    is_live = models.BooleanField(default=True)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                "claim", condition=Q(is_live=True), name="one_live_mediation_per_claim"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.claim_id}"


class Pursuit(Record):
    """依法追缴: a payment order, a suit or an execution, with its court days."""

    class Kind(models.TextChoices):
        ORDER = "order", "支付令"
        SUIT = "suit", "起诉"
        EXECUTION = "execution", "申请执行"

    claim = models.ForeignKey("receivables.Claim", models.PROTECT, related_name="pursuits")
    kind = models.CharField("方式", max_length=10, choices=Kind)
    court = models.CharField("法院", max_length=60)
    number = models.CharField("案号", max_length=60, default="", blank=True)
    is_live = models.BooleanField("进行中", default=True)
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                "claim", condition=Q(is_live=True), name="one_live_pursuit_per_claim"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}".strip()


class Milestone(Record):
    """One day of a pursuit: filed, accepted, served, objected, judged, executed. Only added."""

    pursuit = models.ForeignKey(Pursuit, models.PROTECT, related_name="milestones")
    name = models.CharField("节点", max_length=20)
    dated = models.DateField("日期")
    number = models.CharField("文书号", max_length=60, default="", blank=True)
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint("pursuit", "name", name="one_milestone_per_pursuit")]

    def __str__(self) -> str:
        return f"{self.dated} {self.name}"


class Clue(Record):
    """线索移送: handed to discipline inspection; seen by inspectors and the town leader alone."""

    claim = models.ForeignKey("receivables.Claim", models.PROTECT, null=True, related_name="clues")
    number = models.CharField("移送编号", max_length=40)
    # Whom and what it is about is nobody else's: sealed at rest.
    facts = SealedField("线索内容")
    handed_to = models.CharField("移送单位", max_length=60)
    handed_on = models.DateField("移送日期")
    answer = models.CharField("反馈", max_length=300, default="", blank=True)
    answered_on = models.DateField("反馈日期", null=True)
    handed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    handed_at = models.DateTimeField()

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint("village", "number", name="one_clue_per_number")]

    def __str__(self) -> str:
        return self.number


class Proposal(Record):
    """清收单: one step proposed on a claim by one person, decided and completed by others."""

    class Stage(models.TextChoices):
        PROPOSED = "proposed", "待审核"
        APPROVED = "approved", "已审批，待复核入账"
        DONE = "done", "已办结"
        DECLINED = "declined", "已退回"
        WITHDRAWN = "withdrawn", "已撤回"
        TAKEN_BACK = "taken_back", "已冲回"

    OPEN = (Stage.PROPOSED, Stage.APPROVED)

    claim = models.ForeignKey("receivables.Claim", models.PROTECT, related_name="proposals")
    # A word of seven.KINDS; a new kind is no migration.
    kind = models.CharField("事项", max_length=20)
    # What the claim falls by, of it waived, and the interest that came on top.
    amount = MoneyField("金额")
    waived = MoneyField("其中减免", default=Decimal("0.00"))
    interest = MoneyField("利息", default=Decimal("0.00"))
    dated = models.DateField("日期")
    # What its template asks for besides: account, creditor, counter-debt, ground, basis.
    facts = models.JSONField(default=dict)
    stage = models.CharField("状态", max_length=10, choices=Stage, default=Stage.PROPOSED)
    # One form is one proposal, however often it is sent.
    key = models.CharField(max_length=40, unique=True)
    package = models.ForeignKey(Package, models.PROTECT, null=True, related_name="proposals")
    paper = models.ForeignKey(Letter, models.PROTECT, null=True, related_name="+")
    attachments = models.PositiveSmallIntegerField("附件张数", default=1)
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("提出时间")
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField("审批时间", null=True)
    done_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField("办结时间", null=True)
    reason = models.CharField("退回原因", max_length=200, default="", blank=True)
    voucher = models.ForeignKey(Voucher, models.PROTECT, null=True, related_name="+")

    class Meta(Record.Meta):
        indexes = [
            *Record.Meta.indexes,
            models.Index(fields=["town", "stage", "id"], name="proposals_by_stage"),
        ]
        constraints = [
            # Of two who act on one claim at once, one wins and the other is told.
            models.UniqueConstraint(
                "claim",
                condition=Q(stage__in=("proposed", "approved")),
                name="one_open_proposal_per_claim",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0) & Q(waived__gte=0) & Q(waived__lte=F("amount")),
                name="a_proposal_has_a_possible_amount",
            ),
            models.CheckConstraint(
                condition=(Q(done_by=None) | ~Q(done_by=F("proposed_by")))
                & (Q(approved_by=None) | ~Q(approved_by=F("proposed_by"))),
                name="a_proposal_takes_two_hands",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what.label} {self.amount}"

    @property
    def what(self) -> Kind:
        """Its line in the table of the seven steps."""
        return KINDS[self.kind]

    @property
    def next_needs(self) -> str:
        """The permission the next decision needs; empty when nothing is left to decide."""
        if self.stage not in self.OPEN:
            return ""
        return self.what.decides[1 if self.stage == self.Stage.APPROVED else 0]


class Reply(Record):
    """回函: what a debtor answered to a reconciliation letter; counts once confirmed."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", "认可"
        PARTLY = "partly", "部分认可"
        DENIED = "denied", "不认可"
        INSTALMENTS = "instalments", "申请分期"

    class Stage(models.TextChoices):
        RECEIVED = "received", "待确认"
        CONFIRMED = "confirmed", "已确认"
        REOPENED = "reopened", "已退回重填"

    claim = models.ForeignKey("receivables.Claim", models.PROTECT, related_name="replies")
    letter = models.ForeignKey(Letter, models.PROTECT, related_name="+")
    answer = models.CharField("答复", max_length=12, choices=Answer)
    # What the debtor says is owed, in yuan; the claim's balance when it was accepted.
    amount = MoneyField("认可金额", null=True)
    reason = models.CharField("理由", max_length=300, default="", blank=True)
    months = models.PositiveSmallIntegerField("分期期数", null=True)
    first_on = models.DateField("首期日期", null=True)
    signed_as = models.CharField("签名", max_length=40)
    # Whether the paper itself, signed, came back.
    is_signed = models.BooleanField("有亲笔签名", default=False)
    via = models.CharField("方式", max_length=10, choices=[("qr", "扫码"), ("scan", "纸质回函")])
    stage = models.CharField("状态", max_length=10, choices=Stage, default=Stage.RECEIVED)
    received_at = models.DateTimeField("收到时间")
    dated = models.DateField("回函日期")
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    note = models.CharField("处理意见", max_length=200, default="", blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                "letter", condition=~Q(stage="reopened"), name="one_standing_reply_per_letter"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_answer_display()} {self.signed_as}"

    @property
    def asked(self) -> Decimal:
        """What the letter said is owed, in yuan: what the answer answers to."""
        return Decimal(self.letter.values.get("owed") or 0)

    @property
    def difference(self) -> Decimal:
        """What the letter asked for beyond what the debtor owned to, in yuan."""
        return self.asked - (self.amount or Decimal("0.00"))


class InstalmentQuerySet(models.QuerySet[Any]):
    def standing(self) -> "InstalmentQuerySet":
        """Those of the plan in force."""
        return self.filter(replaced_at=None)


class Instalment(models.Model):
    """分期: one payment of a plan agreed on a claim; a new plan replaces the old whole."""

    claim = models.ForeignKey("receivables.Claim", models.PROTECT, related_name="instalments")
    due_on = models.DateField("应还日期")
    amount = MoneyField("应还金额")
    # What agreed it: receivables.reply:3, receivables.mediationcase:2.
    basis = models.CharField(max_length=60)
    # What the claim had come down to when the plan began.
    owed = MoneyField("协议时尚欠")
    replaced_at = models.DateTimeField(null=True)

    objects = InstalmentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["claim", "due_on"], name="instalments_by_claim")]

    def __str__(self) -> str:
        return f"{self.due_on} {self.amount}"

    def is_late(self, today: date) -> bool:
        """Whether its day has passed; whether it was paid the plan knows (plans.py)."""
        return self.due_on < today
