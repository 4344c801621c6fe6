"""Contracts with nothing wrong, to be changed as a test says."""

from datetime import date
from decimal import Decimal
from typing import Any

from sanzi.cleanup.rules import inspect
from sanzi.cleanup.rules.rule import Finding
from sanzi.contracts.terms import BEYOND, PriceReference, terms_of

LEASE: dict[str, Any] = {
    "village": "999999001001",
    "number": "1",
    "category": "资产类",
    "legal_nature": "租赁",
    "written": "书面",
    "issuer": "示范村股份经济合作社",
    "issuer_kind": "村集体经济组织",
    "contractor": "甲某",
    "is_member": True,
    "location": "村东",
    "signed_on": date(2015, 1, 1),
    "starts_on": date(2015, 1, 1),
    "ends_on": date(2024, 12, 31),
    "pricing": "年租金",
    "yearly_amount": Decimal("12000.00"),
    "payment_mode": "按年",
    "due_amount": Decimal("24000.00"),
    "paid_amount": Decimal("24000.00"),
    "procedure": "村民代表会议",
    "met_on": date(2014, 12, 20),
    "expected_count": 30,
    "present_count": 25,
    "approval_count": 24,
    "filed_on": date(2015, 2, 1),
    "archive_number": "2015-1",
    "sublet": "无",
}

LAND: dict[str, Any] = LEASE | {
    "category": "资源类",
    "legal_nature": "其他方式承包",
    "land_class": "0101",
    "contract_area_mu": Decimal("100.00"),
    "agreed_use": "种植",
    "pricing": "亩年",
    "unit_price": Decimal("120.00"),
}


def found(base: dict[str, Any] = LEASE, **changes: Any) -> list[Finding]:
    """What is wrong apart from having run out, which every contract does one day (P09)."""
    context = {name: changes.pop(name) for name in BEYOND if name in changes}
    findings = inspect(terms_of(base | changes, **context))
    return [finding for finding in findings if finding.rule != "P09"]


def codes(base: dict[str, Any] = LEASE, **changes: Any) -> list[str]:
    return [finding.rule for finding in found(base, **changes)]


def only(base: dict[str, Any] = LEASE, **changes: Any) -> Finding:
    (finding,) = found(base, **changes)
    return finding


def median_of(price: str, count: int = 5) -> PriceReference:
    return PriceReference(Decimal(price), count)
