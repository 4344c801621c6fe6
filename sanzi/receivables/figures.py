"""A claim's part in the figures (domain/clean-up.md 2.6): a locked base and what moved after it.

清收率 = 清收 ÷ 锁定债权. Whether sealed claims enter the numerator or leave the denominator is
stated nowhere; here they do neither (the default policy), and the catalogue shows the other two.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sanzi.dispositions.balances import is_in_base, opening_of
from sanzi.kernel.money import to_fen
from sanzi.metrics.share import Contribution


@dataclass(frozen=True)
class Answered:
    """What became of a claim's letters: when replies came in, when each was first served."""

    replied_on: tuple[date, ...] = ()
    served_on: tuple[date, ...] = ()


NOTHING = Answered()
NOTICE = "下函对账"
MEDIATION = "诉前调解"
SEALED = "receivables.sealed"
UNCLASSIFIED = "receivables.unclassified"

# Which line of the report each way of clearing a claim belongs to; any other is 未分项.
KINDS: dict[str, str] = {
    "专人清收": "receivables.cash",
    "现金偿还": "receivables.cash",
    "收取费用": "receivables.cash",
    "打包封存": SEALED,
    "账务调整": "receivables.adjusted",
    "剔除水分": "receivables.adjusted",
    "冲转": "receivables.set_off",
    "抵顶": "receivables.set_off",
    "资产抵债": "receivables.set_off",
    "冲销": "receivables.written_off",
    "核销": "receivables.written_off",
    "减免": "receivables.written_off",
    "减息": "receivables.written_off",
    MEDIATION: "receivables.mediated",
    "依法追缴": "receivables.litigated",
    "司法诉讼": "receivables.litigated",
}


# A reconciliation letter by its serial number: region, year, series, number.
_RECONCILIATION = "-DZ-"


def claim_shares(
    claim: Mapping[str, Any],
    movements: Iterable[Mapping[str, Any]],
    base_on: date | None,
    answered: Answered = NOTHING,
) -> list[Contribution]:
    """What one claim adds to each figure, and from which day.

    `movements`: the dispositions of this claim (`dated`, `method`, `amount` in yuan or None).
    Those on or before `base_on` are already in its balance. A claim formed after the base is on
    record, but neither it nor what was collected on it belongs to the rate. `answered`: the days
    replies came in, and letters were first served.
    """
    formed_on = claim.get("formed_on") or date.min
    shares = [Contribution("receivables.count", formed_on, 1)]
    acts = sorted(movements, key=lambda act: act["dated"])
    if is_in_base(claim.get("formed_on"), base_on):
        if locked := to_fen(opening_of(claim, "received_amount")):
            shares.append(Contribution("receivables.locked", formed_on, locked))
        shares += _moved(act for act in acts if base_on is None or act["dated"] > base_on)
    shares += _letters(acts)
    shares += [Contribution("receivables.replies", on, 1) for on in answered.replied_on]
    shares += [Contribution("receivables.served", on, 1) for on in answered.served_on]
    return shares


def _moved(acts: Iterable[Mapping[str, Any]]) -> Iterator[Contribution]:
    for act in acts:
        if act["method"] == NOTICE or not act.get("amount"):
            continue
        kind, fen = KINDS.get(act["method"], UNCLASSIFIED), to_fen(act["amount"])
        yield Contribution(kind, act["dated"], fen)
        if kind != SEALED:
            yield Contribution("receivables.recovered", act["dated"], fen)


def _letters(acts: Iterable[Mapping[str, Any]]) -> Iterator[Contribution]:
    """Work done rather than money moved, so counted whatever the base: letters, mediated claims.

    What was taken back (`reverses_id`) counts off again from that day.
    """
    mediations = 0
    for act in acts:
        step = -1 if act.get("reverses_id") else 1
        if act["method"] == NOTICE:
            yield Contribution("receivables.notices", act["dated"], step)
            if _RECONCILIATION in (act.get("document_number") or ""):
                yield Contribution("receivables.reconciliations", act["dated"], step)
        if act["method"] == MEDIATION:
            mediations += step
            if mediations == (1 if step > 0 else 0):
                yield Contribution("receivables.mediated_claims", act["dated"], step)
