"""The demonstration city's support: 140 experts in 140 villages, a class of 40, pairs, a showcase.

Everybody is fictional and drawn from a seed; everything is dated in the year of the article's
figures and goes through the actions. It adds no row to any register, so it moves no figure.
"""

import random
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from sanzi.access.models import Person
from sanzi.access.scope import under
from sanzi.orgs.models import Region
from sanzi.support import helping
from sanzi.support.actions import (
    aims,
    classes,
    experts,
    helps,
    inquiries,
    lessons,
    matching,
    showcase,
)
from sanzi.support.matching.terms import Terms
from sanzi.support.measures import INCOME, MONTHLY, values_of
from sanzi.support.models import Cohort, Help, Lesson, Offering, Presence, Seat
from sanzi.support.roster import RosterRow
from sanzi.support.skills import SKILLS

from .demo_village_support import support_the_town

CITY, YEAR = "1403", 2022
LEADS, SECONDS = "yq-lingdao", "yq-zuzhi"
OFFICES = {
    "140302": "cq-zhuanban", "140303": "kq-zhuanban", "140311": "jq-zhuanban",
    "140321": "pd-zhuanban", "140322": "yx-zhuanban",
}  # fmt: skip
EXPERTS, PUPILS = 140, 40
YEAR_END = date(YEAR, 12, 31)
_FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = ("春", "夏", "秋", "冬", "清", "明", "立", "谷", "雨", "霜", "寒", "露", "芒", "惊", "蛰")
_UNITS = {
    "rural": "示例农科所", "culture": "示例文旅中心", "building": "示例规划院",
    "other": "示例高校合作站",
}  # fmt: skip

Tell = Callable[[str], None]


def acting(username: str, month: int = 3, day: int = 1) -> dict[str, object]:
    """`by` and `now` of an action in the year shown."""
    moment = datetime(YEAR, month, day, 2, 0, tzinfo=UTC)
    return {"by": Person.objects.get(username=username), "now": moment}


def lend_support(*, tell: Tell) -> None:
    """Do once what nobody has done yet; later visits leave it as visitors left it."""
    if ties := support_the_town():
        tell(f"示例乡镇帮扶 {ties} 项、研修班 1 个、展示 3 项")
    if Cohort.objects.visible_to(Person.objects.get(username=LEADS)).exists():
        return
    began = time.monotonic()
    found = Region.objects.filter(under("code", CITY), level=Region.Level.VILLAGE, valid_to=None)
    villages = list(found.order_by("code").values_list("code", "name"))
    codes = [code for code, _ in villages]
    points = _match(codes)
    _visit()
    pupils = _hold_class(codes)
    _pair(villages, pupils)
    _show(codes)
    seconds = time.monotonic() - began
    tell(f"专家对接 140 个村（合计 {points} 分，已证明最省）、学员 40 名，用时 {seconds:.1f} 秒")


def _name(chance: random.Random) -> str:
    return chance.choice(_FAMILY) + chance.choice(_GIVEN) + chance.choice(_GIVEN)


def _match(codes: Sequence[str]) -> int:
    """140 villages say what they lack, 140 experts are listed and matched, another confirms."""
    chance = random.Random("needs")
    for code in sorted(chance.sample(codes, EXPERTS)):
        for skill in chance.sample(sorted(SKILLS), chance.choice((1, 1, 2))):
            experts.tell_need(
                village=code, skill=skill, weight=chance.randint(1, 3), note="",
                **acting(OFFICES[code[:6]]),
            )  # fmt: skip
    experts.list_experts(region=CITY, rows=list(_roster()), **acting(LEADS, 3, 10))
    made = matching.propose(
        region=CITY, title="百名人才进百村", until_on=YEAR_END, terms=Terms(), quotas={},
        **acting(LEADS, 3, 20),
    )  # fmt: skip
    assert not made.answer["unserved"], made.answer["unserved"]
    matching.confirm(matching_id=made.pk, revision=made.revision, **acting(SECONDS, 4, 1))
    return int(made.answer["cost"])


def _roster() -> Sequence[RosterRow]:
    chance, rows, names = random.Random("experts"), [], set()
    skills, counties = sorted(SKILLS), sorted(OFFICES)
    for number in range(EXPERTS):
        while (name := _name(chance)) in names:
            pass
        names.add(name)
        first = skills[number % len(skills)]
        had = {first: 3, **dict.fromkeys(chance.sample(skills, 3), chance.randint(1, 3))}
        field = SKILLS[first][1]
        rows.append(
            RosterRow(name, _UNITS[field], chance.choice(("", "高级工程师", "副研究员")), field,
                      counties[number % len(counties)], "", had, 1)
        )  # fmt: skip
    return rows


def _visit() -> None:
    """A third of the experts have been there; some towards a goal read at the year's end."""
    chance = random.Random("visits")
    person = Person.objects.get(username=LEADS)
    mine = Help.objects.visible_to(person).filter(kind=Help.Kind.EXPERT).order_by("village")
    for number, help in enumerate(mine[::3]):
        office = OFFICES[help.village[:6]]
        helps.tell_deed(
            help_id=help.pk, done_on=date(YEAR, 5, chance.randint(1, 28)),
            what=f"到村走访，会同村“两委”看现场，就{help.matter}定出三件事",
            next="下月回访，看落实", **acting(office, 6, 1),
        )  # fmt: skip
        if number % 6 == 0:
            _aim(help.village, "help", help.pk, office, chance)


def _aim(village: str, of: str, pk: int, sets: str, chance: random.Random) -> None:
    """A goal some percent above last year's income, read at the year's end."""
    base_on = date(YEAR - 1, 12, 31)
    base = values_of([INCOME], [village], base_on)[village, INCOME] or Decimal(100_000)
    target = (base * (100 + chance.choice((3, 8, 12, 20))) / 100).quantize(Decimal(100))
    goal = aims.set_goal(
        of=of, thing_id=pk, measure=INCOME, base_on=base_on, target=target, due_on=YEAR_END,
        **acting(sets, 4, 10),
    )  # fmt: skip
    if chance.random() < 0.5:
        ended = acting(sets, 12, 31)
        aims.keep_reading(goal_id=goal.pk, as_of=YEAR_END, note="年底取数", **ended)


def _hold_class(codes: Sequence[str]) -> list[Seat]:
    """40 secretaries recommended by their counties, chosen by the city into A and B."""
    cohort = classes.found_cohort(
        region=CITY, title="农村党组织书记能力提升长训班", year=YEAR, seats_max=PUPILS,
        starts_on=date(YEAR, 3, 1), ends_on=YEAR_END,
        criteria="想干事、能干事、干成事的村党组织书记", measures=list(MONTHLY),
        **acting(LEADS, 2, 1),
    )  # fmt: skip
    chance = random.Random("class")
    seats = [
        classes.recommend(
            cohort_id=cohort.pk, village=code, name=_name(chance), duty="村党组织书记",
            statement="班子有干劲，村里有资源，有发展项目", **acting(OFFICES[code[:6]], 2, 10),
        )
        for code in sorted(chance.sample(codes, PUPILS))
    ]  # fmt: skip
    chosen = {seat.pk: "AB"[number % 2] for number, seat in enumerate(seats)}
    classes.decide_seats(
        cohort_id=cohort.pk,
        chosen=chosen,
        passed_over=(),
        reason="集体研究",
        **acting(LEADS, 2, 20),
    )
    classes.take_cohort_step(cohort_id=cohort.pk, step="start", **acting(LEADS))
    for seat in seats:
        _aim(seat.village, "seat", seat.pk, LEADS, chance)
    _teach(cohort, seats, chance)
    lessons.issue_circular(cohort_id=cohort.pk, as_of=YEAR_END, **acting(LEADS, 12, 31))
    return seats


_LESSONS = (
    ("theory", "抓党建促基层治理", 3, ""),
    ("spirit", "走进革命旧址", 4, ""),
    ("extended", "集体资产运营", 5, "写一份本村资产盘活方案"),
    ("exchange", "A、B 两班互看项目", 6, ""),
    ("practice", "到强村跟班", 9, "写一份跟班体会"),
    ("seminar", "我村的增收路子", 11, ""),
)


def _teach(cohort: Cohort, seats: Sequence[Seat], chance: random.Random) -> None:
    """The six kinds once each, ticked, with homework most hand in."""
    for kind, title, month, homework in _LESSONS:
        lesson = lessons.arrange_lesson(
            cohort_id=cohort.pk, kind=kind, title=title, held_on=date(YEAR, month, 15),
            place="市委党校", teacher="", group="", homework=homework,
            homework_due_on=date(YEAR, month, 28) if homework else None, **acting(LEADS, month, 1),
        )  # fmt: skip
        marks = {seat.pk: _mark(chance) for seat in seats}
        lessons.mark_presence(lesson_id=lesson.pk, marks=marks, **acting(LEADS, month, 16))
        if homework:
            _collect(lesson, chance.sample(seats, 9 * len(seats) // 10), month)


def _mark(chance: random.Random) -> str:
    marks = (Presence.Mark.PRESENT, Presence.Mark.LATE, Presence.Mark.LEAVE, Presence.Mark.ABSENT)
    return str(chance.choices(marks, (90, 4, 4, 2))[0])


def _collect(lesson: Lesson, seats: Sequence[Seat], month: int) -> None:
    for seat in seats:
        lessons.hand_in(
            lesson_id=lesson.pk, seat_id=seat.pk, text="家底、路子、项目、分年目标，共四部分。",
            **acting(OFFICES[seat.village[:6]], month, 25),
        )  # fmt: skip


_ONES = (
    ("city-unit", "市示例局"),
    ("county-leader", "县示例领导"),
    ("county-unit", "县示例局"),
    ("town-head", "乡镇党政正职"),
)


def _pair(villages: Sequence[tuple[str, str]], pupils: Sequence[Seat]) -> None:
    """The four ones for some villages of the class; strong with weak as suggested; two firms."""
    person = Person.objects.get(username=LEADS)
    for seat in pupils[::8]:
        for kind, helper in _ONES:
            _tie(seat.village, kind, helper, "", "人才支持、业务培养、项目推广、资金扶持", "")
    for one in helping.suggested(villages, person, YEAR_END)[:8]:
        _tie(one.weak.code, "strong", "", one.strong.code, "带班子、带项目、带销路", one.reason)
    for seat in pupils[3:6]:
        _tie(seat.village, "firm", "示例农产品公司", "", "订单收购、务工岗位", "")


def _tie(village: str, kind: str, helper: str, strong: str, matter: str, reason: str) -> None:
    help = helps.propose_help(
        village=village, kind=kind, helper=helper, helper_village=strong, contact="", phone="",
        matter=matter, from_on=date(YEAR, 3, 1), until_on=YEAR_END, reason=reason,
        **acting(OFFICES[village[:6]]),
    )  # fmt: skip
    helps.decide_help(help_id=help.pk, step="confirm", reason="", **acting(LEADS, 3, 5))


_OFFERINGS = (
    ("product", "山区小米", "石碾小米，当年新米", "18 元/袋（5 斤）"),
    ("product", "核桃仁", "薄皮核桃，自家加工", "36 元/斤"),
    ("product", "手工粉条", "红薯粉条，无添加", "12 元/斤"),
    ("product", "连翘茶", "春季嫩叶，小锅炒制", "60 元/盒"),
    ("investment", "旧校舍改民宿", "三层旧校舍，院落两亩，水电齐全", "租赁或合作"),
    ("investment", "冷库合作经营", "百吨冷库，配交易棚", "保底加分成"),
    ("incubated", "村播电商间", "三个村合用，已培训主播六名", ""),
    ("incubated", "光伏运维队", "服务周边十个村电站", ""),
)


def _show(codes: Sequence[str]) -> None:
    """A few things offered, most of them published; one of them sold."""
    chance = random.Random("showcase")
    chosen = chance.sample(codes, len(_OFFERINGS))
    for number, (kind, title, summary, price) in enumerate(_OFFERINGS):
        office = OFFICES[chosen[number][:6]]
        one = showcase.write_offering(
            village=chosen[number], kind=kind, title=title, summary=summary,
            details="由村集体统一组织，质量由村集体负责。", price=price, **acting(office, 5, 1),
        )  # fmt: skip
        showcase.submit_offering(offering_id=one.pk, **acting(office, 5, 2))
        if number < len(_OFFERINGS) - 1:
            showcase.review_offering(
                offering_id=one.pk, step="publish", reason="", **acting(LEADS, 5, 6)
            )
        if number < 2:
            _sell(one, office, number)


def _sell(offering: Offering, office: str, number: int) -> None:
    lead = inquiries.inquire(
        offering_id=offering.pk, name="示例客户", phone="13900000000", text="单位福利，要一百份",
        once=UUID(int=number + 1), address=f"192.0.2.{number + 1}", by=None,
        now=datetime(YEAR, 6, 1, 2, 0, tzinfo=UTC),
    )  # fmt: skip
    inquiries.handle_inquiry(
        inquiry_id=lead.pk, step="agree", note="已签订货单", **acting(office, 6, 3)
    )
    showcase.tell_outcome(
        offering_id=offering.pk, on=date(YEAR, 6, 10), amount=Decimal(1800), what="一百份，已交货",
        inquiry_id=lead.pk, **acting(office, 6, 12),
    )  # fmt: skip
