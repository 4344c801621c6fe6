"""巡察: terms, rounds, the places come to, findings, their tasks, the report."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.access.scope import covers
from sanzi.campaigns.giving import Order, give
from sanzi.campaigns.models import Task
from sanzi.campaigns.queries import tasks_from
from sanzi.campaigns.tasks.stages import Stage
from sanzi.documents.papers import attach
from sanzi.journal.recorder import key as key_of
from sanzi.journal.recorder import record, record_many
from sanzi.kernel.refusals import Blocked, Invalid, Missing
from sanzi.kernel.regions import full, trim
from sanzi.letters.models import Letter
from sanzi.letters.writing import traces, write
from sanzi.orgs.models import Region
from sanzi.orgs.tree import names_of
from sanzi.store.sealed import seal

from .models import Inspected, InspectionFinding, InspectionRound, InspectionTerm
from .papers import REPORT
from .queries import coverage_of
from .rectifying import standings

CLUE_WORD = "问题线索"
# So many places a report names; the rest are counted.
PLACES_NAMED = 40


@action("inspections.run")
def open_term(
    *, region: str, name: str, from_on: date, to_on: date, by: Person, now: datetime
) -> InspectionTerm:
    """Open a county's term. Raises Invalid where it shares days with another."""
    if not covers(by, region) or len(region) != 6:
        raise Missing("scope.missing", "巡察以县为单位，请先选择县")
    if to_on < from_on or len(name.strip()) < 2:
        raise Invalid("term.days", "请填写届次名称，止日不能早于起日")
    list(Region.objects.select_for_update().filter(code=region))
    shares = InspectionTerm.objects.visible_to(by).filter(
        region=region, from_on__lte=to_on, to_on__gte=from_on
    )
    if known := shares.first():
        raise Invalid("term.overlap", f"与“{known}”（{known.from_on} 至 {known.to_on}）重叠")
    term = InspectionTerm.objects.create(
        region=region, name=name.strip(), from_on=from_on, to_on=to_on, made_by=by, made_at=now
    )
    record(term, "inspections.term", by=by, at=now, village=region, label=f"设立{term}")
    return term


@action("inspections.run")
def open_round(
    *, term_id: int, title: str, from_on: date, to_on: date, by: Person, now: datetime
) -> InspectionRound:
    """Open the next round of a term, within its days."""
    term: InspectionTerm = InspectionTerm.objects.claim(term_id, by)
    if not term.from_on <= from_on <= to_on <= term.to_on:
        raise Invalid("round.days", f"本轮起止应在本届 {term.from_on} 至 {term.to_on} 之内")
    last = term.rounds.order_by("-ordinal").first()
    round_ = InspectionRound.objects.create(
        term=term, ordinal=last.ordinal + 1 if last else 1, title=title.strip(),
        from_on=from_on, to_on=to_on, made_by=by, made_at=now,
    )  # fmt: skip
    record(round_, "inspections.round", by=by, at=now, village=term.region,
           label=f"设立{round_}")  # fmt: skip
    return round_


@action("inspections.run")
def come_to(
    *, round_id: int, places: Sequence[str], on: date, by: Person, now: datetime
) -> list[Inspected]:
    """Write down the towns and villages a round came to on a day; known ones are passed over."""
    round_: InspectionRound = InspectionRound.objects.claim(round_id, by)
    county = round_.term.region
    if not round_.from_on <= on <= round_.to_on or on > localdate(now):
        raise Invalid("inspected.day", f"进驻日期应在 {round_.from_on} 至 {round_.to_on} 之内，"
                                       "且不晚于今天")  # fmt: skip
    if any(not code.startswith(county) or len(code) not in (9, 12) for code in places):
        raise Missing("scope.missing", "没有找到这个地方，或不在本县")
    held = Inspected.objects.visible_to(by).filter(round=round_)
    known = set(held.values_list("village", flat=True))
    rows = [
        Inspected(round=round_, village=full(code), on=on, told_by=by, told_at=now)
        for code in sorted(set(places))
        if full(code) not in known
    ]
    for row in rows:
        row.place()
    made = Inspected.objects.bulk_create(rows)
    record(round_, "inspections.come_to", by=by, at=now, village=county,
           label=f"进驻 {len(made)} 处", public={"on": on, "places": [row.village for row in made]},
    )  # fmt: skip
    return made


@action("inspections.run")
def find(
    *,
    round_id: int,
    place: str,
    kind: str,
    matter: str,
    evidence: str,
    found_on: date,
    key: str,
    is_clue: bool = False,
    papers: Sequence[Any] = (),
    by: Person,
    now: datetime,
) -> InspectionFinding:
    """Write down a finding at a place the round came to; a clue's words are sealed."""
    round_: InspectionRound = InspectionRound.objects.claim(round_id, by)
    came = Inspected.objects.visible_to(by).filter(round=round_, village=full(place))
    if not came.exists():
        raise Invalid("finding.place", "本轮还没有进驻这个地方，请先登记进驻")
    if InspectionFinding.objects.visible_to(by).filter(key=key).exists():
        raise Blocked("finding.twice", "这张表已经提交过，没有重复登记")
    if len(matter.strip()) < 2 or len(evidence.strip()) < 2:
        raise Invalid("finding.words", "请写明问题和依据、事实")
    if found_on > localdate(now):
        raise Invalid("finding.day", "发现日期晚于今天，请核对")
    secret: Any = None
    if is_clue:
        secret = seal(f"{matter.strip()}\n{evidence.strip()}", lambda _: "（加密）")
    finding = InspectionFinding.objects.create(
        round=round_, village=full(place), number=_next_number(round_, is_clue=is_clue),
        kind=kind, matter=CLUE_WORD if is_clue else matter.strip(),
        evidence="" if is_clue else evidence.strip(), is_clue=is_clue, facts=secret,
        found_on=found_on, found_by=by, found_at=now, key=key,
    )  # fmt: skip
    attach(finding, () if is_clue else papers, by=by, now=now)
    record(finding, "clues.find" if is_clue else "inspections.find", by=by, at=now,
           label=f"登记{CLUE_WORD}" if is_clue else "登记问题")  # fmt: skip
    return finding


def _next_number(round_: InspectionRound, *, is_clue: bool) -> str:
    """Clues are numbered apart: a gap in the findings' numbers would tell how many there are."""
    mark = "X" if is_clue else ""
    start = f"{round_.term_id}-{round_.ordinal}-{mark}"
    taken = round_.findings.filter(is_clue=is_clue, number__startswith=start)
    last = max((int(one.rpartition("-")[2].lstrip("X"))
                for one in taken.values_list("number", flat=True)), default=0)  # fmt: skip
    return f"{start}{last + 1:03}"


@action("clues.view")
def read_clue(*, finding_id: int, by: Person, now: datetime) -> str:
    """What a clue says in clear; whoever opens it leaves an entry."""
    finding: InspectionFinding = InspectionFinding.objects.claim(finding_id, by)
    if not finding.is_clue or finding.facts is None:
        raise Blocked("finding.plain", "这个问题不是线索，内容就在页面上")
    clear: str = finding.facts.reveal()
    record(finding, "clues.read", by=by, at=now, label="查看线索内容")
    return clear


@action("inspections.run")
def hand_out(*, finding_id: int, due_on: date, responsible: str, by: Person, now: datetime) -> Task:
    """Give a finding to its place as a task (整改), once; dropped, that task is opened again."""
    finding: InspectionFinding = InspectionFinding.objects.claim(finding_id, by)
    if finding.is_clue:
        raise Blocked("finding.clue", "线索按规定移送，不下达任务")
    if due_on < localdate(now):
        raise Invalid("finding.due", "整改期限早于今天，请核对")
    source = key_of(finding)
    known: Any = tasks_from([source], by).get(source)
    if known is not None:
        raise Blocked("finding.given", f"已经下达整改任务 {known.number}，请到任务里办理"
                      if known.stage != Stage.DROPPED
                      else f"任务 {known.number} 已撤销；请在任务里重新打开")  # fmt: skip
    order = Order(
        village=finding.village, matter=f"整改巡察问题：{finding.matter}"[:300], due_on=due_on,
        on=finding, source=source, responsible=responsible.strip(),
        standard="问题整改到位，有佐证，验收后回头看",
    )  # fmt: skip
    task: Any = give([order], by=by, now=now)[0]
    record(finding, "inspections.hand_out", by=by, at=now, label=f"交办整改 {task.number}",
           public={"due": due_on})  # fmt: skip
    given: Task = task
    return given


@action("inspections.run")
def report(*, round_id: int, by: Person, now: datetime) -> Letter:
    """Write a round's report as it stands today, as far as `by` sees: a town's is the town's.

    Clues are neither listed nor counted.
    """
    mine = InspectionRound.objects.visible_to(by).select_related("term")
    round_ = mine.filter(pk=round_id).first()
    if round_ is None:
        raise Missing("scope.missing", "没有找到该记录")
    rows = list(InspectionFinding.objects.visible_to(by).filter(round=round_, is_clue=False)
                .order_by("number"))  # fmt: skip
    found = standings(rows, by, localdate(now))
    held = Inspected.objects.visible_to(by).filter(round=round_)
    places = [trim(code) for code in held.order_by("village").values_list("village", flat=True)]
    names = names_of([*places, round_.term.region, *(trim(row.village) for row in rows)])
    reach = coverage_of(round_.term, by)
    closed = sum(1 for one in found.values() if one.is_closed)
    values = {
        "term": str(round_.term), "round": str(round_),
        "places": f"{len(places)} 处：" + "、".join(names.get(c, c) for c in places[:PLACES_NAMED])
        + ("等" if len(places) > PLACES_NAMED else ""),
        "found": str(len(rows)), "closed": str(closed), "open": str(len(rows) - closed),
        "coverage": f"本届应巡察 {len(reach.places)} 处，已巡察 {reach.done} 处",
        "findings": [
            {"number": row.number, "place": names.get(trim(row.village), ""),
             "kind": row.get_kind_display(), "matter": row.matter, "standing": found[row.pk].word}
            for row in rows
        ],
    }  # fmt: skip
    own = max(round_.term.region, by.region_code or "", key=len)
    issuer = names_of([own]).get(own, own)
    letter = write(REPORT, values, on=key_of(round_), village=full(own), issuer=issuer, by=by,
                   now=now)  # fmt: skip
    record_many(traces([letter]), by=by, at=now)
    record(round_, "inspections.report", by=by, at=now, village=own,
           label=f"制发整改情况报告 {letter.serial}")  # fmt: skip
    return letter
