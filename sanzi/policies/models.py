"""政策: what a village's meeting adopted about its claims, as data."""

from django.db import models

from sanzi.access.models import Person
from sanzi.access.scope import Record
from sanzi.store.fields import MoneyField, ScaledField

from .relief import Cap, Terms, Tier


class ReliefPolicy(Record):
    """A reduction for paying soon. In force from its day once the meeting's decision stands."""

    name = models.CharField("名称", max_length=60)
    from_on = models.DateField("施行日期")
    until_on = models.DateField("截止日期")
    hardship_days = models.PositiveSmallIntegerField("困难户期限（天）", null=True)
    hardship_rate = ScaledField("困难户减免比例", places=6, null=True)
    # 困难减免, per debtor: at most this part of what is owed, and at most so much.
    cap_rate = ScaledField("困难减免上限比例", places=6, null=True)
    cap_amount = MoneyField("困难减免上限元", null=True)
    waives_heirless = models.BooleanField("死亡无继承人的全部免除", default=False)
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField("起草时间")
    # No longer offered; what was settled under it stands.
    ended_at = models.DateTimeField("停止时间", null=True)
    key = models.CharField(max_length=36, unique=True)

    def __str__(self) -> str:
        return self.name

    @property
    def terms(self) -> Terms:
        hardship = None
        if self.hardship_days and self.hardship_rate:
            hardship = Tier(self.hardship_days, self.hardship_rate)
        tiers = tuple(Tier(row.days, row.rate) for row in self.tiers.all())
        cap = Cap(self.cap_rate, self.cap_amount) if self.cap_rate else None
        return Terms(tiers, hardship, self.waives_heirless, cap)


class ReliefTier(models.Model):
    """One step of a reduction: paid within so many days, this part is waived."""

    policy = models.ForeignKey(ReliefPolicy, models.PROTECT, related_name="tiers")
    days = models.PositiveSmallIntegerField("天数")
    rate = ScaledField("减免比例", places=6)

    class Meta:
        ordering = ("days",)
        constraints = [models.UniqueConstraint("policy", "days", name="one_tier_per_days")]

    def __str__(self) -> str:
        return f"{self.days} 天内减免 {self.rate * 100:.0f}%"
