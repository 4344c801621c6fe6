"""责任包联: who answers for which area, village, group and household, from when to when."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from sanzi.access.models import Person
from sanzi.access.scope import Record, ScopedQuerySet
from sanzi.store.sealed import SealedField


class Level(models.TextChoices):
    """The four levels (四级包联), from the town's leaders down to the party members."""

    AREA = "area", "包片"
    VILLAGE = "village", "包村"
    GROUP = "group", "包组"
    HOUSEHOLD = "household", "包户"


class Area(Record):
    """片: a named group of villages of a town; `village` is the town's own 12-digit code."""

    name = models.CharField("片区", max_length=30)
    from_on = models.DateField("设立日期")
    to_on = models.DateField("撤销日期", null=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                "town", "name", condition=Q(to_on=None), name="one_area_of_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.name


class AreaVillage(Record):
    """A village as part of an area, from a day to a day."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="villages")
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                "village", condition=Q(to_on=None), name="a_village_lies_in_one_area"
            )
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.village}"


class Named(models.Model):
    """Somebody by name: a person of the system, or somebody who never signs in (a party member)."""

    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    # As they were called when named; a name on paper does not change later.
    name = models.CharField("姓名", max_length=30)
    title = models.CharField("职务", max_length=30, default="", blank=True)
    phone: Any = SealedField("电话", null=True)
    from_on = models.DateField("起始日期")
    to_on = models.DateField("截止日期", null=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.who

    @property
    def who(self) -> str:
        """Name and title, as papers write them."""
        return f"{self.name}（{self.title}）" if self.title else self.name


class AssignmentQuerySet(ScopedQuerySet):
    def visible_to(self, person: Person) -> "AssignmentQuerySet":
        """A person's own part of the tree; a village also sees who answers for its area."""
        code = person.region_code or ""
        mine = super().visible_to(person)
        if len(code) < 12:
            return mine
        areas = AreaVillage.objects.within(code).values("area")
        return self.filter(Q(pk__in=mine.values("pk")) | Q(level=Level.AREA, area__in=areas))


class Assignment(Record, Named):
    """One person's answer for one scope; ended or taken over, never deleted."""

    level = models.CharField("层级", max_length=10, choices=Level)
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="assignments")
    group = models.CharField("组", max_length=30, default="", blank=True)
    household = models.CharField("户", max_length=30, default="", blank=True)
    ended_for = models.CharField("终止原因", max_length=100, default="", blank=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="successors")
    # One-time key of the form or the pasted table: the same twice is refused.
    key = models.CharField(max_length=45, unique=True)

    objects = AssignmentQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Record.Meta):
        indexes = [
            *Record.Meta.indexes,
            models.Index(fields=["village", "level", "to_on"], name="who_answers_for_a_village"),
            models.Index(fields=["person", "to_on"], name="what_a_person_answers_for"),
        ]
        constraints = [
            models.UniqueConstraint(
                "village", "level", "area", "group", "household",
                condition=Q(to_on=None, area__isnull=False), name="one_answers_for_an_area",
            ),
            models.UniqueConstraint(
                "village", "level", "group", "household",
                condition=Q(to_on=None, area=None), name="one_answers_for_a_scope",
            ),
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")),
                name="an_assignment_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(level="area", area__isnull=False)
                | ~Q(level="area") & Q(area=None),
                name="an_area_is_named_at_its_level",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_level_display()} {self.name}"

    @property
    def is_town_s(self) -> bool:
        """Whether only the town (or above) arranges it: areas and villages."""
        return self.level in (Level.AREA, Level.VILLAGE)

    @property
    def scope_words(self) -> str:
        """What is answered for below the village, in words; empty for a whole village."""
        if self.area_id is not None:
            return str(self.area)
        return " ".join(filter(None, (self.group, self.household)))


class TaskForce(Record):
    """专班: three of a town, one of each village; a town's stands under its 12-digit code."""

    class Kind(models.TextChoices):
        CONTRACTS = "contracts", "合同清理专班"
        DEBTS = "debts", "债务化解专班"
        INCOME = "income", "增加收入专班"
        VILLAGE = "village", "村工作专班"

    kind = models.CharField("专班", max_length=10, choices=Kind)
    from_on = models.DateField("成立日期")
    to_on = models.DateField("撤销日期", null=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                "village", "kind", condition=Q(to_on=None), name="one_task_force_of_a_kind"
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class ForceMember(Record, Named):
    """Somebody's seat in a task force, from a day to a day."""

    class Role(models.TextChoices):
        LEADER = "leader", "组长"
        DEPUTY = "deputy", "副组长"
        MEMBER = "member", "成员"
        # 法庭、派出所、自然资源所 and the like: they cooperate, they do not belong to it.
        STATION = "station", "配合单位"

    force = models.ForeignKey(TaskForce, models.PROTECT, related_name="members")
    role = models.CharField("分工", max_length=8, choices=Role)
    station = models.CharField("单位", max_length=30, default="", blank=True)
    duty = models.CharField("职责", max_length=100, default="", blank=True)
    ended_for = models.CharField("退出原因", max_length=100, default="", blank=True)
    key = models.CharField(max_length=45, unique=True)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                "force", "role", "station", "name",
                condition=Q(to_on=None), name="one_seat_a_person_and_role",
            ),
            models.UniqueConstraint(
                "force", condition=Q(to_on=None, role="leader"), name="one_leader_of_a_task_force"
            ),
        ]  # fmt: skip


class Handover(Record):
    """交接: what was open in one person's hands went to another, in one action, with its paper.

    Stands under the 12-digit code of the region the giver worked in.
    """

    giver = models.ForeignKey(Person, models.PROTECT, related_name="+")
    taker = models.ForeignKey(Person, models.PROTECT, related_name="+")
    # 监交人: who saw to it, and is neither.
    witness = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.CharField("原因", max_length=100)
    on = models.DateField("交接日期")
    count = models.PositiveIntegerField("项数")
    made_at = models.DateTimeField()
    letter = models.OneToOneField("letters.Letter", models.PROTECT, null=True, related_name="+")
    key = models.CharField(max_length=36, unique=True)

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=~Q(giver=F("taker")) & ~Q(giver=F("witness")) & ~Q(taker=F("witness")),
                name="three_people_hand_over",
            )
        ]

    def __str__(self) -> str:
        return f"{self.giver} 移交 {self.taker}"


class HandoverLine(Record):
    """One thing that changed hands."""

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="lines")
    hand = models.CharField("类别", max_length=30)
    thing = models.CharField("事项", max_length=80)
    label = models.CharField("名称", max_length=200)
    due_on = models.DateField("期限", null=True)

    def __str__(self) -> str:
        return self.label
