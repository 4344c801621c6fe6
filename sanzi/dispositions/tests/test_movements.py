from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from sanzi.access.system import system_person
from sanzi.debts import movements as of_debts
from sanzi.dispositions.models import Disposition
from sanzi.intake.reading import read_workbook
from sanzi.kernel.refusals import Blocked, Invalid, Missing
from sanzi.metrics.shares import totals
from sanzi.receivables import movements as of_claims
from sanzi.workbooks.actions import commit_file
from sanzi.workbooks.verification import verify
from tests.sheets import CLAIM, write_workbook
from tests.world import NOON, SHANGTIAN

TODAY = date(2026, 3, 2)
DAY = date(2026, 3, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def moved(brought, chen):
    """A function that moves the claim of the small world as an action would."""

    def run(method: str, amount: str, **more: Any) -> Disposition:
        given = {"dated": DAY, "source": f"test:{Disposition.objects.count()}", **more}
        with transaction.atomic():
            return of_claims.move(
                brought["claim"], method, Decimal(amount), by=chen, now=NOON, **given
            )

    return run


@pytest.fixture
def refused(places, tmp_path):
    """What is said about a workbook with one fault."""

    def run(**sheets: Any) -> str:
        workbook = read_workbook(write_workbook(tmp_path / "again.xlsx", **sheets))
        by = system_person("system_import")
        receipt = commit_file(workbook=workbook, name="again.xlsx", by=by, now=NOON)
        [problem] = [p for p in receipt.problems if p.severity == "error"]
        return str(problem.message)

    return run


def test_a_movement_takes_off_what_is_left_and_moves_the_figure_with_it(brought, moved):
    claim = brought["claim"]
    before = totals(SHANGTIAN, TODAY)["receivables.cash"]
    assert claim.left == Decimal("3000.00")
    moved("专人清收", "500.50")
    claim.refresh_from_db()
    assert (claim.left, claim.put_aside) == (Decimal("2499.50"), Decimal("1000.00"))
    assert totals(SHANGTIAN, TODAY)["receivables.cash"] - before == 50050
    assert verify(TODAY) == []


def test_the_balance_of_any_day_comes_from_the_movements(brought, moved):
    moved("专人清收", "500")
    of = [date(2022, 3, 31), date(2022, 4, 1), date(2025, 1, 1), DAY]
    found = [of_claims.balance_of(brought["claim"], day) for day in of]
    assert found == [Decimal(n) for n in ("5000", "3000", "3000", "2500")]


def test_more_than_is_left_is_refused_and_nothing_is_written(brought, moved):
    with pytest.raises(Blocked, match="尚欠 3,000.00 元，不能登记 3,000.01 元"):
        moved("专人清收", "3000.01")
    assert not Disposition.objects.exclude(source="").exists()


def test_what_is_put_aside_is_not_paid_without_being_taken_up_again(brought, moved):
    moved("专人清收", "2000")
    with pytest.raises(Blocked, match="请先解封"):
        moved("专人清收", "0.01")


@pytest.mark.parametrize(
    ("dated", "said"),
    [(date(2026, 3, 3), "晚于今天"), (date(2022, 2, 28), "基准日"), (date(2022, 2, 1), "基准日")],
)
def test_a_day_of_the_base_or_ahead_is_refused(moved, dated, said):
    with pytest.raises(Invalid, match=said):
        moved("专人清收", "1", dated=dated)


def test_the_day_after_the_base_is_taken(brought, moved):
    assert brought["claim"].base_on == date(2022, 2, 28)
    moved("专人清收", "1", dated=date(2022, 3, 1))


def test_one_event_moves_once(moved):
    moved("专人清收", "10", source="step:1")
    with pytest.raises(Blocked, match="已在 2026-03-01 登记"):
        moved("专人清收", "10", source="step:1")


def test_two_like_payments_on_one_day_are_two_movements(brought, moved):
    first, second = moved("专人清收", "10"), moved("专人清收", "10")
    assert (first.ordinal, second.ordinal) == (1, 2)
    brought["claim"].refresh_from_db()
    assert brought["claim"].left == Decimal("2980.00")


def test_a_correction_is_the_mirror_image_with_its_reason(brought, moved, chen):
    paid = moved("专人清收", "500")
    with transaction.atomic():
        back = of_claims.reverse(
            brought["claim"],
            paid,
            dated=TODAY,
            reason="收款人记错",
            source="r:1",
            by=chen,
            now=NOON,
        )
    assert (back.amount, back.reverses) == (Decimal("-500.00"), paid)
    assert "收款人记错" in back.remark
    brought["claim"].refresh_from_db()
    assert brought["claim"].left == Decimal("3000.00")
    assert of_claims.balance_of(brought["claim"], DAY) == Decimal("2500.00")
    assert verify(TODAY) == []
    for again, said in ((paid, "已经冲回"), (back, "不能再冲回")):
        with pytest.raises(Blocked, match=said), transaction.atomic():
            of_claims.reverse(
                brought["claim"], again, dated=TODAY, reason="再", source="r:2", by=chen, now=NOON
            )


def test_a_correction_without_reason_is_refused(brought, moved, chen):
    paid = moved("专人清收", "500")
    with pytest.raises(Invalid, match="原因"), transaction.atomic():
        of_claims.reverse(
            brought["claim"], paid, dated=TODAY, reason=" ", source="r:1", by=chen, now=NOON
        )


def test_a_letter_taken_back_is_no_letter_sent(brought, chen):
    claim = brought["claim"]
    before = totals(SHANGTIAN, TODAY)["receivables.notices"]
    with transaction.atomic():
        sent = of_claims.move(claim, "下函对账", None, DAY, source="l:1", by=chen, now=NOON)
    assert totals(SHANGTIAN, TODAY)["receivables.notices"] == before + 1
    with transaction.atomic():
        of_claims.reverse(claim, sent, dated=TODAY, reason="寄错", source="l:2", by=chen, now=NOON)
    assert totals(SHANGTIAN, TODAY)["receivables.notices"] == before


def test_the_database_refuses_to_change_what_an_action_wrote(moved):
    paid = moved("专人清收", "500")
    mine = Disposition.objects.filter(pk=paid.pk)
    with pytest.raises(IntegrityError, match="冲回"), transaction.atomic():
        mine.update(amount=Decimal("1.00"))
    with pytest.raises(IntegrityError, match="冲回"), transaction.atomic():
        mine.delete()


def test_what_a_workbook_brought_may_still_be_corrected(brought):
    imported = Disposition.objects.filter(method="专人清收")
    assert imported.update(handled_by="李四") == 1


def _again(moved_act: Disposition, **changed: str) -> dict[str, str]:
    row = {"kind": "债权", "target_number": "ZQ-1", "village": SHANGTIAN, "dated": str(DAY)}
    return {**row, "method": moved_act.method, "amount": str(moved_act.amount), **changed}


def test_an_export_brought_in_again_changes_nothing(bring, moved):
    paid = moved("专人清收", "500")
    count = Disposition.objects.count()
    receipt = bring(处置记录=[_again(paid)])
    assert receipt.rows_written == 0
    assert Disposition.objects.count() == count


def test_an_import_cannot_edit_what_an_action_wrote(refused, moved):
    paid = moved("专人清收", "500")
    said = refused(处置记录=[_again(paid, amount="400")])
    assert "不能用导入修改" in said
    paid.refresh_from_db()
    assert paid.amount == Decimal("500.00")


def test_the_base_under_a_movement_is_no_longer_imported(refused, moved):
    row = {**CLAIM, "village": SHANGTIAN, "number": "ZQ-1", "balance": "9000"}
    moved("专人清收", "500")
    assert "登记更正变动" in refused(债权=[row])


def test_the_base_without_a_movement_is_corrected_by_a_workbook(bring, brought):
    bring(债权=[{**CLAIM, "village": SHANGTIAN, "number": "ZQ-1", "balance": "9000"}])
    brought["claim"].refresh_from_db()
    assert brought["claim"].left == Decimal("7000.00")


def test_a_neighbour_moves_nothing(brought, luo):
    with pytest.raises(Missing), transaction.atomic():
        of_claims.move(brought["claim"], "专人清收", Decimal(1), DAY, source="x", by=luo, now=NOON)


def test_a_debt_moves_the_same_way(brought, chen):
    debt = brought["debt"]
    assert debt.left == Decimal("5000.00")
    with transaction.atomic():
        paid = of_debts.move(debt, "现金偿还", Decimal(4000), DAY, source="d:1", by=chen, now=NOON)
    assert debt.left == Decimal("1000.00")
    assert of_debts.balance_of(debt, date(2022, 6, 1)) == Decimal("5000.00")
    with pytest.raises(Blocked, match="尚欠 1,000.00 元"), transaction.atomic():
        of_debts.move(debt, "减免", Decimal("1000.01"), DAY, source="d:2", by=chen, now=NOON)
    with transaction.atomic():
        of_debts.reverse(debt, paid, dated=TODAY, reason="退票", source="d:3", by=chen, now=NOON)
    assert debt.left == Decimal("5000.00")
    assert verify(TODAY) == []
