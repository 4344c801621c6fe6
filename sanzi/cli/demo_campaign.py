"""The demonstration's campaigns and their tasks: last push closed, this one on its 38th day.

The clean-up of 2022 and the city's hundred days are past; the town looks back at what was done in a
hundred days that began five weeks before the demonstration was loaded. No figure moves: targets and
tasks only read the rows that are there. What each village did is drawn from a seed.
"""

import random
import time
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from django.core.files.base import ContentFile
from django.utils.timezone import localdate, now

from sanzi.access.models import Person
from sanzi.access.system import system_person
from sanzi.campaigns.actions import campaigns, targets
from sanzi.campaigns.giving import Order
from sanzi.campaigns.lists.actions import give_list, give_tasks
from sanzi.campaigns.models import Campaign, Task
from sanzi.campaigns.outline import AimPlan, Outline, PhasePlan, example_phases
from sanzi.campaigns.places import living
from sanzi.campaigns.reminding.actions import send_reminders
from sanzi.campaigns.tasks import actions
from sanzi.kernel.regions import full
from sanzi.receivables.models import Claim

from .demo_cast import TOWN, VILLAGE, acting
from .demo_photo import photo

CITY, CITY_RUNS = "1403", "yq-lingdao"
RUNS, DOES, HEAD, STRIKES = "zc-lingdao", "zc-jingban", "zc-shuji", "zc-lingdao"
CLEANUP, PUSH, LOOKING = "2022年“清化收”专项行动", "2022年百日攻坚", "“清化收”回头看百日行动"
DAYS_RUN = 37
COUNTY_OFFICES = {
    "pd-zhuanban": "140321", "cq-zhuanban": "140302", "yx-zhuanban": "140322",
    "jq-zhuanban": "140311", "kq-zhuanban": "140303",
}  # fmt: skip
RECOVERED, RESOLVED = "receivables.recovered", "debts.resolved"

Tell = Callable[[str], None]


def run_campaigns(*, tell: Tell) -> None:
    """Hold what nobody holds yet; later visits leave it as visitors left it."""
    by = Person.objects.get(username=RUNS)
    if Campaign.objects.visible_to(by).filter(region=TOWN, title=CLEANUP).exists():
        return
    began = time.monotonic()
    _clean_up()
    _city_push()
    struck = _old_tasks()
    given = _look_back()
    sent = send_reminders(by=system_person("system_reminder"), now=now())
    tell(
        f"专项行动 4 项、任务 {given} 项（往年销号 {struck} 项）、催办 {sent.people} 人，"
        f"用时 {time.monotonic() - began:.1f} 秒"
    )


def _found(
    region: str, title: str, goals: str, first: date, last: date, base: date,
    phases: Iterable[PhasePlan], aims: Iterable[tuple[str, str, str]], who: str,
) -> Campaign:  # fmt: skip
    return campaigns.found(
        region=region,
        outline=Outline(
            title=title, goals=goals, starts_on=first, ends_on=last, base_on=base,
            phases=tuple(phases), aims=[AimPlan(m, way, Decimal(goal)) for m, way, goal in aims],
        ),
        **acting(who),
    )  # fmt: skip


def _phases(*days: date) -> list[PhasePlan]:
    """The five phases between six days."""
    titles = ("动员", "摸底", "公示", "整改", "总结")
    ends = [day - timedelta(days=1) for day in days[1:-1]] + [days[-1]]
    return [PhasePlan(*row) for row in zip(titles, days[:-1], ends, strict=True)]


def _clean_up() -> None:
    """The town's clean-up of 2022 and its hundred days, both over and closed."""
    first, last, base = date(2022, 2, 8), date(2022, 12, 31), date(2021, 12, 31)
    held = _found(
        TOWN, CLEANUP, "清合同、化债务、收资源：不规范合同全部处置，债权清收七成五，债务化解过半。",
        first, last, base,
        _phases(first, date(2022, 3, 1), date(2022, 4, 11), date(2022, 4, 21), date(2022, 12, 1),
                last),
        (("contracts.regularised_rate", "level", "1"), (RECOVERED, "gain", "28636000"),
         (RESOLVED, "gain", "26015000"), ("debts.new", "ceiling", "0")),
        RUNS,
    )  # fmt: skip
    _spread(held, RECOVERED, "receivables.locked", RUNS)
    _spread(held, RESOLVED, "debts.locked", RUNS)
    campaigns.close(campaign_id=held.pk, summary="三项任务完成，遗留的转入回头看。", **acting(RUNS))
    start = date(2022, 9, 23)
    push = _found(
        TOWN, PUSH, "年底前一百天集中清收。", start, last, start - timedelta(days=1),
        example_phases(start), ((RECOVERED, "gain", "6000000"), (RESOLVED, "gain", "5000000")),
        RUNS,
    )  # fmt: skip
    _spread(push, RECOVERED, "receivables.locked", RUNS)
    campaigns.close(campaign_id=push.pk, summary="集中清收结束。", **acting(RUNS))


def _spread(held: Campaign, metric: str, weight: str, who: str, level: str = "village") -> None:
    held.refresh_from_db()
    targets.spread_targets(
        campaign_id=held.pk, revision=held.revision,
        aim_id=held.aims.get(metric=metric).pk, level=level, weight=weight, **acting(who),
    )  # fmt: skip


def _city_push() -> None:
    """百村百万、十万清零: a target of one for each of 620 villages, and the towns' own tasks."""
    first, last = date(2022, 9, 23), date(2022, 12, 31)
    held = _found(
        CITY, "百日攻坚：百村百万、十万清零",
        "年底前收入 10 万元以上的村达到 100%，力争 100 个村超百万元。",
        first, last, first, example_phases(first),
        (("villages.income_at_least_100k", "level", "620"),
         ("villages.income_at_least_1m", "level", "100"),
         ("debts.new", "ceiling", "0")),
        CITY_RUNS,
    )  # fmt: skip
    _spread(held, "villages.income_at_least_100k", "villages.count", CITY_RUNS)
    regions = [code for code, _ in living(CITY, "town")]
    give_list(
        key="373-tactics", codes={"T3", "T5"}, regions=regions, given_on=localdate(),
        **acting(CITY_RUNS),
    )  # fmt: skip
    _to_counties()
    campaigns.close(
        campaign_id=held.pk, summary="村村过十万还差一截，缺口逐村列出，转入下一年。",
        **acting(CITY_RUNS),
    )  # fmt: skip


def _to_counties() -> None:
    """The city's own task to each county: one handed in, one overdue, one due today, two later."""
    today = localdate()
    for number, (office, county) in enumerate(COUNTY_OFFICES.items()):
        (task,) = give_tasks(
            orders=[
                Order(
                    village=full(county), matter="逐村核实十万元以下的村缺口怎么补",
                    category="增收", role="county_office", lead_unit="县专项办",
                    due_on=today + timedelta(days=(-2, 0, 9, 9, 16)[number]),
                    starts_on=today - timedelta(days=14), source=f"demo:county:{county}",
                )
            ],
            **acting(CITY_RUNS),
        )  # fmt: skip
        if number == 2:
            _hand_in(task, office, "已逐村核实，台账附后")


def _old_tasks() -> int:
    """What the workbook of 2022 brought: all struck off since."""
    tasks = list(Task.objects.within(TOWN).filter(given_at=None).order_by("pk"))
    for task in tasks:
        _hand_in(task, DOES, "年底验收资料齐全")
        actions.strike(task_id=task.pk, words="核对台账无误", **acting(STRIKES))
    return len(tasks)


def _look_back() -> int:
    """This year's hundred days: lists given to every village, each at its own point of the way."""
    today = localdate()
    first = today - timedelta(days=DAYS_RUN)
    held = _found(
        TOWN, LOOKING, "看清收、化解、规范有没有反弹，剩下的债权再清一批。",
        first, first + timedelta(days=99), first, example_phases(first),
        (("receivables.recovery_rate", "level", "0.85"),
         ("debts.resolution_rate", "level", "0.6"), ("debts.new", "ceiling", "0")),
        RUNS,
    )  # fmt: skip
    for metric in ("receivables.recovery_rate", "debts.resolution_rate", "debts.new"):
        _spread(held, metric, "villages.count", RUNS)
    regions = [code for code, _ in living(TOWN, "village")]
    give_list(
        key="373-claims", codes={"Q1", "Q3", "Q5", "Q8", "Q9"}, regions=regions, given_on=first,
        campaign=held, **acting(DOES),
    )  # fmt: skip
    _about_claims(held, first)
    tasks = list(held.tasks.filter(judged="evidence").order_by("pk"))
    for task in tasks:
        _go_on(task, random.Random(task.number + task.village))
    return held.tasks.count()


def _about_claims(held: Campaign, first: date) -> None:
    """The three largest claims left in the shown village, each a task of its own: whatever the
    day of loading, one is overdue, one due that day and one later."""
    claims = Claim.objects.within(VILLAGE).filter(left__gt=0).order_by("-left", "pk")[:3]
    give_tasks(
        orders=[
            Order(
                village=VILLAGE, matter=f"专人清收：{claim}", category="化债务", on=claim,
                judged="state", starts_on=first, due_on=localdate() + timedelta(days=days),
                role="village_head", lead_unit="债务化解专班",
                joint_units="法庭、派出所", campaign=held,
                source=f"demo:{claim.pk}",
            )
            for claim, days in zip(claims, (-3, 0, 23), strict=False)
        ],
        **acting(RUNS),
    )  # fmt: skip


def _go_on(task: Task, chance: random.Random) -> None:
    """One task as far as its village has come with it."""
    does = HEAD if task.village == VILLAGE else DOES
    far = chance.random()
    if far < 0.2:
        return
    if far < 0.45:
        actions.accept(task_id=task.pk, **acting(does))
        if far < 0.35:
            _tell(task, does, chance)
        return
    _hand_in(task, does, "逐户核对，资料齐全")
    if far < 0.6:
        return
    if far < 0.68:
        actions.send_back(
            task_id=task.pk, step="return", words="回执缺见证人签字，补齐再报", **acting(STRIKES)
        )
        return
    actions.strike(
        task_id=task.pk, words="抽查属实", look_back_on=localdate() + timedelta(days=60),
        **acting(STRIKES),
    )  # fmt: skip


def _tell(task: Task, does: str, chance: random.Random) -> None:
    problem = chance.choice(("", "欠款人常年在外", "历史账目与对方说法不一致"))
    actions.report(
        task_id=task.pk, progress=chance.choice((20, 40, 60)), problem=problem,
        needs_above=problem.startswith("历史"), words="已上门核对", seen=2, **acting(does),
    )  # fmt: skip


@lru_cache(maxsize=1)
def _picture() -> bytes:
    """Drawn once: every piece of evidence is the same slip."""
    return photo()


def _hand_in(task: Task, does: str, words: str) -> None:
    actions.accept(task_id=task.pk, **acting(does))
    paper = ContentFile(_picture(), name="佐证.png")
    actions.hand_in(task_id=task.pk, words=words, files=[paper], **acting(does))
