"""P01, P06, P11, P12, P14, P22: text, vote, parties and files."""

from datetime import date

import pytest

from .lawful import LAND, LEASE, codes, found, only

OUTSIDER = LAND | {
    "is_member": False,
    "approval_count": 20,
    "township_approval": "镇批〔2015〕1号",
}


def test_a_spoken_contract_is_only_spoken_not_incomplete_or_unfiled():
    spoken = {"written": "口头", "location": None, "filed_on": None, "archive_number": None}
    finding = only(**spoken)

    assert finding.rule == "P01"
    assert finding.evidence == (
        "示范村股份经济合作社与甲某为口头约定，没有书面合同，自2015-01-01起履行"
    )


@pytest.mark.parametrize("procedure", [None, "无", "两委会"])
def test_letting_needs_a_meeting_of_villagers_or_members(procedure):
    assert codes(procedure=procedure) == ["P06"]


def test_minutes_short_of_the_quorum_are_shown_with_their_law():
    finding = only(present_count=19, approval_count=19)

    assert finding.evidence == (
        "应到30人、实到19人，到会不足三分之二（村民委员会组织法第二十六条）"
    )
    assert finding.basis == "村民委员会组织法第二十四条、物权法第五十九条（条文未核对）"


def test_a_meeting_whose_numbers_are_blank_is_not_held_against_the_contract():
    assert codes(expected_count=None, present_count=None, approval_count=None) == []


def test_the_meeting_is_judged_by_the_law_of_its_own_day():
    modern = {
        "signed_on": date(2025, 5, 20),
        "starts_on": date(2025, 6, 1),
        "ends_on": date(2030, 5, 31),
        "approval_count": 18,
    }
    assert codes(**modern, met_on=date(2025, 4, 30)) == []
    assert codes(**modern, met_on=date(2025, 5, 1)) == ["P06"]


@pytest.mark.parametrize(
    ("met_on", "irregular"), [(date(2015, 1, 1), False), (date(2015, 1, 2), True)]
)
def test_a_vote_after_signing_is_no_vote_before_it(met_on, irregular):
    assert ("P06" in codes(met_on=met_on)) is irregular


@pytest.mark.parametrize(("approved", "irregular"), [(20, False), (19, True)])
def test_land_for_an_outsider_needs_two_thirds_of_all(approved, irregular):
    assert ("P06" in codes(OUTSIDER, approval_count=approved)) is irregular


def test_land_for_an_outsider_needs_the_township_s_approval():
    finding = only(OUTSIDER, township_approval=None)

    assert finding.evidence == "发包给本集体以外的单位或个人，没有乡镇人民政府批准文号"
    assert finding.severity == "严重"
    assert "农村土地承包法（2002年）第四十八条" in finding.basis


def test_a_building_may_be_let_to_an_outsider_by_an_ordinary_vote():
    assert codes(is_member=False, approval_count=16) == []


def test_a_household_s_transfer_needs_no_vote_of_the_village():
    assert codes(LAND, legal_nature="土地经营权流转", procedure=None) == []


@pytest.mark.parametrize(
    ("signed_on", "irregular"), [(date(1998, 11, 3), False), (date(1998, 11, 4), True)]
)
def test_contracts_older_than_the_village_law_are_not_asked_for_a_vote(signed_on, irregular):
    early = {"signed_on": signed_on, "starts_on": signed_on, "procedure": "无"}
    assert ("P06" in codes(**early)) is irregular


@pytest.mark.parametrize(
    ("signed_on", "basis"),
    [
        (date(2025, 4, 30), "村民委员会组织法第二十四条、民法典第二百六十一条"),
        (date(2025, 5, 1), "民法典第二百六十一条、农村集体经济组织法第二十六条至第二十八条"),
    ],
)
def test_the_vote_is_asked_for_by_the_law_of_the_day(signed_on, basis):
    assert only(signed_on=signed_on, procedure="无", met_on=None).basis == basis


@pytest.mark.parametrize(
    ("blank", "clause"),
    [
        ({"contractor": None}, "承包方"),
        ({"location": None, "object_number": None}, "坐落或标的编号"),
        ({"contract_area_mu": None}, "面积"),
        ({"unit_price": None, "yearly_amount": None, "total_amount": None}, "价款"),
        ({"signed_on": None, "starts_on": None, "met_on": None}, "起始日期"),
        ({"agreed_use": None}, "约定用途"),
    ],
)
def test_a_land_contract_names_every_mandatory_clause(blank, clause):
    finding = only(LAND, **blank)

    assert finding.rule == "P11"
    assert finding.evidence == f"必备条款7项，缺1项：{clause}"


@pytest.mark.parametrize("pricing", ["无偿", "分成", "实物"])
def test_a_price_may_be_no_sum_of_money(pricing):
    assert codes(LAND, pricing=pricing, unit_price=None, yearly_amount=None) == []


def test_a_building_needs_no_area_and_no_use():
    assert codes(contract_area_mu=None, agreed_use=None, object_number="房-1", location=None) == []


def test_a_missing_end_is_not_counted_twice():
    assert codes(LAND, ends_on=None) == ["P03"]


@pytest.mark.parametrize("issuer_kind", ["村党组织", "乡镇政府"])
def test_a_party_branch_or_township_never_lets_village_property(issuer_kind):
    finding = only(issuer_kind=issuer_kind)

    assert (finding.rule, finding.severity) == ("P12", "较重")
    assert issuer_kind in finding.evidence


@pytest.mark.parametrize("issuer_kind", ["村集体经济组织", "村民委员会", "村民小组", "其他", None])
def test_others_may_sign_where_no_collective_is_registered(issuer_kind):
    assert codes(issuer_kind=issuer_kind, signed_on=date(2026, 1, 1), present_count=None) == []


@pytest.mark.parametrize(
    ("signed_on", "irregular"), [(date(2025, 4, 30), False), (date(2025, 5, 1), True)]
)
def test_a_committee_gives_way_to_a_registered_collective_from_2025_05_01(signed_on, irregular):
    by_committee = {"issuer_kind": "村民委员会", "signed_on": signed_on, "has_collective": True}
    findings = [finding for finding in found(**by_committee) if finding.rule == "P12"]

    assert bool(findings) is irregular
    assert all(finding.severity == "一般" for finding in findings)


def test_silence_for_six_months_after_knowing_of_a_sublease_is_consent():
    finding = only(sublet="未经同意", sublet_known_on=date(2024, 8, 31))

    assert (
        finding.evidence == "未经书面同意转包转租，2024-08-31知悉，至2025-02-28未提出异议的视为同意"
    )
    assert finding.basis == "民法典第七百一十六条、第七百一十八条"


@pytest.mark.parametrize(
    ("known_on", "deemed"), [(date(2020, 12, 31), False), (date(2021, 1, 1), True)]
)
def test_deemed_consent_came_with_the_civil_code(known_on, deemed):
    assert ("视为同意" in only(sublet="未经同意", sublet_known_on=known_on).evidence) is deemed


def test_a_sublease_known_since_an_unknown_day_says_so():
    assert only(sublet="未经同意").evidence == "未经书面同意转包转租，知悉日期未登记"


@pytest.mark.parametrize("sublet", ["无", "已书面同意", None])
def test_a_sublease_agreed_to_is_in_order(sublet):
    assert codes(sublet=sublet) == []


@pytest.mark.parametrize(
    ("filed_on", "archive_number", "irregular"),
    [
        (None, None, True),
        (None, "2015-1", False),
        (LEASE["filed_on"], None, False),
    ],
)
def test_a_contract_on_no_file_at_all_is_unfiled(filed_on, archive_number, irregular):
    assert ("P22" in codes(filed_on=filed_on, archive_number=archive_number)) is irregular


@pytest.mark.parametrize(
    ("signed_on", "basis"),
    [
        (date(1995, 1, 1), "村民委员会组织法第三十四条"),
        (date(2025, 12, 31), "村民委员会组织法第三十四条"),
        (date(2026, 1, 1), "村民委员会组织法关于村务档案的规定（条文未核对）"),
    ],
)
def test_the_archive_must_hold_old_contracts_too(signed_on, basis):
    unfiled = {"filed_on": None, "archive_number": None, "signed_on": signed_on}
    (finding,) = [finding for finding in found(**unfiled) if finding.rule == "P22"]
    assert finding.basis.split("、")[0] == basis
