"""The dated tree of regions, from province to group, and the collectives and committees in it."""

from typing import Any, Self

from django.db import models

from sanzi.kernel.refusals import Missing


class RegionQuerySet(models.QuerySet["Region"]):
    def visible_to(self, person: Any) -> Self:
        """The region a person acts in and all below it (`person.region_code`, None: none)."""
        code = person.region_code
        return self.none() if code is None else self.filter(code__startswith=code)

    def claim(self, pk: int, by: Any) -> "Region":
        """Lock a region of `by`'s. Raises Missing."""
        found = self.visible_to(by).select_for_update(of=("self",)).filter(pk=pk).first()
        if found is None:
            raise Missing("regions.missing", "没有找到这个地区，或不在您的辖区内")
        return found


class Region(models.Model):
    """A node of the administrative tree. Owns nothing; a merged or renamed one keeps its past."""

    class Level(models.TextChoices):
        NATION = "nation", "全国"
        PROVINCE = "province", "省"
        CITY = "city", "市"
        COUNTY = "county", "县"
        TOWN = "town", "乡镇"
        VILLAGE = "village", "村"
        GROUP = "group", "组"

    # Trimmed prefix of the statistical code: 2, 4, 6, 9, 12 or 14 digits; empty for the nation.
    code = models.CharField("区划代码", max_length=14, unique=True, blank=True)
    name = models.CharField("名称", max_length=60)
    level = models.CharField("级别", max_length=10, choices=Level)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    valid_from = models.DateField("启用日期", null=True)
    valid_to = models.DateField("停用日期", null=True)
    succeeded_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="predecessors")

    objects = RegionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level="nation", parent=None)
                | ~models.Q(level="nation") & models.Q(parent__isnull=False),
                name="only_the_nation_has_no_parent",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to=None)
                | models.Q(valid_from=None)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="region_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def full_code(self) -> str:
        """The 12-digit statistical code (14 for a group)."""
        return self.code.ljust(12, "0")


class RegionName(models.Model):
    """A name a region bore until a day: what older papers call it."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="former_names")
    name = models.CharField(max_length=60)
    until_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.name}（至 {self.until_on}）"


class CollectiveQuerySet(models.QuerySet["Collective"]):
    def visible_to(self, person: Any) -> Self:
        """The organisations of a person's part of the tree."""
        code = person.region_code
        return self.none() if code is None else self.filter(region__code__startswith=code)

    def claim(self, pk: int, by: Any) -> "Collective":
        """Lock an organisation of `by`'s region. Raises Missing."""
        mine = self.visible_to(by).select_related("region")
        found = mine.select_for_update(of=("self",)).filter(pk=pk).first()
        if found is None:
            raise Missing("collective.missing", "没有找到这个组织，或不在您的辖区内")
        return found


class Collective(models.Model):
    """A legal person of a village: its economic organisation, or its committee, kept apart."""

    class Kind(models.TextChoices):
        COLLECTIVE = "collective", "农村集体经济组织"
        COMMITTEE = "committee", "村民委员会"

    region = models.ForeignKey(Region, models.PROTECT, related_name="collectives")
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField("名称", max_length=100)
    credit_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    objects = CollectiveQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "credit_code",
                condition=~models.Q(credit_code=""),
                name="one_organisation_per_credit_code",
            ),
            models.UniqueConstraint(
                "region",
                "kind",
                condition=models.Q(valid_to=None),
                name="one_living_organisation_of_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.name
