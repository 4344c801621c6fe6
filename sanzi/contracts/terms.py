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


DEFAULT_POLICY = Policy()


@dataclass(frozen=True, slots=True)
class PriceReference:
    """What others paid: the median yuan per mu and year of comparable contracts, and how many."""

    median: Decimal
    count: int


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
    is_member: bool | None = None
    is_cadre_kin: bool | None = None
    object_number: str | None = None
    location: str | None = None
    land_class: str | None = None
    contract_area_mu: Decimal | None = None
    measured_area_mu: Decimal | None = None
    agreed_use: str | None = None
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
    township_approval: str | None = None
    filed_on: date | None = None
    archive_number: str | None = None
    sublet: str | None = None
    sublet_known_on: date | None = None
    # Not columns of the contract:
    second_round_ends_on: date | None = None
    reference: PriceReference | None = None
    has_collective: bool = False
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


_NOT_COLUMNS = {"second_round_ends_on", "reference", "has_collective", "policy"}
Terms.DICTIONARY_FIELDS = tuple(
    field.name for field in fields(Terms) if field.name not in _NOT_COLUMNS
)
_KNOWN = frozenset(Terms.DICTIONARY_FIELDS)


def terms_of(
    values: Mapping[str, Any],
    reference: PriceReference | None = None,
    has_collective: bool = False,
    second_round_ends_on: date | None = None,
    policy: Policy = DEFAULT_POLICY,
) -> Terms:
    """The terms of a row of the 合同 sheet; blank text counts as absent.

    `has_collective`: the village has a registered collective economic organisation.
    """
    terms = object.__new__(Terms)
    # A frozen dataclass sets its forty fields one slow call at a time; a workbook has 100,000 rows.
    # What is absent here is read from the defaults of the class.
    terms.__dict__.update(
        {
            name: value
            for name, value in values.items()
            # Comparing a Decimal with "" is slow; asking whether it is a text is not.
            if value is not None and name in _KNOWN and (value or value.__class__ is not str)
        },
        reference=reference,
        has_collective=has_collective,
        second_round_ends_on=second_round_ends_on,
        policy=policy,
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
