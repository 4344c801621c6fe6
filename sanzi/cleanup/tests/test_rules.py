"""The catalogue as a whole: what every rule has, and what none of them does."""

import ast
from datetime import date
from pathlib import Path

import pytest

from sanzi.cleanup import rules
from sanzi.cleanup.rules import RULES, inspect
from sanzi.cleanup.rules.rule import BY_ANALOGY
from sanzi.contracts.terms import terms_of

from .lawful import LAND, LEASE, codes, found, only

CODES = [f"P{number:02d}" for number in range(1, 26)]


def test_the_twenty_five_rules_stand_in_reading_order():
    assert [rule.code for rule in RULES] == CODES


@pytest.mark.parametrize("rule", RULES, ids=CODES)
def test_every_rule_names_its_law_its_remedy_and_how_grave_it_is(rule):
    assert rule.title
    assert rule.basis
    assert rule.remedy
    assert rule.severity in {"一般", "较重", "严重"}


@pytest.mark.parametrize("base", [LEASE, LAND])
def test_an_ordinary_complete_contract_has_nothing_wrong(base):
    assert codes(base) == []


def test_a_household_contract_is_outside_the_clean_up():
    assert (
        inspect(terms_of({"category": "资源类", "legal_nature": "家庭承包", "written": "口头"}))
        == []
    )


@pytest.mark.parametrize("category", ["工程类", "采购服务类", "借贷类", "投资类"])
def test_works_purchases_loans_and_investments_are_not_judged_as_letting(category):
    wrong_for_a_lease = {
        "ends_on": None,
        "procedure": None,
        "issuer_kind": "村党组织",
        "paid_amount": None,
    }
    assert codes(category=category, legal_nature="其他", **wrong_for_a_lease) == []


def test_blank_text_from_a_database_counts_as_absent():
    assert codes(procedure="") == ["P06"]


def test_a_finding_holds_from_its_day_on():
    assert [finding.rule for finding in inspect(terms_of(LEASE))] == ["P09"]
    assert inspect(terms_of(LEASE), until=date(2024, 12, 31)) == []
    assert len(inspect(terms_of(LEASE), until=date(2025, 1, 1))) == 1


@pytest.mark.parametrize(
    ("signed_on", "basis"),
    [
        (date(2018, 12, 31), "农村土地承包法（2002年）第四十五条"),
        (date(2019, 1, 1), "农村土地承包法第四十九条"),
    ],
)
def test_the_law_cited_is_the_law_of_the_day_of_signing(signed_on, basis):
    finding = only(LAND, written="口头", signed_on=signed_on)
    assert finding.basis.split("、")[-1] == basis


def test_where_no_law_of_the_day_is_on_file_today_s_is_cited_by_analogy():
    early = {"signed_on": date(1990, 1, 1), "starts_on": date(1990, 1, 1), "procedure": None}
    finding = only(written="口头", **early)

    assert finding.basis == f"民法典第七百零七条{BY_ANALOGY}"


def test_what_is_no_official_law_says_so_and_comes_last():
    finding = only(LAND, measured_area_mu=LAND["contract_area_mu"] * 2)

    assert finding.basis.endswith("面积误差的认定比例（示例，可修改，非官方依据）")
    assert finding.basis.startswith("农村土地承包法（2002年）第二十一条")


def test_at_most_one_finding_per_rule():
    everything = found(
        written="口头", ends_on=None, procedure="两委会", is_member=False, issuer_kind="乡镇政府",
        sublet="未经同意", paid_amount=LEASE["due_amount"] / 2,
    )  # fmt: skip
    assert [finding.rule for finding in everything] == ["P01", "P03", "P06", "P10", "P12", "P14"]


def test_no_rule_knows_django_or_today():
    for path in Path(rules.__file__).parent.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        imported = {
            node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)
        }
        assert not names & {"today", "now"}
        assert not any(module.startswith("django") for module in imported)


class Probe:
    """Terms that remember what they were asked."""

    def __init__(self, terms):
        self._terms, self.asked = terms, set()

    def __getattr__(self, name):
        self.asked.add(name)
        return getattr(self._terms, name)


# is_farmland and is_let are made of category and legal nature.
KIND = {"category", "legal_nature", "is_let", "is_farmland"}


@pytest.mark.parametrize("rule", RULES, ids=CODES)
@pytest.mark.parametrize("base", [LEASE, LAND, LAND | {"is_member": False}])
def test_what_is_worked_out_once_a_kind_asks_for_nothing_else(rule, base):
    """Which rules apply, and which provisions govern, is cached: neither may ask more."""
    probe = Probe(terms_of(base))
    rule.applies(probe)
    assert probe.asked <= KIND | {"written"}

    probe = Probe(terms_of(base))
    for law in rule.basis:
        if law.governs:
            law.governs(probe)
    assert probe.asked <= KIND | {"is_member", "contractor_status"}
