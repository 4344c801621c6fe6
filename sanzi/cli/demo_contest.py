"""The demonstration city's contests: 620 villages through round one, its five counties by figures.

The judges are fictional and their marks drawn from a seed; what villages handed in names figures of
their own rows.
"""

import random
import time
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from sanzi.access.models import Person
from sanzi.contests.actions import contests, entering, judging, people
from sanzi.contests.actions import rounds as steps
from sanzi.contests.cards import METRIC, Row, Sheet
from sanzi.contests.models import Contest, Entry, Round
from sanzi.metrics.catalogue import figure, metric
from sanzi.metrics.shares import totals_by_region
from sanzi.villages.figures import collective_income
from sanzi.villages.models import Income

from .demo_cast import acting

CITY, YEAR, TITLE = "1403", 2022, "乡村两级“大比武”"
RUNS = "yq-lingdao"
JUDGES = ("yq-jiandu", "cq-zhuanban", "kq-zhuanban", "jq-zhuanban", "pd-zhuanban", "yx-zhuanban")
COUNTIES_TITLE = "县区“清化收”比成效"
# An example of this product's own making, nobody's official weights.
COUNTIES = Sheet(
    title="县区比成效（示例，可修改，非官方依据）",
    rows=tuple(
        Row(code, module, title, full, METRIC + id, "line", "0%→100%", "spread")
        for code, module, title, full, id in (
            ("A1", "清合同", "合同规范率", "30", "contracts.regularised_rate"),
            ("B1", "化债务", "债权清收率", "40", "receivables.recovery_rate"),
            ("B2", "化债务", "债务化解率", "30", "debts.resolution_rate"),
        )
    ),
    bands=(("80", "好"), ("60", "较好"), ("0", "一般")),
    tie_break=("B1",),
)
LINES = {"P1": 25, "P2": 25, "P3": 30, "P4": 20}

Tell = Callable[[str], None]


def hold_contest(*, tell: Tell) -> None:
    """Hold round one if nobody has yet; later visits leave it as visitors left it."""
    by = Person.objects.get(username=RUNS)
    if Contest.objects.visible_to(by).filter(region=CITY, year=YEAR, title=TITLE).exists():
        return
    began = time.monotonic()
    _compare_counties()
    first = _begin()
    entries = list(Entry.objects.of(first))
    entering.take_down(round_id=first.pk, papers=dict(_papers(entries)), **acting(RUNS))
    for judge in JUDGES:
        _mark(first, judge, entries)
    for step in ("close", "publish"):
        steps.take_step(round_id=first.pk, step=step, **acting(RUNS))
    tell(f"大比武第一轮 {len(entries)} 个村、县区比成效，用时 {time.monotonic() - began:.1f} 秒")


def _compare_counties() -> None:
    """The counties ranked by their own figures of the year's end: nobody marks, all is computed."""
    contest = contests.found(
        region=CITY, kind=Contest.Kind.ASSESSMENT, level=Contest.Level.COUNTY,
        title=COUNTIES_TITLE, year=YEAR, **acting(RUNS),
    )  # fmt: skip
    only = contest.rounds.get(ordinal=1)
    contests.set_card(round_id=only.pk, revision=1, sheet=COUNTIES, **acting(RUNS))
    people.enrol(round_id=only.pk, groups={}, **acting(RUNS))
    steps.take_step(round_id=only.pk, step="open", **acting(RUNS))
    papers = {entry.pk: ("按台账数据考核", None) for entry in Entry.objects.of(only)}
    entering.take_down(round_id=only.pk, papers=papers, **acting(RUNS))
    for step in ("close", "publish"):
        steps.take_step(round_id=only.pk, step=step, **acting(RUNS))


def _begin() -> Round:
    contest = contests.found(
        region=CITY, kind=Contest.Kind.CONTEST, level=Contest.Level.VILLAGE, title=TITLE,
        year=YEAR, **acting(RUNS),
    )  # fmt: skip
    first = contest.rounds.get(ordinal=1)
    contests.arrange(
        round_id=first.pk, form="上台路演", weight=30, cut_off_on=date(YEAR, 3, 31), dropped=1,
        judges_min=5, **acting(RUNS),
    )  # fmt: skip
    people.enrol(round_id=first.pk, groups={}, **acting(RUNS))
    for judge in JUDGES:
        people.name_judge(round_id=first.pk, username=judge, group="", **acting(RUNS))
    steps.take_step(round_id=first.pk, step="open", **acting(RUNS))
    return first


def _papers(entries: list[Entry]) -> Iterator[tuple[int, tuple[str, Decimal | None]]]:
    """What each village handed in: its own figures, and the income it promises for the year."""
    codes = [entry.region for entry in entries]
    wanted = ("contracts.irregular", "receivables.locked", "debts.locked")
    sums = totals_by_region(codes, date(YEAR, 12, 31), wanted)
    income = {row.village: row for row in Income.objects.within(CITY).order_by("year")}
    for entry in entries:
        said = "，".join(
            f"{metric(id).label} {figure(metric(id), sums.get(entry.region, {})).value:,}"
            for id in wanted
        )
        row = income.get(entry.region)
        pledge = ((collective_income(vars(row)) if row else None) or Decimal(0)) + Decimal(20_000)
        yield (
            entry.pk,
            (
                f"家底：{said}（元、份）。\n目标：全年集体收入达到承诺数，新增债务为零。\n"
                "措施：合同逐份过堂，债权分片包干，闲置资产公开发包；每月在公开栏公布进度。",
                pledge,
            ),
        )


def _mark(held: Round, username: str, entries: list[Entry]) -> None:
    """One judge's sheet: a village's level, a judge's leaning and the day's chance."""
    own = Person.objects.get(username=username).region_code or ""
    judged = [e for e in entries if own == CITY or not e.region.startswith(own)]
    leaning = random.Random(username).uniform(-3, 3)
    given = {}
    for entry in judged:
        level = random.Random(entry.village).gauss(78, 7) + leaning
        chance = random.Random(f"{username}{entry.village}")
        given[entry.pk] = {
            code: _half_points(full, level + chance.gauss(0, 3)) for code, full in LINES.items()
        }
    judging.mark(round_id=held.pk, given=given, **acting(username))


def _half_points(full: int, percent: float) -> Decimal:
    """So many per cent of the full marks, to the half point, as judges write them."""
    halves = round(full * percent / 50)
    return Decimal(min(max(halves, 0), 2 * full)) / 2
