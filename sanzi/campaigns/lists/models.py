"""任务清单模板: what a region gives its towns and villages to do, by version."""

from typing import Any, Self

from django.db import models

from sanzi.access.models import Person
from sanzi.access.scope import under
from sanzi.kernel.refusals import Missing
from sanzi.kernel.regions import ancestors


class TaskTemplateQuerySet(models.QuerySet["TaskTemplate"]):
    def visible_to(self, person: Person) -> Self:
        """Those of this person's region, of the regions above it and of those within it."""
        code = person.region_code
        if code is None:
            return self.none()
        return self.filter(models.Q(region__in=ancestors(code)) | under("region", code))

    def claim(self, pk: int, by: Person) -> "TaskTemplate":
        """Lock one of `by`'s region or below. Raises Missing."""
        code = by.region_code
        mine = self.none() if code is None else self.filter(under("region", code))
        found = mine.select_for_update(of=("self",)).filter(pk=pk).first()
        if found is None:
            raise Missing("scope.missing", "没有找到该记录")
        return found


class TaskTemplate(models.Model):
    """One version of a template. A change is a new version; the tasks given keep theirs."""

    region = models.CharField("制定地区", max_length=12)
    title = models.CharField("名称", max_length=60)
    version = models.PositiveSmallIntegerField("版本", default=1)
    note = models.CharField("说明", max_length=300, default="", blank=True)
    # Lines as lists/lines.py reads them.
    lines: Any = models.JSONField("条目")
    # The version that took its place, or the day it went out of use.
    retired_at = models.DateTimeField("停用时间", null=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("制定时间")

    objects = TaskTemplateQuerySet.as_manager()

    class Meta:
        ordering = ("title", "-version")
        constraints = [
            models.UniqueConstraint("region", "title", "version", name="one_template_of_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.title}（第 {self.version} 版）"
