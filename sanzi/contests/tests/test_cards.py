"""Cards as typed and stored: what is refused, by row; what a copy changed."""

from dataclasses import replace
from decimal import Decimal as D

import pytest

from sanzi.contests.beginnings import BEGINNINGS
from sanzi.contests.cards import (
    WAYS,
    Row,
    Sheet,
    UnclearTerms,
    card_of,
    changes,
    from_json,
    to_json,
    total_of,
)
from sanzi.contests.examples import ASSESSMENT
from sanzi.contests.scoring import Line, Steps
from sanzi.contests.yearly import YEARLY
from sanzi.metrics.catalogue import METRICS

LABELS = {metric.id: metric.label for metric in METRICS}
SHEETS = [sheet for rounds in BEGINNINGS.values() for *_, sheet in rounds]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.title)
def test_every_example_can_be_used_and_survives_storing(sheet):
    assert card_of(from_json(to_json(sheet)), LABELS) == card_of(sheet, LABELS)


@pytest.mark.parametrize("rounds", BEGINNINGS.values(), ids=BEGINNINGS)
def test_the_weights_of_the_rounds_make_a_hundred(rounds):
    assert sum(weight for _, _, weight, _ in rounds) == 100


def test_terms_are_read_as_written():
    assert WAYS["line"].read("50%→100%") == Line(D("0.5"), D(1))
    assert WAYS["line"].read("1,000 -> 0") == Line(D(1000), D(0))
    assert WAYS["steps"].read("100000=50%；1000000=100%") == Steps(
        ((D(100000), D("0.5")), (D(1000000), D(1)))
    )


@pytest.mark.parametrize(
    ("way", "terms", "says"),
    [
        ("line", "0.5", "应写成"),
        ("line", "5→5", "不能相等"),
        ("line", "a→5", "不是数字"),
        ("steps", "100000", "应写成"),
        ("steps", "5=50%;4=100%", "从低到高"),
        ("steps", "5=150%", "0% 到 100%"),
        ("deducted", "0", "大于 0"),
        ("added", "1e5", "不是数字"),
    ],
)
def test_unclear_terms_say_how_they_are_written(way, terms, says):
    with pytest.raises(UnclearTerms, match=says):
        WAYS[way].read(terms)


def test_every_fault_of_a_sheet_is_named_by_row():
    rows = (
        replace(ASSESSMENT.rows[0], full="0"),
        replace(ASSESSMENT.rows[1], title=" "),
        replace(ASSESSMENT.rows[2], source="metric:none"),
        Row("判", "", "评", "5", "typed", "judged", "100"),
    )
    with pytest.raises(ValueError, match="第 1 行“分值”") as said:
        card_of(Sheet("", rows), LABELS)
    for place, word in ((2, "“指标”没有填写"), (3, "“取数”"), (4, "“编号”"), (4, "反之亦然")):
        assert f"第 {place} 行{word}" in str(said.value) or word in str(said.value)


def test_points_that_do_not_make_a_hundred_are_refused():
    with pytest.raises(ValueError, match="合计 85 分，应为 100 分"):
        card_of(Sheet("", ASSESSMENT.rows[1:]), LABELS)


def test_what_a_copy_changed_is_said():
    rows = list(ASSESSMENT.rows)
    rows[0] = replace(rows[0], full="20", terms="60%→100%")
    new = replace(ASSESSMENT, rows=rows[:-1], bonus_most="0")
    assert changes(ASSESSMENT, new) == [
        "取消“典型案例被上级采用”5 分",
        "“合同规范率”的分值由“15”改为“20”",
        "“合同规范率”的计分参数由“50%→100%”改为“60%→100%”",
        "加分上限由 5 分改为 0 分",
    ]
    assert changes(ASSESSMENT, ASSESSMENT) == []


def test_the_long_example_has_five_modules_twenty_five_items_and_seventy_one_lines():
    items = list(dict.fromkeys(row.module for row in YEARLY.rows))
    assert len({item.split("／")[0] for item in items}) == 5
    assert (len(items), len(YEARLY.rows)) == (25, 71)
    assert total_of(YEARLY.rows) == "100"
