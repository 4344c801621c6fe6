from decimal import Decimal

import pytest

from sanzi.access.system import system_person
from sanzi.cleanup.models import Finding
from sanzi.contracts.models import Contract
from sanzi.dispositions.models import Disposition
from sanzi.intake.reading import read_workbook
from sanzi.journal.models import Entry
from sanzi.kernel.refusals import Forbidden
from sanzi.metrics.models import Rollup, Share
from sanzi.metrics.shares import misplaced, totals
from sanzi.orgs.models import Region
from sanzi.parties.models import Party
from sanzi.receivables.models import Claim
from sanzi.villages.models import Profile
from sanzi.workbooks.actions import commit_file
from sanzi.workbooks.check import judge
from sanzi.workbooks.report import make_report
from sanzi.workbooks.verification import verify
from tests.sheets import CLAIM, DEBT, LEASE, write_workbook
from tests.world import CITY, COUNTY, NOON, QINGSHUI, SHANGTIAN, XIATIAN

TODAY = NOON.date()
ID = "999999198001010011"


@pytest.fixture
def bring(tmp_path):
    """Import the given sheets as a person (the command line's system user unless named)."""

    def run(by=None, **sheets):
        workbook = read_workbook(write_workbook(tmp_path / "in.xlsx", **sheets))
        return commit_file(
            workbook=workbook, name="in.xlsx", by=by or system_person("system_import"), now=NOON
        )

    return run


def lease(**changes):
    return {**LEASE, "number": "HT-1", "village": SHANGTIAN, **changes}


def claim(**changes):
    return {**CLAIM, "number": "ZQ-1", "village": SHANGTIAN, **changes}


def act(**changes):
    whole = {"kind": "债权", "target_number": "ZQ-1", "village": SHANGTIAN}
    return {**whole, "dated": "2022-03-01", "method": "专人清收", "amount": "2000", **changes}


def test_a_workbook_makes_regions_rows_findings_and_figures(places, bring):
    receipt = bring(
        村情=[{"village": SHANGTIAN, "name": "上田村"}],
        合同=[lease(written="口头", number="HT-1"), lease(number="HT-2")],
        债权=[claim()],
        处置记录=[act(), act()],
    )

    assert receipt.counts["contracts"] == {"new": 2, "changed": 0, "unchanged": 0}
    assert [f.rule for f in Finding.objects.all().standing(TODAY)] == ["P01"]
    assert Disposition.objects.count() == 2
    for region in (SHANGTIAN, QINGSHUI, COUNTY, CITY, "99"):
        assert totals(region, TODAY)["receivables.recovered"] == 400_000
        assert totals(region, TODAY)["contracts.irregular"] == 1
    assert verify(TODAY) == []


def test_the_same_workbook_again_changes_nothing(places, bring):
    sheets = {"合同": [lease()], "债权": [claim()], "处置记录": [act()]}
    bring(**sheets)
    shares, entries = Share.objects.count(), Entry.objects.count()

    receipt = bring(**sheets)

    assert receipt.rows_written == 0
    assert receipt.counts["contracts"]["unchanged"] == 1
    assert Share.objects.count() == shares
    assert Entry.objects.count() == entries + 1


def test_a_changed_cell_updates_its_row_and_says_what_it_was(places, bring):
    bring(合同=[lease()])
    receipt = bring(合同=[lease(ends_on="2045-12-31", contractor_phone="19900000001")])

    contract = Contract.objects.get()
    assert receipt.counts["contracts"] == {"new": 0, "changed": 1, "unchanged": 0}
    assert str(contract.ends_on) == "2045-12-31"
    assert [f.rule for f in Finding.objects.all().standing(TODAY)] == ["P02"]
    history = Entry.objects.about(f"contracts.contract:{contract.pk}")
    assert [entry.action for entry in history] == ["import.create", "import.update"]
    assert "19900000001" not in "".join(history.values_list("public", flat=True))


def test_a_blank_cell_leaves_what_is_kept(places, bring):
    bring(合同=[lease(remark="老合同")])
    bring(合同=[lease(title="鱼塘")])

    contract = Contract.objects.get()
    assert (contract.title, contract.remark) == ("鱼塘", "老合同")


def test_one_error_and_nothing_is_written(places, bring):
    receipt = bring(合同=[lease(), lease(number="HT-2", ends_on="2022-02-30")])

    assert any(p.severity == "error" for p in receipt.problems)
    assert not Contract.objects.exists()
    assert not Rollup.objects.exists()


def test_the_next_town_s_rows_are_refused_whether_they_exist_or_not(places, bring, chen):
    for village in ("999901002201", "999901002299"):
        receipt = bring(by=chen, 合同=[lease(village=village)])
        assert [p.code for p in receipt.problems if p.severity == "error"] == ["region-not-yours"]
        assert village not in receipt.problems[0].message
    assert not Contract.objects.exists()


def test_a_village_accountant_may_not_write(places, bring, lin):
    with pytest.raises(Forbidden):
        bring(by=lin, 合同=[lease()])


def test_one_person_in_three_registers_is_one_party(places, bring):
    bring(
        合同=[lease(contractor_id=ID)],
        债权=[claim(debtor_id=ID)],
        债务=[{**DEBT, "number": "ZW-1", "village": SHANGTIAN, "creditor": "赵某"}],
    )

    party = Party.objects.get()
    assert party.involvements.count() == 3
    assert ID not in party.identity_mask


def test_two_men_of_one_name_in_two_villages_are_two(places, bring):
    bring(债权=[claim(), claim(village=XIATIAN)])

    assert Party.objects.count() == 2


def test_the_identity_number_is_sealed_at_rest_and_found_by_its_hash(places, bring):
    from django.db import connection

    bring(合同=[lease(contractor_id=ID)])

    with connection.cursor() as cursor:
        cursor.execute("SELECT contractor_id, contractor_id_hash FROM contracts_contract")
        stored, hashed = cursor.fetchone()
    assert ID not in stored
    assert ID not in hashed
    assert Contract.objects.get().contractor_id.reveal() == ID


def test_check_and_report_say_the_same_figures_on_any_day(places, bring, tmp_path):
    sheets = {
        "村情": [{"village": SHANGTIAN, "name": "上田村", "collective_name": "上田村合作社"}],
        "合同": [lease(number=str(n), ends_on=f"20{20 + n}-12-31") for n in range(1, 9)],
        "债权": [claim(), claim(number="ZQ-2", formed_on="2023-01-01")],
        "债务": [{**DEBT, "number": "ZW-1", "village": SHANGTIAN}],
        "处置记录": [
            act(),
            act(dated="2022-05-01", method="打包封存", amount="1000"),
            act(kind="债务", target_number="ZW-1", method="现金偿还", amount="4000"),
            act(kind="合同", target_number="1", method="完善修订", dated="2023-05-01", amount=""),
            act(kind="合同", target_number="1", method="司法诉讼", dated="2024-05-01", amount=""),
        ],
        "增收项目": [
            {
                "number": "X",
                "village": SHANGTIAN,
                "name": "光伏",
                "path": "盘活资源",
                "actual_income": "700",
            }
        ],
        "年度收入": [
            {"village": SHANGTIAN, "year": "2021", "operating_income": "99999.99"},
            {"village": SHANGTIAN, "year": "2022", "operating_income": "1000000"},
        ],
    }
    bring(**sheets)
    workbook = read_workbook(write_workbook(tmp_path / "again.xlsx", **sheets))

    for day in ("2021-06-01", "2022-04-01", "2022-12-31", "2024-01-01", "2026-03-02"):
        as_of = TODAY.fromisoformat(day)
        assert judge(workbook, as_of).figures == make_report(QINGSHUI, as_of).figures


def test_a_town_s_base_is_locked_by_its_first_workbook_and_stays(places, bring):
    bring(债权=[claim()], 处置记录=[act(dated="2022-03-01")])
    receipt = bring(处置记录=[act(dated="2021-03-01", document_number="旧-1")])

    assert str(receipt.base_on) == "2022-02-28"
    # Earlier money is already in the balance of the base: it makes no rate.
    assert totals(QINGSHUI, TODAY)["receivables.cash"] == 200_000


def test_a_credit_code_belongs_to_one_village_only(places, bring):
    code = "N2140521MF1000015M"
    village = {"name": "上田村", "collective_name": "合作社", "credit_code": code}
    bring(村情=[{**village, "village": SHANGTIAN}])
    receipt = bring(村情=[{**village, "village": XIATIAN, "name": "下田村"}])

    assert [p.code for p in receipt.problems if p.severity == "error"] == ["credit-code-taken"]
    assert not Profile.objects.filter(village=XIATIAN).exists()


def test_an_unknown_village_is_named_by_its_code_until_somebody_names_it(db, bring):
    bring(合同=[lease()])
    assert Region.objects.get(code=SHANGTIAN).name == SHANGTIAN

    bring(村情=[{"village": SHANGTIAN, "name": "上田村"}])
    assert Region.objects.get(code=SHANGTIAN).name == "上田村"


def test_a_touched_roll_up_and_a_touched_row_are_found(places, bring):
    bring(债权=[claim()])
    Rollup.objects.filter(region=QINGSHUI, metric="receivables.locked").update(value=1)
    assert [found[0] for found in misplaced()] == [QINGSHUI]

    Claim.objects.update(principal=Decimal("1.00"))
    assert {fault.where for fault in verify(TODAY)} == {"余额与时效", "汇总", "数据来源"}
