"""How far a matter has come, in words that need no accountant."""

from dataclasses import dataclass

from .models import Draft
from .stages import WAY, Stage

_WORDS = {
    Stage.DRAFTING: "还没交上去",
    Stage.SUBMITTED: "已交，等监事会看",
    Stage.OVERSEEN: "监事会看过了，等镇里审核",
    Stage.VERIFIED: "镇里审核通过，等入账",
    Stage.PREPARED: "镇里正在入账，等核对",
    Stage.REVIEWED: "核对好了，快入账了",
    Stage.SIGNED: "核对好了，快入账了",
    Stage.POSTED: "已入账",
    Stage.VOIDED: "已作废",
}
_TONES = {
    Stage.DRAFTING: "warn",
    Stage.POSTED: "done",
    Stage.VOIDED: "plain",
}
# What people at home can tell apart, and the stage that makes it true.
_STATIONS = (
    ("交上去", Stage.SUBMITTED),
    ("监事会看过", Stage.OVERSEEN),
    ("镇里审核", Stage.VERIFIED),
    ("入账", Stage.POSTED),
)


@dataclass(frozen=True)
class Station:
    """One station, done, now or still to come (components/stages.html)."""

    title: str
    state: str
    who: str = ""
    on: None = None


def words_of(draft: Draft) -> str:
    """One sentence: where it stands, and what is wanted."""
    if draft.stage == Stage.DRAFTING:
        if draft.returned_because:
            return f"退回来了：{draft.returned_because}"
        return "还差单据，补拍后再交" if not draft.attachments else _WORDS[Stage.DRAFTING]
    if draft.stage == Stage.POSTED and draft.voucher:
        return f"已入账（{draft.voucher}）"
    return _WORDS[Stage(draft.stage)]


def tone_of(draft: Draft) -> str:
    """Its colour, beside the words."""
    if draft.stage == Stage.DRAFTING and draft.returned_because:
        return "danger"
    return _TONES.get(Stage(draft.stage), "running")


def stations_of(draft: Draft) -> list[Station]:
    """The four stations a village looks at; none of a matter that was voided."""
    if draft.stage == Stage.VOIDED:
        return []
    reached = WAY.index(Stage(draft.stage))
    done = [reached >= WAY.index(stage) for _, stage in _STATIONS]
    at = done.index(False) if False in done else len(done)
    return [
        Station(title, "done" if is_done else "now" if place == at else "next")
        for place, ((title, _), is_done) in enumerate(zip(_STATIONS, done, strict=True))
    ]
