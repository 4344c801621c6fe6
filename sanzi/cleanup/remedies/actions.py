"""What people do with a case: open it, plan it, carry it out, accept it, strike it off."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.cleanup.figures import ROUTE, is_large
from sanzi.cleanup.keeping import terms_kept
from sanzi.contracts.models import Contract
from sanzi.documents.papers import attach
from sanzi.journal.recorder import Trace, key, record_many
from sanzi.kernel.refusals import Blocked, Invalid, Missing

from .carrying import Work, check, said, work_of
from .casefile import CaseFile, casefile_of, paper_key
from .limits import due_on
from .models import Case, CaseStep
from .outcomes import bring_into_force, put_on_record, take_back
from .paths import BY_CODE, EVIDENCE, METHODS, Path
from .queries import irregular
from .stages import UP, Stage
from .workflow import CASES, LABELS, WITH_REASON

WORDS_MIN, WORDS_MAX = 2, 500
OPENED_AT_ONCE = 500


@action("cases.handle")
def open_cases(*, contract_ids: Sequence[int], by: Person, now: datetime) -> list[Case]:
    """立案: a case for each of these irregular contracts; all of them or none.

    Raises Blocked where one has no standing finding or a case already.
    """
    ids = sorted(set(contract_ids))
    if not 0 < len(ids) <= OPENED_AT_ONCE:
        raise Invalid("case.many", f"请勾选要立案的合同，一次最多 {OPENED_AT_ONCE} 份")
    contracts = [Contract.objects.claim(pk, by) for pk in ids]
    today = localdate(now)
    standing = Contract.objects.visible_to(by).filter(pk__in=ids)
    wrong = set(irregular(standing, today).values_list("pk", flat=True))
    cases = [_open(contract, contract.pk in wrong, by, now) for contract in contracts]
    record_many([_trace(case, "open", str(case.contract)) for case in cases], by=by, at=now)
    return cases


def _open(contract: Any, is_irregular: bool, by: Person, now: datetime) -> Case:
    if Case.objects.visible_to(by).filter(contract=contract).exists():
        raise Blocked("case.known", f"合同“{contract}”已经立案，请刷新查看")
    if not is_irregular:
        raise Blocked("case.lawful", f"合同“{contract}”没有成立的问题，不用立案")
    today = localdate(now)
    terms = terms_kept(contract)
    case = Case.objects.create(
        village=contract.village,
        contract=contract,
        is_large=is_large(terms),
        is_property=terms.is_let,
        entered_on=today,
        opened_on=today,
        due_on=due_on(Stage.OPENED, today, None),
    )
    _keep(case, "open", "", {}, by, now)
    return case


@action("cases.handle")
def plan(
    *, case_id: int, path: str, responsible: str, known_on: date, words: str = "",
    by: Person, now: datetime,
) -> Case:  # fmt: skip
    """方案: by which way, who answers for it, since when its ground is known."""
    file = _claim(case_id, by, now)
    step = CASES.admit("plan", file, by)
    chosen = BY_CODE.get(path)
    if chosen is None:
        raise Invalid("case.path", "请选择处置方式")
    if ban := file.protected_against(chosen):
        raise Invalid("case.protected", ban)
    if not responsible.strip() or len(responsible) > 40:
        raise Invalid("case.responsible", "请填写责任人，最多 40 个字")
    if known_on > file.today:
        raise Invalid("case.known_on", "知悉事由的日期还没有到，请核对")
    if chosen.timer and (late := chosen.timer.lapsed(known_on, file.today)):
        raise Invalid("case.lapsed", f"{late}，请改用其他方式")
    case = file.case
    case.path, case.responsible, case.known_on = path, responsible.strip(), known_on
    facts = {"path": path, "responsible": case.responsible, "known_on": known_on.isoformat()}
    _go(file, step.name, step.target, _words(words, required=False), facts, by=by, now=now)
    _note(case, step.name, f"{chosen.method}：{chosen.title}，责任人{case.responsible}", by, now)
    return case


@action("cases.handle")
def carry(
    *, case_id: int, work: Work, files: Mapping[str, Sequence[Any]] | None = None,
    by: Person, now: datetime,
) -> Case:  # fmt: skip
    """实施: what was signed, ended or filed, with its papers; in force once it is accepted."""
    file = _claim(case_id, by, now)
    step = CASES.admit("carry", file, by)
    way = _way(file)
    check(work, way, file.case.contract, file.today)
    _hang(file.case, files or {}, by, now)
    words = _words(work.words, required=False)
    _go(file, step.name, step.target, words, work.facts, by=by, now=now)
    _note(file.case, step.name, said(work, way), by, now)
    return file.case


@action("cases.review")
def accept(*, case_id: int, words: str = "", by: Person, now: datetime) -> Case:
    """验收, by another than who carried it out: the contract changes here and now."""
    file = _claim(case_id, by, now)
    step = CASES.admit("accept", file, by)
    done = file.last("carry")
    assert done is not None, "only what was carried out is accepted"
    contract = Contract.objects.claim(file.case.contract_id, by)
    _go(file, step.name, step.target, _words(words, required=False), {}, by=by, now=now)
    work, way = work_of(done.facts), _way(file)
    bring_into_force(file.case, contract, done, work, way, file.matter, by=by, now=now)
    _note(file.case, step.name, said(work, way), by, now)
    return file.case


@action("cases.strike")
def strike(*, case_id: int, words: str = "", by: Person, now: datetime) -> Case:
    """销号: the remedy goes on record and the figures move, in this transaction."""
    file = _claim(case_id, by, now)
    step = CASES.admit("strike", file, by)
    case, way, done = file.case, _way(file), file.last("carry")
    contract = Contract.objects.claim(case.contract_id, by)
    case.struck_on = file.today
    _go(file, step.name, step.target, _words(words, required=False), {}, by=by, now=now)
    number = str(done.facts.get("number", "")) if done else ""
    put_on_record(
        case, contract, way.method, f"struck-{case.reopened + 1}",
        note=way.title, number=number, by=by, now=now,
    )  # fmt: skip
    _note(case, step.name, f"{way.method}：{way.title}", by, now)
    return case


@action("cases.review")
def review(*, case_id: int, step: str, words: str = "", by: Person, now: datetime) -> Case:
    """审核, 退回, 验收不通过: the town's word on a plan or on what was carried out."""
    assert step in ("review", "return", "decline"), step
    return _step(case_id, step, words, by, now)


@action("cases.handle")
def replan(*, case_id: int, words: str, by: Person, now: datetime) -> Case:
    """改定方案: back to the plan, with a reason."""
    return _step(case_id, "replan", words, by, now)


@action("cases.handle")
def escalate(
    *, case_id: int, words: str, files: Sequence[Any] = (), by: Person, now: datetime
) -> Case:
    """提级处置: one level up, with the decision's paper and a reason; it ends there in a remedy."""
    file = _claim(case_id, by, now)
    step = CASES.admit("escalate", file, by)
    if not files and not file.papers[paper_key(file.case, "up")]:
        raise Invalid("case.up", f"请上传{EVIDENCE['up']}")
    case, words = file.case, _words(words)
    contract = Contract.objects.claim(case.contract_id, by)
    _hang(case, {"up": files}, by, now)
    case.level, case.path = UP[case.level], ""  # type: ignore[index]
    _go(file, step.name, step.target, words, {"level": case.level}, by=by, now=now)
    about = f"up-{case.level}-{case.reopened + 1}"
    put_on_record(case, contract, ROUTE, about, note=words[:200], by=by, now=now)
    _note(case, step.name, words, by, now)
    return case


@action("cases.strike")
def reopen(*, case_id: int, words: str, by: Person, now: datetime) -> Case:
    """重新立案: a struck case comes back; its outcome is taken back from today on, on record."""
    file = _claim(case_id, by, now)
    step = CASES.admit("reopen", file, by)
    case, words = file.case, _words(words)
    contract = Contract.objects.claim(case.contract_id, by)
    case.struck_on, case.path = None, ""
    _go(file, step.name, step.target, words, {}, by=by, now=now)
    take_back(case, contract, words, by=by, now=now)
    case.reopened += 1
    case.save(update_fields=["reopened"])
    _note(case, step.name, words, by, now)
    return case


@action("cases.handle")
def close_suit(
    *, case_id: int, suit_id: int, closed_on: date, outcome: str, files: Sequence[Any] = (),
    by: Person, now: datetime,
) -> Case:  # fmt: skip
    """登记结案: filed and closed are two days; the case stays struck off."""
    file = _claim(case_id, by, now)
    step = CASES.admit("close_suit", file, by)
    suit = next((one for one in file.open_suits if one.pk == suit_id), None)
    if suit is None:
        raise Missing("suit.missing", "没有找到这个在办的案件，请刷新查看")
    if not suit.filed_on <= closed_on <= file.today:
        raise Invalid("suit.closed_on", f"结案日期应在立案日期 {suit.filed_on} 至今天之间")
    if not files:
        raise Invalid("suit.ruling", f"请上传{EVIDENCE['ruling']}")
    suit.closed_on, suit.outcome = closed_on, _words(outcome)[:300]
    suit.save(update_fields=["closed_on", "outcome"])
    _hang(file.case, {"ruling": files}, by, now)
    _keep(file.case, step.name, suit.outcome, {"suit": suit.pk}, by, now)
    _note(file.case, step.name, f"{suit}：{suit.outcome}", by, now)
    return file.case


@action("cases.handle")
def add_papers(*, case_id: int, kind: str, files: Sequence[Any], by: Person, now: datetime) -> int:
    """Hang more evidence on a case that is not struck off; how many."""
    file = _claim(case_id, by, now)
    if file.stage == Stage.STRUCK:
        raise Blocked("case.struck", "已经销号，不能再补材料；如有问题请重新立案")
    if not files:
        raise Invalid("paper.none", "请选择要上传的文件")
    hung = _hang(file.case, {kind: files}, by, now)
    _note(file.case, "papers", f"{EVIDENCE[kind]} {hung} 份", by, now)
    return hung


def _step(case_id: int, name: str, words: str, by: Person, now: datetime) -> Case:
    file = _claim(case_id, by, now)
    step = CASES.admit(name, file, by)
    words = _words(words, required=name in WITH_REASON)
    _go(file, step.name, step.target, words, {}, by=by, now=now)
    _note(file.case, step.name, words, by, now)
    return file.case


def _claim(case_id: int, by: Person, now: datetime) -> CaseFile:
    return casefile_of(Case.objects.claim(case_id, by), by, localdate(now))


def _way(file: CaseFile) -> Path:
    way = file.case.way
    assert way is not None, "a plan comes before"
    assert way.method in METHODS, way
    return way


def _go(
    file: CaseFile, name: str, target: str, words: str, facts: dict[str, Any],
    *, by: Person, now: datetime,
) -> None:  # fmt: skip
    case = file.case
    case.stage, case.entered_on = target, file.today
    case.due_on = due_on(target, file.today, case.way)
    case.returned_because = words[:200] if name in ("return", "decline") else ""
    case.save()
    _keep(case, name, words, facts, by, now)


def _keep(
    case: Case, name: str, words: str, facts: dict[str, Any], by: Person, now: datetime
) -> None:
    CaseStep.objects.create(
        village=case.village, case=case, step=name, by=by, at=now, words=words, facts=facts
    )


def _hang(case: Case, files: Mapping[str, Sequence[Any]], by: Person, now: datetime) -> int:
    hung = 0
    for kind, uploads in files.items():
        if kind not in EVIDENCE:
            raise Missing("paper.kind", "请选择材料的种类")
        if uploads:
            on = paper_key(case, kind)
            hung += len(attach(on, uploads, village=case.village, by=by, now=now))
    return hung


def _trace(case: Case, name: str, words: str) -> Trace:
    label = LABELS.get(name, "补充材料")
    public = {"reason": words} if words else {}
    return Trace(key(case), f"cases.{name}", case.village, label, public)


def _note(case: Case, name: str, words: str, by: Person, now: datetime) -> None:
    # Told on the case and on its contract, where people look for it.
    told = _trace(case, name, words)
    on_contract = Trace(
        f"contracts.contract:{case.contract_id}", told.action, case.village,
        f"清理事项：{told.label}", told.public,
    )  # fmt: skip
    record_many([told, on_contract], by=by, at=now)


def _words(text: str, required: bool = True) -> str:
    text = text.strip()
    if required and len(text) < WORDS_MIN:
        raise Invalid("case.words", f"请写明理由，至少 {WORDS_MIN} 个字")
    if len(text) > WORDS_MAX:
        raise Invalid("case.words", f"最多 {WORDS_MAX} 个字，请写短一些")
    return text
