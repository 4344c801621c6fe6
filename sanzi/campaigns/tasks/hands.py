"""How long a task was in each hand: the doer's and the checker's (L-8). No framework."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

# In whose hands a task is at each stage; closed ones are in nobody's.
HANDS: dict[str, str] = {"given": "待接办", "doing": "承办人", "handed": "验收人"}
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Held:
    """One hand and the time it held the task, all spells together."""

    hand: str
    time: timedelta
    is_now: bool

    @property
    def words(self) -> str:
        """不到 1 小时, 5 小时, 3 天 4 小时."""
        days, rest = divmod(self.time, _DAY)
        hours = rest // timedelta(hours=1)
        if not days:
            return f"{hours} 小时" if hours else "不到 1 小时"
        return f"{days} 天 {hours} 小时" if hours else f"{days} 天"


def times(moves: Iterable[tuple[str, datetime]], now: datetime) -> list[Held]:
    """The time in each hand, from moves (stage it led to, moment), oldest first.

    The times add up to all the time the task was open.
    """
    steps = list(moves)
    ends = [at for _, at in steps[1:]] + [now]
    sums: dict[str, timedelta] = {}
    for (stage, began), end in zip(steps, ends, strict=True):
        if stage in HANDS:
            sums[stage] = sums.get(stage, timedelta()) + (end - began)
    present = steps[-1][0] if steps else ""
    return [Held(HANDS[stage], sums[stage], stage == present) for stage in HANDS if stage in sums]
