"""A matter put to the meetings, and taken back before it is voted on."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked, Invalid
from sanzi.orgs.tree import names_of
from sanzi.resolutions import quorum
from sanzi.resolutions.course import course_of
from sanzi.resolutions.matters import BY_CODE, Matter, motion
from sanzi.resolutions.models import Resolution, Subject
from sanzi.resolutions.queries import running
from sanzi.resolutions.things import claim_thing
from sanzi.resolutions.workflow import WAYS

REASON_MIN, REASON_MAX = 2, 200
SUBJECTS_MAX = 500
_MOTION_MAX = 5000


@action("resolutions.record")
def propose(
    *,
    on: str,
    matter: str,
    body: str,
    by: Person,
    now: datetime,
    title: str = "",
    words: str = "",
    also: Sequence[str] = (),
) -> Resolution:
    """Draft the motion about a thing, or about a list of things of one village and one matter.

    `on` and `also` are journal keys of rows this person may see. What the body may not decide is
    refused here, with the article. Raises Missing, Blocked, Invalid.
    """
    kind = BY_CODE.get(matter)
    if kind is None:
        raise Invalid("resolution.matter", "请选择议题")
    keys = list(dict.fromkeys([on, *also]))
    if len(keys) > SUBJECTS_MAX:
        raise Invalid("resolution.many", f"一次最多提请 {SUBJECTS_MAX} 件，请分几次提请")
    things = [(key, claim_thing(key, by)) for key in sorted(keys)]
    village = things[0][1].village
    if any(thing.village != village for _, thing in things):
        raise Invalid("resolution.villages", "一项决议只能是同一个村的事项，请分村提请")
    _refuse_body(kind, body, now)
    _refuse_twice(keys, matter)
    named = {key: str(thing)[:200] for key, thing in things}
    subject = named[on] if len(keys) == 1 else f"所列 {len(keys)} 件事项（名单附后）"
    today = localdate(now)
    place = names_of([village]).get(village, village)
    resolution = Resolution.objects.create(
        village=village,
        on=on,
        matter=matter,
        title=(title.strip() or f"{kind.title}：{subject}")[:120],
        way=kind.way,
        body=body,
        motion=_motion(kind, words, motion(kind, today, place, subject)),
        wording=kind.wording(today).version,
        proposed_by=by,
        proposed_at=now,
    )
    Subject.objects.bulk_create(
        [Subject(resolution=resolution, on=key, name=named[key]) for key in keys]
    )
    record(
        resolution, "resolutions.propose", by=by, at=now, label="起草议案",
        public={"subject": resolution.title, "matter": matter, "body": body, "things": len(keys)},
    )  # fmt: skip
    return resolution


@action("resolutions.record")
def withdraw(*, resolution_id: int, reason: str, by: Person, now: datetime) -> Resolution:
    """Take a motion back before the deciding meeting, with a reason."""
    resolution: Resolution = Resolution.objects.claim(resolution_id, by)
    course = course_of(resolution, by, localdate(now))
    step = WAYS[resolution.way].admit("withdraw", course, by)
    reason = reason.strip()
    if not REASON_MIN <= len(reason) <= REASON_MAX:
        raise Invalid("resolution.reason", f"请写明撤回的原因，{REASON_MIN} 到 {REASON_MAX} 个字")
    resolution.stage = step.target
    resolution.save(update_fields=["stage"])
    record(
        resolution, "resolutions.withdraw", by=by, at=now, label="撤回议案",
        public={"reason": reason},
    )  # fmt: skip
    return resolution


def _refuse_body(kind: Matter, body: str, now: datetime) -> None:
    if body not in quorum.BODIES:
        raise Invalid("resolution.body", "请选择由哪个会议决定")
    verdict = quorum.bar(kind.kind, body, localdate(now))
    if not verdict.ok:
        law = f"（{verdict.law}）" if verdict.law else ""
        raise Invalid("resolution.body", f"{'；'.join(verdict.reasons)}{law}，请改由有权的会议决定")


def _refuse_twice(keys: Sequence[str], matter: str) -> None:
    """The things are locked: of two who propose at once the second is told of the first."""
    if (first := running(keys, matter)) is not None:
        raise Blocked("resolution.running", f"已有一项正在进行的决议“{first.title}”，不用重复提请")


def _motion(kind: Matter, words: str, usual: str) -> str:
    chosen = words.strip() or usual
    if len(chosen) > _MOTION_MAX:
        raise Invalid("resolution.motion", f"议案最多 {_MOTION_MAX} 个字")
    return chosen
