"""One matter put together for its page: the answer, the track, who did what in how much time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sanzi.accounting.models import Account
from sanzi.kernel.money import ZERO, grouped
from sanzi.kernel.workflow import Offer

from .matter import Matter
from .models import Draft, DraftLine, Handling
from .queries import NextHand
from .stages import Stage
from .workflow import BEGUN, FORWARD, MATTERS, NOUNS, WITH_REASON

_LABELS = {**BEGUN, **{step.name: step.label for step in MATTERS.steps}}


@dataclass(frozen=True)
class Station:
    """One station of the track: done, now or still to come; who and when."""

    title: str
    state: str
    who: str = ""
    on: date | datetime | None = None


@dataclass(frozen=True)
class Done:
    """One handling as the page tells it."""

    title: str
    who: str
    at: datetime
    took: str
    words: str
    is_current: bool


def answer(draft: Draft, next_hand: NextHand | None) -> str:
    """The page's first line: whose, how much, what it waits for and who can go on."""
    said = [f"{draft.book.name}{draft.get_flow_display()} {grouped(draft.amount)} 元"]
    if draft.payee:
        said.append(f"对方{draft.payee}")
    said.append(f"附件 {draft.attachments} 张")
    if next_hand is None:
        said.append(str(draft.voucher) if draft.voucher else draft.get_stage_display())
    else:
        label = NOUNS[next_hand.step.name]
        names = "、".join(next_hand.names)
        said.append(f"待{label}" + (f"（{names}）" if names else "（没有人任这个岗位，请安排）"))
    return "，".join(said)


def track(matter: Matter) -> list[Station]:
    """Every station of this matter's way, with who and when."""
    draft = matter.draft
    begun = next((h for h in matter.handlings if h.step in BEGUN), None)
    stations = [_station(BEGUN[begun.step], begun)] if begun else []
    is_next = draft.stage != Stage.VOIDED
    for step in FORWARD:
        if (step.name == "sign" and not draft.moves_money) or _is_skipped(draft, step.target):
            continue
        done = matter.last(step.name)
        title = NOUNS[step.name]
        if done:
            stations.append(_station(title, done))
        else:
            stations.append(Station(title, "now" if is_next else ""))
            is_next = False
    return stations


def _is_skipped(draft: Draft, target: str) -> bool:
    """A matter of the agency's own is neither submitted nor overseen nor verified."""
    return draft.by_agency and target in (Stage.SUBMITTED, Stage.OVERSEEN, Stage.VERIFIED)


def _station(title: str, handling: Handling) -> Station:
    return Station(title, "done", handling.who, handling.at)


def handlings(every: Iterable[Handling]) -> list[Done]:
    """Everything done with the matter, each with the time since the one before."""
    before: datetime | None = None
    told = []
    for h in every:
        took = span(h.at - before) if before else ""
        told.append(Done(_LABELS.get(h.step, h.step), h.who, h.at, took, h.words, h.is_current))
        before = h.at
    return told


def span(length: timedelta) -> str:
    """2 天 3 小时; the two largest units, minutes at least."""
    minutes = int(length.total_seconds()) // 60
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [(days, "天"), (hours, "小时"), (minutes, "分钟")]
    said = [f"{n} {unit}" for n, unit in parts if n]
    return " ".join(said[:2]) or "不到 1 分钟"


@dataclass(frozen=True)
class Preview:
    """The lines of the voucher to come."""

    lines: list[tuple[DraftLine, str]]
    debit: Decimal
    credit: Decimal
    # What the voucher comes to is not what was reported.
    differs: bool


def preview(draft: Draft) -> Preview | None:
    """The draft's lines with the names of their accounts; None before 制单. Two queries."""
    lines: list[Any] = list(
        draft.lines.select_related("counterparty", "project", "object", "item").order_by("place")
    )
    if not lines:
        return None
    codes = {line.account for line in lines}
    names = dict(Account.objects.of(draft.book).filter(code__in=codes).values_list("code", "name"))
    debit = sum((line.debit for line in lines), ZERO)
    credit = sum((line.credit for line in lines), ZERO)
    shown = [(line, names.get(line.account, "")) for line in lines]
    return Preview(shown, debit, credit, differs=not draft.by_agency and debit != draft.amount)


def split(offers: Sequence[Offer]) -> tuple[list[Offer], list[Offer]]:
    """The ways on, and the ways back that need a reason; changing what was told is a link."""
    listed = [o for o in offers if o.step.name != "amend"]
    back = [o for o in listed if o.step.name in WITH_REASON]
    return [o for o in listed if o.step.name not in WITH_REASON], back


def warnings(matter: Matter, on: Sequence[Offer]) -> list[str]:
    """What does not block and ought to be known before the next step."""
    prepared = matter.last("prepare")
    said = [prepared.words] if prepared and prepared.words and on else []
    live = [offer.step.needs for offer in on if not offer.reasons_against]
    return said + [words for duty in live if (words := matter.warning_of(duty))]
