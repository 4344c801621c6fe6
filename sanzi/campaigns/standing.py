"""A campaign as figures show it: each aim's value and target for a region, on a day."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from sanzi.kernel.regions import full
from sanzi.metrics.catalogue import Metric, figure, metric
from sanzi.metrics.parts import stored
from sanzi.metrics.regions import history_of
from sanzi.metrics.shares import totals_by_region
from sanzi.web import formats

from .clock import Clock, phase_on
from .models import Aim, Campaign, Target
from .reaching import GAIN, MEASURES, Reached, reached, shown_unit, to_shown, together, value_of

Sums = Mapping[str, int]


@dataclass(frozen=True)
class Line:
    """One aim of one region: what it is, how far it has come, and the rows behind it."""

    aim: Aim
    metric: Metric
    reached: Reached
    url: str

    @property
    def unit(self) -> str:
        return shown_unit(self.metric.unit)

    @property
    def value(self) -> str:
        return shown(self.reached.value, self.metric.unit)

    @property
    def target(self) -> str:
        return shown(self.reached.target, self.metric.unit)

    @property
    def word(self) -> str:
        """已达到 and the like: never colour alone."""
        if self.aim.measure == Aim.Measure.CEILING:
            return "守住" if self.reached.is_met else "突破"
        return "达到" if self.reached.is_met else "未达到"


@dataclass(frozen=True)
class Standing:
    """A campaign on a day: the clock, the phase, each aim of one region, and all together."""

    campaign: Campaign
    clock: Clock
    phase: Any
    lines: list[Line]

    @property
    def percent(self) -> int | None:
        return together(line.reached for line in self.lines)

    @property
    def tone(self) -> str:
        """Behind the clock or not; in words on the page."""
        if self.percent is None:
            return "plain"
        return "done" if self.percent >= self.clock.percent else "warn"

    @property
    def words(self) -> str:
        """时间过了 62%，任务完成 55%。"""
        if self.percent is None:
            return f"时间过了 {self.clock.percent}%，还没有可比的目标"
        return f"时间过了 {self.clock.percent}%，任务完成 {self.percent}%"


def said(value: Decimal | None, unit: str) -> str:
    """A value in the unit people read, without trailing zeros."""
    if value is None:
        return "—"
    shown = to_shown(value, unit)
    return formats.number(shown.quantize(Decimal("0.000001")) if shown % 1 else shown.quantize(1))


def shown(value: Decimal | None, unit: str) -> str:
    """A value as pages print it: money in 万元 with two places, the rest as it is."""
    if value is None or unit != "元":
        return said(value, unit)
    return formats.money(value, shown_unit(unit))


def called(aims: Sequence[Aim]) -> list[tuple[Aim, str]]:
    """Each aim with its name: the metric's, and the measure where two aims share the metric."""
    often = Counter(aim.metric for aim in aims)
    return [
        (aim, metric(aim.metric).label + (MEASURES[aim.measure] if often[aim.metric] > 1 else ""))
        for aim in aims
    ]


def day_of(campaign: Campaign, today: date) -> date:
    """The day a campaign's figures are shown of: today, or its last of one that is closed."""
    return min(today, campaign.ends_on) if campaign.closed_on else today


def parts_of(aims: Iterable[Aim]) -> list[str]:
    return sorted(stored({aim.metric for aim in aims}))


def line(
    aim: Aim, target: Decimal, region: str, now: Sums, base: Sums, campaign: Campaign, day: date
) -> Line:
    one = metric(aim.metric)
    found = figure(one, now).value
    before = figure(one, base).value if aim.measure == GAIN else None
    value = value_of(aim.measure, found, before)
    return Line(
        aim, one, reached(aim.measure, value, target), _rows_url(aim, one, region, campaign, day)
    )


def _rows_url(aim: Aim, one: Metric, region: str, campaign: Campaign, day: date) -> str:
    asked = {"region": region, "as_of": day.isoformat()}
    # A rate's rows are those of its two sides; a gain's are those since the base day.
    if aim.measure == GAIN and not one.is_rate and campaign.base_on < day:
        asked["since"] = campaign.base_on.isoformat()
    return f"{reverse('dashboards:rows', args=[one.id])}?{urlencode(asked)}"


def standing_of(
    campaign: Campaign, aims: Sequence[Aim], goals: Mapping[int, Decimal], region: str, today: date
) -> Standing:
    """One region's standing; `goals` by aim. One query, and the campaign's phases."""
    day = day_of(campaign, today)
    listed = [aim for aim in aims if aim.pk in goals]
    base, now = (
        history_of(region, [campaign.base_on, day], parts_of(listed)) if listed else ({}, {})
    )
    return Standing(
        campaign,
        Clock(campaign.starts_on, campaign.ends_on, day),
        phase_on(campaign.phases.all(), day),
        [line(aim, goals[aim.pk], region, now, base, campaign, day) for aim in listed],
    )


def goals_for(campaign: Campaign, aims: Sequence[Aim], region: str) -> dict[int, Decimal]:
    """What a region is to reach, by aim: the campaign's own goals, or the region's targets.

    A town without targets of its own has the sum of its villages', where sums make sense.
    """
    if region == campaign.region:
        return {aim.pk: aim.goal for aim in aims}
    mine = Target.objects.filter(aim__in=aims).within(region)
    values = list(mine.values_list("aim", "village", "value"))
    own = {aim: value for aim, village, value in values if village == full(region)}
    adds = {aim.pk for aim in aims if not metric(aim.metric).is_rate}
    summed: dict[int, Decimal] = {}
    for aim, village, value in values:
        if aim in adds and village != full(region):
            summed[aim] = summed.get(aim, Decimal(0)) + value
    return summed | own


def lines_by_region(
    campaign: Campaign, aims: Sequence[Aim], targets: Sequence[Target], today: date
) -> list[tuple[Target, Line]]:
    """Each target with how far it has come; one query per 500 regions, twice with a base day."""
    day, by_pk = day_of(campaign, today), {aim.pk: aim for aim in aims}
    regions = sorted({trimmed(target.village) for target in targets})
    parts = parts_of(aims)
    now = totals_by_region(regions, day, parts)
    has_gain = any(aim.measure == GAIN for aim in aims)
    base = totals_by_region(regions, campaign.base_on, parts) if has_gain else {}
    return [
        (
            target,
            line(
                by_pk[target.aim_id], target.value, region, now.get(region, {}),
                base.get(region, {}), campaign, day,
            ),
        )
        for target in targets
        for region in [trimmed(target.village)]
    ]  # fmt: skip


def trimmed(village: str) -> str:
    """A target's region: a town's stands under its full code."""
    for length in (4, 6, 9):
        if village.endswith("0" * (12 - length)):
            return village[:length]
    return village


def same_days(several: Sequence[Campaign], today: date, points: int = 10) -> list[int]:
    """Days of a campaign to compare several on: evenly through the longest, and today's own."""
    longest = max(Clock(c.starts_on, c.ends_on, today).days for c in several)
    days = {max(1, longest * at // points) for at in range(points + 1)}
    running = [c for c in several if c.closed_on is None]
    days |= {d for c in running if (d := Clock(c.starts_on, c.ends_on, today).day)}
    return sorted(days)


def course_of(campaign: Campaign, aim: Aim, days: Sequence[int], today: date) -> dict[int, Reached]:
    """An aim's standing on each of these days of the campaign; those to come are left out.

    From as-of figures, so past campaigns are compared as they stood. One query.
    """
    clock = Clock(campaign.starts_on, campaign.ends_on, today)
    past = [d for d in days if d <= clock.days and clock.on_day(d) <= today]
    if not past:
        return {}
    one = metric(aim.metric)
    base, *sums = history_of(
        campaign.region, [campaign.base_on, *map(clock.on_day, past)], stored([aim.metric])
    )
    before = figure(one, base).value
    return {
        day: reached(
            aim.measure, value_of(aim.measure, figure(one, now).value, before), aim.goal
        )
        for day, now in zip(past, sums, strict=True)
    }  # fmt: skip
