"""财务公开: what was reviewed and published, word for word; what villagers asked of it."""

import json
from functools import cached_property
from typing import Any, Self

from django.db import models
from django.db.models import Q

from sanzi.access.models import Person
from sanzi.access.scope import Record
from sanzi.orgs.models import Collective

from .span import Span


class Sheet(Record):
    """What is said of one organisation's finances over some months."""

    organisation = models.ForeignKey(Collective, models.PROTECT, related_name="+")
    # YYYYMM, both included: one month or one quarter.
    first = models.PositiveIntegerField("起始月份")
    last = models.PositiveIntegerField("截止月份")

    class Meta(Record.Meta):
        abstract = True

    @property
    def span(self) -> Span:
        return Span(self.first, self.last)


class Review(Sheet):
    """What 民主理财 said of exactly one drawing of a sheet, by its hash. Only ever added."""

    sha256 = models.CharField(max_length=64)
    agrees = models.BooleanField("同意公开")
    words = models.CharField("意见", max_length=500, default="", blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField("审核时间")

    class Meta(Sheet.Meta):
        indexes = [
            *Record.Meta.indexes,
            models.Index(fields=["organisation", "last", "id"], name="reviews_of_a_sheet"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.span.title} {'同意' if self.agrees else '不同意'}"


class Publication(Sheet):
    """A sheet as it was published: frozen, masked, with the heads of the voucher chains.

    A correction is a new version; what was public once stays.
    """

    version = models.PositiveSmallIntegerField("版本")
    # Canonical JSON of everything shown; `sha256` is of its bytes in UTF-8.
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    # How many of the 44 items are in it.
    shown = models.PositiveSmallIntegerField("公开项数")
    # None: published without it, and marked so.
    review = models.OneToOneField(Review, models.PROTECT, null=True, related_name="publication")
    # Why the version before was corrected.
    reason = models.CharField("更正说明", max_length=200, default="", blank=True)
    published_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    published_at = models.DateTimeField("公开时间")

    class Meta(Sheet.Meta):
        constraints = [
            models.UniqueConstraint(
                "organisation", "first", "last", "version", name="one_publication_per_version"
            ),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(reason=""), name="a_correction_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.span.title} 第 {self.version} 版"

    @cached_property
    def told(self) -> dict[str, Any]:
        """The content, read back."""
        known: dict[str, Any] = json.loads(self.content)
        return known


class Statement(Sheet):
    """What a village tells of an item outside the books (计划、筹劳…). Only ever added."""

    item = models.CharField("公开项目", max_length=20)
    # Empty takes the one before back.
    text = models.TextField("公开内容", default="", blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(Sheet.Meta):
        indexes = [
            *Record.Meta.indexes,
            models.Index(fields=["organisation", "last", "id"], name="statements_of_a_sheet"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.item}"


class HiddenWord(Record):
    """A name or word this village's sheets never show, beside what the rules mask."""

    word = models.CharField("遮盖字样", max_length=60)
    removed_at = models.DateTimeField(null=True)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                "village", "word", condition=Q(removed_at=None), name="one_hidden_word_a_village"
            )
        ]

    def __str__(self) -> str:
        return self.word


class RuleValueQuerySet(models.QuerySet["RuleValue"]):
    def visible_to(self, person: Person) -> Self:
        """The rules made for this person's region and above: they are what it works by."""
        code = person.region_code
        if code is None:
            return self.none()
        return self.filter(region__in=[code[:width] for width in (0, 2, 4, 6, 9, 12)])


class RuleValue(models.Model):
    """A rule of disclosure as a town or county set it; the latest counts. Only ever added."""

    region = models.CharField("区划代码", max_length=12)
    name = models.CharField(max_length=20)
    value = models.CharField(max_length=20)
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    objects = RuleValueQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["region", "name", "id"], name="disclosure_rules")]

    def __str__(self) -> str:
        return f"{self.region} {self.name}={self.value}"


class Question(Record):
    """What somebody asked in the box of a public page. No name, no telephone is asked for."""

    # What the asker keeps to find the answer; nobody can guess it.
    token = models.CharField(max_length=32, unique=True)
    publication = models.ForeignKey(Publication, models.PROTECT, null=True, related_name="+")
    text = models.TextField("问题")
    asked_at = models.DateTimeField("提问时间")
    due_on = models.DateField("答复期限")
    # Keyed hash of the network address, against floods only.
    sender = models.CharField(max_length=64)

    class Meta(Record.Meta):
        indexes = [
            *Record.Meta.indexes,
            models.Index(fields=["sender", "asked_at"], name="questions_by_sender"),
        ]

    def __str__(self) -> str:
        return self.text[:40]


class Answer(Record):
    """What the town answered, once and for all; shown to everybody only if it says so."""

    question = models.OneToOneField(Question, models.PROTECT, related_name="answer")
    text = models.TextField("答复")
    # The question and the answer stand on the public page, masked.
    is_public = models.BooleanField("在公开页显示", default=False)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField("答复时间")

    def __str__(self) -> str:
        return self.text[:40]
