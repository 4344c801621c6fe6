"""P02: the longest lawful term, by legal nature, day of signing and way of paying."""

from collections.abc import Callable
from datetime import date

from sanzi.contracts.prices import first_level
from sanzi.contracts.terms import (
    CONSTRUCTION,
    LEASE,
    OTHER_CONTRACTING,
    RESERVE,
    TRANSFER,
    Terms,
)
from sanzi.kernel.money import grouped

from .excess import Excess, beyond
from .rule import Evidence, Rule
from .scope import is_lease, is_transfer, let_property
from .statutes import (
    CONTRACT_LAW,
    LAND_CONTRACT_LAW,
    civil_code,
    contract_law,
    land_contract_law,
    land_contract_law_2002,
    local_rule,
)

LEASE_YEARS_MAX = 20
# 四荒 signed before this day and paid in one sum stand, whatever their length (柴家镇, 2022).
WASTELAND_CUT_OFF = date(1994, 2, 21)
# Own knowledge, unverified: same use as state land, granted at most this long, leased at most 20.
GRANT_YEARS_MAX = 50

_PERIODIC = frozenset({"按年", "按季", "按月"})
# Woodland and grassland have terms of their own; the second round is one of cropland.
_OTHER_ROUNDS = frozenset({"03", "04"})


def check(terms: Terms) -> Evidence | None:
    limit = _LIMITS.get(terms.legal_nature)
    if limit is None or terms.ends_on is None:
        return None
    return limit(terms, terms.ends_on)


def _lease(terms: Terms, ends_on: date) -> Evidence | None:
    # No limit stood in the law of leases made before the Contract Law, and it is not retroactive.
    if terms.made_on is None or terms.made_on < CONTRACT_LAW:
        return None
    if not (excess := beyond(terms.runs_from, ends_on, LEASE_YEARS_MAX)):
        return None
    return Evidence(
        f"租期{terms.runs_from}至{ends_on}，租赁最长{LEASE_YEARS_MAX}年，"
        f"合法期限止于{excess.lawful_end}，其后{excess.length}的约定无效{_prepaid(terms, excess)}"
    )


def _prepaid(terms: Terms, excess: Excess) -> str:
    """What part of a sum paid at once belongs to the void years."""
    paid = terms.total_amount
    if terms.payment_mode != "一次性" or paid is None or paid <= 0:
        return ""
    void = excess.share_of(paid)
    return f"；一次性收取的{grouped(paid)}元中{grouped(void)}元对应无效期限"


def _transfer(terms: Terms, ends_on: date) -> Evidence | None:
    if terms.made_on is not None and terms.made_on < LAND_CONTRACT_LAW:
        return None
    if terms.land_class and first_level(terms.land_class) in _OTHER_ROUNDS:
        return None
    round_ends_on = terms.second_round_ends_on
    if round_ends_on is None or ends_on <= round_ends_on:
        return None
    return Evidence(
        f"流转期限至{ends_on}，超过本村二轮承包期的剩余期限（{round_ends_on}止）",
        remedy="将流转期限改至承包期届满日；延包后另行续签",
    )


def _other_contracting(terms: Terms, ends_on: date) -> Evidence | None:
    years = terms.policy.wasteland_years_max
    if not (excess := beyond(terms.runs_from, ends_on, years)):
        return None
    term = f"承包期{terms.runs_from}至{ends_on}，超过{years}年（{excess.lawful_end}止）"
    if terms.made_on is None or terms.made_on >= WASTELAND_CUT_OFF:
        return Evidence(
            f"{term}，签订于{WASTELAND_CUT_OFF}及以后，按政策口径其后{excess.length}的约定无效"
        )
    if terms.payment_mode == "一次性":
        return None
    if terms.payment_mode in _PERIODIC:
        return Evidence(
            f"{term}，签订于{WASTELAND_CUT_OFF}之前、承包费{terms.payment_mode}交纳，应重新议定价款",
            remedy="期限原则上予以确认；按四议两公开重新议价，签订补充协议",
        )
    return Evidence(
        f"{term}，签订于{WASTELAND_CUT_OFF}之前，付款方式未载明，不能认定是否一次性交清",
        remedy="先核明付款方式：一次性交清的完善文本后继续履行，分期交纳的重新议价",
    )


def _reserve(terms: Terms, ends_on: date) -> Evidence | None:
    years = terms.policy.reserve_years_max
    if not (excess := beyond(terms.runs_from, ends_on, years)):
        return None
    return Evidence(
        f"机动地短期发包{terms.runs_from}至{ends_on}，超过{years}年（{excess.lawful_end}止）",
        severity="一般",
    )


def _construction(terms: Terms, ends_on: date) -> Evidence | None:
    # The register has one legal nature for granting and letting: paying by the year is letting.
    is_let_yearly = terms.payment_mode in _PERIODIC
    years = LEASE_YEARS_MAX if is_let_yearly else GRANT_YEARS_MAX
    if not (excess := beyond(terms.runs_from, ends_on, years)):
        return None
    kind = "出租" if is_let_yearly else "出让"
    return Evidence(
        f"建设用地{kind}{terms.runs_from}至{ends_on}，超过{years}年（{excess.lawful_end}止）",
        severity="一般",
    )


_LIMITS: dict[str, Callable[[Terms, date], Evidence | None]] = {
    LEASE: _lease,
    TRANSFER: _transfer,
    OTHER_CONTRACTING: _other_contracting,
    RESERVE: _reserve,
    CONSTRUCTION: _construction,
}


def _governs(*natures: str) -> Callable[[Terms], bool]:
    return lambda terms: terms.legal_nature in natures


RULE = Rule(
    code="P02",
    title="期限超过法定或政策上限",
    severity="较重",
    basis=(
        contract_law("第二百一十四条", is_lease),
        civil_code("第七百零五条", is_lease),
        land_contract_law_2002("第三十三条", is_transfer),
        land_contract_law("第三十八条", is_transfer),
        local_rule("四荒承包期限上限及1994年2月21日分界的政策口径", _governs(OTHER_CONTRACTING)),
        local_rule("机动地短期发包年限的地方规定", _governs(RESERVE)),
        local_rule("集体建设用地参照同类用途国有建设用地年限", _governs(CONSTRUCTION)),
    ),
    remedy="协商改至上限以内并重新签订；超过部分无效，预收的价款退还或抵作续签价款",
    applies=let_property,
    check=check,
    needs=("ends_on",),
)
