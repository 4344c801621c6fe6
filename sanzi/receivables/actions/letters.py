"""下函: reconciliation letters and demands for many claims at once, and the proof of service."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.dispositions.models import NOTICE
from sanzi.dispositions.movements import Movement
from sanzi.journal.recorder import Trace, record, record_many
from sanzi.kernel.refusals import Blocked, Invalid
from sanzi.letters.models import Letter, Service
from sanzi.letters.serving import record_service
from sanzi.letters.ways import BY_CODE
from sanzi.letters.writing import write_many
from sanzi.receivables.answering import claim_of
from sanzi.receivables.clock import note_event
from sanzi.receivables.estates import against_heirs, beyond
from sanzi.receivables.models import Claim
from sanzi.receivables.movements import move_all
from sanzi.receivables.papers.letters import DEMANDS, RECONCILIATION, drafts_of

LETTERS_MAX = 5_000


@action("claims.work")
def send_letters(
    *,
    claim_ids: Sequence[int],
    tone: str,
    due_on: date,
    contact: str = "",
    account: str = "",
    dated: date | None = None,
    by: Person,
    now: datetime,
) -> list[Letter]:
    """Write a letter for each claim: `tone` is reconcile, reminder, demand or final.

    Each is numbered without gaps and counts as a notice from its day; whether it touches the clock
    depends on its service. All of them or none.
    """
    if not claim_ids or len(claim_ids) > LETTERS_MAX:
        raise Invalid("letters.many", f"请选择 1 到 {LETTERS_MAX:,} 笔债权")
    day = dated or localdate(now)
    if due_on < day:
        raise Invalid("letters.due", "期限不能早于发函日期，请核对")
    claims = [Claim.objects.claim(pk, by) for pk in sorted(set(claim_ids))]
    owing = [claim for claim in claims if (claim.left or 0) > 0]
    if not owing:
        raise Invalid("letters.none", "所选债权都已清结，不需要下函")
    if tone != "reconcile":
        _check_heirs(owing)
    form = RECONCILIATION if tone == "reconcile" else DEMANDS[tone]
    drafts = drafts_of(
        owing, is_demand=tone != "reconcile", as_of=day, due_on=due_on, contact=contact,
        account=account,
    )  # fmt: skip
    letters = write_many(form, drafts, by=by, now=now)
    move_all([_notice(c, x, day) for c, x in zip(owing, letters, strict=True)], by=by, now=now)
    record_many([_trace(c, x) for c, x in zip(owing, letters, strict=True)], by=by, at=now)
    return letters


@action("claims.work")
def serve(
    *,
    letter_id: int,
    way: str,
    served_on: date,
    receiver: str = "",
    witnesses: str = "",
    number: str = "",
    note: str = "",
    files: Sequence[Any] = (),
    by: Person,
    now: datetime,
) -> Service:
    """送达: its proof is a demand on the clock, as strong as its way (时效规定 第8条)."""
    letter: Letter = Letter.objects.claim(letter_id, by)
    claim = Claim.objects.claim(claim_of(letter).pk, by)
    service = record_service(
        letter, way, served_on=served_on, receiver=receiver, witnesses=witnesses, number=number,
        note=note, files=files, by=by, now=now,
    )  # fmt: skip
    note_event(
        [claim], "demand", served_on, BY_CODE[way].evidence, source=f"letters.service:{service.pk}",
        note=f"{letter.title} {letter.serial} {BY_CODE[way].title}", by=by, now=now,
    )  # fmt: skip
    public = {"subject": f"{letter.serial} {BY_CODE[way].title}"}
    record(claim, "receivables.serve", by=by, at=now, label="登记送达", public=public)
    return service


def _check_heirs(claims: Sequence[Any]) -> None:
    """Raises Blocked where a demand would ask heirs for more than the estate."""
    for claim in claims:
        if (more := beyond(claim)) > 0:
            raise Blocked("letters.estate", f"债权 {claim.number}：{against_heirs(more)}")


def _notice(claim: Any, letter: Letter, day: date) -> Movement:
    return Movement(
        thing=claim,
        method=NOTICE,
        amount=None,
        dated=day,
        source=f"letters.letter:{letter.pk}",
        note=letter.title,
        document_number=letter.serial,
    )


def _trace(claim: Any, letter: Letter) -> Trace:
    public = {"subject": f"{letter.title} {letter.serial}"}
    key = f"receivables.claim:{claim.pk}"
    return Trace(key, "receivables.letter", claim.village, "下函", public)
