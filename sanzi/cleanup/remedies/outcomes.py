"""What an accepted case changes, and what its 销号 moves in the figures, line by line.

Called by the actions inside their transaction; opens none of its own.
"""

from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from sanzi.access.models import Person
from sanzi.cleanup.carried import carried_into
from sanzi.cleanup.keeping import shares_of
from sanzi.cleanup.queries import as_kept, found_with
from sanzi.contracts.amending import amend, end
from sanzi.contracts.models import Contract, Filing
from sanzi.contracts.queries import ending_of
from sanzi.dispositions.models import Disposition
from sanzi.dispositions.movements import Movement, append, mirror_of
from sanzi.journal.recorder import key
from sanzi.kernel.refusals import Blocked
from sanzi.metrics.shares import replace
from sanzi.resolutions.models import Resolution
from sanzi.resolutions.queries import decided

from .carrying import Work
from .models import Case, CaseStep, Suit
from .paths import Path


def bring_into_force(
    case: Case, contract: Contract, step: CaseStep, work: Work, path: Path, matter: str,
    *, by: Person, now: datetime,
) -> None:  # fmt: skip
    """An amendment with its filing, the end of the contract, or a suit: what the way makes."""
    if path.change == "suit":
        _file_suit(case, step, work, path)
    elif path.change == "end":
        _end(case, contract, work, path, by=by, now=now)
    else:
        _amend(case, contract, work, path, decided(key(case), matter), by=by, now=now)


def _file_suit(case: Case, step: CaseStep, work: Work, path: Path) -> None:
    if case.suits.filter(number=work.number, kind=path.kind).exists():
        raise Blocked("suit.known", f"案号 {work.number} 已经登记过")
    Suit.objects.create(
        village=case.village,
        case=case,
        kind=path.kind,
        court=work.body,
        number=work.number,
        filed_on=work.on,
        source=step,
    )


def _end(
    case: Case, contract: Contract, work: Work, path: Path, *, by: Person, now: datetime
) -> None:
    # A case opened again may end a contract that has ended: its end stands once.
    if ending_of(contract) is None:
        end(contract, path.kind, work.on, key(case), by=by, now=now, reason=path.title)


def _amend(
    case: Case, contract: Contract, work: Work, path: Path, resolution: Resolution | None,
    *, by: Person, now: datetime,
) -> None:  # fmt: skip
    changes = dict(work.changes)
    if path.kind == "procedure" and resolution is not None:
        changes |= _vote_of(resolution)
    amendment = amend(
        contract, changes, effective_on=work.effective_on or work.on, source=key(case),
        by=by, now=now, kind=path.kind, signed_on=work.on, reason=path.title,
        carries=carried_into(contract, path.kind),
    )  # fmt: skip
    assert work.filed_on is not None, "carrying asks for the day of filing"
    Filing.objects.create(
        village=contract.village,
        contract=contract,
        amendment=amendment,
        number=work.number,
        filed_on=work.filed_on,
        stamped_by=work.body,
        source=key(case),
        recorded_by=by,
        recorded_at=now,
    )


def _vote_of(resolution: Resolution) -> dict[str, Any]:
    """The meeting that made the procedure good, as terms of the contract."""
    meeting = resolution.meetings.get(step="decide", has_passed=True)
    return {
        "procedure": meeting.body,
        "met_on": meeting.met_on,
        "expected_count": meeting.expected,
        "present_count": meeting.present + meeting.proxies,
        "approval_count": meeting.approved,
    }


def put_on_record(
    case: Case, contract: Contract, method: str, about: str, *,
    note: str, number: str = "", by: Person, now: datetime,
) -> None:  # fmt: skip
    """Write the disposition the figures read, and move them by it."""
    move = Movement(
        thing=contract,
        method=method,
        amount=None,
        dated=localdate(now),
        source=f"{key(case)}/{about}",
        note=note,
        document_number=number[:100],
        handled_by=case.responsible or by.name,
    )
    append("合同", [move], by=by, now=now)
    refigure(contract, localdate(now))


def take_back(case: Case, contract: Contract, reason: str, *, by: Person, now: datetime) -> None:
    """Take the outcome of a struck case back by its mirror image, from today on."""
    mine = Disposition.objects.on("合同", contract.village, contract.number)  # type: ignore[attr-defined]
    standing = mine.filter(source__startswith=f"{key(case)}/struck-", reverses=None)
    last = standing.filter(reversed_by=None).order_by("-pk").first()
    assert last is not None, "a struck case stands on record"
    source = f"{last.source}/taken-back"
    mirror = mirror_of(last, contract, dated=localdate(now), reason=reason, source=source)
    append("合同", [mirror], by=by, now=now)
    refigure(contract, localdate(now))


def refigure(contract: Contract, today: date) -> None:
    """Make the contract's part in the figures what its acts now say."""
    replace("contracts", shares_of([as_kept(contract, found_with(contract, today))]))
