"""一事一研判: one matter studied, decided, carried out; 统一口径: opinions that outlive it."""

from typing import Self

from django.db import models
from django.db.models import Max, Q

from sanzi.access.models import Person
from sanzi.access.scope import Record, ScopedQuerySet, under
from sanzi.campaigns.tasks.models import Task
from sanzi.kernel.refusals import Missing
from sanzi.kernel.regions import ancestors, level
from sanzi.letters.models import Letter

from .stages import StudyStage


class StudyQuerySet(ScopedQuerySet):
    def visible_to(self, person: Person) -> Self:
        """Those within one's region; a village reads only what was decided."""
        mine = super().visible_to(person)
        code = person.region_code or ""
        if level(code) != "village":
            return mine
        return mine.filter(stage__in=(StudyStage.DECIDED, StudyStage.DONE))


class Study(Record):
    """One matter: its facts, the law, the options, what was decided, who does it by when."""

    # Trimmed code of the office that studies it.
    office = models.CharField("研判单位", max_length=9)
    matter = models.CharField("事项", max_length=100)
    # The rows it is about, by their journal keys; the first is what it was begun from.
    rows = models.JSONField("涉及", default=list)
    facts = models.TextField("基本事实", max_length=5000, default="", blank=True)
    # [{text, source}]
    laws = models.JSONField("政策法律依据", default=list)
    # [{title, pros, cons}]
    options = models.JSONField("备选方案", default=list)
    stage = models.CharField("状态", max_length=10, choices=StudyStage, default=StudyStage.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    held_on = models.DateField("研判日期", null=True)
    venue = models.CharField("地点", max_length=60, default="", blank=True)
    chair = models.CharField("主持人", max_length=40, default="", blank=True)
    participants = models.CharField("参加人", max_length=500, default="", blank=True)
    # Which option was taken, from one; null: another way, told in the decision.
    chosen = models.PositiveSmallIntegerField("采用方案", null=True)
    decision = models.TextField("决定", max_length=3000, default="", blank=True)
    responsible = models.CharField("责任人", max_length=60, default="", blank=True)
    due_on = models.DateField("完成时限", null=True)
    outcome = models.TextField("落实情况", max_length=2000, default="", blank=True)
    minutes = models.OneToOneField(Letter, models.PROTECT, null=True, related_name="+")
    task = models.OneToOneField(Task, models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    # Who writes it up: whoever began it, until it is handed over (交接).
    keeper = models.ForeignKey(Person, models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    once = models.CharField(max_length=36, unique=True)

    objects = StudyQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Record.Meta):
        pass

    def __str__(self) -> str:
        return self.matter


class OpinionQuerySet(models.QuerySet["Opinion"]):
    def visible_to(self, person: Person) -> Self:
        """Those of one's region, of those above, which one follows, and of those below."""
        code = person.region_code
        if code is None:
            return self.none()
        return self.filter(Q(region__in=[*ancestors(code), code]) | under("region", code))

    def in_force(self) -> Self:
        """Of each number the version that counts."""
        newest = Opinion.objects.values("region", "year", "number").annotate(last=Max("pk"))
        return self.filter(pk__in=newest.values("last"))

    def claim(self, pk: int, by: Person) -> "Opinion":
        """Lock one for the length of an action. Raises Missing."""
        found = self.visible_to(by).select_for_update(of=("self",)).filter(pk=pk).first()
        if found is None:
            raise Missing("scope.missing", "没有找到这条口径")
        return found


class Opinion(models.Model):
    """One version of a unified opinion on a common problem, adopted by a study. Only ever added."""

    region = models.CharField("发布单位", max_length=9)
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveIntegerField("序号")
    version = models.PositiveSmallIntegerField("版本", default=1)
    title = models.CharField("问题", max_length=100)
    text = models.TextField("统一口径", max_length=3000)
    basis = models.TextField("依据", max_length=1000)
    study = models.ForeignKey(Study, models.PROTECT, related_name="opinions")
    adopted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    adopted_at = models.DateTimeField("采纳时间")

    objects = OpinionQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                "region", "year", "number", "version", name="one_opinion_a_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def code(self) -> str:
        """口径〔2026〕3号, and its version from the second on."""
        version = f"（第 {self.version} 版）" if self.version > 1 else ""
        return f"口径〔{self.year}〕{self.number}号{version}"


class Citation(Record):
    """A matter an opinion was applied to: a study, a case of cleaning up. Only ever added."""

    opinion = models.ForeignKey(Opinion, models.PROTECT, related_name="citations")
    # The journal key of what cites it.
    on = models.CharField("事项", max_length=80)
    cited_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    cited_at = models.DateTimeField()

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint("opinion", "on", name="one_citation_a_matter")]

    def __str__(self) -> str:
        return f"{self.opinion_id} {self.on}"
