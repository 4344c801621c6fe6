"""What people do with a letter as a paper: print it clear, declare it void."""

from datetime import datetime

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.access.scope import covers
from sanzi.journal.recorder import record, record_many
from sanzi.kernel.refusals import Blocked, Missing
from sanzi.letters.models import Letter
from sanzi.letters.papers import GENERAL
from sanzi.letters.writing import end, traces, write


@action("letters.issue")
def compose(
    *, village: str, title: str, addressee: str, body: str, by: Person, now: datetime
) -> Letter:
    """Write a letter in the office's own words. Raises Missing for a village of another office."""
    if not covers(by, village):
        raise Missing("place.missing", "没有找到这个村，或它不在您的辖区内")
    letter = write(
        GENERAL,
        {"body": body},
        on=f"orgs.region:{village}",
        village=village,
        addressee=addressee,
        title=title,
        by=by,
        now=now,
    )
    record_many(traces([letter]), by=by, at=now)
    return letter


@action("letters.issue")
def void(*, letter_id: int, reason: str, by: Person, now: datetime) -> Letter:
    """Declare a letter void. Its number stays used and the row stays. Raises Blocked."""
    letter: Letter = Letter.objects.claim(letter_id, by)
    end(letter, reason=reason, by=by, now=now)
    record(
        letter,
        "letters.void",
        by=by,
        at=now,
        label="作废",
        public={"subject": letter.serial, "reason": reason},
    )
    return letter


@action("letters.issue")
def print_clear(*, letter_id: int, by: Person, now: datetime) -> Letter:
    """Print a letter with its personal values in clear; the history says who did."""
    letter: Letter = Letter.objects.claim(letter_id, by)
    if letter.ended is not None:
        raise Blocked("letter.ended", f"编号 {letter.serial} {letter.ended.word}，不能再打印原件")
    record(letter, "letters.print", by=by, at=now, label="打印原件")
    return letter
