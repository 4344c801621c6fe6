"""Which contracts are to be put right, how far they are, and whose turn it is."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from sanzi.access.models import Person
from sanzi.access.scope import ScopedQuerySet
from sanzi.cleanup.models import Finding
from sanzi.cleanup.queries import ruled
from sanzi.cleanup.workflow import OVERRULED
from sanzi.contracts.models import Contract
from sanzi.contracts.terms import HOUSEHOLD
from sanzi.journal.recorder import key
from sanzi.resolutions.queries import running

from .models import Case, Suit
from .stages import DIGITS, Level, Stage
from .workflow import HANDLE, REVIEW, STRIKE

SHOWN_TOGETHER = 500


def cases_for(person: Person) -> ScopedQuerySet:
    """The cases of this person's region, each with its contract."""
    found = Case.objects.visible_to(person).select_related("contract")
    assert isinstance(found, ScopedQuerySet)
    return found


def irregular(contracts: QuerySet[Any], today: date) -> QuerySet[Any]:
    """Those of these contracts that a standing finding, not overruled, makes irregular."""
    findings: Any = Finding.objects.filter(contract=OuterRef("pk"))
    standing = ruled(findings.standing(today)).exclude(ruling=OVERRULED)
    kept: QuerySet[Any] = contracts.filter(Exists(standing)).exclude(legal_nature=HOUSEHOLD)
    return kept


def to_open(person: Person, today: date) -> QuerySet[Contract]:
    """Irregular contracts of this person's region that no case has been opened for."""
    mine = irregular(Contract.objects.visible_to(person).filter(case=None), today)
    return mine.order_by("village", "number")


def waiting(rows: QuerySet[Any], person: Person) -> QuerySet[Any]:
    """Those of these cases that this person's post is to go on with."""
    at_my_level = Q(level=_level_of(person))
    turn = Q(pk__in=[])
    if person.can(HANDLE):
        turn |= Q(stage__in=(Stage.OPENED, Stage.REVIEWED)) & at_my_level
    if person.can(REVIEW):
        turn |= Q(stage__in=(Stage.PLANNED, Stage.CARRIED))
    if person.can(STRIKE):
        turn |= Q(stage=Stage.ACCEPTED)
    return rows.filter(turn)


def _level_of(person: Person) -> str:
    digits = len(person.region_code or "")
    return next((level for level, wanted in DIGITS.items() if wanted == digits), "")


def put_together(case: Case, matter: str, person: Person) -> Sequence[Case]:
    """Cases of the same village that wait for the same decision, to be voted on in one meeting."""
    if not case.way or case.level != Level.VILLAGE:
        return []
    same = cases_for(person).filter(village=case.village, stage=Stage.PLANNED, path=case.path)
    rest = same.exclude(pk=case.pk).order_by("pk")[:SHOWN_TOGETHER]
    return [one for one in rest if running([key(one)], matter) is None]


def counts(rows: QuerySet[Any]) -> dict[str, int]:
    """Of these cases: all, struck off, and struck off with a suit still open."""
    unfinished = Suit.objects.filter(case=OuterRef("pk"), closed_on=None)
    told: dict[str, int] = rows.order_by().aggregate(
        all=Count("pk"),
        struck=Count("pk", filter=Q(stage=Stage.STRUCK)),
        filed=Count("pk", filter=Q(Exists(unfinished), stage=Stage.STRUCK)),
    )
    return told
