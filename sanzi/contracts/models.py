"""Contracts as signed, and what became of them: addenda, filings, ends, dues and payments."""

from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import F, Q

from sanzi.access.models import Person
from sanzi.access.scope import Record, ScopedQuerySet
from sanzi.accounting.models import Voucher
from sanzi.intake.columns import keeps
from sanzi.kernel.refusals import Missing
from sanzi.parties.models import Party
from sanzi.store.fields import MoneyField

ZERO = Decimal("0.00")


@keeps("合同")
class Contract(Record):
    """One contract of a village as signed; who it is with is a Party shared across registers.

    What was agreed later stands in its amendments: `queries.current` puts both together.
    """

    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="contracts")

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint("village", "number", name="one_contract_per_number")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"  # type: ignore[attr-defined]


class Event(Record):
    """Something that happened to a contract and is only ever added (the database sees to it)."""

    # What it rests on, as the journal names it: cleanup.case:12, resolutions.resolution:3.
    source = models.CharField("依据事项", max_length=120)
    reason = models.CharField("说明", max_length=500, default="", blank=True)
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("登记时间")

    class Meta(Record.Meta):
        abstract = True


class Amendment(Event):
    """An addendum (补充协议) or a contract signed anew: what reads otherwise from a day on."""

    class Kind(models.TextChoices):
        SUPPLEMENT = "supplement", "补充协议"
        RESIGNED = "resigned", "重新签订"
        RENEWAL = "renewal", "续签"
        PROCEDURE = "procedure", "补办程序"

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="amendments")
    ordinal = models.PositiveSmallIntegerField("序号")
    kind = models.CharField("类别", max_length=12, choices=Kind)
    effective_on = models.DateField("生效日期")
    signed_on = models.DateField("签订日期")
    # {field: [before, after]} as text, exactly as written; null is absent.
    changes = models.JSONField("变更内容")
    # The last day of the term once it holds, so that lists need not read every change.
    ends_on = models.DateField("变更后终止日期", null=True)
    # What it brings over the term beyond what was agreed before, carried claims left out (yuan).
    gain = MoneyField("签订增收", default=ZERO)

    class Meta(Event.Meta):
        constraints = [
            models.UniqueConstraint("contract", "ordinal", name="one_amendment_per_ordinal"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}（第 {self.ordinal} 号）"


class Ending(Event):
    """The end of a contract before or at its term: how and on which day."""

    class Kind(models.TextChoices):
        AGREED = "agreed", "协议解除"
        NOTICE = "notice", "通知解除"
        EXPIRY = "expiry", "到期收回"
        COURT = "court", "司法撤销或解除"
        INVALID = "invalid", "确认无效"

    contract = models.OneToOneField(Contract, models.PROTECT, related_name="ending")
    kind = models.CharField("方式", max_length=8, choices=Kind)
    ended_on = models.DateField("终止日期")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.ended_on}"


class Filing(Event):
    """合同备案: the town's stamp on a contract, or on one of its amendments."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="filings")
    amendment = models.OneToOneField(Amendment, models.PROTECT, null=True, related_name="filing")
    number = models.CharField("备案编号", max_length=60)
    filed_on = models.DateField("备案日期")
    stamped_by = models.CharField("备案机关（盖章）", max_length=60)

    class Meta(Event.Meta):
        constraints = [
            models.UniqueConstraint(
                "contract", condition=Q(amendment=None), name="one_filing_per_contract"
            ),
            models.UniqueConstraint("town", "number", name="one_filing_per_number"),
        ]

    def __str__(self) -> str:
        return f"备案 {self.number}"


class Carried(Event):
    """A claim that lives on inside an amendment: that much of the new price is old money."""

    amendment = models.ForeignKey(Amendment, models.PROTECT, related_name="carried")
    claim_number = models.CharField("债权编号", max_length=60)
    amount = MoneyField("并入金额")

    class Meta(Event.Meta):
        constraints = [
            models.UniqueConstraint("village", "claim_number", name="a_claim_is_carried_once")
        ]


class GainPlan(Event):
    """What somebody expects a clean-up to bring, before anything is signed. The latest stands."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="gain_plans")
    amount = MoneyField("计划增收（合同期合计）")
    planned_on = models.DateField("计划日期")


class Schedule(Record):
    """The rhythm a contract is paid in; the amounts come from its terms of the day."""

    contract = models.OneToOneField(Contract, models.PROTECT, related_name="schedule")
    # What schedule.Plan needs beside price and term, as text.
    rule = models.JSONField("付款约定")
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()


class DueQuerySet(ScopedQuerySet):
    def live(self) -> Self:
        """Those not withdrawn by an amendment or an end."""
        return self.filter(withdrawn_at=None)


class Due(Record):
    """应收款项: one amount of a contract falling due on one day for one period."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="dues")
    ordinal = models.PositiveSmallIntegerField("期次")
    due_on = models.DateField("应收日期")
    from_on = models.DateField("期间起")
    to_on = models.DateField("期间止")
    amount = MoneyField("应收金额")
    # What the terms before an amendment gave for the same days; the rest is its gain.
    former = MoneyField("原约定金额", default=ZERO)
    amendment = models.ForeignKey(Amendment, models.PROTECT, null=True, related_name="dues")
    withdrawn_at = models.DateTimeField("撤回时间", null=True)
    withdrawn_by = models.CharField("撤回依据", max_length=120, default="", blank=True)

    objects = DueQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint("contract", "ordinal", name="one_due_per_ordinal"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_due_is_an_amount"),
        ]
        indexes = [
            *Record.Meta.indexes,
            models.Index(fields=["village", "due_on"], name="dues_by_day"),
        ]

    def __str__(self) -> str:
        return f"第 {self.ordinal} 期 {self.due_on}"


class Stage(models.TextChoices):
    """Where a step of two hands stands."""

    PROPOSED = "proposed", "待复核"
    POSTED = "posted", "已入账"
    REFUSED = "refused", "已退回"


class TwoHands(Record):
    """A money step: one person proposes it, another posts it or sends it back."""

    stage = models.CharField("状态", max_length=8, choices=Stage, default=Stage.PROPOSED)
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("提交时间")
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("复核时间", null=True)
    refusal = models.CharField("退回理由", max_length=200, default="", blank=True)
    voucher = models.OneToOneField(Voucher, models.PROTECT, null=True, related_name="+")

    class Meta(Record.Meta):
        abstract = True


def _two_people(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(stage="proposed", decided_by=None)
        | Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by")),
        name=name,
    )


class Payment(TwoHands):
    """收款: money that came in for a contract, shared among its dues, the oldest first."""

    class Means(models.TextChoices):
        BANK = "bank", "银行转账"
        CASH = "cash", "现金"

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="payments")
    received_on = models.DateField("收款日期")
    amount = MoneyField("收款金额")
    means = models.CharField("收款方式", max_length=4, choices=Means)
    payer = models.CharField("交款人", max_length=100)
    number = models.CharField("收据号", max_length=60)
    # Of the form it came from: a double click is the same payment.
    key = models.CharField(max_length=40, unique=True, editable=False)

    class Meta(TwoHands.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_payment_is_an_amount"),
            _two_people("a_payment_has_two_hands"),
            models.UniqueConstraint(
                "village",
                "number",
                condition=~Q(stage="refused"),
                name="one_payment_per_receipt",
            ),
        ]

    def __str__(self) -> str:
        return f"收据 {self.number}"


class Allocation(models.Model):
    """The part of a payment that pays one due."""

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="allocations")
    due = models.ForeignKey(Due, models.PROTECT, related_name="allocations")
    amount = MoneyField("金额")

    class Meta:
        constraints = [
            models.UniqueConstraint("payment", "due", name="one_allocation_per_due"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="an_allocation_is_an_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.payment} 抵 {self.due}"


class Accrual(TwoHands):
    """A due brought to the books: on the day it fell due, or a year's share of one paid ahead."""

    due = models.ForeignKey(Due, models.PROTECT, related_name="accruals")
    # 0: the due itself; otherwise the year whose share becomes income.
    year = models.PositiveSmallIntegerField("年度", default=0)
    dated = models.DateField("入账日期")
    amount = MoneyField("金额")

    class Meta(TwoHands.Meta):
        constraints = [
            models.UniqueConstraint(
                "due", "year", condition=~Q(stage="refused"), name="one_accrual_per_due_and_year"
            ),
            _two_people("an_accrual_has_two_hands"),
        ]

    def __str__(self) -> str:
        return f"{self.due} {f'{self.year} 年结转' if self.year else '到期入账'}"


class Arrear(Record):
    """A due that became a claim: from that day on its rest is owed, and collected, there."""

    due = models.OneToOneField(Due, models.PROTECT, related_name="arrear")
    claim_number = models.CharField("债权编号", max_length=60)
    amount = MoneyField("转入债权的金额")
    claimed_on = models.DateField("转入日期")
    claimed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint("village", "claim_number", name="one_claim_per_arrear")
        ]


class ModelCaseQuerySet(ScopedQuerySet):
    """Cases are told so that others learn: released ones are read in the whole county."""

    def visible_to(self, person: Person) -> Self:
        own = super().visible_to(person)
        code = person.region_code
        if not code or len(code) < 6:
            return own
        return own | self.filter(county=code[:6], released_at__isnull=False)

    def claim(self, pk: int, by: Person) -> "ModelCase":
        """Lock a case of this person's own region. Raises Missing."""
        try:
            mine: ModelCase = super().visible_to(by).select_for_update(of=("self",)).get(pk=pk)
        except ModelCase.DoesNotExist:
            raise Missing("scope.missing", "没有找到该记录") from None
        return mine


class ModelCase(Record):
    """典型案例: a closed matter told for others, names masked; what it rests on stays linked."""

    class Kind(models.TextChoices):
        TERM = "term", "期限过长"
        PRICE = "price", "价格过低"
        AREA = "area", "面积不实"
        ARREARS = "arrears", "长期拖欠"
        PROCEDURE = "procedure", "程序不合规"
        OCCUPATION = "occupation", "无合同占用、逾期不还"
        SUBLET = "sublet", "擅自转包、改变用途"
        DISPUTE = "dispute", "历史纠纷"

    contract = models.OneToOneField(Contract, models.PROTECT, related_name="model_case")
    number = models.CharField("案例编号", max_length=40)
    kind = models.CharField("类型", max_length=12, choices=Kind)
    title = models.CharField("标题", max_length=100)
    facts = models.TextField("案情")
    method = models.TextField("做法")
    law = models.TextField("依据")
    effect = models.TextField("成效")
    # What it is found by: rule codes, legal nature, the contract's value in yuan.
    rules = models.CharField("问题代码", max_length=200, default="", blank=True)
    legal_nature = models.CharField("法律性质", max_length=20, default="", blank=True)
    value = MoneyField("标的额", default=ZERO)
    outcome = models.CharField("处置方式", max_length=20, default="", blank=True)
    closed_on = models.DateField("办结日期")
    told_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    told_at = models.DateTimeField("编写时间")
    # A second person read it before others may.
    released_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField("发布时间", null=True)

    objects = ModelCaseQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint("town", "number", name="one_model_case_per_number"),
            models.CheckConstraint(
                condition=Q(released_by=None) | ~Q(released_by=F("told_by")),
                name="a_model_case_is_read_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.title
