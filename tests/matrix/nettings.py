"""A proposal to net the debts of each village, one party of it asked by a slip of its own."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sanzi.access.system import system_person
from sanzi.netting.models import Circle, Consent, Obligation, PrivateDebt, Proposal
from sanzi.netting.writing import write_confirmation, write_slips
from sanzi.parties.models import Party
from sanzi.receivables.models import Claim

from .rows import canary

AT = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
KINDS = ("netting", "netting-consent", "netting-token", "netting-debt", "netting-debt-token")
ONE = Decimal("1.00")


def keep_nettings(villages: Iterable[str]) -> dict[str, dict[str, Any]]:
    """One of each kind for each village: {kind: {village: key}}."""
    by = system_person("system_import")
    found: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
    for village in villages:
        for kind, value in zip(KINDS, _made(village, by), strict=True):
            found[kind][village] = value
    return found


def _made(village: str, by: Any) -> tuple[Any, ...]:
    claim: Any = Claim.objects.filter(village=village).order_by("pk")[0]
    mine: dict[str, Any] = {"village": village}
    proposal = Proposal.objects.create(
        title=f"冲转{canary(village, 'net')}", as_of=date(2026, 3, 2), stage="sent", owed=ONE,
        cancelled=ONE, optimum=ONE, bound=ONE, key=f"matrix-{village}", made_by=by, made_at=AT,
        **mine,
    )  # fmt: skip
    debtor, home = f"party:{claim.party_id}", f"village:{village}"
    row = Obligation.objects.create(
        proposal=proposal, debtor=debtor, creditor=home, debtor_name=claim.debtor,
        creditor_name="本村", claim=claim, amount=ONE, cancelled=ONE, **mine,
    )  # fmt: skip
    Circle.objects.create(
        proposal=proposal, ordinal=1, amount=ONE, members=[debtor, home],
        names=[claim.debtor, "本村"], **mine,
    )  # fmt: skip
    consent = Consent.objects.create(
        proposal=proposal, member=debtor, name=claim.debtor, amount=ONE, digest="x", **mine
    )
    (slip,) = write_slips(proposal, [consent], {debtor: [row]}, by=by, now=AT)
    consent.slip = slip
    consent.save()
    debt = _declared(village, claim.party, by)
    return proposal.pk, consent.pk, slip.token, debt.pk, debt.asked.token


def _declared(village: str, party: Any, by: Any) -> PrivateDebt:
    """A private debt that waits for the word of the other side."""
    names = {side: canary(village, side) for side in ("debtor", "creditor")}
    money: dict[str, Any] = {"amount": ONE, "left": ONE}
    other = Party.objects.create(name=names["creditor"], home=village)
    debt = PrivateDebt.objects.create(
        village=village, debtor=names["debtor"], debtor_kind="农户", debtor_party=party,
        creditor=names["creditor"], creditor_kind="个人", creditor_party=other,
        formed_on=date(2025, 1, 1), words="工钱", evidence="欠条", told_by="creditor",
        number=f"QK-{village}", key=f"matrix-{village}", declared_by=by, declared_at=AT, **money,
    )  # fmt: skip
    debt.asked = write_confirmation(debt, by=by, now=AT)
    debt.save()
    return debt
