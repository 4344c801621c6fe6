"""The demonstration's warnings: the town and the city looked at for the day their rows are of, and
for a month before it, as they would have been looked at twelve and ten days ago.

Villages of the city keep no books here yet, so each of its counties has switched that one rule off:
proposed by the county's office, put in force by the city. In the town a leader gave some warnings
out, one was taken on, one was called a false alarm; two were given out and left lying, so one went
up to the town and one to the county. No figure is touched.
"""

import time
from collections.abc import Callable
from datetime import date, timedelta

from django.utils.timezone import localdate, now

from sanzi.access.models import Person
from sanzi.access.system import system_person
from sanzi.warnings.actions import handling, settings
from sanzi.warnings.actions.raising import raise_unanswered
from sanzi.warnings.evaluating import evaluate
from sanzi.warnings.keeping import Told
from sanzi.warnings.models import Event, Setting

from .demo_cast import APPROVES, REPORTS, TOWN, VILLAGE, acting

CITY = "1403"
DAY = date(2022, 12, 31)
BEFORE = date(2022, 11, 30)
CLERK = "zc-jingban"
COUNTIES = {
    "140302": "cq-zhuanban",
    "140303": "kq-zhuanban",
    "140311": "jq-zhuanban",
    "140321": "pd-zhuanban",
    "140322": "yx-zhuanban",
}
CONFIRMS = "yq-lingdao"

Tell = Callable[[str], None]


def warn(*, tell: Tell) -> None:
    """Look once; later visits leave everything as visitors left it."""
    by = Person.objects.get(username=APPROVES)
    if Event.objects.visible_to(by).exists():
        return
    began = time.monotonic()
    _switch_off()
    robot = system_person("system_warnings")
    told = Told()
    for day, ago in ((BEFORE, 12), (DAY, 10)):
        for region in (TOWN, CITY):
            told += evaluate(region, day, by=robot, now=now() - timedelta(days=ago))
    _handle()
    _neglect()
    raised = raise_unanswered(region="", by=robot, now=now())
    seconds = time.monotonic() - began
    tell(
        f"预警 {told.opened} 条，消除 {told.gone} 条，提级 {raised.total()} 条，"
        f"用时 {seconds:.1f} 秒"
    )


def _switch_off() -> None:
    person = Person.objects.get(username=CONFIRMS)
    if Setting.objects.visible_to(person).exists():
        return
    for county, office in COUNTIES.items():
        made = settings.propose(
            region=county, rule="W-16", values={"red": "1"}, lane="digest", is_on=False,
            from_on=BEFORE, basis="示例：各村账套尚未导入，上线后再启用", **acting(office),
        )  # fmt: skip
        settings.put_in_force(setting_id=made.pk, **acting(CONFIRMS))


def _neglect() -> None:
    """Two given out eight days ago that nobody took on: the shown village's, and a grave one given
    to the town's own clerk."""
    by = Person.objects.get(username=APPROVES)
    mine = Event.objects.visible_to(by).within(TOWN).filter(
        stage="open", level__gte=2, is_restricted=False, snoozed_until=None, shown_on__isnull=False
    )  # fmt: skip
    own = mine.filter(village=VILLAGE).order_by("-level", "pk").first()
    grave = mine.filter(level__gte=3).exclude(village=VILLAGE).order_by("-level", "pk").first()
    ago = now() - timedelta(days=8)
    for event, username in ((own, REPORTS), (grave, CLERK)):
        if event is not None:
            handling.dispatch(event_ids=[event.pk], username=username, by=by, now=ago)


def _handle() -> None:
    """The shown village's list: two given out, of which one taken on; one doubted; one put off."""
    by = Person.objects.get(username=APPROVES)
    mine = Event.objects.visible_to(by).filter(village=VILLAGE).exclude(shown_on=None)
    ids = list(mine.order_by("rule", "pk").values_list("pk", flat=True)[:4])
    if len(ids) < 4:
        return
    handling.dispatch(event_ids=ids[:2], username=REPORTS, **acting(APPROVES))
    handling.take_step(event_id=ids[0], step="accept", **acting(REPORTS))
    handling.take_step(
        event_id=ids[2], step="doubt", words="房屋已由村委会自用，台账还没有改", **acting(REPORTS)
    )
    handling.snooze(
        event_ids=ids[3:], until=localdate() + timedelta(days=30), reason="已约定月底前补签合同",
        **acting(APPROVES),
    )  # fmt: skip
