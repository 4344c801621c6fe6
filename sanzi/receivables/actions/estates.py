"""遗产登记: what the heirs of a dead debtor inherit, with its proof."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.documents.papers import attach
from sanzi.journal.recorder import record
from sanzi.kernel.money import ZERO, grouped
from sanzi.kernel.refusals import Blocked, Invalid
from sanzi.policies.relief import HEIRS
from sanzi.receivables.estates import ARTICLE, Estate, estate_of
from sanzi.receivables.models import Claim


@action("claims.work")
def enter_estate(
    *,
    claim_id: int,
    amount: Decimal,
    dated: date,
    basis: str,
    files: Sequence[Any] = (),
    by: Person,
    now: datetime,
) -> Estate:
    """Put on record what the heirs inherit, in yuan; from then on no more is demanded of them.

    Raises Blocked for a debtor who has no heirs or lives, or the same once more; Invalid for a day
    ahead or no proof; UnfitPaper.
    """
    claim: Any = Claim.objects.claim(claim_id, by)
    if claim.debtor_status != HEIRS:
        raise Blocked("estate.status", f"债务人状态不是“{HEIRS}”，没有遗产可登记；请先改正台账")
    if amount < ZERO or dated > localdate(now):
        raise Invalid("estate.amount", "遗产不能为负，认定日期不能晚于今天，请核对")
    if len(basis.strip()) < 2:
        raise Invalid("estate.basis", "请写明依据，例如遗产清单、继承公证书")
    known = estate_of(claim)
    if known and (known.amount, known.dated, known.basis) == (amount, dated, basis.strip()):
        raise Blocked("estate.twice", "这笔遗产已经登记，没有重复登记")
    estate = Estate.objects.create(
        village=claim.village, claim=claim, amount=amount, dated=dated, basis=basis.strip(),
        entered_by=by, entered_at=now,
    )  # fmt: skip
    attach(estate, files, by=by, now=now)
    public = {"subject": f"{grouped(amount)} 元", "reason": f"{basis.strip()}（{ARTICLE}）"}
    record(claim, "receivables.estate", by=by, at=now, label="登记遗产", public=public)
    return estate
