"""Offerings of the showcase: written by a village, published by another hand, brought to an end."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.access.scope import covers
from sanzi.documents.papers import Upload, attach
from sanzi.journal.recorder import record
from sanzi.kernel.money import ZERO, grouped
from sanzi.kernel.refusals import Blocked, Invalid, Missing
from sanzi.support.asking import refuse_numbers
from sanzi.support.models import Inquiry, Offering, Outcome
from sanzi.support.queries import offering_stands, outcome_of
from sanzi.support.stages import OfferingStage
from sanzi.support.wording import past, refuse_known, said
from sanzi.support.workflow import OFFERING


@action("support.tell")
def write_offering(
    *,
    village: str,
    kind: str,
    title: str,
    summary: str,
    details: str,
    price: str,
    files: Sequence[Upload] = (),
    by: Person,
    now: datetime,
) -> Offering:
    """Write an offering for the showcase; nobody outside sees it until another publishes it."""
    if len(village) != 12 or not covers(by, village):
        raise Missing("place.missing", "没有找到这个村，或它不在您的辖区内")
    refuse_numbers(title, summary, details, price)
    twins = Offering.objects.visible_to(by).filter(village=village, kind=kind, title=title)
    refuse_known(twins, f"本村已有“{title}”")
    offering = Offering.objects.create(
        village=village, kind=kind, title=said(title, "名称", most=60),
        summary=said(summary, "一句话介绍", most=120), details=details.strip(),
        price=price.strip(), written_by=by, written_at=now, keeper=by, hands=[by.pk],
    )  # fmt: skip
    attach(offering, files, by=by, now=now)
    record(offering, "support.write-offering", by=by, at=now, label=f"填写展示：{offering}")
    return offering


@action("support.tell")
def change_offering(
    *,
    offering_id: int,
    summary: str,
    details: str,
    price: str,
    files: Sequence[Upload] = (),
    by: Person,
    now: datetime,
) -> Offering:
    """Change an offering that is not published nor waiting; whoever changed it does not review."""
    offering: Offering = Offering.objects.claim(offering_id, by)
    if offering.stage not in (OfferingStage.DRAFT, OfferingStage.WITHDRAWN):
        raise Blocked(
            "offering.moved", f"{offering.get_stage_display()}的内容不能改，请先撤下或退回"
        )
    refuse_numbers(summary, details, price)
    offering.summary = said(summary, "一句话介绍", most=120)
    offering.details, offering.price = details.strip(), price.strip()
    offering.written_by, offering.written_at, offering.keeper = by, now, by
    offering.hands = sorted({*offering.hands, by.pk})
    offering.reviewed_by = offering.reviewed_at = None
    offering.save()
    attach(offering, files, by=by, now=now)
    record(offering, "support.change-offering", by=by, at=now, label=f"修改展示：{offering}")
    return offering


@action("support.tell")
def submit_offering(*, offering_id: int, by: Person, now: datetime) -> Offering:
    """Hand an offering in for review."""
    offering: Offering = Offering.objects.claim(offering_id, by)
    taken = OFFERING.admit("submit", offering_stands(offering, by), by)
    offering.stage, offering.returned_for = taken.target, ""
    offering.save(update_fields=["stage", "returned_for"])
    record(offering, "support.submit-offering", by=by, at=now, label=f"{taken.label}：{offering}")
    return offering


@action("support.publish")
def review_offering(
    *, offering_id: int, step: str, reason: str, by: Person, now: datetime
) -> Offering:
    """Publish what another person wrote, send it back, or take it down; the last two say why."""
    offering: Offering = Offering.objects.claim(offering_id, by)
    if step not in ("publish", "return", "withdraw"):
        raise Blocked("workflow.moved", "没有这个步骤，请刷新查看")
    taken = OFFERING.admit(step, offering_stands(offering, by), by)
    public = {} if step == "publish" else {"reason": said(reason, "理由")}
    offering.stage, offering.returned_for = taken.target, public.get("reason", "")
    if step == "publish":
        offering.reviewed_by, offering.reviewed_at = by, now
    offering.save(update_fields=["stage", "returned_for", "reviewed_by", "reviewed_at"])
    record(offering, f"support.{step}-offering", by=by, at=now,
           label=f"{taken.label}：{offering}", public=public)  # fmt: skip
    return offering


@action("support.tell")
def end_offering(*, offering_id: int, reason: str, by: Person, now: datetime) -> Offering:
    """Bring an offering to its end, saying what came of it; it leaves the public page."""
    offering: Offering = Offering.objects.claim(offering_id, by)
    taken = OFFERING.admit("end", offering_stands(offering, by), by)
    offering.stage, offering.ended_for = taken.target, said(reason, "办结情况")
    offering.save(update_fields=["stage", "ended_for"])
    record(offering, "support.end-offering", by=by, at=now, label=f"办结：{offering}",
           public={"reason": offering.ended_for})  # fmt: skip
    return offering


@action("support.tell")
def tell_outcome(
    *,
    offering_id: int,
    on: date,
    amount: Decimal,
    what: str,
    inquiry_id: int | None = None,
    by: Person,
    now: datetime,
) -> Outcome:
    """Tell what an offering brought; a negative amount takes an earlier telling back.

    Figures for publicity: nothing is posted in the books by this, sales are booked as income.
    """
    offering: Offering = Offering.objects.claim(offering_id, by)
    if offering.stage in (OfferingStage.DRAFT, OfferingStage.SUBMITTED):
        raise Blocked("outcome.early", "发布以后才有成交可记")
    lead = Inquiry.objects.visible_to(by).filter(pk=inquiry_id, offering=offering).first()
    if inquiry_id is not None and lead is None:
        raise Missing("scope.missing", "没有找到这条线索")
    if amount == ZERO or outcome_of(offering) + amount < ZERO:
        raise Invalid("outcome.amount", "请核对金额：不能为 0，冲回不能超过已记的成交")
    what = said(what, "结果")
    twins = Outcome.objects.visible_to(by).filter(offering=offering, on=on, amount=amount)
    refuse_known(twins.filter(what=what), "这一笔已经记过")
    outcome = Outcome.objects.create(
        village=offering.village, offering=offering, inquiry=lead, amount=amount, what=what,
        on=past(on, now, "日期"), told_by=by, told_at=now,
    )  # fmt: skip
    record(offering, "support.tell-outcome", by=by, at=now, label=f"成交 {grouped(amount)} 元",
           public={"subject": what})  # fmt: skip
    return outcome
