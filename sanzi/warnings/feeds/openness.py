"""Disclosure, questions and yearly income, read for their rules."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db.models import Q

from sanzi.accounting.models import Book
from sanzi.campaigns.tasks.models import Task
from sanzi.disclosure.models import Publication, Question
from sanzi.disclosure.policy import policies
from sanzi.disclosure.span import last_finished
from sanzi.income.definitions import COLLECTIVE, definition
from sanzi.income.jumps import Jump
from sanzi.income.queries import judged_by
from sanzi.income.vouchers import jumps_in
from sanzi.kernel.money import ZERO, from_fen
from sanzi.orgs.models import Collective
from sanzi.villages.figures import collective_income
from sanzi.villages.models import Income
from sanzi.warnings.rules.rule import Row, Subject

from .reach import Fed, Reach, alone, per_village


def unpublished(reach: Reach) -> Iterator[Fed]:
    """Villages with books whose last finished quarter was not public that day."""
    span = last_finished(reach.on)
    villages = set(
        reach.rows(Book)
        .filter(successor=None, begins__lte=span.last, collective__kind=Collective.Kind.COLLECTIVE)
        .values_list("village", flat=True)
    )
    done = reach.rows(Publication).filter(
        first=span.first, last=span.last, published_at__date__lte=reach.on,
        organisation__kind=Collective.Kind.COLLECTIVE,
    )  # fmt: skip
    late = sorted(villages - set(done.values_list("village", flat=True)))
    rules = policies(late)
    for village in late:
        due = span.due_on(rules[village].days("due_day"))
        cause = f"orgs.region:{village}:{span.key}"
        yield alone("W-53", village, Row(cause, f"{span.title}财务公开", on=due))


def unanswered(reach: Reach) -> Iterator[Fed]:
    """Questions of villagers past their day without an answer that day."""
    rows = reach.rows(Question).filter(asked_at__date__lte=reach.on)
    rows = rows.filter(Q(answer=None) | Q(answer__at__date__gt=reach.on))
    yield from per_village(
        "W-54",
        (
            (village, Row(f"disclosure.question:{pk}", text[:60], on=due))
            for pk, village, text, due in rows.order_by("pk").values_list(
                "pk", "village", "text", "due_on"
            )
        ),
    )


def incomes(reach: Reach) -> Iterator[Fed]:
    """Each village's latest yearly income on record, and the year before it."""
    held: dict[str, dict[int, tuple[int, Decimal]]] = defaultdict(dict)
    rows = reach.rows(Income).filter(year__lte=reach.on.year).order_by("pk")
    for row in rows.values(
        "pk", "village", "year", "operating_income", "investment_income", "other_income"
    ):
        amount = collective_income(row)
        if amount is not None:
            held[row["village"]][row["year"]] = (row["pk"], amount)
    for village, years in sorted(held.items()):
        year = max(years)
        pk, amount = years[year]
        key = f"villages.income:{pk}"
        yield alone("W-59", village, Row(key, f"{year} 年村集体经济收入", ZERO, None, amount))
        if year - 1 in years:
            before = years[year - 1][1]
            words = f"{year} 年 {amount:,} 元，上年 {before:,} 元"
            grown = Row(key, words, abs(amount - before), None, amount, before)
            yield "W-58", Subject(village, key, f"{year} 年收入", [grown])


def jumps(reach: Reach) -> Iterator[Fed]:
    """Income that looks crammed into the last December over, as the income pages judge it."""
    year = reach.on.year if reach.on.month == 12 else reach.on.year - 1
    # Town by town: a question about vouchers names the key ranges of all books it is about.
    towns = sorted({village[:9] for village in reach.rows(Book).values_list("village", flat=True)})
    for town in towns:
        region = max(town, reach.region, key=len)
        judged = judged_by(region, reach.on)
        found = jumps_in(region, year, definition(COLLECTIVE), judged.limits, judged.tiers.edges)
        for village, events in found.items():
            rows = [_jumped(event, year) for event in events]
            yield "W-60", Subject(village, f"orgs.region:{village}:{year}", f"{year} 年收入", rows)


def _jumped(event: Jump, year: int) -> Row:
    words = f"{event.title}：{event.words}"
    key = f"accounting.voucher:{event.vouchers[0]}"
    return Row(key, words, from_fen(event.amount), date(year, 12, 31))


def overdue(reach: Reach) -> Iterator[Fed]:
    """Tasks still open that day whose limit had passed."""
    tasks = Task.objects.filter(pk__in=reach.rows(Task).values("pk")).overdue_on(reach.on)
    columns = ("pk", "village", "number", "matter", "due_on")
    yield from per_village(
        "T-01",
        (
            (village, Row(f"campaigns.task:{pk}", f"{number} {matter}", on=due))
            for pk, village, number, matter, due in tasks.order_by("pk").values_list(*columns)
            if not village.endswith("000")
        ),
    )
