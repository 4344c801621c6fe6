"""What a contract says by now, for its page: amendments, end, filing, effect, advice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils.safestring import SafeString

from sanzi.access.models import Person
from sanzi.contracts.drawing import Mark, Stretch, timeline_of_terms
from sanzi.contracts.figures import PLANNED, RECEIVED, SIGNED, YEARLY, yearly_price
from sanzi.contracts.keeping import REGISTER
from sanzi.contracts.models import Amendment, Arrear, Carried, Contract, Ending, Filing
from sanzi.contracts.queries import amendments_of, ending_of, filing_of, signed_terms
from sanzi.contracts.renewal import Advice, Renewed, advice, is_suspicious, signs_of_pretence
from sanzi.contracts.wording import Altered, altered, fold
from sanzi.kernel.money import ZERO, from_fen, grouped
from sanzi.metrics.rows import sums_of


@dataclass(frozen=True)
class Agreement:
    """One amendment as the page tells it: what it altered, and what speaks against a renewal."""

    amendment: Amendment
    altered: Sequence[Altered]
    carried: Sequence[Carried]
    signs: Sequence[str]
    is_suspicious: bool


@dataclass(frozen=True)
class Effect:
    """Before and after, and the three sums that never mix (yuan)."""

    rows: Sequence[tuple[str, str, str]]
    planned: Decimal
    signed: Decimal
    yearly: Decimal
    received: Decimal
    claimed: Decimal

    @property
    def is_any(self) -> bool:
        return any((self.planned, self.signed, self.yearly, self.received, self.claimed))


@dataclass(frozen=True)
class Terms:
    """What was agreed, what ended it, what it brought; the ways to change it this person has."""

    agreements: Sequence[Agreement]
    filing: Filing | None
    ending: Ending | None
    effect: Effect
    advice: Sequence[Advice]
    drawing: SafeString
    may: Mapping[str, bool]


def terms_of(contract: Contract, person: Person, today: date) -> Terms:
    """The terms of one contract as of today; six queries. The contract has been scoped."""
    agreed, ending = amendments_of(contract), ending_of(contract)
    latest = fold(signed_terms(contract), [one.changes for one in agreed])
    return Terms(
        agreements=_agreements(contract, agreed),
        filing=filing_of(contract),
        ending=ending,
        effect=_effect(contract, latest, today),
        advice=[] if ending else advice(latest, today),
        drawing=_drawing(contract, agreed, ending, today),
        may={
            "keep": person.can("contracts.keep"),
            "amend": person.can("contracts.amend"),
            "file": person.can("contracts.file"),
        },
    )


def _agreements(contract: Contract, agreed: Sequence[Amendment]) -> list[Agreement]:
    terms, found = signed_terms(contract), []
    carried = list(Carried.objects.filter(amendment__in=agreed)) if agreed else []
    for one in agreed:
        after = fold(terms, [one.changes])
        recorded_on = one.recorded_at.date()
        renewed = Renewed(terms, after, one.signed_on, one.effective_on, recorded_on)
        is_renewal = one.kind == Amendment.Kind.RENEWAL
        found.append(
            Agreement(
                one,
                altered(one.changes),
                [c for c in carried if c.amendment_id == one.pk],
                signs_of_pretence(renewed) if is_renewal else (),
                is_renewal and is_suspicious(renewed),
            )
        )
        terms = after
    return found


def _effect(contract: Contract, latest: Mapping[str, Any], today: date) -> Effect:
    sums = sums_of(REGISTER, [contract.pk], today).get(contract.pk, {})
    before = signed_terms(contract)
    rows = [
        ("年价款（元）", _yuan(yearly_price(before)), _yuan(yearly_price(latest))),
        ("面积（亩）", _said(before["contract_area_mu"]), _said(latest["contract_area_mu"])),
        ("终止日期", _said(before["ends_on"]), _said(latest["ends_on"])),
    ]
    return Effect(
        rows=rows,
        planned=from_fen(sums.get(PLANNED, 0)),
        signed=from_fen(sums.get(SIGNED, 0)),
        yearly=from_fen(sums.get(YEARLY, 0)),
        received=from_fen(sums.get(RECEIVED, 0)),
        claimed=_claimed(contract),
    )


def _claimed(contract: Contract) -> Decimal:
    """What of its dues became claims, in yuan: from then on it is collected there."""
    gone = Arrear.objects.filter(due__contract=contract, due__withdrawn_at=None)
    return gone.aggregate(sum=Sum("amount"))["sum"] or ZERO


def _yuan(amount: Decimal | None) -> str:
    return "—" if amount is None else grouped(amount)


def _said(value: Any) -> str:
    return "—" if value is None or value == "" else str(value)


def _drawing(
    contract: Any, agreed: Sequence[Amendment], ending: Ending | None, today: date
) -> SafeString:
    terms = signed_terms(contract)
    first = terms["starts_on"] or terms["signed_on"]
    stretches = []
    if first:
        stretches.append(Stretch("原合同", first, terms["ends_on"], _worth(terms)))
    for one in agreed:
        terms = fold(terms, [one.changes])
        stretches.append(Stretch(str(one), one.effective_on, terms["ends_on"], _worth(terms)))
    marks = [Mark(ending.ended_on, ending.get_kind_display())] if ending else []
    return timeline_of_terms(stretches, marks, today)


def _worth(terms: Mapping[str, Any]) -> str:
    yearly = yearly_price(terms)
    return "" if yearly is None else f"每年 {grouped(yearly)} 元"
