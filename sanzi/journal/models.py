"""What happened, who did it, from which post: appended by every action, never changed."""

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from django.db import models

from sanzi.access.roles import ROLES
from sanzi.access.scope import under

if TYPE_CHECKING:
    from sanzi.access.models import Person


# What is done about clues of misconduct is told only to who may see clues, and to auditors.
CLUES = "clues."


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, person: "Person") -> Self:
        """What this person may read of the journal.

        Who reads the journal sees all that was done in their region or from it; who sees only the
        history of their own things sees what concerns a village of theirs.
        """
        code = person.region_code
        if code is None:
            return self.none()
        if person.can("journal.read"):
            return self.filter(under("village", code) | under("region", code)) if code else self
        if person.can("journal.view_own"):
            mine = self.exclude(village="").filter(under("village", code))
            # That there is a clue is itself for few (actions named `clues.…`).
            return mine if person.can("clues.view") else mine.exclude(action__startswith=CLUES)
        return self.none()

    def about(self, key: str) -> Self:
        """The history (经过) of one thing, oldest first; `key` as made by `recorder.key`."""
        return self.filter(object=key).order_by("seq")


class Entry(models.Model):
    """One line of the operation log (操作日志), chained to the one before it."""

    # Dense, given by the recorder; an "auto" field so that SQLite stores the rows in this order.
    seq = models.BigAutoField("序号", primary_key=True)
    at = models.DateTimeField("时间")
    actor = models.CharField("账号", max_length=40)
    actor_name = models.CharField("姓名", max_length=40)
    role = models.CharField("岗位", max_length=30)
    region = models.CharField("辖区", max_length=14)
    action = models.CharField("动作", max_length=60)
    # The thing is named rather than linked, so history outlives what it describes.
    object = models.CharField("事项", max_length=80)
    village = models.CharField("区划代码", max_length=14)
    request_id = models.CharField("请求编号", max_length=32)
    ip = models.CharField("网络地址", max_length=45)
    public = models.TextField("内容")
    private_hash = models.CharField(max_length=64)
    leaf = models.CharField(max_length=64)
    head = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["object", "seq"]),
            models.Index(fields=["village", "seq"]),
            models.Index(fields=["actor", "seq"]),
            models.Index(fields=["at"]),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.actor_name} {self.label}"

    @cached_property
    def facts(self) -> dict[str, Any]:
        """The public part, read back."""
        known: dict[str, Any] = json.loads(self.public)
        return known

    @property
    def label(self) -> str:
        """The action in the words of whoever recorded it."""
        return str(self.facts.get("label") or self.action)

    @property
    def role_title(self) -> str:
        return ROLES[self.role].title if self.role in ROLES else self.role


class PrivateQuerySet(models.QuerySet["Private"]):
    def visible_to(self, person: "Person", key: str) -> Self:
        """The private parts of the entries about one thing in this person's region."""
        code = person.region_code
        if code is None:
            return self.none()
        entries = Entry.objects.filter(object=key)
        within = entries.filter(under("village", code)) if code else entries
        return self.filter(seq__in=within.values("seq"))


class Private(models.Model):
    """The part of an entry that may be personal: erasable, and the chain still verifies."""

    seq = models.BigAutoField(primary_key=True)
    salt = models.CharField(max_length=32)
    body = models.TextField()

    objects = PrivateQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.seq)
