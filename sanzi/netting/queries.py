"""The open claims and debts of a region as items of netting, and what each may do."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q

from sanzi.access.models import Person
from sanzi.accounting.models import Voucher
from sanzi.debts.models import Debt, Resolving
from sanzi.debts.stages import OPEN as OPEN_STEPS
from sanzi.dispositions.models import Disposition
from sanzi.journal.recorder import key
from sanzi.kernel.money import ZERO
from sanzi.letters.models import Letter
from sanzi.orgs.models import Collective
from sanzi.orgs.tree import names_of
from sanzi.parties.models import Party
from sanzi.receivables.casework import CaseClaim, Pursuit, Reply
from sanzi.receivables.casework import Proposal as ClaimStep
from sanzi.receivables.models import Claim
from sanzi.store.sealed import keyed_hash

from .frozen import SOURCE, Scope
from .models import Circle, Consent, Obligation, PrivateDebt, Proposal, Settlement
from .qualifying import CLAIM, DEBT, PRIVATE, VILLAGE, Item, obligations, reasons

# What the register calls a claim the debtor has acknowledged.
_ACKNOWLEDGED = ("签收对账", "部分还款", "还款计划")


def scope_of(person: Person, region: str, as_of: date, *, with_unconfirmed: bool = False) -> Scope:
    """The obligations among parties of a region; some ten queries whatever its size."""
    claims = list(Claim.objects.visible_to(person).within(region).filter(left__gt=0).order_by("pk"))
    debts = list(Debt.objects.visible_to(person).within(region).filter(left__gt=0).order_by("pk"))
    private = list(
        PrivateDebt.objects.visible_to(person).within(region).filter(left__gt=0).order_by("pk")
    )
    known = _Known(person, region, claims + debts)
    items = [known.claim(row) for row in claims] + [known.debt(row) for row in debts]
    items += [known.private(row) for row in private]
    fit, out = [], []
    for one in items:
        why = reasons(one, as_of, with_unconfirmed=with_unconfirmed)
        if why:
            out.append((one, why))
        else:
            fit.append(one)
    pairs, alone = obligations(fit)
    found = Scope(pairs, out + [(one, [why]) for one, why in alone])
    kinds = ((CLAIM, claims), (DEBT, debts), (PRIVATE, private))
    found.rows = {(kind, row.pk): row for kind, rows in kinds for row in rows}
    found.names, found.kinds = known.names, known.kinds
    found.place = known.own.get(region, region)
    return found


class _Known:
    """What the items of a region are asked about, read once."""

    def __init__(self, person: Person, region: str, rows: list[Any]) -> None:
        self.villages = self._villages(region)
        self.own = names_of({region, *(row.village for row in rows)})
        self.names: dict[str, str] = {}
        self.kinds: dict[str, str] = {}
        self.parties = self._parties(rows)
        self.waits: dict[tuple[str, int], list[str]] = {}
        self._note(CLAIM, _ids(Pursuit, person, region, is_live=True), "正在法院诉讼或执行")
        self._note(CLAIM, _ids(CaseClaim, person, region, is_live=True), "正在诉前调解")
        self._note(CLAIM, _ids(ClaimStep, person, region, stage__in=ClaimStep.OPEN), "有清收单在办")
        steps = Resolving.objects.visible_to(person).within(region).filter(stage__in=OPEN_STEPS)
        for debt, claim in steps.values_list("debt", "claim"):
            self._note(DEBT, [debt], "有化解办理在办")
            self._note(CLAIM, [claim] if claim else [], "正用于化解债务")
        agreed = {"stage": "confirmed", "answer__in": ("accepted", "partly", "instalments")}
        self.confirmed = set(_ids(Reply, person, region, **agreed))

    def _villages(self, region: str) -> dict[str, str]:
        """Whoever turns out to be a village's collective: keyed hash or name → its key."""
        living = Collective.objects.filter(valid_to=None, region__code__startswith=region)
        found: dict[str, str] = {}
        for code, number, name in living.values_list("region__code", "credit_code", "name"):
            found[name] = VILLAGE + code
            if number:
                found[keyed_hash(number)] = VILLAGE + code
        return found

    def _parties(self, rows: list[Any]) -> dict[int, str]:
        wanted = {row.party_id for row in rows if row.party_id}
        found = {}
        for party in Party.objects.filter(pk__in=wanted):
            village = self.villages.get(party.identity_hash or party.name)
            found[party.pk] = village or f"party:{party.pk}"
        return found

    def _note(self, kind: str, ids: Iterable[int], word: str) -> None:
        for pk in ids:
            self.waits.setdefault((kind, pk), []).append(word)

    def _other(self, row: Any, name: str, kind: str) -> str:
        mine = VILLAGE + row.village
        self.names.setdefault(mine, self.own.get(row.village, row.village))
        key = self.parties.get(row.party_id, "")
        if key and not key.startswith(VILLAGE):
            self.names.setdefault(key, name)
            self.kinds.setdefault(key, kind)
        return key

    def claim(self, row: Any) -> Item:
        return Item(
            kind=CLAIM, pk=row.pk, village=row.village, number=row.number, name=row.debtor,
            other=self._other(row, row.debtor, row.debtor_kind or ""), left=row.left,
            due_on=row.due_on, formed_on=row.formed_on, put_aside=row.put_aside or ZERO,
            is_confirmed=row.pk in self.confirmed or row.claimed_by in _ACKNOWLEDGED,
            is_off_books=row.book == "账外", nature=row.nature or "", words=row.cause or "",
            status=row.debtor_status or "", waits=tuple(self.waits.get((CLAIM, row.pk), ())),
        )  # fmt: skip

    def debt(self, row: Any) -> Item:
        return Item(
            kind=DEBT, pk=row.pk, village=row.village, number=row.number, name=row.creditor,
            other=self._other(row, row.creditor, row.creditor_kind or ""), left=row.left,
            due_on=row.due_on, formed_on=row.formed_on, is_confirmed=row.evidence == "有",
            nature=row.kind or "", words=f"{row.purpose or ''} {row.cause or ''}",
            security=row.security or "", waits=tuple(self.waits.get((DEBT, row.pk), ())),
        )  # fmt: skip

    def private(self, row: PrivateDebt) -> Item:
        """A debt between two parties that are no villages; neither side is asked for by name."""
        debtor, creditor = f"party:{row.debtor_party_id}", f"party:{row.creditor_party_id}"
        self.names.setdefault(debtor, row.debtor)
        self.names.setdefault(creditor, row.creditor)
        self.kinds.setdefault(creditor, row.creditor_kind)
        told: dict[str, Any] = {"left": row.left}
        return Item(
            kind=PRIVATE, pk=row.pk, village=row.village, number=row.number, debtor=debtor,
            other=creditor, name=f"{row.debtor}欠{row.creditor}", due_on=row.due_on,
            formed_on=row.formed_on, is_confirmed=row.stage == PrivateDebt.Stage.CONFIRMED,
            words=row.words, **told,
        )  # fmt: skip


def _ids(model: Any, person: Person, region: str, **told: Any) -> list[int]:
    found = model.objects.visible_to(person).within(region).filter(**told)
    return list(found.values_list("claim", flat=True))


def consents_of(proposal: Proposal) -> list[Consent]:
    """Whoever was ever asked, in order; the caller has been scoped to the proposal."""
    found = Consent.objects.filter(proposal=proposal).select_related(
        "slip", "recorded_by", "proposal"
    )
    return list(found.order_by("pk"))


def asked_of(proposal: Proposal) -> list[Consent]:
    """Those whose word the present plan needs."""
    return [one for one in consents_of(proposal) if one.is_asked]


def part_of(consent: Consent) -> list[dict[str, Any]]:
    """The obligations one party would owe or be owed less; the caller was scoped to the consent."""
    member = consent.member
    rows = Obligation.objects.filter(
        Q(debtor=member) | Q(creditor=member), proposal=consent.proposal_id, cancelled__gt=0
    )
    return [
        {
            "role": "应付" if row.debtor == member else "应收",
            "other": row.creditor_name if row.debtor == member else row.debtor_name,
            "row": row,
        }
        for row in rows.order_by("pk")
    ]


def nettings_of(debt: PrivateDebt, person: Person) -> list[Proposal]:
    """The proposals a private debt takes part in, as far as this person may know of them."""
    rows = Obligation.objects.visible_to(person).filter(private=debt).select_related("proposal")
    return [row.proposal for row in rows.order_by("pk")]


def is_collective(name: str, number: str) -> bool:
    """Whether a name or a credit code is that of a village's collective."""
    ours = Collective.objects.filter(valid_to=None)
    return ours.filter(Q(name=name) | Q(credit_code=number or "-")).exists()


def told_already(debt: PrivateDebt) -> bool:
    """Whether the same debt stands in the county already, perhaps told by the other side."""
    same = PrivateDebt.objects.within(debt.village[:6]).filter(
        debtor_party=debt.debtor_party, creditor_party=debt.creditor_party, amount=debt.amount,
        formed_on=debt.formed_on,
    )  # fmt: skip
    return same.filter(stage__in=("declared", "confirmed")).exists()


def circles_of(proposal: Proposal) -> list[Circle]:
    """The circles, the most relieved first."""
    return list(Circle.objects.filter(proposal=proposal).order_by("ordinal"))


def settlement_of(proposal: Proposal) -> Settlement | None:
    """What settled a proposal, if anything did."""
    return Settlement.objects.filter(proposal=proposal).first()


def source_of(done: Settlement) -> str:
    """The name a settlement bears in books and movements, once and for all."""
    return f"{SOURCE}:{done.pk}"


def vouchers_of(done: Settlement) -> list[Voucher]:
    """Its vouchers and their red letters, of all villages."""
    found = Voucher.objects.filter(source__startswith=f"{source_of(done)}/")
    return list(found.select_related("book").order_by("pk"))


def acts_of(done: Settlement) -> dict[str, Disposition]:
    """Its movements by their source."""
    found = Disposition.objects.filter(source__startswith=f"{source_of(done)}/")
    return {act.source: act for act in found.order_by("pk")}


def standing_letters(proposal: Proposal) -> list[Letter]:
    """Slips, agreements and summary that have not ended."""
    return list(Letter.objects.filter(on=key(proposal), ending=None).order_by("pk"))
