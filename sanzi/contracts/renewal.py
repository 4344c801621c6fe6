"""Renewal: who comes first, what to do before the last day, and whether a renewal is one in name
only (假续租). No framework.

What is in force is dated law; what an office may set is a policy, shown as an example.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sanzi.kernel.calendar import years_after

from .figures import yearly_price
from .terms import LEASE

LEASE_YEARS_MAX = 20


@dataclass(frozen=True)
class RenewalPolicy:
    """What no law fixes; examples an office may set otherwise."""

    # A renewal signed this many days after it takes effect was dated back.
    backdated_days: int = 30
    # Signs that make a renewal suspicious together.
    signs_min: int = 2


EXAMPLE = RenewalPolicy()


@dataclass(frozen=True)
class Advice:
    """One thing to know or do; `law` is what it rests on, empty for good practice."""

    text: str
    law: str = ""
    tone: str = "info"


@dataclass(frozen=True)
class Renewed:
    """A renewal as registered: the terms before and after, when signed, from when, when written."""

    before: Mapping[str, Any]
    after: Mapping[str, Any]
    signed_on: date
    effective_on: date
    recorded_on: date
    median: Decimal | None = None  # yuan a mu and year of comparable contracts


def signs_of_pretence(one: Renewed, policy: RenewalPolicy = EXAMPLE) -> list[str]:
    """What speaks against a renewal being a real one; each in a sentence, with its evidence."""
    return list(_signs(one, policy))


def is_suspicious(one: Renewed, policy: RenewalPolicy = EXAMPLE) -> bool:
    """Whether the signs are enough to ask; the old party alone proves nothing."""
    return len(signs_of_pretence(one, policy)) >= policy.signs_min


def _signs(one: Renewed, policy: RenewalPolicy) -> Iterator[str]:
    before, after = one.before, one.after
    if before.get("contractor") != after.get("contractor"):
        return
    met_on = after.get("met_on")
    if not met_on or met_on == before.get("met_on"):
        yield "没有新的民主议定程序"
    if not after.get("deal_number") or after.get("deal_number") == before.get("deal_number"):
        yield "没有新的交易平台成交编号"
    old, new = yearly_price(before), yearly_price(after)
    if old is not None and new is not None and new <= old:
        yield f"年价款没有提高（{old} 元 → {new} 元）"
    unit = after.get("unit_price")
    if one.median is not None and unit is not None and unit < one.median * Decimal("0.70"):
        yield f"单价 {unit} 元低于同类合同中位数 {one.median} 元的七成"
    late = (one.recorded_on - one.effective_on).days
    if late > policy.backdated_days:
        yield f"生效 {late} 天后才登记，疑似倒签"


def advice(terms: Mapping[str, Any], today: date, lead_days: int = 180) -> list[Advice]:
    """What to know as a contract nears its last day; empty before that."""
    ends_on = terms.get("ends_on")
    if not ends_on or today < ends_on - timedelta(days=lead_days):
        return []
    return list(_advice(terms, ends_on, today))


def _advice(terms: Mapping[str, Any], ends_on: date, today: date) -> Iterator[Advice]:
    if today > ends_on:
        yield Advice(
            "期限已过仍在使用的，应书面提出异议并通知腾退；继续使用而不提异议，租赁转为不定期",
            "民法典第734条第一款",
            "danger",
        )
        yield Advice("返还标的物，办理交接并登记“到期收回”", "民法典第733条", "warn")
    else:
        left = (ends_on - today).days
        yield Advice(f"还有 {left} 天到期，请先议定收回、续签还是重新发包", tone="warn")
    if terms.get("legal_nature") == LEASE:
        latest = years_after(max(ends_on + timedelta(days=1), today), LEASE_YEARS_MAX)
        yield Advice(
            f"续租自续订之日起不得超过二十年，最晚到 {latest - timedelta(days=1)}",
            "民法典第705条第二款",
        )
        yield Advice(
            "租赁的是房屋时，原承租人在同等条件下有优先承租权；其他标的以原合同或公告写明的为准",
            "民法典第734条第二款",
        )
    else:
        yield Advice("是否优先以原合同、发包公告写明的为准，且须在公告期内提交材料")
        yield Advice(
            "经民主议定并报乡镇批准发包给外人之后，本集体成员再主张优先承包的，不予支持",
            "农村土地承包纠纷解释第18条",
        )
    yield Advice("原价、原人、不走程序的续签会被列为“疑似假续租”", tone="warn")
