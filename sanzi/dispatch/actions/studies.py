"""A study from its draft to what came of it; each step leaves its words."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.campaigns.giving import Order, give
from sanzi.campaigns.models import Task
from sanzi.dispatch.drawing import Law, about, facts_of, laws_of
from sanzi.dispatch.papers import MINUTES, minutes_values
from sanzi.dispatch.queries import cited_by
from sanzi.dispatch.standing import StudyStanding
from sanzi.dispatch.studies import Study
from sanzi.dispatch.things import things
from sanzi.dispatch.workflow import STUDY
from sanzi.journal.recorder import key, record
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from sanzi.kernel.regions import full, level
from sanzi.letters.writing import write
from sanzi.orgs.tree import names_of

OFFICES = ("town", "county", "city")
_CATEGORIES = {
    "contracts.contract": "清合同",
    "cleanup.case": "清合同",
    "receivables.claim": "化债务",
    "debts.debt": "化债务",
    "holdings.resource": "收资源费",
}


@action("studies.keep")
def begin(*, matter: str, rows: Sequence[str], once: str, by: Person, now: datetime) -> Study:
    """Begin a study of some rows; facts and law are drawn from them, to be edited.

    Raises Missing for rows out of sight, Forbidden for a post in a village.
    """
    office = by.region_code or ""
    if level(office) not in OFFICES:
        raise Forbidden("study.office", "一事一研判由乡镇、县或市办理")
    known = Study.objects.visible_to(by).filter(once=once).first()
    if known is not None:
        return known
    found = things(rows, by)
    if missing := [one for one in rows if one not in found]:
        raise Missing("scope.missing", f"没有找到所涉及的记录（{missing[0][:40]}）")
    # Who reads a village's studies reads no other's rows: one of several villages is the office's.
    places = {found[one].village for one in rows}
    study = Study.objects.create(
        village=places.pop() if len(places) == 1 else full(office), office=office,
        matter=matter.strip(), rows=list(rows), facts=facts_of(rows, by), laws=laws_of(rows, by),
        made_by=by, keeper=by, made_at=now, once=once,
    )  # fmt: skip
    record(
        study, "studies.begin", by=by, at=now, label="起草一事一研判", public={"subject": matter}
    )
    return study


@action("studies.keep")
def write_up(
    *,
    study_id: int,
    revision: int,
    matter: str,
    facts: str,
    laws: Sequence[Law],
    options: Sequence[dict[str, str]],
    by: Person,
    now: datetime,
) -> Study:
    """Write the draft. Raises Blocked once it was held, or when somebody else saved meanwhile."""
    study = _claimed(study_id, by)
    if study.stage != "draft":
        raise Blocked("study.held", "研判会已登记，内容不再改动；请先退回修改")
    if study.revision != revision:
        raise Blocked(
            "study.revised", "这份材料已在别处保存过，您的改动没有保存；请刷新后对照着再改"
        )
    study.matter, study.facts = matter.strip(), facts.strip()
    study.laws, study.options = list(laws), list(options)
    study.revision = revision + 1
    study.save(update_fields=["matter", "facts", "laws", "options", "revision"])
    record(study, "studies.write", by=by, at=now, label="修改研判材料")
    return study


@action("studies.keep")
def hold(
    *,
    study_id: int,
    held_on: date,
    venue: str,
    chair: str,
    participants: str,
    by: Person,
    now: datetime,
) -> Study:
    """Record that the matter was studied: when, where, by whom."""
    study = _claimed(study_id, by)
    taken = STUDY.admit("hold", StudyStanding(study, by.region_code or ""), by)
    if held_on > localdate(now):
        raise Invalid("study.day", "研判日期还没有到；开过会再登记")
    study.held_on, study.venue, study.chair = held_on, venue.strip(), chair.strip()
    study.participants, study.stage = participants.strip(), taken.target
    study.save(update_fields=["held_on", "venue", "chair", "participants", "stage"])
    record(study, "studies.hold", by=by, at=now, label=taken.label,
           public={"held_on": held_on.isoformat()})  # fmt: skip
    return study


@action("studies.decide")
def decide(
    *,
    study_id: int,
    chosen: int | None,
    decision: str,
    responsible: str,
    due_on: date,
    by: Person,
    now: datetime,
) -> Study:
    """Decide: the minutes are written and the task is given, all at once.

    Raises Invalid for a limit before the day of the study or an option there is none of.
    """
    study = _claimed(study_id, by)
    taken = STUDY.admit("decide", StudyStanding(study, by.region_code or ""), by)
    if study.held_on and due_on < study.held_on:
        raise Invalid("study.due", "完成时限早于研判日期，请核对")
    if chosen is not None and not 1 <= chosen <= len(study.options):
        raise Invalid("study.option", "没有这个备选方案")
    study.chosen, study.decision = chosen, decision.strip()
    study.responsible, study.due_on, study.decided_by = responsible.strip(), due_on, by
    study.stage = taken.target
    study.minutes = write(
        MINUTES, minutes_values(study, cited_by(key(study), by)), on=study,
        issuer=names_of([study.office]).get(study.office, study.office), dated=study.held_on,
        by=by, now=now,
    )  # fmt: skip
    study.task = task = _give_task(study, by, now)
    study.save()
    record(study, "studies.decide", by=by, at=now, label=taken.label,
           public={"minutes": study.minutes.serial, "task": task.pk})  # fmt: skip
    return study


def _give_task(study: Study, by: Person, now: datetime) -> Task:
    # The row itself, not the task that brought it here.
    first = about(study.rows[:1], by)[-1] if study.rows else key(study)
    assert study.due_on is not None, "a decision has its day"
    (task,) = give(
        [
            Order(
                village=study.village, matter=f"落实研判决定：{study.matter}", due_on=study.due_on,
                category=_CATEGORIES.get(first.partition(":")[0], "制度"), on=first,
                standard=study.decision[:200], responsible=study.responsible, source=key(study),
            )
        ],
        by=by, now=now,
    )  # fmt: skip
    return task


@action("studies.decide")
def send_back(*, study_id: int, reason: str, by: Person, now: datetime) -> Study:
    """Back to the draft, with what is to be mended."""
    study = _claimed(study_id, by)
    taken = STUDY.admit("return", StudyStanding(study, by.region_code or ""), by)
    study.stage = taken.target
    study.save(update_fields=["stage"])
    record(study, "studies.return", by=by, at=now, label=taken.label,
           public={"reason": _said(reason, "要修改什么")})  # fmt: skip
    return study


@action("studies.keep")
def finish(*, study_id: int, outcome: str, by: Person, now: datetime) -> Study:
    """Record what came of the decision."""
    study = _claimed(study_id, by)
    taken = STUDY.admit("finish", StudyStanding(study, by.region_code or ""), by)
    study.outcome, study.stage = _said(outcome, "落实情况"), taken.target
    study.save(update_fields=["outcome", "stage"])
    record(study, "studies.finish", by=by, at=now, label=taken.label,
           public={"reason": study.outcome[:200]})  # fmt: skip
    return study


def _claimed(study_id: int, by: Person) -> Study:
    study: Study = Study.objects.claim(study_id, by)
    if study.office != by.region_code:
        raise Blocked("study.office", "由研判单位办理")
    return study


def _said(words: str, what: str) -> str:
    said = words.strip()
    if not said:
        raise Invalid("study.words", f"请写明{what}")
    return said
