"""The example workbooks: what their rows add up to, and that the generator still writes them."""

from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from sanzi.metrics.catalogue import METRICS
from sanzi.workbooks.check import Checked, check_file
from tools.examples.messy import write_messy
from tools.examples.places import regions
from tools.examples.yangquan.city import yangquan
from tools.examples.zhongcun.town import zhongcun

FOLDER = Path(__file__).parents[1] / "examples"
YEAR_END = date(2022, 12, 31)

# Published (基层治理案例, 2023-01-05), in yuan, rates to the places they were published with.
ZHONGCUN: dict[str, Any] = {
    "villages.count": 13,
    "contracts.irregular": 248,
    "contracts.revised": 243,
    "contracts.terminated": 2,
    "contracts.litigated": 3,
    "contracts.escalated": 0,
    "contracts.regularised_rate": Decimal("1.0000"),
    "contracts.large": 5,
    "receivables.recovered": Decimal("28636000.00"),
    "receivables.recovery_rate": Decimal("0.7500"),
    "receivables.cash": Decimal("5323500.00"),
    "receivables.sealed": Decimal("2216000.00"),
    "receivables.notices": 1249,
    "receivables.mediated_claims": 421,
    "debts.resolved": Decimal("26015000.00"),
    "debts.resolution_rate": Decimal("0.5150"),
    "debts.new": Decimal("0.00"),
    "income.resources": Decimal("700000.00"),
    "income.assets": Decimal("650000.00"),
    "income.jobs": 80,
    "income.projects": 13,
    "income.projects_expected": Decimal("1000000.00"),
}

# Published for the city: its contracts, debts and claims, and its villages by income.
YANGQUAN: dict[str, Any] = {
    "villages.count": 620,
    "contracts.total": 12_603,
    "contracts.irregular": 12_603,
    "debts.resolved": Decimal("126655700.00"),
    "receivables.recovered": Decimal("10265600.00"),
    "receivables.cash": Decimal("10265600.00"),
    "villages.income_at_least_1m": 69,
    "villages.income_at_least_100k": 496,
}


@pytest.fixture(scope="module")
def town() -> Checked:
    return check_file(FOLDER / "zhongcun.xlsx", as_of=YEAR_END)


@pytest.fixture(scope="module")
def counties() -> list[Checked]:
    files = sorted((FOLDER / "yangquan").glob("*.xlsx"))
    assert len(files) == 5
    return [check_file(file, as_of=YEAR_END) for file in files]


def values(checked: Checked) -> dict[str, Any]:
    return {figure.metric: figure.value for figure in checked.figures}


def rows(checked: Checked, sheet: str) -> list[Any]:
    return [row.values for table in checked.workbook.tables if table.sheet == sheet
            for row in table.rows]  # fmt: skip


def cells(source: Path | BytesIO) -> dict[str, list[list[Any]]]:
    workbook = CalamineWorkbook.from_object(source)
    return {name: workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names}


def written(write: Any) -> dict[str, list[list[Any]]]:
    target = BytesIO()
    write(target)
    target.seek(0)
    return cells(target)


def test_the_generator_writes_the_committed_town() -> None:
    assert written(zhongcun().write) == cells(FOLDER / "zhongcun.xlsx")


def test_the_generator_writes_the_committed_messy_workbook() -> None:
    assert written(write_messy) == cells(FOLDER / "messy.xlsx")


@pytest.mark.slow
def test_the_generator_writes_the_committed_city() -> None:
    for county, book in yangquan().items():
        again = written(lambda target, book=book: book.write(target, blank_columns=False))
        assert again == cells(FOLDER / "yangquan" / f"{county}.xlsx")


def test_the_generator_writes_the_committed_regions() -> None:
    lines = (FOLDER / "regions.csv").read_text(encoding="utf-8").splitlines()
    assert lines == ["code,name,level", *map(",".join, regions())]


def test_the_town_shows_the_published_figures(town: Checked) -> None:
    found = values(town)
    assert {metric: found[metric] for metric in ZHONGCUN} == ZHONGCUN
    assert found["receivables.adjusted"] >= 12_000_000
    assert found["receivables.set_off"] + found["receivables.written_off"] == 1_123_000
    assert 37_930_000 <= found["receivables.locked"] <= 38_440_000
    assert 50_460_000 <= found["debts.locked"] <= 50_570_000
    assert town.base_on == date(2021, 12, 31)


def test_the_figures_do_not_change_with_the_years(town: Checked) -> None:
    later = check_file(FOLDER / "zhongcun.xlsx", as_of=date(2040, 12, 31))
    assert values(later) == values(town)


def test_thirteen_rules_occur_in_the_town_and_only_in_its_irregular_contracts(
    town: Checked,
) -> None:
    by_contract: dict[str, set[str]] = defaultdict(set)
    for found in town.findings:
        by_contract[found.key].add(found.finding.rule)
    assert len(by_contract) == 248
    # One contract without a vote is with a cadre's kin, and so shows P13 too.
    assert {rule for rules in by_contract.values() for rule in rules} == {
        *("P01", "P02", "P03", "P04", "P05", "P06", "P09", "P10", "P11", "P12", "P13", "P14", "P22")
    }
    assert Counter(map(len, by_contract.values())) == {1: 193 + 3 - 1, 2: 36 + 2 + 1, 3: 14}
    categories = {row["category"] for row in rows(town, "合同") if row["number"] in by_contract}
    assert categories == {"资源类", "资产类"}


def test_mediation_is_47_cases_over_421_claims(town: Checked) -> None:
    acts = [act for act in rows(town, "处置记录") if act["method"] == "诉前调解"]
    assert len({act["document_number"] for act in acts}) == 47
    assert len({(act["village"], act["target_number"]) for act in acts}) == len(acts) == 421
    told = Counter(act["remark"] for act in acts if act["amount"] is not None)
    assert told == {"达成调解，已收回": 33, "达成调解，账务调整": 61}


def test_seven_adjustments_and_the_sealed_claims_of_one_village(town: Checked) -> None:
    acts = rows(town, "处置记录")
    assert sum(act["method"] == "账务调整" and act["kind"] == "债权" for act in acts) == 7
    works = {
        claim["debtor"]: claim["balance"]
        for claim in rows(town, "债权")
        if claim["debtor"] in ("张马煤矿", "张马铁厂")
    }
    assert sum(works.values()) == 1_700_000
    coal = [act["amount"] for act in acts if "煤款" in (act["document_number"] or "")]
    assert sum(coal) == 112_600


def test_nothing_is_collected_beyond_what_was_owed(town: Checked, counties: list[Checked]) -> None:
    for checked in (town, *counties):
        for kind in ("债权", "债务"):
            owed = {(row["village"], row["number"]): row["balance"] for row in rows(checked, kind)}
            for act in rows(checked, "处置记录"):
                if act["kind"] == kind:
                    owed[act["village"], act["target_number"]] -= act["amount"] or 0
            assert min(owed.values()) >= 0


def test_nobody_in_the_town_exists(town: Checked) -> None:
    columns = {"合同": "contractor", "债权": "debtor", "债务": "creditor"}
    numbers = {
        row[f"{party}_id"]
        for sheet, party in columns.items()
        for row in rows(town, sheet)
        if row[f"{party}_id"]
    }
    assert len(numbers) > 1_000
    assert all("999999" in (number[:6], number[2:8]) for number in numbers)
    phones = {row["debtor_phone"] for row in rows(town, "债权")} - {None}
    assert all(phone.startswith("19900") for phone in phones)


def test_town_and_city_are_read_without_a_single_problem(
    town: Checked, counties: list[Checked]
) -> None:
    assert [problem for checked in (town, *counties) for problem in checked.problems] == []


def test_the_city_shows_the_published_figures(counties: list[Checked]) -> None:
    rates = {metric.id for metric in METRICS if metric.is_rate}
    summed: Counter[str] = Counter()
    for checked in counties:
        assert checked.base_on == date(2021, 12, 31)
        summed.update({id: v for id, v in values(checked).items() if id not in rates})
    assert {metric: summed[metric] for metric in YANGQUAN} == YANGQUAN
    settled = ("contracts.revised", "contracts.terminated", "contracts.litigated")
    assert sum(summed[metric] for metric in settled) == 12_603
    assert summed["villages.income_at_least_100k"] == summed["villages.count"] * 8 // 10
    towns = {row["village"][:9] for checked in counties for row in rows(checked, "村情")}
    assert len(towns) == 31


def test_the_messy_workbook_has_one_strange_column_and_three_mistakes() -> None:
    path = FOLDER / "messy.xlsx"
    before = check_file(path, as_of=YEAR_END)
    strange = [problem for problem in before.problems if problem.code == "column-missing"]
    assert [problem.column for problem in strange] == ["承包方"]
    matches = {("合同台账2022", "经营户"): "contractor"}
    after = check_file(path, as_of=YEAR_END, matches=matches)
    mistakes = {(p.cell, p.code) for p in after.problems if p.severity == "error"}
    assert mistakes == {("K8", "party-id"), ("P22", "date-impossible"), ("H13", "money-decimals")}
    assert len(rows(after, "合同")) == 22
    assert after.findings
