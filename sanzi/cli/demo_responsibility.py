"""The demonstration town's people: who answers, its task forces, its rules, a round of 巡察.

Every name and number is made up; a rule's text says of itself that it is a demonstration.
"""

import time
from collections.abc import Callable
from datetime import date, timedelta
from itertools import cycle

from django.utils.timezone import localdate

from sanzi.access.models import Person
from sanzi.campaigns.households import households_of
from sanzi.inspections import actions as inspecting
from sanzi.orgs.models import Region
from sanzi.regulations import actions as regulating
from sanzi.regulations.articles import read as read_articles
from sanzi.regulations.models import Regulation
from sanzi.responsibility.actions import assigning, forces
from sanzi.responsibility.actions.handover import hand_over
from sanzi.responsibility.hands import holding_of
from sanzi.responsibility.models import Area
from sanzi.responsibility.pasting import read as read_table

from .demo_cast import TOWN, VILLAGE, acting

COUNTY = TOWN[:6]
CLERK, LEADER, COUNTY_OFFICE, INSPECTOR = "zc-jingban", "zc-lingdao", "qs-zhuanban", "jc-jiandu"
CITY_COUNTY, CITY_OFFICE, CITY_INSPECTOR = "140321", "pd-zhuanban", "yq-jiandu"
SINCE = date(2022, 3, 1)
CADRES = (
    "段春分", "卫夏至", "侯立秋", "尚霜晨", "柴雨生", "祁白杨", "郭长庚", "牛东升", "武望舒",
    "景禾苗", "程麦秋", "焦远山",
)  # fmt: skip
GROUP_CADRES = ("张谷雨", "李长河", "任大地", "延四季", "宋青禾", "董满仓")
# So many of the village's households with a contract or a debt are answered for: the rest shows.
HOUSEHOLDS = 8
PARTY_MEMBERS = ("张前进", "刘向阳", "李红旗")

Tell = Callable[[str], None]


def arrange(*, tell: Tell) -> None:
    """Arrange it if nobody has yet; later visits leave it as visitors left it."""
    if Area.objects.within(TOWN).exists():
        return
    began = time.monotonic()
    villages = list(Region.objects.filter(parent__code=TOWN, valid_to=None).order_by("code"))
    _answer(villages)
    _forces(villages)
    _hand_over()
    _rules()
    found = _inspect(villages) + _inspect_the_city_s()
    tell(f"已安排包联、专班、制度，巡察问题 {found} 个，用时 {time.monotonic() - began:.1f} 秒")


def _answer(villages: list[Region]) -> None:
    half = len(villages) // 2 + 1
    for name, some in (("东片", villages[:half]), ("西片", villages[half:])):
        assigning.draw_area(town=TOWN, name=name, villages=[one.code for one in some],
                            from_on=SINCE, **acting(CLERK))  # fmt: skip
    rows = ["片\t东片\t\t\t\t王立夏\t分管领导\t19900010001",
            "片\t西片\t\t\t\t高启明\t副镇长\t19900010002"]  # fmt: skip
    # The last village has nobody yet: the gap shows.
    for number, (village, cadre) in enumerate(zip(villages, CADRES, strict=False), start=11):
        rows.append(f"村\t\t{village.code}\t\t\t{cadre}\t镇干部\t199000100{number}")
    cadres = cycle(GROUP_CADRES)
    for village in villages[:-1]:
        rows += [f"组\t\t{village.code}\t第{n}组\t\t{next(cadres)}\t村干部" for n in "一二"]
    rows.append(f"组\t\t{VILLAGE}\t第三组\t\t张立春\t村党组织书记\t19900010101")
    rows.append(f"组\t\t{VILLAGE}\t第四组\t\t刘惊蛰\t监事会主任\t19900010102")
    (known,) = households_of(VILLAGE, [(VILLAGE, "")], SINCE)
    for household, member in zip(known.loose[:HOUSEHOLDS], cycle(PARTY_MEMBERS), strict=False):
        rows.append(f"户\t\t{VILLAGE}\t第一组\t{household}\t{member}\t党员")
    lines, faults = read_table("\n".join(rows))
    assert not faults, faults
    assigning.assign_many(lines=lines, from_on=SINCE, key="demo", **acting(CLERK))


def _forces(villages: list[Region]) -> None:
    seats = {
        "contracts": ("高启明", "副镇长"), "debts": ("蔡和平", "人大主席"),
        "income": ("薛正阳", "组织委员"),
    }  # fmt: skip
    for kind, (leader, title) in seats.items():
        force = forces.found(kind=kind, region=TOWN, from_on=SINCE, **acting(CLERK))
        _seat(force.pk, "leader", leader, title=title)
        clerk = Person.objects.get(username=CLERK)
        _seat(force.pk, "member", "", person_id=clerk.pk, title="农经站", duty="台账、调度")
        for station, name, duty in (
            ("法庭", "温如玉", "诉前调解、依法追缴"), ("派出所", "邢卫国", "秩序、送达协助"),
            ("自然资源所", "樊大川", "地块核实"),
        ):  # fmt: skip
            _seat(force.pk, "station", name, station=station, duty=duty)
    for village in villages:
        force = forces.found(kind="village", region=village.code, from_on=SINCE, **acting(CLERK))
        if village.code == VILLAGE:
            for name, title in (("张立春", "村党组织书记"), ("张小满", "村会计")):
                _seat(force.pk, "member", name, title=title)


def _seat(force_id: int, role: str, name: str, **told: object) -> None:
    forces.join(force_id=force_id, role=role, name=name, from_on=SINCE,
                key=f"demo-{force_id}-{role}-{name}", **{**told, **acting(CLERK)})  # fmt: skip


def _hand_over() -> None:
    """刘惊蛰 gives the fourth group to the village's secretary, as the paper shows."""
    giver = Person.objects.get(username="zc-jianshi")
    taker = Person.objects.get(username="zc-shuji")
    hand_over(giver_id=giver.pk, taker_id=taker.pk, reason="监事会专责监督，不再包组",
              on=date(2022, 7, 1), digest=holding_of(giver, TOWN).digest, key="demo",
              **acting(LEADER))  # fmt: skip


_FIRST = """第一章 总则
第一条　为说明本系统的用法，编写本演示文本；它不是任何乡镇的制度。
第二章 备案
第二条　村集体签订的合同，签订后十五日内由村报账员报农经站备案。
第三条　备案时提交合同原件、会议决议和公示照片。
"""
_SECOND = """第一章 总则
第一条　为说明本系统的用法，编写本演示文本；它不是任何乡镇的制度。
第二章 备案
第二条　村集体签订的合同，签订后十日内由村报账员报农经站备案；补充协议同样备案。
第三条　备案时提交合同原件、会议决议和公示照片。
第四条　没有备案的合同，不办理收款入账。
"""


def _rules() -> None:
    regulating.lay_out(region=TOWN, **acting(CLERK))
    filing = Regulation.objects.get(region=TOWN, ordinal=1)
    first, second = date(2021, 7, 1), date(2022, 4, 1)
    for number, text, from_on in (
        ("演示〔2021〕1号", _FIRST, first),
        ("演示〔2022〕3号", _SECOND, second),
    ):
        version = regulating.enter(
            regulation_id=filing.pk, title="合同备案制度（演示）", number=number,
            adopted_on=from_on - timedelta(days=20), from_on=from_on, until_on=None,
            articles=read_articles(text), **acting(CLERK),
        )  # fmt: skip
        regulating.release(version_id=version.pk, seen=version.seen, **acting(LEADER))
    for office, county in ((COUNTY_OFFICE, COUNTY), (CITY_OFFICE, CITY_COUNTY)):
        regulating.lay_out(region=county, **acting(office))
    for article, screen in (("第二条", "contracts:file"), ("第四条", "contracts:collect")):
        regulating.apply(regulation_id=filing.pk, article=article, screen=screen, **acting(CLERK))


FOUND = (
    (0, "contract", "两份机动地合同签订后没有备案", "合同台账与备案登记核对"),
    (1, "claim", "三笔多年欠款没有下过对账函", "债权台账没有送达记录"),
    (2, "disclosure", "一个季度的财务没有公开", "公开栏照片、公开台账"),
    (3, "procedure", "资产出租没有会议记录", "查会议记录本"),
)


def _inspect_the_city_s() -> int:
    """A round in one county of the demonstration city: two findings, one given as a task."""
    by = acting(CITY_INSPECTOR)
    villages = list(
        Region.objects.filter(code__startswith=CITY_COUNTY, level=Region.Level.VILLAGE,
                              valid_to=None).order_by("code")[:6]
    )  # fmt: skip
    term = inspecting.open_term(region=CITY_COUNTY, name="演示届次", from_on=date(2021, 9, 1),
                                to_on=date(2026, 8, 31), **by)  # fmt: skip
    held = inspecting.open_round(term_id=term.pk, title="债权债务专项巡察",
                                 from_on=date(2022, 9, 1), to_on=date(2022, 10, 31),
                                 **by)  # fmt: skip
    inspecting.come_to(round_id=held.pk, places=[one.code for one in villages],
                       on=date(2022, 9, 5), **by)  # fmt: skip
    for at, kind, matter, evidence in FOUND[:2]:
        finding = inspecting.find(
            round_id=held.pk, place=villages[at].code, kind=kind, matter=matter,
            evidence=evidence, found_on=date(2022, 9, 20), key=f"demo-city-{at}", **by,
        )  # fmt: skip
        if at == 0:
            inspecting.hand_out(
                finding_id=finding.pk, due_on=localdate() + timedelta(days=14),
                responsible="村党组织书记", **by,
            )  # fmt: skip
    return 2


def _inspect(villages: list[Region]) -> int:
    by = acting(INSPECTOR)
    term = inspecting.open_term(region=COUNTY, name="演示届次", from_on=date(2021, 9, 1),
                                to_on=date(2026, 8, 31), **by)  # fmt: skip
    held = inspecting.open_round(term_id=term.pk, title="农村集体“三资”专项巡察",
                                 from_on=date(2022, 5, 1), to_on=date(2022, 6, 30),
                                 **by)  # fmt: skip
    places = [TOWN, *(one.code for one in villages[:8])]
    inspecting.come_to(round_id=held.pk, places=places, on=date(2022, 5, 10), **by)
    for at, kind, matter, evidence in FOUND:
        finding = inspecting.find(
            round_id=held.pk, place=villages[at].code, kind=kind, matter=matter,
            evidence=evidence, found_on=date(2022, 5, 20), key=f"demo-{at}", **by,
        )  # fmt: skip
        if at < 3:
            inspecting.hand_out(
                finding_id=finding.pk, due_on=localdate() + timedelta(days=30),
                responsible="村党组织书记", **by,
            )  # fmt: skip
    return len(FOUND)
