"""A proposal brought up to date inside an action: frozen, computed, asked anew."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.db.models import Q

from sanzi.access.models import Person
from sanzi.kernel.money import ZERO, from_fen
from sanzi.kernel.refusals import Invalid
from sanzi.letters.writing import end

from .frozen import Scope, last_netting, last_private_netting, owed_of
from .models import Circle, Consent, Obligation, Proposal
from .qualifying import CLAIM, DEBT, PRIVATE, VILLAGE
from .solving import solve
from .stages import ASKING, Stage
from .writing import write_slips


def freeze(proposal: Proposal, scope: Scope) -> None:
    """Write down the obligations that take part, with their amounts. Raises Invalid without any."""
    if not scope.pairs:
        raise Invalid("netting.nothing", "这个范围内没有符合条件的债权债务，请先对账确认")
    after = {
        CLAIM: last_netting("债权", _things(scope, CLAIM)),
        DEBT: last_netting("债务", _things(scope, DEBT)),
        PRIVATE: last_private_netting(_things(scope, PRIVATE)),
    }
    made = []
    for pair in scope.pairs:
        rows = {one.kind: one for one in pair.items}
        keys = {kind: rows[kind].pk if kind in rows else None for kind in after}
        money: dict[str, Any] = {"amount": pair.left}
        one = Obligation(
            village=proposal.village, proposal=proposal, debtor=pair.debtor, creditor=pair.creditor,
            debtor_name=scope.names[pair.debtor], creditor_name=scope.names[pair.creditor],
            creditor_kind=scope.kinds.get(pair.creditor, ""), **money,
            claim_id=keys[CLAIM], debt_id=keys[DEBT], private_id=keys[PRIVATE],
            age=pair.items[0].age(proposal.as_of),
            claim_after=after[CLAIM].get(keys[CLAIM] or 0, 0),
            debt_after=after[DEBT].get(keys[DEBT] or 0, 0),
            private_after=after[PRIVATE].get(keys[PRIVATE] or 0, 0),
        )  # fmt: skip
        one.place()
        made.append(one)
    Obligation.objects.bulk_create(made, batch_size=500)


def _things(scope: Scope, kind: str) -> list[Any]:
    return [
        scope.rows[kind, one.pk] for pair in scope.pairs for one in pair.items if one.kind == kind
    ]


def compute(proposal: Proposal, now: datetime) -> Decimal:
    """Solve again without those who refused or were left out; what is no longer cancelled, in yuan.

    Writes obligations, circles, the proposal's sums and what each party is asked.
    """
    before = proposal.cancelled
    rows = list(obligations_of(proposal))
    gone = Consent.objects.filter(Q(answer="no") | Q(is_left_out=True), proposal=proposal)
    solved = solve(
        owed_of(rows), prefer=proposal.prefer, longest=proposal.longest,
        signers=proposal.signers_max, without=set(gone.values_list("member", flat=True)),
    )  # fmt: skip
    names: dict[str, str] = {}
    for row, fen in zip(rows, solved.cancelled, strict=True):
        row.cancelled = from_fen(fen)
        names[row.debtor], names[row.creditor] = row.debtor_name, row.creditor_name
    Obligation.objects.bulk_update(rows, ["cancelled"], batch_size=500)
    _put_circles(proposal, solved.circles, names)
    proposal.cancelled = from_fen(solved.total)
    proposal.optimum, proposal.bound = from_fen(solved.optimum), from_fen(solved.bound)
    proposal.owed = sum((row.amount for row in rows), ZERO)
    proposal.save()
    _put_consents(proposal, rows, names, now)
    return before - proposal.cancelled


def obligations_of(proposal: Proposal) -> Any:
    """The frozen obligations of a proposal in their order; the caller has been scoped."""
    found = Obligation.objects.filter(proposal=proposal).select_related("claim", "debt", "private")
    return found.order_by("pk")


def _put_circles(proposal: Proposal, circles: Sequence[Any], names: dict[str, str]) -> None:
    Circle.objects.filter(proposal=proposal).delete()
    made = []
    for at, (fen, members) in enumerate(circles, start=1):
        money: dict[str, Any] = {"amount": from_fen(fen)}
        one = Circle(
            village=proposal.village, proposal=proposal, ordinal=at, members=list(members),
            names=[names[key] for key in members], **money,
        )  # fmt: skip
        one.place()
        made.append(one)
    Circle.objects.bulk_create(made, batch_size=500)


def parts_of(rows: Sequence[Obligation]) -> dict[str, list[Obligation]]:
    """The obligations that are lowered, by each party that must agree to it."""
    found: dict[str, list[Obligation]] = {}
    for row in rows:
        if row.cancelled:
            found.setdefault(row.debtor, []).append(row)
            found.setdefault(row.creditor, []).append(row)
    return found


def _put_consents(
    proposal: Proposal, rows: Sequence[Obligation], names: dict[str, str], now: datetime
) -> None:
    """Who is asked for what. A word given to something else no longer counts."""
    parts = parts_of(rows)
    held = {one.member: one for one in Consent.objects.filter(proposal=proposal)}
    for member in sorted({*parts, *held}):
        mine = parts.get(member, [])
        one = held.get(member) or Consent(
            village=_home_of(member, mine), proposal=proposal, member=member, name=names[member]
        )
        digest = _digest(mine)
        if digest != one.digest and one.answer == Consent.Answer.YES:
            one.answer, one.way, one.signed_as, one.answered_at = "", "", "", None
        one.digest = digest
        amount = sum((row.cancelled for row in mine if row.debtor == member), ZERO)
        if amount > one.most:
            one.most, one.risen_at = amount, now
        one.amount = amount
        one.save()


def _home_of(member: str, rows: Sequence[Obligation]) -> str:
    """The village that answers for a party: itself, or where the first of its debts stands."""
    if member.startswith(VILLAGE):
        return member.removeprefix(VILLAGE)
    things = (row.claim or row.debt or row.private for row in rows)
    return next(thing.village for thing in things if thing is not None)


def _digest(rows: Sequence[Obligation]) -> str:
    told = ";".join(f"{row.pk}:{row.cancelled}" for row in sorted(rows, key=lambda r: r.pk))
    return sha256(told.encode()).hexdigest() if told else ""


def ask(proposal: Proposal, *, by: Person | None, now: datetime) -> None:
    """A slip for whoever is asked something new; slips that no longer hold end."""
    rows = parts_of(list(obligations_of(proposal)))
    writer = by or proposal.made_by
    fresh = []
    for one in Consent.objects.filter(proposal=proposal).select_related("slip").order_by("pk"):
        asked = one.slip is not None and one.slip.told().get("digest") == one.digest[:16]
        if one.is_asked and not asked:
            fresh.append(one)
        elif not one.is_asked and one.slip is not None and one.slip.ended is None:
            end(one.slip, reason="方案重算后不再涉及", by=writer, now=now)
    for one, slip in zip(
        fresh, write_slips(proposal, fresh, rows, by=writer, now=now), strict=True
    ):
        one.slip = slip
        one.save(update_fields=["slip"])


def settle_stage(proposal: Proposal) -> None:
    """Agreed once everybody the plan needs has agreed; asking again otherwise."""
    if proposal.stage not in ASKING:
        return
    waits = Consent.objects.filter(proposal=proposal, amount__gt=0).exclude(answer="yes").exists()
    agreed = bool(proposal.cancelled) and not waits
    proposal.stage = Stage.AGREED if agreed else Stage.SENT
    proposal.save(update_fields=["stage"])
