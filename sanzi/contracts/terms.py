"""What a contract says, as plain values: all that a rule may know of it.

A rule never sees a model, another contract or today's date. What it needs from elsewhere (the
village's second contracting round, the prices of neighbours, the thresholds a county sets) comes
in through `Terms`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any, ClassVar

HOUSEHOLD = "家庭承包"
OTHER_CONTRACTING = "其他方式承包"
LEASE = "租赁"
TRANSFER = "土地经营权流转"
CONSTRUCTION = "建设用地出让出租"
RESERVE = "机动地短期发包"

# How an agreement stands on paper. The last two are entered by the clean-up itself.
WRITTEN = "书面"
SPOKEN = "口头"
UNSIGNED = "应签未签"
UNCONTRACTED = "无合同占用"

# Property of the collective handed to another for use (domain/clean-up.md 1.1). A contract for
# works, purchases, loans or investment never is, whatever its legal nature says.
_LET_CATEGORIES = frozenset({"资源类", "资产类", "统一经营类"})
_NEVER_LET_CATEGORIES = frozenset({"工程类", "采购服务类", "借贷类", "投资类"})
_LET_NATURES = frozenset({OTHER_CONTRACTING, LEASE, TRANSFER, CONSTRUCTION, RESERVE})
_FARMLAND_NATURES = frozenset({OTHER_CONTRACTING, TRANSFER, RESERVE})

# A share of the crop or a payment in kind has no yuan per mu to compare.
_UNPRICED = frozenset({"分成", "实物"})
_FEN = Decimal("0.01")
_FREE = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Policy:
    """Thresholds no law fixes: editable defaults, shown to people as examples, never as law."""

    # A price below this share of the median is too low: what 通则解释§42 calls clearly
    # unreasonable in creditors' revocation cases, used here by analogy.
    price_ratio: Decimal = Decimal("0.70")
    comparables_min: int = 5
    area_tolerance: Decimal = Decimal("0.05")
    area_floor_mu: Decimal = Decimal("0.10")
    reserve_years_max: int = 5
    wasteland_years_max: int = 50
    # 5,000,000 yuan, "以上": the amount itself is large (the reference town's threshold).
    large_fen: int = 500_000_000
    # Below this share of the median, let to a cadre or their kin: a clue, no longer a bargain.
    collusion_ratio: Decimal = Decimal("0.50")
    # From which day and size on letting and works must be offered in public.
    bidding_from: date = date(2025, 5, 1)
    bidding_amount: Decimal = Decimal("500000")
    bidding_area_mu: Decimal = Decimal("100")
    tender_amount: Decimal = Decimal("400000")
    # Parcels share ground when more than this of the smaller, and more than this area, is common.
    overlap_share: Decimal = Decimal("0.01")
    overlap_floor_mu: Decimal = Decimal("0.10")


DEFAULT_POLICY = Policy()


@dataclass(frozen=True, slots=True)
class PriceReference:
    """What others paid: the median yuan per mu and year of comparable contracts, and how many."""

    median: Decimal
    count: int


@dataclass(frozen=True, slots=True)
class Site:
    """What the resource register says of the land let."""

    use_status: str = ""
    is_basic_farmland: bool = False
    is_ecological_redline: bool = False


UNKNOWN_SITE = Site()


@dataclass(frozen=True, slots=True)
class Rival:
    """Another contract on the same ground at the same time."""

    number: str
    contractor: str
    legal_nature: str
    made_on: date | None
    # The first common day; the last is None when neither contract names an end.
    since: date
    until: date | None
    # None: known to be one object by its number, not by its outline.
    shared_mu: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """What people found out that no column says (三查一访); None: not asked, or not known."""

    is_booked: bool | None = None
    is_occupied: bool | None = None
    objected_on: date | None = None
    is_reviewed: bool | None = None
    guarantees: bool | None = None
    is_collusive: bool | None = None
    is_one_sided: bool | None = None
    is_tendered: bool | None = None
    has_final_account: bool | None = None
    is_invoiced: bool | None = None
    names_compensation: bool | None = None
    household_agreed: bool | None = None


UNASKED = Answers()


@dataclass(frozen=True, kw_only=True)
class Terms:
    """One contract's content; fields are named as in the data dictionary, absent is None.

    Money is yuan, area mu.
    """

    # What is read from a row: columns of the 合同 sheet.
    DICTIONARY_FIELDS: ClassVar[tuple[str, ...]]

    category: str = ""
    legal_nature: str = ""
    written: str | None = None
    issuer: str | None = None
    issuer_kind: str | None = None
    contractor: str | None = None
    contractor_kind: str | None = None
    contractor_status: str | None = None
    is_member: bool | None = None
    is_cadre_kin: bool | None = None
    object_number: str | None = None
    location: str | None = None
    land_class: str | None = None
    contract_area_mu: Decimal | None = None
    measured_area_mu: Decimal | None = None
    agreed_use: str | None = None
    actual_use: str | None = None
    signed_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    pricing: str | None = None
    unit_price: Decimal | None = None
    yearly_amount: Decimal | None = None
    total_amount: Decimal | None = None
    payment_mode: str | None = None
    due_amount: Decimal | None = None
    paid_amount: Decimal | None = None
    procedure: str | None = None
    met_on: date | None = None
    expected_count: int | None = None
    present_count: int | None = None
    approval_count: int | None = None
    is_open_bid: bool | None = None
    deal_number: str | None = None
    township_approval: str | None = None
    filed_on: date | None = None
    archive_number: str | None = None
    sublet: str | None = None
    sublet_known_on: date | None = None
    idle_since_on: date | None = None
    special_clauses: str | None = None
    # Not columns of the contract:
    second_round_ends_on: date | None = None
    reference: PriceReference | None = None
    has_collective: bool = False
    # The share of the village's cropland kept back as 机动地; None: its register does not tell.
    reserve_share: Decimal | None = None
    site: Site = UNKNOWN_SITE
    rivals: tuple[Rival, ...] = ()
    answers: Answers = UNASKED
    policy: Policy = DEFAULT_POLICY

    @property
    def is_household(self) -> bool:
        """Household contracts of farmland stay outside the clean-up (domain/clean-up.md 1.1)."""
        return self.legal_nature == HOUSEHOLD

    @cached_property
    def is_let(self) -> bool:
        """Whether collective property is handed to another for use."""
        if self.category in _NEVER_LET_CATEGORIES:
            return False
        return self.category in _LET_CATEGORIES or self.legal_nature in _LET_NATURES

    @cached_property
    def is_farmland(self) -> bool:
        """Whether the 农村土地承包法 governs what is let: land for farming, not buildings."""
        return self.category == "资源类" or self.legal_nature in _FARMLAND_NATURES

    @property
    def made_on(self) -> date | None:
        """The day that decides which law applies: signing, or the start where signing is blank."""
        return self.signed_on or self.starts_on

    @property
    def runs_from(self) -> date | None:
        """The first day of the term: the start, or signing where the start is blank."""
        return self.starts_on or self.signed_on

    @property
    def price_per_mu(self) -> Decimal | None:
        return price_per_mu(
            self.pricing, self.unit_price, self.yearly_amount, self.contract_area_mu
        )


# What comes from beyond the row.
BEYOND = (
    "second_round_ends_on", "reference", "has_collective", "reserve_share", "site", "rivals",
    "answers", "policy",
)  # fmt: skip
Terms.DICTIONARY_FIELDS = tuple(field.name for field in fields(Terms) if field.name not in BEYOND)
_KNOWN = frozenset(Terms.DICTIONARY_FIELDS)


def terms_of(values: Mapping[str, Any], **beyond: Any) -> Terms:
    """The terms of a row of the 合同 sheet; blank text counts as absent.

    `beyond`: what the row itself does not say, by the names in BEYOND.
    """
    terms = object.__new__(Terms)
    # A frozen dataclass sets its fifty fields one slow call at a time; a workbook has 100,000 rows.
    # What is absent here is read from the defaults of the class.
    terms.__dict__.update(
        {
            name: value
            for name, value in values.items()
            # Comparing a Decimal with "" is slow; asking whether it is a text is not.
            if value is not None and name in _KNOWN and (value or value.__class__ is not str)
        },
        **beyond,
    )
    return terms


def price_per_mu(
    pricing: str | None,
    unit_price: Decimal | None,
    yearly_amount: Decimal | None,
    area_mu: Decimal | None,
) -> Decimal | None:
    """Yuan per mu and year; zero when let free of charge, None when it cannot be told."""
    if pricing == "无偿":
        return _FREE
    if unit_price is not None:
        return unit_price
    if pricing in _UNPRICED or yearly_amount is None or not area_mu:
        return None
    return (yearly_amount / area_mu).quantize(_FEN, ROUND_HALF_UP)
