"""Papers of a resolution written from what is on record: once each, with a serial number."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.journal.recorder import Trace, key, record_many
from sanzi.kernel.refusals import Missing
from sanzi.letters.form import LetterForm
from sanzi.letters.models import Letter
from sanzi.letters.writing import traces, write
from sanzi.resolutions.models import Meeting, Posting, Resolution
from sanzi.resolutions.papers import BLANK, MINUTES, NOTICE, about, minutes_of, notice_of
from sanzi.resolutions.queries import written


@action("resolutions.record")
def write_blank(*, resolution_id: int, kind: str, by: Person, now: datetime) -> Letter:
    """A sign-in sheet or a vote sheet for the meeting to come; the one that stands, if there is."""
    resolution: Resolution = Resolution.objects.claim(resolution_id, by)
    if kind not in BLANK:
        raise Missing("paper.kind", "没有这种文书")
    return _once(BLANK[kind], resolution, about(resolution), "", by, now)


@action("resolutions.record")
def write_minutes(*, meeting_id: int, by: Person, now: datetime) -> Letter:
    """The minutes of a sitting as recorded; the ones that stand, if they were written before."""
    meeting: Meeting = Meeting.objects.claim(meeting_id, by)
    title = f"会议纪要（{meeting.get_step_display()}）"
    return _once(MINUTES, meeting.resolution, minutes_of(meeting), title, by, now)


@action("resolutions.record")
def write_notice(*, posting_id: int, by: Person, now: datetime) -> Letter:
    """The notice of a posting; the one that stands, if it was written before."""
    posting: Posting = Posting.objects.claim(posting_id, by)
    return _once(NOTICE, posting.resolution, notice_of(posting), "", by, now)


def _once(
    form: LetterForm, resolution: Resolution, values: Mapping[str, Any], title: str,
    by: Person, now: datetime,
) -> Letter:  # fmt: skip
    """A second click leads to the same paper, not to another number."""
    known = written(resolution, form, values)
    if known is not None:
        return known
    letter = write(form, values, on=resolution, title=title, by=by, now=now)
    told = Trace(
        key(resolution), "resolutions.paper", resolution.village, f"制发{letter.title}",
        {"subject": letter.serial},
    )  # fmt: skip
    record_many([*traces([letter]), told], by=by, at=now)
    return letter
