"""交接: everything open in one person's hands to another, all or nothing, with its paper."""

from datetime import date, datetime

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.journal.recorder import Trace, record, record_many
from sanzi.journal.recorder import key as key_of
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from sanzi.kernel.regions import full, trim
from sanzi.letters.models import Letter
from sanzi.letters.writing import traces as traces_of
from sanzi.letters.writing import write
from sanzi.orgs.tree import names_of
from sanzi.responsibility.hands import Holding, Move, holding_of
from sanzi.responsibility.models import Handover, HandoverLine
from sanzi.responsibility.papers import HANDOVER

THINGS_MAX = 2_000


@action("handover.run")
def hand_over(
    *,
    giver_id: int,
    taker_id: int,
    reason: str,
    on: date,
    digest: str,
    key: str,
    by: Person,
    now: datetime,
) -> Handover:
    """Move what is open in the giver's hands within `by`'s region to the taker; `by` witnesses.

    `digest` names the list that was looked at; if it changed meanwhile nothing is moved. Raises
    Blocked too where one thing cannot be moved or the taker's posts do not reach its village.
    """
    giver, taker = _people(giver_id, taker_id, by)
    if not 2 <= len(reason.strip()) <= 100:
        raise Invalid("handover.reason", "请写明交接原因，2 到 100 个字")
    if on > localdate(now):
        raise Invalid("handover.future", "交接日期不能晚于今天：任务和事项当时就移交")
    if Handover.objects.visible_to(by).filter(key=key).exists():
        raise Blocked("handover.twice", "这次交接已经办过，没有重复移交")
    held = holding_of(giver, by.region_code or "")
    if held.digest != digest:
        raise Blocked("handover.changed", "清单在您核对以后有变动，请刷新后重新核对")
    if not held.count:
        raise Blocked("handover.empty", f"{giver}手上没有未办结的事项，不用交接")
    if held.count > THINGS_MAX:
        raise Blocked("handover.many", f"一次最多移交 {THINGS_MAX:,} 项")
    _refuse_out_of_reach(held, taker, on)
    move = Move(giver, taker, on, by, now)
    for hand, things in held.parts:
        if hand.move([thing.key for thing in things], move) != len(things):
            raise Blocked("handover.moved_on", f"有{hand.title}刚被别人办理，请刷新后重新核对")
    handover = Handover.objects.create(
        village=full(by.region_code or ""), giver=giver, taker=taker, witness=by,
        reason=reason.strip(), on=on, count=held.count, made_at=now, key=key,
    )  # fmt: skip
    _write_lines(handover, held)
    letter = _paper(handover, held, by, now)
    handover.letter = letter
    handover.save(update_fields=["letter"])
    _record(handover, held, by, now)
    return handover


def _record(handover: Handover, held: Holding, by: Person, now: datetime) -> None:
    """A trace on each thing, on the paper, and on the handover itself."""
    told = {"reason": handover.reason, "subject": f"{handover.giver} → {handover.taker}"}
    traces = [
        Trace(thing.key, "responsibility.hand-over", thing.village,
              f"移交给{handover.taker}", told)
        for thing in held.things
    ]  # fmt: skip
    assert handover.letter is not None
    record_many([*traces, *traces_of([handover.letter])], by=by, at=now)
    record(handover, "responsibility.hand-over", by=by, at=now,
           label=f"移交 {held.count} 项", public=told)  # fmt: skip


def _people(giver_id: int, taker_id: int, by: Person) -> tuple[Person, Person]:
    mine = Person.objects.visible_to(by)
    giver, taker = mine.filter(pk=giver_id).first(), mine.filter(pk=taker_id).first()
    if giver is None or taker is None:
        raise Missing("people.missing", "没有找到这个人，或不在您的辖区内")
    if giver.pk == taker.pk:
        raise Invalid("handover.oneself", "移交人和接交人不能是同一个人")
    if by.pk in (giver.pk, taker.pk):
        raise Forbidden("handover.witness", "监交人不能是交接的一方，请由另一位领导办理")
    return giver, taker


def _refuse_out_of_reach(held: Holding, taker: Person, on: date) -> None:
    reach = list(taker.all_posts.held_on(on).values_list("region__code", flat=True))
    missed = {
        thing.village for thing in held.things
        if not any(thing.village.startswith(code) for code in reach)
    }  # fmt: skip
    if missed:
        names = "、".join(sorted(names_of(map(trim, missed)).values()))
        raise Blocked(
            "handover.reach", f"{taker}的岗位管不到：{names or '有的事项'}。请先给接交人安排岗位"
        )


def _write_lines(handover: Handover, held: Holding) -> None:
    lines = [
        HandoverLine(
            handover=handover, village=thing.village, hand=hand.title, thing=thing.key,
            label=thing.label[:200], due_on=thing.due_on,
        )
        for hand, things in held.parts
        for thing in things
    ]  # fmt: skip
    for line in lines:
        line.place()
    HandoverLine.objects.bulk_create(lines, batch_size=500)


def _paper(handover: Handover, held: Holding, by: Person, now: datetime) -> Letter:
    places = {trim(thing.village) for thing in held.things}
    names = names_of(places | {by.region_code or ""})
    values = {
        "giver": str(handover.giver), "taker": str(handover.taker), "witness": str(by),
        "reason": handover.reason, "handed_on": handover.on, "count": str(held.count),
        "things": [
            {"kind": hand.title, "name": thing.label,
             "place": names.get(trim(thing.village), ""), "due": str(thing.due_on or "")}
            for hand, things in held.parts
            for thing in things
        ],
    }  # fmt: skip
    return write(HANDOVER, values, on=key_of(handover), village=handover.village,
                 addressee=str(handover.taker), issuer=names.get(by.region_code or "", ""),
                 by=by, now=now)  # fmt: skip
