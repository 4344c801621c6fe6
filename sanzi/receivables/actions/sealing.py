"""打包封存: a package proposed by one, approved by the town after the resolution, opened again."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.dispositions.models import SEALING, Disposition
from sanzi.journal.recorder import Trace, record_many
from sanzi.kernel.money import ZERO, grouped
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid
from sanzi.receivables.casework import Package, Proposal
from sanzi.receivables.completing import complete
from sanzi.receivables.models import Claim
from sanzi.receivables.movements import reverse
from sanzi.receivables.sealing import why_not_sealed
from sanzi.receivables.standing import Standing
from sanzi.receivables.workflow import SEVEN

MATTER = "claim.seal"


@action("claims.work")
def pack(
    *,
    claim_ids: Sequence[int],
    number: str,
    reason: str,
    review_on: date,
    dated: date,
    by: Person,
    now: datetime,
) -> Package:
    """Put claims of one village together to be sealed. Nothing is written off, nothing is booked.

    Raises Invalid without a reason or with a review day that has passed, Blocked for a claim on
    which something else waits.
    """
    claims = [Claim.objects.claim(pk, by) for pk in sorted(set(claim_ids))]
    _check_package(claims, number, reason, review_on, localdate(now))
    for claim in claims:
        SEVEN.admit("seal", Standing(claim, localdate(now)), by)
    package = Package.objects.create(
        village=claims[0].village, number=number.strip(), reason=reason.strip(),
        review_on=review_on, proposed_by=by, proposed_at=now,
    )  # fmt: skip
    for claim in claims:
        Proposal.objects.create(
            village=claim.village, claim=claim, kind="seal", amount=claim.left, dated=dated,
            key=f"package:{package.pk}:{claim.pk}", package=package,
            facts={"basis": package.reason},
            proposed_by=by, proposed_at=now,
        )  # fmt: skip
    _note(claims, package, "列入封存清单", by=by, now=now)
    return package


@action("claims.approve")
def approve_package(*, package_id: int, by: Person, now: datetime) -> Package:
    """乡镇审批: seal the package once its resolution stands; the balance stays on the books."""
    package, held = _held(package_id, by)
    if package.stage != Package.Stage.DRAFTED:
        raise Blocked(
            "package.moved", f"封存批次 {package}{package.get_stage_display()}，请刷新查看"
        )
    if package.proposed_by_id == by.pk:
        raise Forbidden("step.two_hands", "提出人不能审批自己的封存清单，请由另一人办理")
    if gap := why_not_sealed(package):
        raise Blocked("step.resolution", gap)
    for one in held:
        one.approved_by, one.approved_at = by, now
    complete(held, by=by, now=now)
    _decide(package, Package.Stage.SEALED, by, now)
    _note([one.claim for one in held], package, "打包封存", by=by, now=now)
    return package


@action("claims.approve")
def void_package(*, package_id: int, reason: str, by: Person, now: datetime) -> Package:
    """Send the package back: its claims go on as before."""
    package, held = _held(package_id, by)
    if package.stage != Package.Stage.DRAFTED:
        raise Blocked(
            "package.moved", f"封存批次 {package}{package.get_stage_display()}，请刷新查看"
        )
    if len(reason.strip()) < 2:
        raise Invalid("package.reason", "请写明退回的原因")
    for one in held:
        one.stage, one.reason = Proposal.Stage.DECLINED, reason.strip()[:200]
        one.save(update_fields=["stage", "reason"])
    _decide(package, Package.Stage.VOIDED, by, now)
    _note([one.claim for one in held], package, "封存清单退回", by=by, now=now)
    return package


@action("claims.approve")
def release(*, claim_id: int, reason: str, by: Person, now: datetime) -> None:
    """解除封存: take the sealing of one claim back, so that it is collected again."""
    claim = Claim.objects.claim(claim_id, by)
    SEVEN.admit("release", Standing(claim, localdate(now)), by)
    if len(reason.strip()) < 2:
        raise Invalid("package.reason", "请写明解除封存的原因")
    acts = Disposition.objects.visible_to(by).on("债权", claim.village, claim.number)
    open_ones = acts.filter(method=SEALING, reverses=None, reversed_by=None).exclude(source="")
    for act in open_ones:
        reverse(
            claim, act, dated=max(localdate(now), act.dated), reason=reason,
            source=f"receivables.release:{act.pk}", by=by, now=now,
        )  # fmt: skip
    if not open_ones and claim.put_aside:
        raise Blocked("package.imported", "封存记录来自导入的工作簿，请用更正后的工作簿解除封存")
    traces = [_trace(claim, "解除封存", reason.strip())]
    record_many(traces, by=by, at=now)


def _check_package(
    claims: Sequence[Any], number: str, reason: str, review_on: date, today: date
) -> None:
    if not claims:
        raise Invalid("package.empty", "请勾选要封存的债权")
    if len({claim.village for claim in claims}) > 1:
        raise Invalid("package.villages", "一个封存批次只能包含一个村的债权，请分村打包")
    if not number.strip() or len(reason.strip()) < 2:
        raise Invalid("package.reason", "请填写批次号和封存理由")
    if review_on <= today:
        raise Invalid("package.review", "复查日期应在今天之后；封存不是核销，到期要复查")


def _held(package_id: int, by: Person) -> tuple[Package, list[Proposal]]:
    """A package with its proposals, each with its claim locked first."""
    inside = Proposal.objects.visible_to(by).filter(package=package_id).order_by("claim_id")
    claims = {pk: Claim.objects.claim(pk, by) for pk in inside.values_list("claim", flat=True)}
    package: Package = Package.objects.claim(package_id, by)
    held = [one for one in inside.select_related("proposed_by") if one.stage in Proposal.OPEN]
    for one in held:
        one.claim = claims[one.claim_id]
    return package, held


def _decide(package: Package, stage: Package.Stage, by: Person, now: datetime) -> None:
    package.stage, package.decided_by, package.decided_at = stage, by, now
    package.save(update_fields=["stage", "decided_by", "decided_at"])


def _note(
    claims: Sequence[Any], package: Package, label: str, *, by: Person, now: datetime
) -> None:
    total = sum((claim.left or ZERO for claim in claims), ZERO)
    words = f"批次 {package.number}，{package.reason}"
    traces = [_trace(claim, label, words) for claim in claims]
    sum_of = Trace(
        f"receivables.package:{package.pk}", "receivables.package", package.village, label,
        {"subject": f"{len(claims)} 笔，{grouped(total)} 元"},
    )  # fmt: skip
    record_many([*traces, sum_of], by=by, at=now)


def _trace(claim: Any, label: str, words: str) -> Trace:
    return Trace(
        f"receivables.claim:{claim.pk}",
        "receivables.seal",
        claim.village,
        label,
        {"subject": words},
    )
