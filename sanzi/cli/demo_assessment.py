"""The demonstration town's yearly assessment of its villages (镇考村), closed and published.

Rates and amounts are drawn from the rows that are there; what no figure says is typed by the clerk,
drawn from a seed.
"""

import random
import time
from collections.abc import Callable

from sanzi.access.models import Person
from sanzi.contests.actions import contests, people
from sanzi.contests.actions import rounds as steps
from sanzi.contests.models import Contest, Entry

from .demo_cast import TOWN, acting

YEAR, TITLE = 2022, "镇考村“清化收”年度考核"
CLERK, LEADER = "zc-jingban", "zc-lingdao"

Tell = Callable[[str], None]


def assess(*, tell: Tell) -> None:
    """Assess if nobody has yet; later visits leave it as visitors left it."""
    by = Person.objects.get(username=LEADER)
    if Contest.objects.visible_to(by).filter(region=TOWN, year=YEAR, title=TITLE).exists():
        return
    began = time.monotonic()
    contest = contests.found(
        region=TOWN, kind=Contest.Kind.ASSESSMENT, level=Contest.Level.VILLAGE, title=TITLE,
        year=YEAR, **acting(LEADER),
    )  # fmt: skip
    held = contest.rounds.get(ordinal=1)
    people.enrol(round_id=held.pk, groups={}, **acting(LEADER))
    entries = list(Entry.objects.of(held).order_by("village"))
    for entry in entries:
        people.fill(
            round_id=held.pk, entry_id=entry.pk, values=_typed(entry.village), vetoes={},
            basis="年终检查记录（演示）", **acting(CLERK),
        )  # fmt: skip
    for step in ("open", "close", "publish"):
        steps.take_step(round_id=held.pk, step=step, **acting(LEADER))
    tell(f"镇考村 {len(entries)} 个村，用时 {time.monotonic() - began:.1f} 秒")


def _typed(village: str) -> dict[str, str]:
    """What the check found: three rates, how often accounts were public, model cases adopted."""
    chance = random.Random(f"assessment{village}")
    return {
        "A2": f"{chance.randint(60, 100) / 100}", "A3": f"{chance.randint(70, 100) / 100}",
        "C1": f"{chance.randint(20, 95) / 100}", "E1": str(chance.randint(2, 4)),
        "F1": str(chance.choice((0, 0, 0, 1))),
    }  # fmt: skip
