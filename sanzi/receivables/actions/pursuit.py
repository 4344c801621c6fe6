"""依法追缴: payment order, suit, execution with their court days; clues handed to inspection."""

from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked, Invalid
from sanzi.receivables.casework import Clue, Milestone, Pursuit
from sanzi.receivables.clock import end_procedure, note_event
from sanzi.receivables.models import Claim
from sanzi.receivables.pursuing import ENDS, EVENTS, steps_of
from sanzi.receivables.standing import Standing
from sanzi.receivables.workflow import SEVEN
from sanzi.store.sealed import seal


@action("claims.work")
def pursue(
    *, claim_id: int, kind: str, court: str, number: str, filed_on: date, by: Person, now: datetime
) -> Pursuit:
    """Bring a claim before the court: filing stops the clock (时效规定 第10条、第11条)."""
    claim = Claim.objects.claim(claim_id, by)
    SEVEN.admit("pursue", Standing(claim, localdate(now)), by)
    if filed_on > localdate(now):
        raise Invalid("pursuit.filed", "申请日期晚于今天，请核对")
    if not court.strip():
        raise Invalid("pursuit.court", "请填写法院名称")
    pursuit = Pursuit.objects.create(
        village=claim.village, claim=claim, kind=kind, court=court.strip(), number=number.strip(),
        opened_by=by, opened_at=now,
    )  # fmt: skip
    _put(pursuit, "filed", filed_on, number, by, now)
    note_event(
        [claim], EVENTS[kind], filed_on, "delivered", source=_source(pursuit),
        note=f"{pursuit.court} {pursuit.number}".strip(), by=by, now=now,
    )  # fmt: skip
    _note(claim, pursuit, f"{pursuit.get_kind_display()}", by=by, now=now)
    return pursuit


@action("claims.work")
def reach(
    *, pursuit_id: int, name: str, dated: date, number: str = "", by: Person, now: datetime
) -> Pursuit:
    """Record a day of the procedure. The last one ends it: the clock begins again from there."""
    pursuit, claim = _held(pursuit_id, by)
    known = {m.name: m.dated for m in pursuit.milestones.all()}
    steps = steps_of(pursuit.kind)
    if name not in steps:
        raise Invalid("pursuit.step", f"{pursuit.get_kind_display()}没有这个节点")
    if name in known:
        raise Blocked("pursuit.known", f"“{steps[name]}”已经登记在 {known[name]}，请刷新查看")
    if not max(known.values()) <= dated <= localdate(now):
        raise Invalid("pursuit.dated", f"日期应在 {max(known.values())} 之后、今天之前，请核对")
    _put(pursuit, name, dated, number, by, now)
    if number.strip() and name in ("accepted", "judged"):
        pursuit.number = number.strip()
    if name in ENDS:
        pursuit.is_live = False
        end_procedure(claim, _source(pursuit), dated, by=by, now=now)
    pursuit.save(update_fields=["number", "is_live"])
    _note(claim, pursuit, f"{pursuit.get_kind_display()}：{steps[name]}", by=by, now=now)
    return pursuit


@action("clues.view")
def hand_clue(
    *,
    claim_id: int,
    number: str,
    facts: str,
    handed_to: str,
    handed_on: date,
    by: Person,
    now: datetime,
) -> Clue:
    """移送线索: what it says is sealed, and the claim's own history does not mention it."""
    claim = Claim.objects.claim(claim_id, by)
    SEVEN.admit("clue", Standing(claim, localdate(now)), by)
    if len(facts.strip()) < 2 or not number.strip() or not handed_to.strip():
        raise Invalid("clue.facts", "请填写移送编号、移送单位和线索内容")
    if handed_on > localdate(now):
        raise Invalid("clue.handed", "移送日期晚于今天，请核对")
    hidden: Any = seal(facts.strip(), lambda _: "（加密）")
    clue = Clue.objects.create(
        village=claim.village, claim=claim, number=number.strip(), facts=hidden,
        handed_to=handed_to.strip(), handed_on=handed_on, handed_by=by, handed_at=now,
    )  # fmt: skip
    record(clue, "clues.hand", by=by, at=now, label="移送线索")
    return clue


@action("clues.view")
def read_clue(*, clue_id: int, by: Person, now: datetime) -> str:
    """What a clue says in clear; whoever opens it leaves an entry."""
    clue: Clue = Clue.objects.claim(clue_id, by)
    record(clue, "clues.read", by=by, at=now, label="查看线索内容")
    return clue.facts.reveal()


@action("clues.view")
def answer_clue(*, clue_id: int, answer: str, answered_on: date, by: Person, now: datetime) -> Clue:
    """反馈: what came of it."""
    clue: Clue = Clue.objects.claim(clue_id, by)
    if clue.answered_on is not None:
        raise Blocked("clue.answered", "这条线索已经登记反馈，请刷新查看")
    if len(answer.strip()) < 2 or not clue.handed_on <= answered_on <= localdate(now):
        raise Invalid("clue.answer", "请填写反馈内容；反馈日期应在移送之后、今天之前")
    clue.answer, clue.answered_on = answer.strip(), answered_on
    clue.save(update_fields=["answer", "answered_on"])
    record(clue, "clues.answer", by=by, at=now, label="登记线索反馈")
    return clue


def _held(pursuit_id: int, by: Person) -> tuple[Pursuit, Any]:
    seen = Pursuit.objects.visible_to(by).filter(pk=pursuit_id).values_list("claim", flat=True)
    claims = [Claim.objects.claim(pk, by) for pk in seen]
    pursuit: Pursuit = Pursuit.objects.claim(pursuit_id, by)
    if not pursuit.is_live:
        raise Blocked("pursuit.moved", "这项追缴已经结束，请刷新查看")
    return pursuit, claims[0]


def _put(pursuit: Pursuit, name: str, dated: date, number: str, by: Person, now: datetime) -> None:
    Milestone.objects.create(
        village=pursuit.village, pursuit=pursuit, name=name, dated=dated, number=number.strip(),
        recorded_by=by, recorded_at=now,
    )  # fmt: skip


def _source(pursuit: Pursuit) -> str:
    return f"receivables.pursuit:{pursuit.pk}"


def _note(claim: Any, pursuit: Pursuit, label: str, *, by: Person, now: datetime) -> None:
    public = {"subject": f"{pursuit.court} {pursuit.number}".strip()}
    record(claim, "receivables.pursue", by=by, at=now, label=label, public=public)
