"""One resolution put together for its page: the answer, the track, each meeting with its papers."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from sanzi.documents.models import Document
from sanzi.journal.recorder import key
from sanzi.kernel.workflow import Offer

from .course import PAPER_KINDS, Course, paper_key
from .matters import FOUR
from .models import Meeting, Posting
from .stages import Sitting, Stage
from .workflow import POSTINGS, SITTINGS


@dataclass(frozen=True)
class Station:
    """One station of the track: done, now or still to come; who and when."""

    title: str
    state: str
    who: str = ""
    on: date | datetime | None = None


@dataclass(frozen=True)
class Sheaf:
    """The papers of one kind on one meeting."""

    kind: str
    title: str
    papers: list[Document]


@dataclass(frozen=True)
class Sat:
    """A meeting with its papers."""

    meeting: Meeting
    sheaves: list[Sheaf]


@dataclass(frozen=True)
class Hung:
    """A posting with its photos and what was held against it."""

    posting: Posting
    photos: list[Document]
    objections: list[object]
    is_over: bool


def answer(course: Course, village: str) -> str:
    """The page's first line: whose, by which body, where it stands."""
    resolution = course.resolution
    said = [f"{village}{resolution.get_way_display()}，由{resolution.body}决定"]
    if resolution.decided_on:
        said.append(f"{resolution.decided_on} 表决通过")
    said.append(Stage(resolution.stage).label)
    if posting := course.posting:
        said.append(f"公示到 {posting.to_on}")
    if course.open_objections:
        said.append(f"{course.open_objections} 条异议待答复")
    return "，".join(said)


def track(course: Course) -> list[Station]:
    """The six steps in their order, with the day of each that was taken."""
    sat = {meeting.step: meeting for meeting in course.passed}
    hung = {posting.round: posting for posting in course.postings}
    steps = list(Sitting) if course.resolution.way == FOUR else [Sitting.DECIDE]
    stations = [
        Station(
            step.label, "done" if step in sat else "", "", sat[step].met_on if step in sat else None
        )
        for step in steps
    ]
    accepted = course.resolution.is_in_force
    for number, title in Posting.Round.choices:
        posting = hung.get(number)
        over = accepted if number == Posting.Round.DECISION else course.stage == Stage.COMPLETED
        state = "done" if posting and over else "now" if posting else ""
        stations.append(Station(title, state, "", posting.from_on if posting else None))
    return _with_now(stations, course)


def _with_now(stations: list[Station], course: Course) -> list[Station]:
    if course.stage == Stage.WITHDRAWN or any(s.state == "now" for s in stations):
        return stations
    for at, station in enumerate(stations):
        if not station.state:
            stations[at] = Station(station.title, "now")
            break
    return stations


def papers_of(course: Course) -> tuple[list[Sat], list[Hung]]:
    """Meetings and postings with what hangs on them; one query."""
    keys = [paper_key(m, kind) for m in course.meetings for kind in PAPER_KINDS]
    keys += [key(posting) for posting in course.postings]
    held: dict[str, list[Document]] = defaultdict(list)
    for paper in Document.objects.filter(on__in=keys, removed_at=None).order_by("pk"):
        held[paper.on].append(paper)
    sat = [
        Sat(m, [Sheaf(k, title, held[paper_key(m, k)]) for k, title in PAPER_KINDS.items()])
        for m in course.meetings
    ]
    hung = [
        Hung(
            p,
            held[key(p)],
            [o for o in course.objections if o.posting_id == p.pk],
            p.is_over(course.today),
        )
        for p in course.postings
    ]
    return sat, hung


def split(offers: list[Offer]) -> dict[str, list[Offer]]:
    """The offers by what they need: a form of a meeting, of a posting, a check, a reason."""
    parts: dict[str, list[Offer]] = {"sittings": [], "postings": [], "checks": [], "back": []}
    for offer in offers:
        name = offer.step.name
        if name in SITTINGS:
            parts["sittings"].append(offer)
        elif name in POSTINGS:
            parts["postings"].append(offer)
        else:
            parts["back" if name == "withdraw" else "checks"].append(offer)
    return parts
