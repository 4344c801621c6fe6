"""Something of every step of clearing claims in each village, open and waiting for its people."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sanzi.access.models import Person
from sanzi.access.system import system_person
from sanzi.journal.recorder import key
from sanzi.letters.writing import write
from sanzi.receivables.casework import (
    CaseClaim,
    Clue,
    MediationCase,
    Milestone,
    Package,
    Proposal,
    Pursuit,
    Reply,
)
from sanzi.receivables.models import Claim
from sanzi.receivables.papers.letters import RECONCILIATION
from sanzi.store.sealed import seal

from .rows import canary

AT = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
DAY = date(2026, 3, 2)
KINDS = (
    "proposal", "package", "mediation", "pursuit", "clue", "reply", "claim-letter", "claim-token",
)  # fmt: skip


def keep_casework(villages: Iterable[str]) -> dict[str, dict[str, Any]]:
    """One of each kind for each village: {kind: {village: key}}."""
    by = system_person("system_import")
    found: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
    for village in villages:
        for kind, value in _made(village, by).items():
            found[kind][village] = value
    return found


def _made(village: str, by: Person) -> dict[str, Any]:
    claim: Any = Claim.objects.filter(village=village).order_by("pk")[0]
    mine: dict[str, Any] = {"village": village}

    def word(what: str) -> str:
        return f"清收{canary(village, what)}"

    package = Package.objects.create(
        number=word("pack"), reason=word("why"), review_on=date(2027, 3, 2), proposed_by=by,
        proposed_at=AT, **mine,
    )  # fmt: skip
    proposal = Proposal.objects.create(
        claim=claim, kind="cash", amount=Decimal("1.00"), dated=DAY, key=f"matrix-{village}",
        facts={"basis": word("basis")}, proposed_by=by, proposed_at=AT, **mine,
    )  # fmt: skip
    case = MediationCase.objects.create(
        number=word("case"), room=word("room"), mediator=word("mediator"), opened_on=DAY,
        opened_by=by, opened_at=AT, **mine,
    )  # fmt: skip
    CaseClaim.objects.create(case=case, claim=claim, **mine)
    pursuit = Pursuit.objects.create(
        claim=claim, kind="order", court=word("court"), opened_by=by, opened_at=AT, **mine
    )
    Milestone.objects.create(
        pursuit=pursuit, name="filed", dated=DAY, recorded_by=by, recorded_at=AT, **mine
    )
    clue = Clue.objects.create(
        claim=claim, number=word("clue"), facts=seal(word("facts"), lambda _: "（加密）"),
        handed_to=word("office"),
        handed_on=DAY, handed_by=by, handed_at=AT, **mine,
    )  # fmt: skip
    answered, letter = (_letter(claim, word("cause"), by) for _ in range(2))
    reply = Reply.objects.create(
        claim=claim, letter=answered, answer="denied", reason=word("reason"), via="qr",
        signed_as=word("signed"), received_at=AT, dated=DAY, **mine,
    )  # fmt: skip
    return {
        "proposal": proposal.pk,
        "package": package.pk,
        "mediation": case.pk,
        "pursuit": pursuit.pk,
        "clue": clue.pk,
        "reply": reply.pk,
        "claim-letter": letter.pk,
        "claim-token": letter.token,
    }


def _letter(claim: Any, cause: str, by: Person) -> Any:
    values = {
        "claim_number": claim.number, "cause": cause, "owed": Decimal("1.00"), "as_of": DAY,
        "reply_by": DAY,
        "items": [{"number": claim.number, "cause": cause, "formed_on": DAY,
                   "principal": Decimal("1.00"), "paid": Decimal("0.00"),
                   "owed": Decimal("1.00")}],
    }  # fmt: skip
    return write(RECONCILIATION, values, on=key(claim), village=claim.village, by=by, now=AT)
