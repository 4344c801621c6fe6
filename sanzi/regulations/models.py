"""“1+10” 制度: regulations of a town or county, their versions, and where each is applied."""

from datetime import UTC, date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from sanzi.access.models import Person
from sanzi.access.scope import under
from sanzi.kernel.refusals import Missing
from sanzi.kernel.regions import ancestors

from .articles import Article, from_json
from .slots import SLOTS, UNNAMED, place_of


class OfARegion(models.QuerySet[Any]):
    """Rows of regulations: who lives under a regulation reads it, whoever made it or lies above."""

    column = "region"

    def visible_to(self, person: Person) -> Self:
        """Those of a person's region, of the regions above, and of those below."""
        code = person.region_code
        if code is None:
            return self.none()
        above = Q(**{f"{self.column}__in": [*ancestors(code), code]})
        return self.filter(above | under(self.column, code))

    def claim(self, pk: int, by: Person) -> Any:
        """Lock one of `by`'s own region or below: only whose it is changes it. Raises Missing."""
        code = by.region_code
        mine = self.none() if code is None else self.filter(under(self.column, code))
        found = mine.select_for_update(of=("self",)).filter(pk=pk).first()
        if found is None:
            raise Missing("scope.missing", "没有找到该记录")
        return found


class OfARegulation(OfARegion):
    column = "regulation__region"


class VersionQuerySet(OfARegulation):
    def visible_to(self, person: Person) -> Self:
        """What was released; drafts only where the regulation is one's own region's or below."""
        mine = super().visible_to(person)
        return mine.filter(
            Q(released_at__isnull=False) | under(self.column, person.region_code or "-")
        )


class Regulation(models.Model):
    """One slot of a region's system: 0 the head, 1 to 10 the supporting ones."""

    region = models.CharField("制定地区", max_length=9)
    ordinal = models.PositiveSmallIntegerField("序号")

    objects = OfARegion.as_manager()

    class Meta:
        ordering = ("region", "ordinal")
        constraints = [
            models.UniqueConstraint("region", "ordinal", name="one_regulation_a_slot"),
            models.CheckConstraint(condition=Q(ordinal__lte=10), name="one_and_ten"),
        ]

    def __str__(self) -> str:
        return SLOTS[self.ordinal] or UNNAMED

    @property
    def place(self) -> str:
        return place_of(self.ordinal)


class RegulationVersion(models.Model):
    """One text as adopted; released by another than who entered it, and then it stands."""

    regulation = models.ForeignKey(Regulation, models.PROTECT, related_name="versions")
    title = models.CharField("名称", max_length=60)
    number = models.CharField("文号", max_length=60)
    adopted_on = models.DateField("通过日期")
    from_on = models.DateField("施行日期")
    # Only where the text itself says so; a later version takes over anyway.
    until_on = models.DateField("有效期至", null=True)
    articles = models.JSONField("条文", default=list)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField("录入时间")
    released_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField("发布时间", null=True)
    letter = models.OneToOneField("letters.Letter", models.PROTECT, null=True, related_name="+")

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ("-from_on", "-pk")
        constraints = [
            models.UniqueConstraint("regulation", "from_on", name="one_version_from_a_day"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="a_version_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(released_by=None) | ~Q(released_by=F("entered_by")),
                name="nobody_releases_their_own_entry",
            ),
        ]

    def __str__(self) -> str:
        return f"《{self.title}》"

    @property
    def text(self) -> list[Article]:
        return from_json(self.articles)

    @property
    def seen(self) -> str:
        """Which edition of an unreleased text somebody read; it changes with every correction."""
        return self.entered_at.astimezone(UTC).isoformat()

    def holds_on(self, day: date) -> bool:
        """Whether the day lies in its term; a later version may still have taken over."""
        return (
            self.released_at is not None
            and self.from_on <= day
            and (self.until_on is None or day <= self.until_on)
        )


class Application(models.Model):
    """An article's place on a screen; taken away with a day, never deleted."""

    regulation = models.ForeignKey(Regulation, models.PROTECT, related_name="applications")
    article = models.CharField("条", max_length=20)
    screen = models.CharField("页面", max_length=40)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = OfARegulation.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "regulation", "article", "screen",
                condition=Q(to_on=None), name="an_article_once_on_a_screen",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.article} {self.screen}"
