"""What an organiser may do to a round: asked under its lock."""

from sanzi.access.models import Person
from sanzi.access.scope import covers
from sanzi.kernel.refusals import Blocked, Invalid, Missing
from sanzi.kernel.regions import LEVELS
from sanzi.kernel.regions import level as level_of

from .models import Contest, Round
from .stages import Stage


def organised(round_id: int, by: Person) -> Round:
    """The round, locked, if `by`'s region holds it or lies above. Raises Missing."""
    round_ = Round.objects.claim(round_id, by)
    if not covers(by, round_.contest.region):
        raise Missing("scope.missing", "没有找到该记录")
    return round_


def levels_below(region: str) -> list[tuple[str, str]]:
    """Whom a region may hold a contest over, the lowest first: the levels below its own."""
    own = LEVELS.index(level_of(region))
    return [(one, word) for one, word in Contest.Level.choices if LEVELS.index(one) > own]


def refuse_opened(round_: Round, what: str) -> None:
    """Raise Blocked once a round has left preparation."""
    if round_.stage != Stage.PREPARING:
        raise Blocked("round.opened", f"本轮{round_.get_stage_display()}，{what}不能再改")


def reason_of(reason: str) -> str:
    """A reason fit to be kept. Raises Invalid."""
    reason = reason.strip()
    if not 2 <= len(reason) <= 200:
        raise Invalid("contest.reason", "请写明依据或理由，2 到 200 个字")
    return reason
