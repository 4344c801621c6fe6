"""A demand, and the hand that writes it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.journal.recorder import record
from sanzi.letters.blocks import (
    Column,
    Cut,
    Facts,
    Heading,
    Lines,
    NewPage,
    Note,
    Paragraph,
    Salutation,
    Seal,
    Signature,
    Signatures,
    Table,
    Ticks,
)
from sanzi.letters.form import Field, LetterForm
from sanzi.letters.models import Letter
from sanzi.letters.writing import Draft, write_many
from tests.world import NOON, SHANGTIAN

DEMAND = LetterForm(
    code="test.demand",
    title="催缴通知书",
    series="CJ",
    size=12,
    fields=(
        Field("debtor_id", "身份证号", personal=True, required=False),
        Field("amount", "欠款金额", "money"),
        Field("due_on", "履行期限", "date"),
        Field("mortgaged", "有抵押", "flag", required=False),
        Field("stance", "意见", required=False),
        Field(
            "items",
            "欠款明细",
            "list",
            columns=(
                Field("contract", "合同编号"),
                Field("arose_on", "发生日期", "date"),
                Field("owed", "欠款", "money"),
            ),
        ),
    ),
    blocks=(
        Salutation(),
        Paragraph("截至{dated}，您（身份证号：{debtor_id}）尚欠{issuer}人民币{amount}元（大写：{amount:大写}）。"),
        Table(
            "items",
            (
                Column("contract", "合同编号", 3),
                Column("arose_on", "发生日期"),
                Column("owed", "欠款（元）"),
            ),
            totals=(("owed", "{amount}"),),
        ),
        Paragraph("该款有抵押。", when="mortgaged"),
        Paragraph("请于{due_on}前缴清。本函同时主张权利。"),
        Note("依据：民法典第一百九十五条。"),
        Seal(),
        Cut(),
        Heading("回执"),
        Ticks("对上述欠款：", ("认可", "部分认可", "不认可"), "stance"),
        Lines("说明", 2),
        Signatures((Signature("债务人"), Signature("送达人", ("签名", "日期")))),
        NewPage(),
        Facts((("合同", "{village}"), ("编号", "{serial}")), columns=2),
    ),
)  # fmt: skip


def values(**changes: Any) -> dict[str, Any]:
    """What a demand says, with changes."""
    return {
        "debtor_id": "999999198001010011",
        "amount": Decimal("12345.60"),
        "due_on": date(2026, 4, 1),
        "items": [
            {"contract": "HT-1", "arose_on": date(2025, 12, 31), "owed": Decimal("12000.00")},
            {"contract": "HT-2", "arose_on": date(2025, 12, 31), "owed": Decimal("345.60")},
        ],
        **changes,
    }


@action("letters.issue")
def demand(*, drafts: list[Draft], by: Person, now: Any) -> list[Letter]:
    """What a feature's action looks like."""
    written = write_many(DEMAND, drafts, by=by, now=now)
    record("test:1", "test.demand", by=by, at=now, village=SHANGTIAN)
    return written


@pytest.fixture
def letter(lin: Person) -> Letter:
    """One demand of Shangtian's, to Zhang Jiu."""
    draft = Draft(values(), "receivables.claim:9", village=SHANGTIAN, addressee="张久")
    return demand(drafts=[draft], by=lin, now=NOON)[0]


@pytest.fixture
def write(lin: Person) -> Callable[..., list[Letter]]:
    """Write so many demands of Shangtian's."""

    def some(count: int, *, village: str = SHANGTIAN, by: Person = lin, **changes: Any) -> Any:
        drafts = [
            Draft(values(**changes), f"receivables.claim:{i}", village=village, addressee=f"张{i}")
            for i in range(count)
        ]
        return demand(drafts=drafts, by=by, now=NOON)

    return some
