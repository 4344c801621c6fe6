"""A resolution as one person faces it on one day: what the conditions of the workflow ask."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sanzi.access.models import Person
from sanzi.documents.models import Document
from sanzi.journal.recorder import key
from sanzi.kernel.workflow import Offer, Workflow

from .models import Meeting, Objection, Posting, Resolution
from .stages import Sitting, Stage
from .workflow import WAYS

MINUTES, SIGNATURES, PHOTO = "minutes", "signatures", "photo"
PAPER_KINDS = {MINUTES: "会议纪要", SIGNATURES: "签到和表决记录", PHOTO: "会议照片"}


@dataclass
class Course:
    """A resolution with its meetings, postings, objections and the papers counted on them."""

    resolution: Resolution
    meetings: list[Meeting]
    postings: list[Posting]
    objections: list[Objection]
    papers: Counter[str]
    # Keys of whoever uploaded them.
    uploaders: set[int]
    person: Person
    today: date

    @property
    def stage(self) -> str:
        return self.resolution.stage

    @property
    def flow(self) -> Workflow:
        return WAYS[self.resolution.way]

    @property
    def offers(self) -> list[Offer]:
        """What this person could do now, live or grey."""
        return self.flow.offers(self, self.person)

    @property
    def passed(self) -> list[Meeting]:
        return [meeting for meeting in self.meetings if meeting.has_passed]

    @property
    def posting(self) -> Posting | None:
        """The posting that is under way."""
        if self.stage not in (Stage.PUBLISHED, Stage.RESULT_PUBLISHED):
            return None
        return self.postings[-1] if self.postings else None

    @property
    def open_objections(self) -> int:
        return sum(objection.is_open for objection in self.objections)

    @property
    def is_recorder(self) -> bool:
        """Whether this person wrote any part of the record: then somebody else checks it."""
        hands = {self.resolution.proposed_by_id}
        hands |= {meeting.recorded_by_id for meeting in self.meetings}
        hands |= {posting.posted_by_id for posting in self.postings}
        hands |= {one.recorded_by_id for one in self.objections}
        hands |= {one.answered_by_id for one in self.objections if one.answered_by_id}
        hands |= self.uploaders
        return self.person.pk in hands

    @property
    def has_board_photo(self) -> bool:
        posting = self.posting
        return posting is None or self.papers[key(posting)] > 0

    @property
    def last_day(self) -> date | None:
        """The day the next step may not come before."""
        days = [meeting.met_on for meeting in self.passed]
        days += [posting.to_on for posting in self.postings]
        return max(days, default=None)

    def still_posted(self) -> str | None:
        """Why it is too early to check: the posting has days to run."""
        posting = self.posting
        if posting is None or posting.is_over(self.today):
            return None
        return f"公示到 {posting.to_on} 止，期满后才能核对"

    def lacking_papers(self) -> str | None:
        """Which papers of which meeting are missing."""
        gaps = []
        for meeting in self.passed:
            asked = (MINUTES,) if meeting.step == Sitting.PROPOSE else tuple(PAPER_KINDS)
            gone = [PAPER_KINDS[k] for k in asked if not self.papers[paper_key(meeting, k)]]
            if gone:
                gaps.append(f"{meeting.get_step_display()}缺{'、'.join(gone)}")
        return "；".join(gaps) or None


def paper_key(meeting: Meeting, kind: str) -> str:
    """The name the papers of one kind hang under: `resolutions.meeting:12/minutes`."""
    return f"{key(meeting)}/{kind}"


def course_of(resolution: Resolution, person: Person, today: date) -> Course:
    """Put a resolution together; the caller has been scoped to it. Four queries."""
    meetings = list(resolution.meetings.select_related("recorded_by").order_by("pk"))
    postings = list(resolution.postings.select_related("posted_by").order_by("round"))
    objections = list(
        Objection.objects.filter(posting__in=postings)
        .select_related("answered_by", "posting")
        .order_by("pk")
    )
    keys = [paper_key(m, kind) for m in meetings for kind in PAPER_KINDS]
    keys += [key(posting) for posting in postings]
    hung = Document.objects.filter(on__in=keys, removed_at=None).values_list("on", "added_by")
    papers, uploaders = Counter[str](), set[int]()
    for on, added_by in hung:
        papers[on] += 1
        uploaders.add(added_by)
    return Course(resolution, meetings, postings, objections, papers, uploaders, person, today)
