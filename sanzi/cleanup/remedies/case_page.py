"""One case put together for its page: the answer, the track, its papers, before and after."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sanzi.contracts.models import Amendment
from sanzi.contracts.wording import Altered, altered
from sanzi.documents.models import Document
from sanzi.kernel.workflow import Offer
from sanzi.resolutions.queries import State

from .carrying import said, work_of
from .casefile import CaseFile, paper_key
from .models import CaseStep
from .paths import EVIDENCE
from .stages import WAY, Level, Stage
from .workflow import FORWARD, LABELS, WITH_FORM, WITH_REASON


@dataclass(frozen=True)
class Station:
    """One station of the track: done, now or still to come; who and when."""

    title: str
    state: str
    who: str = ""
    on: date | datetime | None = None


@dataclass(frozen=True)
class Sheaf:
    """The papers of one kind, and whether the way of the plan asks for them."""

    kind: str
    title: str
    papers: list[Document]
    is_asked: bool


@dataclass(frozen=True)
class Done:
    """One step as the page tells it."""

    title: str
    who: str
    at: datetime
    words: str


def answer(file: CaseFile, village: str) -> str:
    """The page's first line: whose, by which way, what it waits for, until when."""
    case = file.case
    way = f"{case.method}（{case.way.title}）" if case.way else "尚未确定处置方式"
    parts = [f"{village}，{way}", Stage(case.stage).label]
    if case.level != Level.VILLAGE:
        parts.append(f"已提级到{Level(case.level).label}")
    if case.is_large:
        parts.append("大额")
    if file.is_overdue and case.due_on:
        parts.append(f"已逾期 {(file.today - case.due_on).days} 天")
    elif case.due_on:
        parts.append(f"{case.due_on} 前办完本环节")
    return "，".join(parts)


def track(file: CaseFile, decision: State | None) -> list[Station]:
    """立案, 方案, 决议, 审核, 实施, 验收, 销号: who and when."""
    place = WAY.index(Stage(file.stage))
    opened = next((s for s in file.steps if s.step in ("open", "reopen")), None)
    stations = [Station("立案", "done", opened.by.name if opened else "", file.case.opened_on)]
    for step in FORWARD:
        if step.name == "review":
            stations.append(_decision(file, decision))
        done = file.last(step.name)
        if done and WAY.index(Stage(step.target)) <= place:
            stations.append(Station(LABELS[step.name], "done", done.by.name, done.at))
        else:
            stations.append(Station(LABELS[step.name], ""))
    return _with_now(stations)


def _decision(file: CaseFile, decision: State | None) -> Station:
    found = decision.resolution if decision else None
    if found and found.is_in_force:
        return Station("民主决议", "done", "", found.decided_on)
    return Station("民主决议", "")


def _with_now(stations: list[Station]) -> list[Station]:
    for at, station in enumerate(stations):
        if not station.state:
            stations[at] = Station(station.title, "now")
            break
    return stations


def handlings(steps: Sequence[CaseStep]) -> list[Done]:
    """Everything done with the case, the latest last, in words."""
    return [Done(LABELS.get(s.step, s.step), s.by.name, s.at, s.words) for s in steps]


def carried(file: CaseFile) -> str:
    """What was carried out and waits for acceptance or stands, in one line."""
    done = file.last("carry")
    way = file.case.way
    return said(work_of(done.facts), way) if done and way else ""


def sheaves(file: CaseFile) -> list[Sheaf]:
    """The papers by kind, those the way asks for first; one query."""
    asked = file.case.way.evidence if file.case.way else ()
    keys = {paper_key(file.case, kind): kind for kind in EVIDENCE}
    held: dict[str, list[Document]] = defaultdict(list)
    for paper in Document.objects.filter(on__in=keys, removed_at=None).order_by("pk"):
        held[keys[paper.on]].append(paper)
    listed = [*asked, *(kind for kind in EVIDENCE if kind not in asked and held[kind])]
    return [Sheaf(kind, EVIDENCE[kind], held[kind], kind in asked) for kind in listed]


def before_and_after(amendments: Sequence[Amendment], source: str) -> list[Altered]:
    """What the case changed in its contract, term by term."""
    mine = [amendment for amendment in amendments if amendment.source == source]
    return [row for amendment in mine for row in altered(amendment.changes)]


def split(offers: Sequence[Offer]) -> dict[str, list[Offer]]:
    """The offers by what they need: a page of their own, nothing, or a reason."""
    parts: dict[str, list[Offer]] = {"pages": [], "plain": [], "reasons": []}
    for offer in offers:
        name = offer.step.name
        kind = "pages" if name in WITH_FORM else "reasons" if name in WITH_REASON else "plain"
        parts[kind].append(offer)
    return parts
