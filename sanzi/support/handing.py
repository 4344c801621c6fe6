"""What of support is in a person's hands: ties they tend, matchings, offerings, leads, lessons.

Goals and visits go with their tie of help. What waits for another's confirmation is in that other
person's hands. An expert's places are never handed on by name: that is a new matching.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from sanzi.access.models import Person
from sanzi.journal.recorder import key
from sanzi.kernel.refusals import Invalid
from sanzi.kernel.regions import full
from sanzi.responsibility.hands import Hand, Move, OpenThing, ids_of

from .models import Help, Inquiry, Lesson, Matching, Offering
from .stages import HelpStage, InquiryStage, MatchingStage, OfferingStage

_WRITING = (OfferingStage.DRAFT, OfferingStage.WITHDRAWN)


def _tended(person: Person) -> QuerySet[Any]:
    """Ties under way whose contact they are, or which they give themselves, in words."""
    named = Q(contact=person.name) | Q(helper=person.name)
    return Help.objects.filter(named, stage=HelpStage.ACTIVE).exclude(kind=Help.Kind.EXPERT)


def helps(person: Person, code: str) -> QuerySet[Any]:
    """The ties of help a person tends: the next visit is theirs."""
    return _tended(person).filter(pk__in=Help.objects.within(code)).order_by("village", "pk")


def help_told(row: Any) -> OpenThing:
    return OpenThing(key(row), f"{row}：{row.matter}", row.village, row.until_on)


def move_helps(keys: Sequence[str], move: Move) -> int:
    """Name the taker, telephone left to be entered. Raises Invalid if the taker helps there too."""
    rows = list(_mine(_tended(move.giver), keys))
    giving = [row for row in rows if row.helper == move.giver.name]
    living = Help.objects.filter(
        helper=move.taker.name, stage__in=(HelpStage.PROPOSED, HelpStage.ACTIVE)
    )
    taken = set(living.values_list("village", "kind"))
    if any((row.village, row.kind) in taken for row in giving):
        raise Invalid("handover.help", f"{move.taker}已经在帮扶其中的村，请先结束重复的一项再交接")
    Help.objects.filter(pk__in=[row.pk for row in giving]).update(helper=move.taker.name)
    tending = [row.pk for row in rows]
    Help.objects.filter(pk__in=tending, contact=move.giver.name).update(
        contact=move.taker.name, phone=None
    )
    return len(rows)


def _matchings(person: Person) -> QuerySet[Any]:
    return Matching.objects.filter(keeper=person, stage=MatchingStage.PROPOSED)


def matchings(person: Person, code: str) -> QuerySet[Any]:
    """Matchings to be computed again whenever needs or experts change, until confirmed."""
    return _matchings(person).filter(pk__in=Matching.objects.within(code)).order_by("pk")


def matching_told(row: Any) -> OpenThing:
    return OpenThing(key(row), f"匹配方案：{row}", full(row.region))


def move_matchings(keys: Sequence[str], move: Move) -> int:
    """The taker keeps it; who computed it last still does not confirm it."""
    pks = [row.pk for row in _mine(_matchings(move.giver), keys)]
    return Matching.objects.filter(pk__in=pks).update(keeper=move.taker)


def _offerings(person: Person) -> QuerySet[Any]:
    return Offering.objects.filter(keeper=person, stage__in=_WRITING)


def offerings(person: Person, code: str) -> QuerySet[Any]:
    """What they write for the enabling centre: not handed in yet, returned, or taken down."""
    return _offerings(person).filter(pk__in=Offering.objects.within(code)).order_by("pk")


def offering_told(row: Any) -> OpenThing:
    return OpenThing(key(row), f"{row.get_kind_display()}：{row}", row.village)


def move_offerings(keys: Sequence[str], move: Move) -> int:
    """The taker writes on and hands in; who wrote it so far still does not publish it."""
    pks = [row.pk for row in _mine(_offerings(move.giver), keys)]
    return Offering.objects.filter(pk__in=pks).update(keeper=move.taker)


def _leads(person: Person) -> QuerySet[Any]:
    rows = Inquiry.objects.filter(keeper=person, stage=InquiryStage.CONTACTED)
    return rows.select_related("offering")


def leads(person: Person, code: str) -> QuerySet[Any]:
    """Leads they are in talks about; who asked stays sealed."""
    return _leads(person).filter(pk__in=Inquiry.objects.within(code)).order_by("pk")


def lead_told(row: Any) -> OpenThing:
    day = localdate(row.asked_at)
    return OpenThing(key(row), f"{row.offering}：{day} 的线索", row.village)


def move_leads(keys: Sequence[str], move: Move) -> int:
    """The taker goes on talking."""
    pks = [row.pk for row in _mine(_leads(move.giver), keys)]
    return Inquiry.objects.filter(pk__in=pks).update(keeper=move.taker)


def _lessons(person: Person) -> QuerySet[Any]:
    rows = Lesson.objects.filter(teacher=person.name, held_on__gte=localdate())
    return rows.select_related("cohort")


def lessons(person: Person, code: str) -> QuerySet[Any]:
    """Lessons of the leaders' class they are to give, or to lead out to a village."""
    return _lessons(person).filter(pk__in=Lesson.objects.within(code)).order_by("held_on")


def lesson_told(row: Any) -> OpenThing:
    return OpenThing(key(row), f"{row.cohort}：{row}", full(row.cohort.region), row.held_on)


def move_lessons(keys: Sequence[str], move: Move) -> int:
    """The taker gives it."""
    pks = [row.pk for row in _mine(_lessons(move.giver), keys)]
    return Lesson.objects.filter(pk__in=pks).update(teacher=move.taker.name)


def _mine(rows: QuerySet[Any], keys: Sequence[str]) -> QuerySet[Any]:
    """Those named, locked; one that moved on meanwhile is missing."""
    return rows.select_for_update(of=("self",)).filter(pk__in=ids_of(keys)).order_by("pk")


HANDS = (
    Hand("support.help", "帮扶", helps, help_told, move_helps),
    Hand("support.matching", "专家匹配方案", matchings, matching_told, move_matchings),
    Hand("support.offering", "赋能中心展示", offerings, offering_told, move_offerings),
    Hand("support.inquiry", "赋能中心线索", leads, lead_told, move_leads),
    Hand("support.lesson", "研修班课程", lessons, lesson_told, move_lessons),
)
