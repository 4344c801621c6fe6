"""A contract of which everything is known: its page and each of its parts stay within fifteen."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from sanzi.cleanup.models import Case, CheckSheet, Discrepancy, Finding, TimerAnswer
from sanzi.contracts.models import (
    Allocation,
    Amendment,
    Arrear,
    Carried,
    Contract,
    Due,
    Filing,
    ModelCase,
    Payment,
)
from sanzi.dispositions.models import Disposition
from tests.world import NOON

D, DAY = Decimal, date(2024, 1, 5)
PRICED: dict[str, Any] = {"land_class": "0101", "contract_area_mu": D("10"), "pricing": "亩年"}


@pytest.fixture
def known(brought: dict[str, Any], lin: Any, chen: Any) -> Contract:
    """Findings with a price, a timer and a case; a check sheet; an addendum; rent; cases told."""
    contract: Contract = brought["oral"]
    mine: dict[str, Any] = {"village": contract.village, "contract": contract}
    words = {"severity": "严重", "evidence": "证据", "basis": "依据", "remedy": "处置"}
    for rule in ("P04", "P14"):
        Finding.objects.create(**mine, **words, rule=rule, since_on=DAY)
    let = Contract.objects.filter(pk=contract.pk)
    let.update(
        **PRICED, sublet="未经同意", sublet_known_on=date(2026, 1, 5), unit_price=D("20"),
    )  # fmt: skip
    Contract.objects.filter(pk=brought["lawful"].pk).update(
        **PRICED, unit_price=D("200"), signed_on=let.get().signed_on
    )
    TimerAnswer.objects.create(
        **mine, rule="P02", timer="silence", done_on=DAY, done="已异议", answered_by=lin,
        answered_at=NOON,
    )  # fmt: skip
    sheet = CheckSheet.objects.create(**mine, begun_by=lin, begun_at=NOON)
    Discrepancy.objects.create(**mine, code="C1", sentence=f"面积不一致 {sheet.pk}")
    Disposition.objects.create(
        village=contract.village, kind="合同", target_number=contract.number, dated=DAY,
        method="完善修订",
    )  # fmt: skip
    Case.objects.create(**mine, opened_on=DAY, entered_on=DAY)
    _agreed(mine, lin, chen)
    _paid(mine, lin, chen)
    _told(brought, mine, lin, chen)
    return contract


def _agreed(mine: dict[str, Any], lin: Any, chen: Any) -> None:
    said = {"recorded_by": lin, "recorded_at": NOON, "source": "协议"}
    one = Amendment.objects.create(
        **mine, **said, ordinal=1, kind="renewal", effective_on=DAY, signed_on=DAY,
        changes={"unit_price": ["20", "40"]},
    )  # fmt: skip
    filed = {**said, "recorded_by": chen, "filed_on": DAY, "stamped_by": "农经站"}
    Filing.objects.create(**mine, **filed, amendment=one, number="备-1")
    Filing.objects.create(**mine, **filed, number="备-2")
    Carried.objects.create(
        **said, village=one.village, amendment=one, claim_number="ZQ-1", amount=D("5")
    )


def _paid(mine: dict[str, Any], lin: Any, chen: Any) -> None:
    dues = [
        Due.objects.create(
            **mine, ordinal=n, due_on=date(2020 + n, 1, 1), from_on=date(2020 + n, 1, 1),
            to_on=date(2020 + n, 12, 31), amount=D("1200"),
        )
        for n in range(1, 6)
    ]  # fmt: skip
    payment = Payment.objects.create(
        **mine, stage="posted", proposed_by=lin, proposed_at=NOON, decided_by=chen, decided_at=NOON,
        received_on=DAY, amount=D("1200"), means="cash", payer="赵某", number="SJ-1", key="k",
    )  # fmt: skip
    Allocation.objects.create(payment=payment, due=dues[0], amount=D("1200"))
    Arrear.objects.create(
        village=payment.village, due=dues[1], claim_number="ZQ-9", amount=D("1200"), claimed_on=DAY,
        claimed_by=lin,
    )  # fmt: skip


def _told(brought: dict[str, Any], mine: dict[str, Any], lin: Any, chen: Any) -> None:
    told = {
        "kind": "price", "facts": "甲", "method": "乙", "law": "丙", "effect": "丁", "rules": "P04",
        "closed_on": DAY, "told_by": lin, "told_at": NOON, "released_by": chen, "released_at": NOON,
    }  # fmt: skip
    ModelCase.objects.create(**mine, **told, number="1", title="本合同的案例")
    other = {"village": mine["village"], "contract": brought["lawful"]}
    ModelCase.objects.create(**other, **told, number="2", title="别的案例")


@pytest.mark.parametrize("name", ["lin", "chen", "jian"])
def test_a_contract_of_which_all_is_known_asks_fifteen_questions_a_part(
    known, name, request, visit
):
    html = visit(request.getfixturevalue(name), reverse("cleanup:contract", args=(known.pk,)))
    for told in (
        "P04", "中位价", "面积不一致", "备-1", "第 1 号", "并入旧债权 ZQ-1",
            "应收 5 期 6,000.00 元",
        "SJ-1", "ZQ-1", "本合同的案例", "别的案例", "南塘", "完善修订", "权利期限",
    ):  # fmt: skip
        assert told in html, told


def test_a_part_without_scripts_stands_in_the_frame_with_the_way_back(known, client, lin):
    client.force_login(lin)
    page = reverse("cleanup:contract", args=(known.pk,))
    assert f'<a href="{page}money/">看应收和收款</a>' in client.get(page).content.decode()
    framed = client.get(f"{page}money/").content.decode()
    assert f'href="{page}">返回合同</a>' in framed
    assert "<h1>应收和收款</h1>" in framed


@pytest.mark.parametrize("part", ["terms", "money", "checked", "related"])
def test_the_village_next_door_finds_no_part_of_it(known, qian, visit, part):
    visit(qian, reverse(f"cleanup:contract-{part}", args=(known.pk,)), status=404)
