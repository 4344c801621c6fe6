"""What a contract's papers say, filled from the contract, its amendments and its dues."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sanzi.kernel.money import ZERO

from .figures import yearly_price
from .models import Amendment, Carried, Due
from .planning import plan_of, rule_of
from .queries import terms_on
from .schedule import RHYTHMS, instalments, total_of
from .standing import standings
from .wording import altered, fold

# Days given where nobody says otherwise: examples, not law.
VACATE_DAYS, SETTLE_DAYS, REPLY_DAYS = 30, 15, 15
DUES_LISTED = 60


def values_for(code: str, contract: Any, on: date, amendment: Amendment | None) -> dict[str, Any]:
    """The values of a form that come from the contract itself, as of a day; the rest is asked.

    `amendment`: the one a supplement or a contract signed anew is about.
    """
    terms = terms_on(contract, on)
    if amendment is not None:
        terms = fold(terms, [amendment.changes])
    values: dict[str, Any] = {
        "contract_number": contract.number,
        "contract_title": contract.title,
        "contractor": terms["contractor"],
        "signed_on": contract.signed_on or contract.starts_on,
    }
    return values | _MORE[code](contract, terms, on, amendment)


def _who(contract: Any) -> dict[str, Any]:
    return {
        "contractor_id": contract.contractor_id.reveal() if contract.contractor_id else "",
        "contractor_phone": contract.contractor_phone.reveal() if contract.contractor_phone else "",
    }


def _what(terms: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "object_number": terms["object_number"],
        "location": terms["location"],
        "boundaries": terms["boundaries"],
        "area": terms["contract_area_mu"],
        "use": terms["agreed_use"],
    }


def _carried(amendment: Amendment | None) -> Any:
    if amendment is None:
        return None
    found = Carried.objects.filter(amendment=amendment).values_list("amount", flat=True)
    return sum(found, ZERO) or None


def _supplement(
    contract: Any, terms: Mapping[str, Any], on: date, amendment: Amendment | None
) -> dict[str, Any]:
    changes = altered(amendment.changes) if amendment else []
    return {
        **_who(contract),
        "basis": amendment.source if amendment else "",
        "effective_on": amendment.effective_on if amendment else None,
        "changes": [
            {"term": one.title, "before": one.before, "after": one.after} for one in changes
        ],
        "yearly": yearly_price(terms) or None,
        "carried": _carried(amendment),
    }


def _resigned(
    contract: Any, terms: Mapping[str, Any], on: date, amendment: Amendment | None
) -> dict[str, Any]:
    rule = getattr(getattr(contract, "schedule", None), "rule", None) or rule_of(terms)
    first = amendment.effective_on if amendment else terms["starts_on"]
    plan = plan_of(terms, rule)
    dues = _planned(contract, amendment) or (instalments(plan) if plan else [])
    return {
        **_who(contract),
        **_what(terms),
        "basis": amendment.source if amendment else "",
        "starts_on": first,
        "ends_on": terms["ends_on"],
        "yearly": yearly_price(terms),
        "total": sum((one.amount for one in dues), ZERO) or (total_of(plan) if plan else None),
        "payment": f"付款方式：{RHYTHMS.get(rule.get('months', 12), '按约定')}。",
        "carried": _carried(amendment),
        "dues": [
            {
                "due_on": one.due_on,
                "period": f"{one.from_on} 至 {one.to_on}",
                "amount": one.amount,
            }
            for one in dues[:DUES_LISTED]
        ],
    }


def _planned(contract: Any, amendment: Amendment | None) -> list[Any]:
    if amendment is None:
        return []
    return list(
        Due.objects.filter(contract=contract, amendment=amendment).live().order_by("due_on")
    )


def _owed(contract: Any, on: date) -> Any:
    mine = Due.objects.filter(contract=contract, due_on__lte=on).live()
    owed = sum((one.owed for one in standings(mine, on)), ZERO)
    return owed or None


def _termination(
    contract: Any, terms: Mapping[str, Any], on: date, amendment: Amendment | None
) -> dict[str, Any]:
    owed = _owed(contract, on)
    return {
        "owed": owed,
        "settle_on": on + timedelta(days=SETTLE_DAYS) if owed else None,
    }


def _vacate(
    contract: Any, terms: Mapping[str, Any], on: date, amendment: Amendment | None
) -> dict[str, Any]:
    ending = getattr(contract, "ending", None)
    return {
        **_what(terms),
        "ended_on": ending.ended_on if ending else terms["ends_on"],
        "vacate_on": on + timedelta(days=VACATE_DAYS),
    }


def _expiry(
    contract: Any, terms: Mapping[str, Any], on: date, amendment: Amendment | None
) -> dict[str, Any]:
    return {
        "ends_on": terms["ends_on"],
        "location": terms["location"],
        "area": terms["contract_area_mu"],
        "owed": _owed(contract, on),
        "reply_on": on + timedelta(days=REPLY_DAYS),
    }


_MORE = {
    "contracts.supplement": _supplement,
    "contracts.resigned": _resigned,
    "contracts.termination": _termination,
    "contracts.vacate": _vacate,
    "contracts.expiry": _expiry,
}
