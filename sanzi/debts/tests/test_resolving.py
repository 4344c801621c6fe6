from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction

from sanzi.accounting.models import Voucher
from sanzi.accounting.periods import open_year
from sanzi.debts.actions import resolving
from sanzi.debts.actions.resolving import confirm, reverse, take_step
from sanzi.debts.auditing import Told
from sanzi.debts.models import Resolving
from sanzi.debts.ways import ACCOUNTS, WAYS, Amounts, fault_of, parts_of
from sanzi.dispositions.models import Disposition
from sanzi.journal.models import Entry
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from sanzi.metrics.shares import totals
from sanzi.workbooks.verification import verify
from tests.books import written
from tests.world import NOON, SHANGTIAN

TODAY = date(2026, 3, 2)


@pytest.fixture
def decided(monkeypatch):
    """The meeting has decided; its own rules are tested where they live."""
    monkeypatch.setattr("sanzi.debts.facing.why_not", lambda on, matter: None)


def test_paying_takes_two_hands_and_moves_books_balance_and_figure_together(
    brought, book, propose, zheng
):
    before = totals(SHANGTIAN, TODAY)["debts.resolved"]
    one = propose("D01", "1000")
    brought["debt"].refresh_from_db()
    assert brought["debt"].left == Decimal("5000.00")
    one = confirm(resolving_id=one.pk, by=zheng, now=NOON)
    brought["debt"].refresh_from_db()
    assert brought["debt"].left == Decimal("4000.00")
    assert written(one.voucher) == "借 201 1000.00\n贷 102 1000.00"
    assert totals(SHANGTIAN, TODAY)["debts.resolved"] - before == 100000
    act = Disposition.objects.get(source=f"debts.resolving:{one.pk}/1")
    assert (act.method, act.voucher_id) == ("现金偿还", one.voucher_id)
    entry = Entry.objects.filter(object=f"debts.debt:{brought['debt'].pk}").latest("seq")
    assert entry.action == "debts.confirm"
    assert verify(TODAY) == []


def test_who_proposed_does_not_confirm(book, propose, zheng, wu):
    with pytest.raises(Forbidden):
        confirm(resolving_id=propose("D01", "1").pk, by=wu, now=NOON)
    Resolving.objects.update(proposed_by=zheng)
    with pytest.raises(Blocked, match="另一人"):
        confirm(resolving_id=Resolving.objects.get().pk, by=zheng, now=NOON)
    assert not Voucher.objects.filter(source__startswith="debts").exists()


def test_without_proof_nothing_is_confirmed(book, propose, zheng):
    one = propose("D01", "1", files=[])
    with pytest.raises(Blocked, match="还没有上传证明：付款回单"):
        confirm(resolving_id=one.pk, by=zheng, now=NOON)


def test_a_write_off_waits_for_the_meeting_and_for_the_town(book, propose, zheng, gao):
    one = propose("D09", "100")
    with pytest.raises(Blocked, match="还没有“核销债务”的决议"):
        take_step(resolving_id=one.pk, step="approve", by=gao, now=NOON)
    with pytest.raises(Blocked, match="须先经乡镇批准"):
        confirm(resolving_id=one.pk, by=zheng, now=NOON)


def test_a_decided_and_approved_write_off_becomes_income(book, propose, zheng, gao, decided):
    one = propose("D09", "100")
    take_step(resolving_id=one.pk, step="approve", by=gao, now=NOON)
    one = confirm(resolving_id=one.pk, by=zheng, now=NOON)
    assert written(one.voucher) == "借 201 100.00\n贷 504 100.00"


AUDIT = Told("审字〔2024〕8号", "清水会计师事务所", date(2024, 2, 1), "2010 至 2020 年应付款")
POSTED = {
    "D01": ({}, "借 201 100.00\n贷 102 100.00"),
    "D02": ({"money": "cash"}, "借 201 100.00\n贷 101 100.00"),
    "D07": ({}, "借 201 100.00\n贷 504 100.00"),
    "D08": ({"paid": Decimal(70)}, "借 201 100.00\n贷 102 70.00\n贷 504 30.00"),
    "D10": ({"carrying": Decimal(80)}, "借 201 100.00\n贷 154 80.00\n贷 504 20.00"),
    "D11": ({"audit": AUDIT}, "借 201 100.00\n贷 32202 100.00"),
    "D12": (
        {},
        "借 102 100.00\n贷 241 100.00\n借 201 100.00\n贷 102 100.00\n借 241 100.00\n贷 311 100.00",
    ),
}


@pytest.mark.parametrize("way", POSTED)
def test_each_way_posts_its_own_template(way, book, propose, zheng, gao, decided):
    more, lines = POSTED[way]
    one = propose(way, "100", **more)
    if "debts.approve" in one.way_row.decides:
        take_step(resolving_id=one.pk, step="approve", by=gao, now=NOON)
    one = confirm(resolving_id=one.pk, by=zheng, now=NOON)
    assert written(one.voucher) == lines
    one.debt.refresh_from_db()
    assert one.debt.left == Decimal("4900.00")


def test_an_asset_worth_more_than_the_debt_leaves_a_loss(book, propose, zheng, gao, decided):
    one = propose("D10", "100", carrying=Decimal(130))
    take_step(resolving_id=one.pk, step="approve", by=gao, now=NOON)
    one = confirm(resolving_id=one.pk, by=zheng, now=NOON)
    assert written(one.voucher) == "借 201 100.00\n借 515 30.00\n贷 154 130.00"


@pytest.mark.parametrize("way", ["D05", "D06"])
def test_a_set_off_moves_claim_and_debt_and_never_the_result(way, brought, book, propose, zheng):
    one = propose(way, "500", claim_id=brought["claim"].pk)
    one = confirm(resolving_id=one.pk, by=zheng, now=NOON)
    for thing, left in ((brought["claim"], "2500.00"), (brought["debt"], "4500.00")):
        thing.refresh_from_db()
        assert thing.left == Decimal(left)
    assert written(one.voucher).startswith("借 201 500.00\n贷 11")
    assert not one.way_row.changes_result
    assert verify(TODAY) == []


def test_what_a_household_has_of_its_land_is_not_set_off(brought, book, propose):
    with pytest.raises(Blocked, match="农村土地承包法"):
        propose("D05", "500", claim_id=brought["claim"].pk, means="流转收益")


def test_what_is_sealed_is_not_set_off(brought, book, propose):
    with pytest.raises(Blocked, match="可抵 2,000.00 元"):
        propose("D05", "2000.01", claim_id=brought["claim"].pk)


def test_a_stop_of_interest_moves_nothing(brought, book, propose, zheng, gao, decided):
    one = propose("D13", "5000")
    take_step(resolving_id=one.pk, step="approve", by=gao, now=NOON)
    one = confirm(resolving_id=one.pk, by=zheng, now=NOON)
    brought["debt"].refresh_from_db()
    assert (one.voucher, brought["debt"].left) == (None, Decimal("5000.00"))


def test_a_village_without_books_is_told_so_in_the_journal(brought, propose, zheng):
    one = confirm(resolving_id=propose("D01", "100").pk, by=zheng, now=NOON)
    assert one.voucher is None
    entry = Entry.objects.filter(object=f"debts.debt:{brought['debt'].pk}").latest("seq")
    assert "未记账" in entry.label


def test_a_done_step_is_taken_back_in_red_by_two_other_hands(
    brought, book, propose, zheng, feng, wu, now_2024
):
    one = confirm(resolving_id=propose("D01", "1000").pk, by=zheng, now=NOON)
    take_step(resolving_id=one.pk, step="ask_reversal", reason="付错账户", by=wu, now=NOON)
    one = reverse(resolving_id=one.pk, by=feng, now=now_2024)
    assert written(one.red) == "借 201 -1000.00\n贷 102 -1000.00"
    brought["debt"].refresh_from_db()
    assert brought["debt"].left == Decimal("5000.00")
    with pytest.raises(Blocked, match="不在可"):
        reverse(resolving_id=one.pk, by=feng, now=now_2024)


def test_a_step_of_an_earlier_year_is_undone_in_blue(brought, book, propose, wu, zheng, feng):
    one = propose("D07", "100")
    confirm(resolving_id=one.pk, by=zheng, now=NOON)
    take_step(resolving_id=one.pk, step="ask_reversal", reason="算错了", by=wu, now=NOON)
    with transaction.atomic():
        open_year(book, 2025)
        open_year(book, 2026)
    one = reverse(resolving_id=one.pk, by=feng, now=NOON)
    assert (one.red.kind, one.red.dated.year) == ("correction", 2026)
    assert written(one.red) == "贷 201 100.00\n借 504 100.00"
    brought["debt"].refresh_from_db()
    assert brought["debt"].left == Decimal("5000.00")


@pytest.fixture
def now_2024():
    return NOON.replace(year=2024, month=4)


def test_a_double_click_proposes_once(propose):
    propose("D01", "1", key="same")
    with pytest.raises(Blocked, match="已经提交过"):
        propose("D01", "1", key="same")


def test_one_step_at_a_time(propose, wu):
    one = propose("D01", "1")
    with pytest.raises(Blocked, match="还有未办完"):
        propose("D01", "1")
    take_step(resolving_id=one.pk, step="withdraw", by=wu, now=NOON)
    assert propose("D01", "1").stage == "proposed"


def test_more_than_is_left_is_refused_up_to_the_fen(propose):
    with pytest.raises(Blocked, match="尚欠 5,000.00 元"):
        propose("D01", "5000.01")
    assert propose("D01", "5000.00").pk


def test_two_chiefs_confirm_once(book, propose, zheng, feng):
    one = propose("D01", "1000")
    confirm(resolving_id=one.pk, by=zheng, now=NOON)
    with pytest.raises(Blocked, match="已不在"):
        confirm(resolving_id=one.pk, by=feng, now=NOON)


def test_a_neighbour_knows_of_no_step(propose, luo):
    one = propose("D01", "1")
    with pytest.raises(Missing):
        take_step(resolving_id=one.pk, step="withdraw", by=luo, now=NOON)


def test_sending_back_needs_a_reason(propose, zheng):
    one = propose("D01", "1")
    with pytest.raises(Invalid, match="原因"):
        take_step(resolving_id=one.pk, step="send_back", reason=" ", by=zheng, now=NOON)
    sent = take_step(resolving_id=one.pk, step="send_back", reason="账户不对", by=zheng, now=NOON)
    assert sent.stage == "refused"


def test_confirming_goes_through_its_own_action_only(propose, zheng):
    with pytest.raises(Invalid):
        take_step(resolving_id=propose("D01", "1").pk, step="confirm", by=zheng, now=NOON)


@pytest.mark.parametrize("scheme", ACCOUNTS)
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.code)
def test_every_template_balances_under_every_scheme(way, scheme):
    amounts = Amounts(Decimal(100), Decimal(60), Decimal(70))
    sums = {"debit": Decimal(0), "credit": Decimal(0)}
    for leg in way.legs:
        sums[leg.side] += getattr(amounts, leg.of)
        own = {"debt": "payable", "money": "bank", "claim": "outsiders"}
        assert own.get(leg.account, leg.account) in ACCOUNTS[scheme]
    assert sums["debit"] == sums["credit"]
    assert sum(amount for _, amount in parts_of(way, amounts)) in (0, 100)


def test_a_discount_that_pays_everything_is_no_discount():
    way = next(w for w in WAYS if w.code == "D08")
    assert fault_of(way, Amounts(Decimal(100), Decimal(100)))
    assert fault_of(way, Amounts(Decimal(100), Decimal("99.99"))) is None
    assert resolving.BY_CODE["D08"] is way


def test_false_debt_is_squeezed_out_by_an_audit_report_only(book, propose):
    with pytest.raises(Invalid, match="请填写文号、审计机构、审计范围、报告日期"):
        propose("D11", "100")
    with pytest.raises(Invalid, match="请填写审计范围"):
        propose("D11", "100", audit=replace(AUDIT, scope=" "))
    with pytest.raises(Invalid, match="晚于办理日期"):
        propose("D11", "100", audit=replace(AUDIT, dated=date(2024, 3, 6)))
    one = propose("D11", "100", audit=replace(AUDIT, dated=date(2024, 3, 5)))
    assert str(one.audit) == "清水会计师事务所 审字〔2024〕8号"


def test_a_report_is_entered_once_and_its_number_belongs_to_one_firm(book, propose, wu):
    first = propose("D11", "100", audit=AUDIT)
    take_step(resolving_id=first.pk, step="withdraw", by=wu, now=NOON)
    with pytest.raises(Blocked, match="已登记为清水会计师事务所 2024-02-01 的报告"):
        propose("D11", "100", audit=replace(AUDIT, firm="别的事务所"))
    assert propose("D11", "100", audit=AUDIT).audit == first.audit
