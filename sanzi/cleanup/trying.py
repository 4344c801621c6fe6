"""A dry run: what a threshold would find in the contracts on record, before anybody is judged."""

from datetime import date
from typing import Any

from sanzi.contracts.models import Contract
from sanzi.contracts.terms import DEFAULT_POLICY

from .figures import is_large
from .keeping import Inspected, inspect_towns
from .policies import policies_of
from .thresholds import SETTING_OF, policy_with

# So many contracts are listed; the count is always of all.
LISTED_MAX = 200


def try_out(region: str, name: str, value: str, on: date) -> dict[str, Any]:
    """What changes if the threshold went live: counts, and the contracts gained and lost.

    Reads each town's contracts twice, judged by the thresholds in force and by the new one.
    """
    rows = Contract.objects.filter(town__startswith=region)
    towns = sorted(rows.order_by().values_list("town", flat=True).distinct())
    seen = 0
    before: set[int] = set()
    after: set[int] = set()
    words: dict[int, str] = {}
    for town in towns:
        now = policies_of([town]).get(town, DEFAULT_POLICY)
        then = policy_with(now, {name: value})
        for policy, fired in ((now, before), (then, after)):
            inspected = inspect_towns([town], {town: policy})
            fired |= {one.contract_id for one in inspected if _fires(one, name, on)}
            words |= {one.contract_id: f"{one.village} {one.number}" for one in inspected}
        seen += len(inspected)
    gained, lost = sorted(after - before), sorted(before - after)
    return {
        "on": on.isoformat(),
        "contracts": seen,
        "before": len(before),
        "after": len(after),
        "gained": len(gained),
        "lost": len(lost),
        "listed": [[pk, words[pk], "新增"] for pk in gained[:LISTED_MAX]]
        + [[pk, words[pk], "不再"] for pk in lost[:LISTED_MAX]],
    }


def _fires(one: Inspected, name: str, on: date) -> bool:
    """Whether the rules this threshold decides find anything with the contract that day."""
    setting = SETTING_OF[name]
    if not setting.rules:
        return is_large(one.terms)
    return any(
        found.rule in setting.rules and (found.since is None or found.since <= on)
        for found in one.findings
    )
