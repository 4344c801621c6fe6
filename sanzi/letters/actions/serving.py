"""Service of letters whose serving changes nothing but the letter."""

from collections.abc import Sequence
from datetime import date, datetime

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.documents.papers import Upload
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked
from sanzi.letters.models import Letter, Service
from sanzi.letters.serving import record_service
from sanzi.letters.serving import take_back as take_service_back


@action("letters.issue")
def serve(
    *,
    letter_id: int,
    way: str,
    served_on: date,
    receiver: str = "",
    witnesses: str = "",
    number: str = "",
    note: str = "",
    files: Sequence[Upload] = (),
    by: Person,
    now: datetime,
) -> Service:
    """Write down how a letter was served.

    Raises Blocked for a letter whose feature has a page of its own for it, Invalid for lack of
    proof.
    """
    letter: Letter = Letter.objects.claim(letter_id, by)
    _check(letter)
    service = record_service(
        letter,
        way,
        served_on=served_on,
        receiver=receiver,
        witnesses=witnesses,
        number=number,
        note=note,
        files=files,
        by=by,
        now=now,
    )
    record(letter, "letters.serve", by=by, at=now, label=f"登记送达：{service.told.title}")
    return service


@action("letters.issue")
def take_back(*, service_id: int, note: str, by: Person, now: datetime) -> Service:
    """Take a recorded service back, with the reason; both rows stay."""
    service: Service = Service.objects.claim(service_id, by)
    _check(service.letter)
    taken = take_service_back(service, note=note, by=by, now=now)
    record(
        service.letter,
        "letters.take_back",
        by=by,
        at=now,
        label=f"撤回送达记录：{service.told.title}",
        public={"reason": note},
    )
    return taken


def _check(letter: Letter) -> None:
    if letter.form.serving:
        raise Blocked("service.elsewhere", "这类文书的送达会影响所办事项，请从所办事项登记")
