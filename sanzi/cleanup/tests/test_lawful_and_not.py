"""For every rule the last lawful and the first unlawful case, under each law in force.

The cases stand in `lawful_and_not.csv`, one a line, in the words of the register: read them aloud.
Each is a lawful contract (`底本`) with the values changed that the line names; a value left empty
is a blank cell. What no column says has words of its own, below.
"""

import csv
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from sanzi.cleanup.rules import RULES, inspect
from sanzi.cleanup.rules.rule import Finding
from sanzi.contracts.terms import Answers, PriceReference, Rival, Site, terms_of
from sanzi.intake.dictionary import sheet

from .lawful import LAND, LEASE

CASES = list(
    csv.DictReader((Path(__file__).with_name("lawful_and_not.csv")).open(encoding="utf-8"))
)
WORKS = LEASE | {"category": "工程类", "legal_nature": "其他", "total_amount": Decimal("86000.00")}
BASES = {"租赁": LEASE, "承包": LAND, "工程": WORKS}
COLUMNS = {column.title: column for column in sheet("合同").columns}
ANSWERS = {
    "审查资信": "is_reviewed", "串通线索": "is_collusive", "农户同意": "household_agreed",
    "款项入账": "is_booked", "工程结算": "has_final_account", "工程发票": "is_invoiced",
    "写明补偿": "names_compensation", "现场占用": "is_occupied",
}  # fmt: skip


def value(title: str, text: str) -> Any:
    """A cell as the importer would hand it on."""
    if not text:
        return None
    made = {
        "date": date.fromisoformat, "money": Decimal, "area": Decimal, "integer": int,
        "boolean": lambda word: word == "是",
    }  # fmt: skip
    return made.get(COLUMNS[title].type, str)(text)


def beyond(title: str, text: str, known: dict[str, Any]) -> None:
    """What a line says of the contract that no column of the register holds."""
    if title in ANSWERS:
        known["answers"] = replace(
            known.get("answers", Answers()), **{ANSWERS[title]: text == "是"}
        )
    elif title == "中位价":
        median, count = text.removesuffix("份").split("×")
        known["reference"] = PriceReference(Decimal(median), int(count))
    elif title == "二轮承包止":
        known["second_round_ends_on"] = date.fromisoformat(text)
    elif title == "有集体经济组织":
        known["has_collective"] = text == "是"
    elif title == "机动地占比":
        known["reserve_share"] = Decimal(text)
    elif title == "标的状态":
        known["site"] = Site(text)
    elif title == "基本农田":
        known["site"] = Site("对外发包", is_basic_farmland=True)
    else:
        assert title == "冲突合同", title
        day = date.fromisoformat(text)
        known["rivals"] = (Rival("乙-1", "乙某", "其他方式承包", day, day, None),)


def found(base: str, told: str) -> list[Finding]:
    row, known, until = dict(BASES[base]), {}, date.max
    for cell in told.split(";"):
        title, _, text = cell.partition("=")
        if title == "截止":
            until = date.fromisoformat(text)
        elif title in COLUMNS:
            row[COLUMNS[title].field] = value(title, text)
        else:
            beyond(title, text, known)
    return inspect(terms_of(row, **known), until=until)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['代码']} {case['说明']}")
def test_the_last_lawful_case_passes_and_the_first_unlawful_one_is_found(case):
    lawful = {one.rule for one in found(case["底本"], case["最后一个合法的"])}
    unlawful = {one.rule: one for one in found(case["底本"], case["第一个不合法的"])}

    assert case["代码"] not in lawful
    assert case["依据里有"] in unlawful[case["代码"]].basis
    assert case["证据里有"] in unlawful[case["代码"]].evidence


def cited() -> set[tuple[str, str]]:
    """Every provision some line's unlawful case is found under, by rule."""
    reached = set()
    for case in CASES:
        findings = {one.rule: one for one in found(case["底本"], case["第一个不合法的"])}
        basis = findings[case["代码"]].basis.split("、")
        laws = {str(law) for rule in RULES for law in rule.basis if rule.code == case["代码"]}
        whole = "、".join(basis)
        reached |= {(case["代码"], law) for law in laws if law in whole}
    return reached


def test_every_rule_has_its_lines():
    assert {case["代码"] for case in CASES} == {rule.code for rule in RULES}


def test_every_provision_of_every_rule_is_reached_by_a_line():
    every = {(rule.code, str(law)) for rule in RULES for law in rule.basis}
    assert every - cited() == set()
