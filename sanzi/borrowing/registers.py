"""The loans asked for, as a register like any other."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from sanzi.kernel.money import ZERO
from sanzi.web.register import Badge, Register, RegisterColumn

from .control import drawn_of
from .models import STAGES, TONES, Loan


def _hang_drawn(rows: Sequence[Any]) -> None:
    drawn = drawn_of([row.pk for row in rows])
    for row in rows:
        row.drawn = drawn.get(row.pk, ZERO)


LOANS = Register(
    slug="loans",
    title="借款审批",
    noun="项借款",
    rows=Loan.objects.visible_to,
    columns=(
        RegisterColumn("lender", "出借方", searchable=True),
        RegisterColumn("village_name", "村", kind="village", width="narrow"),
        RegisterColumn("amount", "借款金额元", kind="money", total=True),
        RegisterColumn("drawn", "已入账元", kind="money", value=lambda row: row.drawn),
        RegisterColumn("yearly_rate", "年利率", kind="percent"),
        RegisterColumn("purpose_title", "用途", value=lambda row: row.get_purpose_display()),
        RegisterColumn("due_on", "还款期限", kind="date", width="narrow"),
        RegisterColumn(
            "state", "状态", kind="badge", width="narrow",
            value=lambda row: Badge(STAGES[row.stage], TONES[row.stage]),
        ),
    ),
    url=lambda row: reverse("borrowing:loan", args=(row.pk,)),
    sort=("-proposed_at",),
    decorate=_hang_drawn,
    empty="村里要借款，先在这里申请，批准以后才能入账",
)  # fmt: skip
