"""Everyone a village deals with, once: the same person in three registers is one party."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from sanzi.access.scope import Record

if TYPE_CHECKING:
    from sanzi.access.models import Person


class PartyQuerySet(models.QuerySet["Party"]):
    def visible_to(self, person: "Person") -> "PartyQuerySet":
        """Parties that take part in at least one row of this person's part of the tree."""
        mine = Involvement.objects.visible_to(person).values("party")
        return self.filter(pk__in=mine)


class Party(models.Model):
    """A person, household, company or other collective.

    Known by the keyed hash of its identity number wherever it turns up; without a number, by name
    within one village only, because two men called 王建国 in two villages are two men.
    """

    name = models.CharField("名称", max_length=200)
    kind = models.CharField("类型", max_length=20, default="", blank=True)
    identity_hash = models.CharField(max_length=64, default="", blank=True, editable=False)
    identity_mask = models.CharField("证件号", max_length=30, default="", blank=True)
    # The village a party without identity number is known in; empty when it has a number.
    home = models.CharField(max_length=12, default="", blank=True)

    objects = PartyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "identity_hash", condition=~Q(identity_hash=""), name="one_party_per_identity"
            ),
            models.UniqueConstraint(
                "home", "name", condition=Q(identity_hash=""), name="one_nameless_party_per_village"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Involvement(Record):
    """A party's part in one row of a register: what makes the party visible from that village."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="involvements")
    register = models.CharField(max_length=20)
    row_id = models.BigIntegerField()

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint("register", "row_id", name="one_party_per_row")]

    def __str__(self) -> str:
        return f"{self.party} {self.register}:{self.row_id}"
