"""The demonstration town's support: who helps the shown village, what it lacks, what it offers.

Everybody is fictional; everything goes through the actions and moves no figure.
"""

from datetime import UTC, date, datetime
from uuid import UUID

from sanzi.access.models import Person
from sanzi.orgs.models import Region
from sanzi.support.actions import (
    classes,
    experts,
    helps,
    inquiries,
    lessons,
    matching,
    showcase,
)
from sanzi.support.matching.terms import Terms
from sanzi.support.measures import MONTHLY
from sanzi.support.models import Help
from sanzi.support.roster import RosterRow
from sanzi.support.skills import SKILLS

from .demo_cast import TOWN, VILLAGE

COUNTY, YEAR = TOWN[:6], 2022
CLERK, LEADER, OFFICE = "zc-jingban", "zc-lingdao", "qs-zhuanban"
FIRST, LAST = date(YEAR, 3, 1), date(YEAR, 12, 31)
HELPERS = (
    ("city-unit", "市示例局"), ("county-leader", "县示例领导"), ("county-unit", "县示例局"),
    ("town-head", "中村镇党政正职"), ("firm", "示例中药材公司"),
)  # fmt: skip
OFFERINGS = (
    ("product", "连翘茶", "春季嫩叶，小锅炒制", "60 元/盒"),
    ("product", "土蜂蜜", "林下蜂箱，一年一割", "80 元/瓶"),
    ("investment", "闲置校舍合作经营", "两层校舍，水电齐全", "租赁或合作"),
)
EXPERTS = ("聂春耕", "栗秋实", "韩冬藏")
PUPILS = ("张立春", "段有为", "卫向前")


def acting(username: str, month: int = 3, day: int = 1) -> dict[str, object]:
    """`by` and `now` of an action in the year shown."""
    moment = datetime(YEAR, month, day, 2, 0, tzinfo=UTC)
    return {"by": Person.objects.get(username=username), "now": moment}


def support_the_town() -> int:
    """Do once what nobody has done yet; how many ties of help there are."""
    if Help.objects.within(TOWN).exists():
        return 0
    found = Region.objects.filter(parent__code=TOWN, valid_to=None).order_by("code")
    villages = list(found.values_list("code", flat=True))
    for kind, helper in HELPERS:
        _tie(VILLAGE, kind, helper, "")
    others = [code for code in villages if code != VILLAGE]
    _tie(others[0], "strong", "", VILLAGE)
    _match(villages)
    _offer()
    _class(villages)
    return len(HELPERS) + 1


def _tie(village: str, kind: str, helper: str, strong: str) -> None:
    help = helps.propose_help(
        village=village, kind=kind, helper=helper, helper_village=strong, contact="", phone="",
        matter="带班子、带项目、带销路", from_on=FIRST, until_on=LAST,
        reason="收入差距大，产业相近" if strong else "", **acting(CLERK),
    )  # fmt: skip
    helps.decide_help(help_id=help.pk, step="confirm", reason="", **acting(LEADER, 3, 5))
    helps.tell_deed(
        help_id=help.pk, done_on=date(YEAR, 5, 12), what="到村走访，会同村“两委”定出三件事",
        next="下月回访，看落实", **acting(CLERK, 5, 15),
    )  # fmt: skip


def _match(villages: list[str]) -> None:
    """Three villages say what they lack; three experts matched, waiting to be confirmed."""
    wanted = ("accounts", "crops", "tourism")
    for village, skill in zip([VILLAGE, *villages[1:3]], wanted, strict=True):
        experts.tell_need(village=village, skill=skill, weight=2, note="", **acting(CLERK))
    rows = [
        RosterRow(name, "示例专家服务站", "", SKILLS[skill][1], COUNTY, "", {skill: 3}, 1)
        for name, skill in zip(EXPERTS, wanted, strict=True)
    ]
    experts.list_experts(region=COUNTY, rows=rows, **acting(OFFICE, 3, 10))
    matching.propose(
        region=COUNTY, title="县派专家进村（演示）", until_on=LAST, terms=Terms(), quotas={},
        **acting(OFFICE, 3, 20),
    )  # fmt: skip


def _offer() -> None:
    for number, (kind, title, summary, price) in enumerate(OFFERINGS):
        one = showcase.write_offering(
            village=VILLAGE, kind=kind, title=title, summary=summary,
            details="由村集体统一组织，质量由村集体负责。", price=price, **acting(CLERK, 5, 1),
        )  # fmt: skip
        showcase.submit_offering(offering_id=one.pk, **acting(CLERK, 5, 2))
        if number == 2:
            continue
        showcase.review_offering(
            offering_id=one.pk, step="publish", reason="", **acting(LEADER, 5, 6)
        )
        inquiries.inquire(
            offering_id=one.pk, name="示例客户", phone="13900000000", text="想要五十份，请联系",
            once=UUID(int=101 + number), address=f"192.0.2.{101 + number}", by=None,
            now=datetime(YEAR, 6, 1, 2, 0, tzinfo=UTC),
        )  # fmt: skip


def _class(villages: list[str]) -> None:
    """Three of the town's secretaries in a class of the county's, one lesson ticked."""
    cohort = classes.found_cohort(
        region=COUNTY, title="沁水县村党组织书记研修班（演示）", year=YEAR, seats_max=3,
        starts_on=FIRST, ends_on=LAST, criteria="想干事、能干事、干成事的村党组织书记",
        measures=list(MONTHLY), **acting(OFFICE, 2, 1),
    )  # fmt: skip
    chosen = [VILLAGE, *(code for code in villages if code != VILLAGE)][: len(PUPILS)]
    seats = [
        classes.recommend(
            cohort_id=cohort.pk, village=code, name=name, duty="村党组织书记",
            statement="班子有干劲，村里有资源，有发展项目", **acting(CLERK, 2, 10),
        )
        for code, name in zip(chosen, PUPILS, strict=True)
    ]  # fmt: skip
    classes.decide_seats(
        cohort_id=cohort.pk, chosen={seat.pk: "AB"[n % 2] for n, seat in enumerate(seats)},
        passed_over=(), reason="集体研究", **acting(OFFICE, 2, 20),
    )  # fmt: skip
    classes.take_cohort_step(cohort_id=cohort.pk, step="start", **acting(OFFICE))
    lesson = lessons.arrange_lesson(
        cohort_id=cohort.pk, kind="theory", title="抓党建促基层治理", held_on=date(YEAR, 4, 15),
        place="县委党校", teacher="", group="", homework="", homework_due_on=None,
        **acting(OFFICE, 4, 1),
    )  # fmt: skip
    lessons.mark_presence(
        lesson_id=lesson.pk, marks={seat.pk: "present" for seat in seats}, **acting(OFFICE, 4, 16)
    )
