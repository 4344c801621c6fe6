"""Who takes part in a round, who marks it, and what no figure says of a participant."""

from collections.abc import Mapping
from datetime import datetime

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.access.scope import under
from sanzi.contests.models import Entry, Judge, Round
from sanzi.contests.organising import organised, reason_of, refuse_opened
from sanzi.contests.queries import card_of_round, typed
from sanzi.contests.stages import EntryStage, Stage
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked, Invalid, Missing
from sanzi.kernel.regions import full
from sanzi.orgs.models import Region

ENTRIES_MAX = 5_000


@action("contests.run")
def enrol(*, round_id: int, groups: Mapping[str, str], by: Person, now: datetime) -> int:
    """List every living region of the contest's level as a participant; how many are new.

    `groups` names the group of a county or town by its code; whoever lies in none is in no group.
    """
    round_ = organised(round_id, by)
    refuse_opened(round_, "参评名单")
    contest = round_.contest
    regions = (
        Region.objects.filter(under("code", contest.region), level=contest.level, valid_to=None)
        .select_related("parent")
        .order_by("code")
    )
    known = set(Entry.objects.of(round_).values_list("village", flat=True))
    fresh = [_entry(round_, region, groups) for region in regions if full(region.code) not in known]
    if len(known) + len(fresh) > ENTRIES_MAX:
        raise Invalid("round.entries", f"一轮最多 {ENTRIES_MAX:,} 家参评，请按县或乡镇分开举办")
    Entry.objects.bulk_create(fresh, batch_size=500)
    record(round_, "contests.enrol", by=by, at=now, village=round_.contest.region,
           label=f"列入参评对象 {len(fresh)} 家",
           public={"n": len(fresh)})  # fmt: skip
    return len(fresh)


def _entry(round_: Round, region: Region, groups: Mapping[str, str]) -> Entry:
    group = next((groups[c] for c in (region.code[:9], region.code[:6]) if c in groups), "")
    entry = Entry(
        round=round_, village=full(region.code), name=_called(region, round_), group=group
    )
    entry.place()
    return entry


def _called(region: Region, round_: Round) -> str:
    """A village by its town's name and its own: many a town has an 上庄村."""
    is_clear = region.parent is None or region.parent.code == round_.contest.region
    return region.name if is_clear else f"{region.parent}{region.name}"[:60]


@action("contests.run")
def name_judge(*, round_id: int, username: str, group: str, by: Person, now: datetime) -> Judge:
    """Name a judge by the account, from the organiser's region. Raises Missing, Invalid."""
    round_ = organised(round_id, by)
    if round_.stage in (Stage.CLOSED, Stage.PUBLISHED):
        raise Blocked("round.closed", "本轮已封分，不能再改评委")
    person = Person.objects.visible_to(by).filter(username=username.strip()).first()
    if person is None:
        raise Missing("judge.missing", f"没有找到账号“{username.strip()[:40]}”，或不在您的辖区内")
    if not person.can("contests.judge"):
        raise Invalid("judge.post", f"{person}的岗位没有评分权限，不能担任评委")
    judge, is_new = Judge.objects.get_or_create(
        round=round_, person=person,
        defaults={"group": group.strip(), "named_by": by, "named_at": now},
    )  # fmt: skip
    if not is_new:
        judge.group, judge.excused_at = group.strip(), None
        judge.save(update_fields=["group", "excused_at"])
    record(round_, "contests.judge", by=by, at=now, village=round_.contest.region,
           label=f"指定评委 {person}",
           public={"judge": person.pk, "group": judge.group})  # fmt: skip
    return judge


@action("contests.run")
def excuse_judge(*, round_id: int, judge_id: int, reason: str, by: Person, now: datetime) -> Judge:
    """Let a judge withdraw; marks given before are kept and count no more."""
    round_ = organised(round_id, by)
    judge = Judge.objects.of(round_).filter(pk=judge_id, excused_at=None).first()
    if judge is None or round_.stage in (Stage.CLOSED, Stage.PUBLISHED):
        raise Blocked("judge.gone", "该评委已回避，或本轮已封分")
    judge.excused_at = now
    judge.save(update_fields=["excused_at"])
    record(round_, "contests.excuse", by=by, at=now, village=round_.contest.region,
           label=f"评委 {judge.person} 回避",
           public={"judge": judge.person_id, "reason": reason_of(reason)})  # fmt: skip
    return judge


@action("contests.run")
def fill(
    *,
    round_id: int,
    entry_id: int,
    values: Mapping[str, str],
    vetoes: Mapping[str, str],
    basis: str,
    by: Person,
    now: datetime,
) -> Entry:
    """Type what no figure says of one participant, and which vetoes meet it, with the evidence."""
    round_ = organised(round_id, by)
    if round_.stage not in (Stage.PREPARING, Stage.OPEN):
        raise Blocked("round.closed", "本轮已封分，不能再填报；如有差错，请先重新打开")
    entry = Entry.objects.claim(entry_id, by)
    if entry.round_id != round_.pk:
        raise Missing("scope.missing", "没有找到该记录")
    card = card_of_round(round_)
    known = {one.code for one in typed(card)}
    entry.typed = {code: text for code, text in values.items() if code in known and text}
    entry.vetoes = {veto.code: vetoes[veto.code] for veto in card.vetoes if vetoes.get(veto.code)}
    entry.save(update_fields=["typed", "vetoes"])
    record(entry, "contests.fill", by=by, at=now, label=f"填报 {entry} 的考核数据",
           public={"values": entry.typed, "vetoes": entry.vetoes,
                   "basis": reason_of(basis)})  # fmt: skip
    return entry


@action("contests.run")
def withdraw(*, round_id: int, entry_id: int, reason: str, by: Person, now: datetime) -> None:
    """Count a participant who handed nothing in as having given up: handed in, with no text."""
    round_ = organised(round_id, by)
    entry = Entry.objects.claim(entry_id, by)
    if entry.round_id != round_.pk or round_.stage != Stage.OPEN or entry.is_in:
        raise Blocked("entry.moved", "只有申报期内还没有提交的，才能作弃权处理，请刷新查看")
    entry.stage, entry.statement = EntryStage.SUBMITTED, ""
    entry.returned_for = f"弃权：{reason_of(reason)}"[:200]
    entry.save(update_fields=["stage", "statement", "returned_for"])
    record(entry, "contests.withdraw", by=by, at=now, label=f"{entry} 弃权",
           public={"reason": reason.strip()})  # fmt: skip
