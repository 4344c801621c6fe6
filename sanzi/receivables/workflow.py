"""The seven steps as taken on one claim: who may, from where, and what stands in the way.

Conditions are asked of a Standing (standing.py): a claim as it is now. What each step proves, posts
and counts as is the other half of the table (seven.py).
"""

from collections.abc import Callable
from typing import Any

from sanzi.kernel.workflow import Condition, Step, Workflow

from .estates import against_heirs
from .seven import CLUES, KINDS, WORK, Kind
from .stages import LIVE, Stage

S = Stage


def pending(standing: Any) -> str | None:
    """One thing at a time, so that nothing is counted twice."""
    waits = standing.open
    return (
        f"已有一张“{waits.what.label}”清收单{waits.get_stage_display()}，办结后再提出"
        if waits
        else None
    )


def in_suit(standing: Any) -> str | None:
    words = standing.pursuit and standing.pursuit.get_kind_display()
    return f"正在法院{words}，结案或撤回后再办理" if words else None


def in_mediation(standing: Any) -> str | None:
    return f"在调解案 {standing.case.case} 中，请按调解结果办理" if standing.case else None


def not_agreed(standing: Any) -> str | None:
    if standing.case is None:
        return "没有在办的调解案"
    return None if standing.case.case.agreed_on else "调解还没有达成协议"


def not_pursued(standing: Any) -> str | None:
    return None if standing.pursuit else "没有在办的支付令、诉讼或执行"


def off_books(standing: Any) -> str | None:
    is_off = standing.claim.book == "账外"
    return "账外债权，请先“账外补记入账”" if is_off else None


def on_books(standing: Any) -> str | None:
    return None if standing.claim.book == "账外" else "本来就在账内，不需要补记"


def no_book(standing: Any) -> str | None:
    return None if standing.has_book else "本村还没有账套，不能记账；请先建账"


def not_works(standing: Any) -> str | None:
    is_works = standing.claim.nature == "在建工程虚拟债权"
    return None if is_works else "只适用于在建工程形成的虚拟债权"


def not_sealed(standing: Any) -> str | None:
    return None if standing.put_aside else "没有封存的金额"


def beyond_estate(standing: Any) -> str | None:
    beyond = standing.beyond_estate
    return against_heirs(beyond) if beyond > 0 else None


def no_reply_waits(standing: Any) -> str | None:
    reply = standing.reply
    waits = reply is not None and reply.stage == "received"
    return None if waits else "没有待确认的回函"


def unresolved(matter: str) -> Condition:
    """The resolution the step waits for (四议两公开)."""
    return lambda standing: standing.why_not(matter)


_CONDITIONS: dict[str, tuple[Callable[[Any], str | None], ...]] = {
    "cash": (off_books, no_book, in_mediation, in_suit),
    "book_in": (on_books, no_book),
    "works": (off_books, no_book, not_works, in_suit),
    "corrected": (off_books, no_book, in_mediation, in_suit),
    "mediated_adjusted": (off_books, no_book, not_agreed, in_suit),
    "write_off": (off_books, no_book, in_suit, in_mediation, unresolved("claim.write_off")),
    "hardship": (off_books, no_book, in_suit, in_mediation, unresolved("claim.reduce")),
    "dividend": (off_books, no_book, in_suit),
    "set_off": (off_books, no_book, in_suit, in_mediation),
    "three_party": (off_books, no_book, in_suit, in_mediation),
    "mediated": (off_books, no_book, not_agreed, in_suit),
    "pursued": (off_books, no_book, not_pursued),
    "unlisted": (off_books, no_book, in_mediation, in_suit),
}


def _step(kind: Kind) -> Step:
    unless = (pending, *_CONDITIONS[kind.code])
    return Step(kind.code, kind.label, LIVE, S.COLLECTING, WORK, unless)


# Sealing is proposed for a package, taking back on the page of what was done.
APART = ("seal", "take_back")
MONEY = tuple(_step(kind) for kind in KINDS.values() if kind.code not in APART)
OTHERS = (
    Step("letter", "下函（对账、催缴）", LIVE, S.NOTICED, WORK),
    Step("confirm_reply", "确认回函", LIVE, S.CONFIRMED, WORK, (no_reply_waits,)),
    Step("plan", "签订分期协议", LIVE, S.COLLECTING, WORK, (in_suit, beyond_estate)),
    Step("seal", "打包封存", LIVE, S.SEALED, WORK, (pending, in_suit, in_mediation)),
    Step(
        "mediate",
        "申请诉前调解",
        LIVE,
        S.MEDIATING,
        WORK,
        (pending, in_suit, in_mediation, beyond_estate),
    ),
    Step(
        "pursue",
        "申请支付令、起诉、执行",
        LIVE,
        S.PURSUING,
        WORK,
        (pending, in_suit, beyond_estate),
    ),
    Step("take_back", "冲回", (*LIVE, S.SEALED, S.SETTLED), S.COLLECTING, WORK, (pending,)),
    Step("clue", "移送违纪线索", (*LIVE, S.SEALED, S.SETTLED), S.PURSUING, CLUES),
    Step("release", "解除封存", (S.SEALED,), S.COLLECTING, "claims.approve", (not_sealed, pending)),
)

SEVEN = Workflow(steps=(*OTHERS, *MONEY))
