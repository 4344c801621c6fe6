"""A contract's part in the figures (domain/clean-up.md 1.4).

规范率 = (完善修订 + 解除撤销 + 司法诉讼) ÷ 不规范合同; a case filed in court already counts.
提级处置 is a route, not a result, so it is counted apart and never settles a contract.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sanzi.contracts.terms import Terms
from sanzi.kernel.calendar import years_after
from sanzi.kernel.money import to_fen
from sanzi.metrics.share import Contribution

from .rules import Finding

OUTCOMES: dict[str, str] = {
    "完善修订": "contracts.revised",
    "解除撤销": "contracts.terminated",
    "司法诉讼": "contracts.litigated",
}
ROUTE = "提级处置"


def contract_shares(
    terms: Terms, findings: Iterable[Finding], remedies: Iterable[Mapping[str, Any]]
) -> list[Contribution]:
    """What one contract adds to each figure, and from which day.

    `findings`: those no person has overruled. `remedies`: the dispositions of this contract
    (`dated`, `method`), in the order they were entered; later entries of a day win. A household
    contract is on record but never part of the clean-up.
    """
    own = terms.made_on or date.min
    shares = [Contribution("contracts.total", own, 1)]
    if terms.is_household:
        return shares
    if is_large(terms):
        shares.append(Contribution("contracts.large", own, 1))
    taken = [act for act in remedies if act["method"] in OUTCOMES or act["method"] == ROUTE]
    begins = [finding.since or own for finding in findings] + [act["dated"] for act in taken]
    if begins:
        shares.append(Contribution("contracts.irregular", max(own, min(begins)), 1))
    routed = [act["dated"] for act in taken if act["method"] == ROUTE]
    if routed:
        shares.append(Contribution("contracts.escalated", max(own, min(routed)), 1))
    shares += _outcomes(own, [act for act in taken if act["method"] in OUTCOMES])
    return shares


def _outcomes(own: date, acts: Sequence[Mapping[str, Any]]) -> Iterator[Contribution]:
    """One outcome at a time: each later one takes the earlier back on its own day.

    An act that takes another back (`reverses_id`: the case was opened again) leaves no outcome.
    """
    by_day: dict[date, str | None] = {}
    for act in sorted(acts, key=lambda act: act["dated"]):
        taken_back = act.get("reverses_id") is not None
        by_day[max(own, act["dated"])] = None if taken_back else OUTCOMES[act["method"]]
    standing = None
    for on, outcome in by_day.items():
        if outcome == standing:
            continue
        if standing is not None:
            yield Contribution(standing, on, -1)
        if outcome is not None:
            yield Contribution(outcome, on, 1)
        standing = outcome


def is_large(terms: Terms) -> bool:
    """Whether it is worth the policy's amount: its total, else the rent of its whole years."""
    total = terms.total_amount
    if total is None:
        total = (terms.yearly_amount or Decimal(0)) * _whole_years(terms.runs_from, terms.ends_on)
    return to_fen(total) >= terms.policy.large_fen


def _whole_years(starts_on: date | None, ends_on: date | None) -> int:
    if starts_on is None or ends_on is None or ends_on <= starts_on:
        return 0
    # 9999-12-31 is how some offices write "without end": no number of years.
    if ends_on == date.max:
        return 0
    stop = ends_on + timedelta(days=1)
    years = stop.year - starts_on.year
    return years - 1 if years_after(starts_on, years) > stop else years
