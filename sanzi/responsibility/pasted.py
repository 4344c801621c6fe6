"""From the lines of a pasted table to assignments: names looked up within the office's region."""

from collections.abc import Sequence
from datetime import date

from django.utils.timezone import localdate

from sanzi.access.models import Person, Post
from sanzi.kernel.refusals import Invalid, Refusal
from sanzi.orgs.models import Region

from .models import Area, Level
from .pasting import Fault, Line
from .queries import held_on
from .settling import Wanted, sealed_phone

FAULTS_SHOWN = 20


class _Known:
    """What names may mean to this person: villages, areas, people; three queries."""

    def __init__(self, by: Person) -> None:
        mine = Region.objects.visible_to(by).filter(level=Region.Level.VILLAGE, valid_to=None)
        self.villages: dict[str, list[str]] = {}
        for code, name in mine.values_list("code", "name"):
            for called in {name, name.removesuffix("村"), code}:
                self.villages.setdefault(called, []).append(code)
        areas = Area.objects.visible_to(by).filter(to_on=None)
        self.areas: dict[str, list[Area]] = {}
        for area in areas:
            self.areas.setdefault(area.name, []).append(area)
        posts = held_on(Post.objects.visible_to(by), localdate()).select_related("person", "region")
        self.posts: dict[str, list[Post]] = {}
        for post in posts.filter(person__is_system=False):
            self.posts.setdefault(post.person.name, []).append(post)

    def person(self, name: str, village: str) -> Person | None:
        """Who bears a name, if one person alone does and a post of theirs reaches the village.

        A party member who never signs in may share the name of somebody next door.
        """
        posts = self.posts.get(name, [])
        near = [post.person for post in posts if village.startswith(post.region.code)]
        return near[0] if near and len({post.person_id for post in posts}) == 1 else None


def wanted_of(lines: Sequence[Line], from_on: date, key: str, by: Person) -> list[Wanted]:
    """The assignments a table asks for. Raises Invalid with every faulty cell by row and column."""
    known = _Known(by)
    faults: list[Fault] = []
    wanted = [_wanted(line, from_on, key, known, faults) for line in lines]
    faults += _doubles(wanted, lines)
    if faults:
        shown = "；".join(map(str, faults[:FAULTS_SHOWN]))
        more = f"；另有 {len(faults) - FAULTS_SHOWN} 处" if len(faults) > FAULTS_SHOWN else ""
        raise Invalid("assignment.cells", f"没有登记任何一行，请改好后再提交：{shown}{more}")
    return [one for one in wanted if one is not None]


def _wanted(
    line: Line, from_on: date, key: str, known: _Known, faults: list[Fault]
) -> Wanted | None:
    village, area, phone = "", None, None
    try:
        phone = sealed_phone(line.phone)
    except Refusal as refusal:
        faults.append(Fault(line.number, "phone", refusal.message.removeprefix("电话")))
    if line.level == Level.AREA:
        found = known.areas.get(line.area, [])
        if len(found) != 1:
            faults.append(Fault(line.number, "area", f"没有片区“{line.area}”，请先划片"))
            return None
        area, village = found[0], found[0].village
    else:
        codes = known.villages.get(line.village, [])
        if len(codes) != 1:
            words = "有同名的村，请填村编码" if codes else f"辖区内没有“{line.village}”"
            faults.append(Fault(line.number, "village", words))
            return None
        village = codes[0]
    return Wanted(
        level=line.level, village=village, area=area, name=line.name, title=line.title,
        group=line.group if line.level in (Level.GROUP, Level.HOUSEHOLD) else "",
        household=line.household if line.level == Level.HOUSEHOLD else "",
        phone=phone, person=known.person(line.name, village), from_on=line.from_on or from_on,
        key=f"{key}#{line.number}", where=f"第 {line.number} 行：",
    )  # fmt: skip


def _doubles(wanted: Sequence[Wanted | None], lines: Sequence[Line]) -> list[Fault]:
    """Rows of one table that name two people for one scope."""
    first: dict[object, int] = {}
    faults = []
    for one, line in zip(wanted, lines, strict=True):
        if one is None:
            continue
        if one.scope in first:
            faults.append(Fault(line.number, "name", f"与第 {first[one.scope]} 行是同一处"))
        first.setdefault(one.scope, line.number)
    return faults
