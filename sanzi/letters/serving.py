"""Service of letters (送达): written inside the owning feature's action, read by whoever asks.

Nothing calls back: when serving a letter moves something of the feature's (the limitation clock),
the feature has an action of its own that calls `record_service` and then does the rest, and its
form names the page of that action (`serving`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from sanzi.access.models import Person
from sanzi.documents.models import Document
from sanzi.documents.papers import Upload, attach, papers_on_each
from sanzi.kernel.refusals import Blocked, Invalid

from .models import Letter, Service
from .ways import BY_CODE, Evidence, Way, lacking


@dataclass(frozen=True)
class ServiceEvent:
    """One attempt that stands, as other features read it."""

    pk: int
    on: date
    way: Way

    @property
    def evidence(self) -> Evidence:
        """signed, delivered or none: the words of the limitation clock."""
        return self.way.evidence


def record_service(
    letter: Letter,
    way: str,
    *,
    served_on: date,
    receiver: str = "",
    witnesses: str = "",
    number: str = "",
    note: str = "",
    files: Sequence[Upload] = (),
    by: Person,
    now: datetime,
) -> Service:
    """Write down one attempt to serve a letter, with its proof, inside an action.

    `witnesses` are names separated by 、. Raises Invalid when the way's proof is not whole or the
    day cannot be, Blocked when the letter no longer holds, UnfitPaper for a file of a wrong kind.
    """
    assert transaction.get_connection().in_atomic_block, "service is recorded inside an action"
    _check(letter, served_on, localdate(now))
    told = BY_CODE[way]
    given = {"receiver": receiver, "witnesses": witnesses, "number": number, "papers": len(files)}
    if lack := lacking(told, given):
        raise Invalid("service.proof", lack)
    service = Service.objects.create(
        village=letter.village,
        letter=letter,
        way=way,
        served_on=served_on,
        receiver=receiver,
        witnesses=witnesses,
        number=number,
        note=note,
        by=by,
        at=now,
    )
    attach(service, files, by=by, now=now)
    return service


def take_back(service: Service, *, note: str, by: Person, now: datetime) -> Service:
    """Take one recorded attempt back: a row of its own that says why, inside an action."""
    if service.takes_back_id or Service.objects.filter(takes_back=service).exists():
        raise Blocked("service.taken-back", "这条送达记录已经撤回")
    if not note.strip():
        raise Invalid("service.why", "请写明撤回的原因")
    return Service.objects.create(
        village=service.village,
        letter=service.letter,
        way=service.way,
        served_on=service.served_on,
        takes_back=service,
        note=note,
        by=by,
        at=now,
    )


def service_events(letter: Letter) -> list[ServiceEvent]:
    """The attempts that stand, oldest first; one query."""
    standing = letter.services.filter(takes_back=None, taken_back=None)
    return [
        ServiceEvent(pk, on, BY_CODE[way])
        for pk, on, way in standing.order_by("served_on", "pk").values_list(
            "pk", "served_on", "way"
        )
    ]


def services_of(letter: Letter) -> list[tuple[Service, list[Document], bool]]:
    """Every row of its service in order, with its papers, and whether it stands; two queries."""
    rows = list(letter.services.select_related("by").order_by("pk"))
    gone = {row.takes_back_id for row in rows}
    papers = papers_on_each(rows)
    return [(row, papers[row.pk], row.pk not in gone) for row in rows]


def is_served(letter: Letter) -> bool:
    """Whether the letter has arrived, with proof."""
    return any(event.evidence != "none" for event in service_events(letter))


def _check(letter: Letter, served_on: date, today: date) -> None:
    if letter.ended is not None:
        raise Blocked("letter.ended", f"编号 {letter.serial} {letter.ended.word}，不能再送达")
    if served_on < letter.dated:
        raise Invalid("service.day", f"送达日期不能早于文书日期 {letter.dated:%Y-%m-%d}")
    if served_on > today:
        raise Invalid("service.day", "送达日期不能晚于今天")
