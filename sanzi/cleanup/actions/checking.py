"""三查一访: answers, visits, and the sheet's way from the village to the town."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.cleanup.checking.answering import clean
from sanzi.cleanup.checking.comparing import discrepancies
from sanzi.cleanup.checking.questions import SOURCE_OF
from sanzi.cleanup.keeping import keep_discrepancies, refigure_town, terms_kept
from sanzi.cleanup.learning import said_on
from sanzi.cleanup.models import CheckAnswer, CheckSheet, Visit
from sanzi.cleanup.queries import sheet_state
from sanzi.cleanup.workflow import ACCEPTED, CHECKING, HANDED, OPEN
from sanzi.contracts.models import Contract
from sanzi.documents.papers import Upload, attach
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked, Invalid


@action("contracts.check")
def answer(
    *,
    contract_id: int,
    source: str,
    said: Mapping[str, str],
    files: Sequence[Upload] = (),
    by: Person,
    now: datetime,
) -> CheckSheet:
    """Keep the answers of one source, with photos; what was said before and is the same stays.

    Raises Invalid for an answer that cannot be, Blocked once the sheet is with the town.
    """
    contract = Contract.objects.claim(contract_id, by)
    sheet = _open_sheet(contract, by, now)
    before = said_on([sheet.pk]).get(sheet.pk, {})
    fresh = {q: v for q, v in clean(source, said, by).items() if v != before.get(q, "")}
    for question, value in fresh.items():
        CheckAnswer.objects.create(
            village=contract.village,
            sheet=sheet,
            source=source,
            question=question,
            value=value,
            answered_by=by,
            answered_at=now,
        )
    hung = attach(photo_key(sheet, source), files, village=contract.village, by=by, now=now)
    if fresh or hung:
        photos = f"，照片 {len(hung)} 张" if hung else ""
        record(
            contract,
            "check.answer",
            by=by,
            at=now,
            label=f"{SOURCE_OF[source].title}：答了 {len(fresh)} 项{photos}",
            public={"source_code": source, "questions": sorted(fresh)},
        )
    else:
        record(contract, "check.seen", by=by, at=now, label=f"{SOURCE_OF[source].title}：没有改动")
    return sheet


@action("contracts.check")
def visit(
    *,
    contract_id: int,
    visited: str,
    their_post: str,
    visited_on: date,
    said: str,
    by: Person,
    now: datetime,
) -> Visit:
    """Write down a visit. A second click is the same visit. Raises Invalid, Blocked."""
    contract = Contract.objects.claim(contract_id, by)
    sheet = _open_sheet(contract, by, now)
    if visited_on > localdate(now):
        raise Invalid("visit.day", "走访日期还没到，请核对")
    if not visited.strip() or not said.strip():
        raise Invalid("visit.blank", "请写明走访了谁、说了什么")
    told, _ = sheet.visits.get_or_create(
        visited=visited.strip(),
        visited_on=visited_on,
        said=said.strip(),
        defaults={
            "village": contract.village,
            "their_post": their_post.strip(),
            "visited_by": by,
            "recorded_at": now,
        },
    )
    # The name of who was visited stays out of the journal: it can never be taken out again.
    record(contract, "check.visit", by=by, at=now, label=f"走访：{visited_on}",
           public={"visit": told.pk})  # fmt: skip
    return told


@action("registers.view")
def take_step(*, contract_id: int, step: str, by: Person, now: datetime) -> CheckSheet:
    """Hand a sheet in, return it, accept it or open it again. Raises Forbidden, Blocked.

    Who handed it in never accepts it. Accepted answers reach the rules at once.
    """
    contract = Contract.objects.claim(contract_id, by)
    sheet = CheckSheet.objects.visible_to(by).filter(contract=contract).first()
    if sheet is None:
        raise Blocked("check.none", "这份合同还没有开始核查")
    taken = CHECKING.admit(step, sheet_state(sheet), by)
    _move(sheet, taken.target, by, now)
    if taken.target == HANDED:
        said = said_on([sheet.pk]).get(sheet.pk, {})
        keep_discrepancies(sheet, discrepancies(terms_kept(contract), said))
    if ACCEPTED in (taken.target, *taken.source):
        refigure_town(contract.town)
    record(contract, f"check.{step}", by=by, at=now, label=f"核查表：{taken.label}")
    return sheet


def photo_key(sheet: CheckSheet, source: str) -> str:
    """What photos of one source hang on."""
    return f"cleanup.checksheet:{sheet.pk}/{source}"


def _open_sheet(contract: Any, by: Person, now: datetime) -> CheckSheet:
    sheet, _ = CheckSheet.objects.get_or_create(
        contract=contract,
        defaults={"village": contract.village, "begun_by": by, "begun_at": now},
    )
    if sheet.stage != OPEN:
        raise Blocked("check.moved", f"核查表{sheet.get_stage_display()}，要改请先由镇里退回")
    return sheet


def _move(sheet: CheckSheet, target: str, by: Person, now: datetime) -> None:
    if target == ACCEPTED and sheet.handed_by_id == by.pk:
        raise Blocked("check.same_hand", "交表的人不能自己审核，请换一位经办人")
    sheet.stage = target
    if target == HANDED:
        sheet.handed_by, sheet.handed_at = by, now
    sheet.accepted_by, sheet.accepted_at = (by, now) if target == ACCEPTED else (None, None)
    sheet.save()
