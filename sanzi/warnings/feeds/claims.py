"""Claims, debts and money received, read for the rules of claims."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db.models import Max

from sanzi.access.scope import under
from sanzi.contracts.models import Payment
from sanzi.debts.interest import Cap, cap_on
from sanzi.debts.models import Debt, InterestCap
from sanzi.debts.plans import standings
from sanzi.debts.queries import base_years
from sanzi.dispositions.models import Disposition
from sanzi.kernel.money import ZERO, from_fen
from sanzi.kernel.refusals import Invalid
from sanzi.metrics.shares import totals_by_region
from sanzi.orgs.models import Region
from sanzi.receivables.models import Claim
from sanzi.warnings.rules.rule import Row, Subject

from .reach import Fed, Reach, per_village

_NEW = "debts.new"


def claims(reach: Reach) -> Iterator[Fed]:
    """Claims still owed: until when they can be enforced, and when anybody last did something."""
    acts = reach.rows(Disposition).filter(kind="债权", dated__lte=reach.on)
    latest = {
        (village, number): last
        for village, number, last in acts.order_by()
        .values_list("village", "target_number")
        .annotate(last=Max("dated"))
    }
    rows = reach.rows(Claim).filter(left__gt=0).order_by("pk")
    columns = ("pk", "village", "number", "debtor", "left", "put_aside", "last_day", "claimed_on",
               "formed_on")  # fmt: skip
    clocks, silent = [], []
    for pk, village, number, debtor, left, aside, last_day, claimed, formed in rows.values_list(
        *columns
    ):
        # What is sealed stays off the list (platforms.md G-6).
        open_ = left - (aside or ZERO)
        if open_ <= 0:
            continue
        key, words = f"receivables.claim:{pk}", f"{number} {debtor}"
        clocks.append((village, Row(key, words, open_, last_day)))
        acted = _latest(latest.get((village, number)), claimed) or formed
        silent.append((village, Row(key, words, open_, acted)))
    yield from per_village("W-42", clocks)
    yield from per_village("W-43", silent)


def _latest(*days: date | None) -> date | None:
    return max((day for day in days if day is not None), default=None)


def unbooked(reach: Reach) -> Iterator[Fed]:
    """Rent taken in that was on no voucher yet that day."""
    rows = reach.rows(Payment).filter(received_on__lte=reach.on).exclude(stage="refused")
    rows = rows.exclude(decided_at__date__lte=reach.on)
    columns = ("pk", "village", "number", "payer", "amount", "received_on")
    yield from per_village(
        "W-44",
        (
            (village, Row(f"contracts.payment:{pk}", f"收据 {number} {payer}", amount, received))
            for pk, village, number, payer, amount, received in rows.order_by("pk").values_list(
                *columns
            )
        ),
    )


def new_debts(reach: Reach) -> Iterator[Fed]:
    """Villages whose figure 新增债务 is not nought, and the debts behind it."""
    held: dict[str, list[Row]] = defaultdict(list)
    rows = reach.rows(Debt).filter(base_on__isnull=False, formed_on__lte=reach.on).order_by("pk")
    for pk, village, number, creditor, principal, formed, base in rows.values_list(
        "pk", "village", "number", "creditor", "principal", "formed_on", "base_on"
    ):
        if formed > base:
            row = Row(f"debts.debt:{pk}", f"{number} {creditor}", principal, formed, principal)
            held[village].append(row)
    for village, found in held.items():
        yield "W-46", Subject(village, f"orgs.region:{village}", "", found)


def plans(reach: Reach) -> Iterator[Fed]:
    """Villages against the example plan of reducing debts, at the end of the last full year."""
    year = reach.on.year if (reach.on.month, reach.on.day) == (12, 31) else reach.on.year - 1
    codes = list(
        Region.objects.filter(under("code", reach.region), level=Region.Level.VILLAGE)
        .order_by("code")
        .values_list("code", flat=True)
    )
    wanted = {"debts.locked": "locked", "debts.resolved": "resolved", _NEW: "new"}
    sums = {
        code: {wanted[metric]: from_fen(value) for metric, value in found.items()}
        for code, found in totals_by_region(codes, date(year, 12, 31), tuple(wanted)).items()
    }
    years = base_years(sums, reach.on)
    owing = {code: found for code, found in sums.items() if code in years}
    for one in standings(owing, years, year):
        key = f"orgs.region:{one.village}"
        behind = one.left - one.target
        row = Row(key, f"{year} 年底应不多于 {one.target:,} 元", max(behind, ZERO), None, behind)
        yield "W-47", Subject(one.village, key, f"{year} 年化债计划", [row])


def interest(reach: Reach) -> Iterator[Fed]:
    """Debts agreed above the cap of their day; a day nobody has a cap for is left out."""
    entered: dict[str, list[Cap]] = defaultdict(list)
    for region, from_on, rate, source in InterestCap.objects.order_by("region", "pk").values_list(
        "region", "from_on", "rate", "source"
    ):
        entered[region].append(Cap(from_on, rate, source, unverified=False))
    rows = reach.rows(Debt).filter(
        yearly_rate__gt=Decimal(0), formed_on__isnull=False, formed_on__lte=reach.on, left__gt=0
    )
    over = []
    for pk, village, number, creditor, left, formed, rate in rows.order_by("pk").values_list(
        "pk", "village", "number", "creditor", "left", "formed_on", "yearly_rate"
    ):
        caps = [cap for n in (0, 2, 4, 6, 9, 12) for cap in entered.get(village[:n], ())]
        try:
            cap = cap_on(formed, caps)
        except Invalid:
            continue
        if rate > cap.rate:
            words = f"{number} {creditor} 约定 {rate:.2%}，上限 {cap.rate:.2%}"
            over.append((village, Row(f"debts.debt:{pk}", words, left)))
    yield from per_village("W-48", over)
