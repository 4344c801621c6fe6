"""督办级次: by days overdue, which rung a task stands on and who is told. No framework.

No source publishes a ladder; the one shipped is an example, and each region keeps its own versions
(domain/platforms.md L-8: overdue ladder, at most one reminder a day and person).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sanzi.kernel.refusals import Invalid

# Who can be told: the responsible themselves, and posts over the task's village.
TELLABLE: dict[str, str] = {
    "responsible": "责任人",
    "village_head": "村党组织书记",
    "town_clerk": "农经站经办人",
    "town_leader": "乡镇分管领导",
    "county_office": "县专项办",
    "city_leader": "市级领导",
}
DAYS_MIN, DAYS_MAX, RUNGS_MAX, TITLE_MAX = -30, 365, 10, 12


@dataclass(frozen=True)
class Rung:
    """From so many days overdue on (negative: before the limit), who is told."""

    days: int
    title: str
    tells: tuple[str, ...]

    @property
    def words(self) -> str:
        """提前 3 天起, 当天起, 逾期 1 天起."""
        if self.days < 0:
            return f"到期前 {-self.days} 天起"
        return f"逾期 {self.days} 天起" if self.days else "到期当天起"

    @property
    def told(self) -> str:
        return "、".join(TELLABLE[who] for who in self.tells)


EXAMPLE: tuple[Rung, ...] = (
    Rung(-3, "临期提醒", ("responsible",)),
    Rung(1, "催办", ("responsible", "village_head")),
    Rung(4, "督办", ("responsible", "village_head", "town_clerk")),
    Rung(8, "通报", ("responsible", "village_head", "town_clerk", "town_leader")),
    Rung(16, "提级督办", ("responsible", "town_clerk", "town_leader", "county_office")),
)


def rung_at(rungs: Sequence[Rung], days: int) -> Rung | None:
    """The rung of a task that is so many days overdue: the last one reached, or none."""
    reached = [rung for rung in rungs if rung.days <= days]
    return max(reached, key=lambda rung: rung.days, default=None)


def first_day(rungs: Sequence[Rung]) -> int:
    """From how many days overdue on anybody is told at all."""
    return min((rung.days for rung in rungs), default=DAYS_MAX)


def checked(rungs: Iterable[Rung]) -> tuple[Rung, ...]:
    """The rungs in order. Raises Invalid for what cannot be climbed."""
    found = tuple(sorted(rungs, key=lambda rung: rung.days))
    if not 1 <= len(found) <= RUNGS_MAX:
        raise Invalid("ladder.many", f"督办级次应有 1 到 {RUNGS_MAX} 级")
    if len({rung.days for rung in found}) != len(found):
        raise Invalid("ladder.twice", "有两级的天数相同，请改成不同的天数")
    for number, rung in enumerate(found, start=1):
        if not DAYS_MIN <= rung.days <= DAYS_MAX:
            raise Invalid("ladder.days", f"第 {number} 级的天数应在 {DAYS_MIN} 到 {DAYS_MAX} 之间")
        if not 1 <= len(rung.title) <= TITLE_MAX:
            raise Invalid("ladder.title", f"第 {number} 级请填写名称，最多 {TITLE_MAX} 个字")
        if not rung.tells or set(rung.tells) - TELLABLE.keys():
            raise Invalid("ladder.tells", f"第 {number} 级请选择通知谁")
    return found


def to_json(rungs: Iterable[Rung]) -> list[dict[str, Any]]:
    return [{"days": r.days, "title": r.title, "tells": list(r.tells)} for r in rungs]


def from_json(stored: Iterable[Mapping[str, Any]]) -> tuple[Rung, ...]:
    return tuple(Rung(int(r["days"]), str(r["title"]), tuple(r["tells"])) for r in stored)
