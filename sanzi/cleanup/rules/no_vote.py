"""P06: was the letting decided by the body, and with the votes, that the law of the day asked for?

Numbers missing from the minutes are not held against a contract; a meeting not recorded is.
Whether a missing vote voids the contract is judged case by case.
"""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from sanzi.contracts.terms import CONSTRUCTION, Terms
from sanzi.resolutions import quorum

from .rule import Evidence, Law, Rule
from .scope import let_by_the_collective
from .statutes import (
    LAND_CONTRACT_LAW,
    civil_code,
    collective_law,
    day_before,
    land_contract_law,
    land_contract_law_2002,
    property_law,
    village_law,
    village_law_1998,
)

# Township approval of outsiders is asked for since 土地管理法（1998年）§15.
APPROVAL_FROM = date(1999, 1, 1)


def check(terms: Terms) -> Evidence | None:
    if terms.made_on is not None and terms.made_on < quorum.JUDGED_FROM:
        return None
    is_outsider = _is_outsider(terms)
    if terms.procedure in (None, "无"):
        reasons = ["没有成员（村民）会议或代表会议的决议记录"]
    else:
        reasons = list(_meeting(terms, terms.procedure))
    if is_outsider and not terms.township_approval and _asks_approval(terms):
        reasons.append("发包给本集体以外的单位或个人，没有乡镇人民政府批准文号")
    if not reasons:
        return None
    return Evidence("；".join(reasons), severity="严重" if is_outsider else None)


# The days on which the law of meetings changes: between two of them the day decides nothing.
_TURNS = sorted(
    {row.valid_from for row in quorum.QUORUMS}
    | {row.valid_to + timedelta(days=1) for row in quorum.QUORUMS if row.valid_to}
    | {quorum.JUDGED_FROM}
)
# Minutes of the same numbers are judged once.
_verdict = lru_cache(maxsize=100_000)(quorum.judge)


def _meeting(terms: Terms, body: str) -> Iterator[str]:
    held_on = terms.met_on or terms.made_on
    if held_on is not None:
        place = bisect_right(_TURNS, held_on)
        verdict = _verdict(
            _matter(terms),
            body,
            _TURNS[place - 1] if place else date.min,
            terms.expected_count,
            terms.present_count,
            terms.approval_count,
        )
        if not verdict.ok:
            law = f"（{verdict.law}）" if verdict.law else ""
            yield from (f"{reason}{law}" for reason in verdict.reasons)
    elif body == "两委会":
        yield f"“{body}”不是法定的决策会议"
    if terms.met_on and terms.signed_on and terms.met_on > terms.signed_on:
        yield f"会议日期{terms.met_on}晚于签订日期{terms.signed_on}，属先签后议"


def _matter(terms: Terms) -> str:
    if terms.legal_nature == CONSTRUCTION:
        return quorum.CONSTRUCTION_LAND
    return quorum.OUTSIDER if _is_outsider(terms) else quorum.LETTING


def _is_outsider(terms: Terms) -> bool:
    """Farmland let to someone the register says is no member; buildings ask for no such vote."""
    return terms.is_member is False and terms.is_farmland


def _asks_approval(terms: Terms) -> bool:
    return terms.made_on is None or terms.made_on >= APPROVAL_FROM


RULE = Rule(
    code="P06",
    title="未履行民主程序",
    severity="较重",
    basis=(
        village_law_1998("第十九条"),
        village_law("第二十四条", until=date(2025, 5, 1)),
        property_law("第五十九条"),
        civil_code("第二百六十一条"),
        Law(
            "土地管理法（1998年）第十五条",
            APPROVAL_FROM,
            day_before(LAND_CONTRACT_LAW),
            governs=_is_outsider,
        ),
        land_contract_law_2002("第四十八条", _is_outsider),
        land_contract_law("第五十二条", _is_outsider),
        collective_law("第二十六条至第二十八条"),
    ),
    remedy="未损害集体利益的，补开会议、公示并补签完善；损害集体利益的，依法解除或提级处置",
    applies=let_by_the_collective,
    check=check,
)
