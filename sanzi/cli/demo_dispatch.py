"""The demonstration's dispatch: a city's two-weekly sheets, a town's daily ones, what it decided.

Sheets stand at the days of the reference; nothing here moves a figure.
"""

import time
from collections.abc import Callable
from datetime import date, timedelta

from django.utils.timezone import localdate

from sanzi.access.models import Person
from sanzi.access.system import system_person
from sanzi.cleanup.models import Finding
from sanzi.dispatch.actions import blockers, opinions, sheets, studies
from sanzi.dispatch.freezing import Order
from sanzi.dispatch.models import Sheet
from sanzi.dispatch.queries import orders_of
from sanzi.journal.recorder import key
from sanzi.receivables.models import Claim

from .demo_cast import APPROVES, REPORTS, TOWN, VILLAGE, acting

CITY = "1403"
CLERK = "zc-jingban"
FORTNIGHTS = (date(2022, 12, 16), date(2022, 12, 30))
DAYS = (date(2022, 12, 29), date(2022, 12, 30), date(2022, 12, 31))

Tell = Callable[[str], None]


def dispatch(*, tell: Tell) -> None:
    """Do what is not done yet; once done, what visitors change stays as they leave it."""
    timer = system_person("system_dispatch")
    if Sheet.objects.visible_to(timer).filter(region=TOWN, kind="daily").exists():
        return
    began = time.monotonic()
    made = 0
    for on in FORTNIGHTS:
        ranked = Order(CITY, "biweekly", "town", on)
        county = Order(TOWN[:6], "biweekly", "town", on)
        below = orders_of(CITY, "biweekly", on, below=True)
        orders = [*below, ranked, county, _of_town("biweekly", on)]
        made += len(sheets.generate(orders=orders, **acting(timer.username)))
    for on in DAYS:
        made += len(sheets.generate(orders=[_of_town("daily", on)], **acting(timer.username)))
    _ask_for_help()
    _study()
    tell(f"已存档 {made} 张调度表、研判 1 件事，用时 {time.monotonic() - began:.1f} 秒")


def _of_town(kind: str, on: date) -> Order:
    return Order(TOWN, kind, "village", on)


def _ask_for_help() -> None:
    """One matter answered and back with the village, one that waits for the town."""
    person = Person.objects.get(username=REPORTS)
    claims = Claim.objects.visible_to(person).filter(left__gt=0).order_by("-left", "pk")[:2]
    first, second = (key(claim) for claim in claims)
    asked = blockers.raise_blocker(
        kind="coordination", matter="欠款企业已迁址，请协查下落", on=first, once="demo-blocker-1",
        detail="对账函两次退回。请镇里联系市场监管所查企业现址，以便送达催缴通知。",
        **acting(REPORTS),
    )  # fmt: skip
    for step, note in (("accept", ""), ("answer", "已查到现址并告知村里，请按新址重新下函。")):
        blockers.take_step(blocker_id=asked.pk, step=step, note=note, **acting(CLERK))
    blockers.raise_blocker(
        kind="dispute", matter="两户对同一笔欠款互相推诿", on=second, once="demo-blocker-2",
        detail="村里调解两次未成，请镇司法所参加第三次调解。", **acting(REPORTS),
    )  # fmt: skip


def _study() -> None:
    """One irregular contract studied and decided, with its minutes, its task and an opinion."""
    person = Person.objects.get(username=CLERK)
    found = Finding.objects.visible_to(person).within(VILLAGE).order_by("rule", "contract__number")
    finding = found.select_related("contract")[0]
    study = studies.begin(
        matter=f"{finding.contract}如何规范", rows=[key(finding.contract)], once="demo-study-1",
        **acting(CLERK),
    )  # fmt: skip
    today = localdate()
    study = studies.write_up(
        study_id=study.pk, revision=study.revision, matter=study.matter, facts=study.facts,
        laws=study.laws,
        options=[
            {"title": "协商签补充协议", "pros": "时间短，不伤和气", "cons": "须承包方同意"},
            {"title": "依法确认并起诉", "pros": "结果有强制力", "cons": "费用和时间都多"},
        ],
        **acting(CLERK),
    )  # fmt: skip
    studies.hold(
        study_id=study.pk, held_on=today, venue="镇政府二楼会议室", chair="王立夏",
        participants="王立夏（分管领导）、李谷雨（农经站）、张立春（村党组织书记）、法庭、司法所",
        **acting(CLERK),
    )  # fmt: skip
    studies.decide(
        study_id=study.pk, chosen=1,
        decision="先协商签订补充协议，按现行规定改正；一个月内协商不成的，转为起诉。",
        responsible="张立春", due_on=today + timedelta(days=30), **acting(APPROVES),
    )  # fmt: skip
    opinions.adopt(
        study_id=study.pk, title="不规范合同先协商、后诉讼",
        text="同类合同先协商签订补充协议；协商期一个月，不成的由镇农经站统一整理材料起诉。",
        basis="；".join(one["text"] for one in study.laws) or "示例，可修改，非官方依据",
        **acting(APPROVES),
    )  # fmt: skip
