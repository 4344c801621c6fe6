"""Each rule just before a line and just across it, and the colours that follow."""

import csv
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from sanzi.kernel.refusals import Invalid
from sanzi.warnings import parameters
from sanzi.warnings.feeds.table import FEEDS
from sanzi.warnings.rules import ABSENT, GATES, RULE_OF, RULES, looks
from sanzi.warnings.rules.rule import EXAMPLE, LANES, TOPICS, Level, Row, Subject

ON = date(2022, 12, 31)
HUNDRED, BIG = Decimal(100), Decimal(1_000_000)
with Path(__file__).with_name("boundaries.csv").open(encoding="utf-8", newline="") as lines:
    PAIRS = list(csv.DictReader(lines))


def rows(rule, text):
    """Rows that make the rule measure this number."""
    if rule.look is looks.of_persons:
        return [Row("a:1", text)]
    number = Decimal(text)
    if rule.look in (looks.days_since,):
        return [Row("a:1", "", BIG, ON - timedelta(days=int(number)))]
    if rule.look in (looks.days_until, looks.days_left):
        return [Row("a:1", "", BIG, ON + timedelta(days=int(number)))]
    if rule.look is looks.every:
        return [Row(f"a:{n}", "") for n in range(int(number))]
    if rule.look is looks.repeated:
        return [Row(f"a:{n}", "", value=Decimal(Level.YELLOW)) for n in range(int(number))]
    if rule.look in (looks.share, looks.growth, looks.area_apart):
        scale = HUNDRED if rule.look is not looks.growth else Decimal(1)
        base = BIG if rule.look is looks.growth else HUNDRED
        value = number if scale == HUNDRED else number * base / HUNDRED
        return [Row("a:1", "", value=value, other=base)]
    if rule.look is looks.times_off:
        return [Row("a:1", "", value=number, other=Decimal(1))]
    if rule.look is looks.apart:
        return [Row("a:1", "", value=HUNDRED + number, other=HUNDRED)]
    if rule.look is looks.split_payments:
        half = Decimal("5000.00")
        return [Row("a:1", "", half, ON), Row("a:2", "", number - half, ON - timedelta(days=30))]
    return [Row("a:1", "", number, ON, number)]


def judged(rule, text):
    subject = Subject("999901001201", "a:1", "", rows(rule, text))
    return rule.judge(subject, rule.defaults(), ON)


@pytest.mark.parametrize("pair", PAIRS, ids=[f"{p['rule']} {p['colour']}" for p in PAIRS])
def test_the_last_quiet_value_and_the_first_that_fires(pair):
    rule = RULE_OF[pair["rule"]]
    before, after = judged(rule, pair["quiet"]), judged(rule, pair["fires"])
    assert after is not None
    assert after.level.word[0] == pair["colour"]
    assert before is None or before.level < after.level
    if pair["colour"] == rule.ladder[0][0].word[0]:
        assert before is None


def test_every_line_of_every_rule_has_its_pair():
    tried = {(pair["rule"], pair["colour"]) for pair in PAIRS}
    assert tried == {(rule.code, level.word[0]) for rule in RULES for level, _ in rule.ladder}


def test_every_rule_is_fed_once_and_nothing_is_fed_to_no_rule():
    fed = [code for _, codes in FEEDS for code in codes]
    assert sorted(fed) == sorted(RULE_OF)


def test_a_rule_of_the_table_is_judged_or_guarded_or_named_as_missing():
    shown = {r.code for r in RULES} | {g.code for g in GATES} | {a.code for a in ABSENT}
    shown |= set(parameters.PROCESSES)
    assert {f"W-{n:02}" for n in range(1, 63)} <= {code[:4] for code in shown}
    assert not {a.code for a in ABSENT} & {*RULE_OF, *parameters.PROCESSES}


def test_a_rule_reads_as_one_and_its_lines_go_outward():
    for rule in RULES:
        assert rule.topic in TOPICS
        assert rule.lane in LANES
        assert rule.basis
        assert rule.todo
        assert {name for _, name in rule.ladder} <= {one.name for one in rule.parameters}
        parameters.read(rule.code, {one.name: str(one.default) for one in rule.parameters})


def test_numbers_no_law_fixes_are_marked_as_examples():
    days = next(one for one in RULE_OF["W-28"].parameters if one.name == "blue")
    assert days.source == EXAMPLE
    assert RULE_OF["W-28"].basis == EXAMPLE


def test_an_event_s_sentence_has_its_number_and_the_line():
    rule = RULE_OF["W-35"]
    assert rule.says(judged(rule, "31")) == "最久逾期 31 天，达到黄线 30 天"
    assert RULE_OF["W-42"].says(judged(RULE_OF["W-42"], "-5")) == "最早的已届满 5 天"


def test_only_rows_beyond_the_mildest_line_make_the_number():
    rule = RULE_OF["W-43"]
    subject = Subject("9", "a", "", [
        Row("a:1", "", BIG, ON - timedelta(days=90)),
        Row("a:2", "", BIG, ON - timedelta(days=91)),
        Row("a:3", "", Decimal("9999.99"), ON - timedelta(days=900)),
    ])  # fmt: skip
    found = rule.judge(subject, rule.defaults(), ON)
    assert [row.key for row in found.rows] == ["a:2"]
    assert found.money == BIG


def test_payments_apart_or_not_below_the_limit_are_not_one_split_payment():
    rule = RULE_OF["W-10"]

    def paid(*parts):
        found = [Row(f"a:{n}", "", Decimal(a), ON - timedelta(days=d))
                 for n, (a, d) in enumerate(parts)]  # fmt: skip
        return rule.judge(Subject("9", "a", "", found), rule.defaults(), ON)

    assert paid((6000, 0), (6000, 30)) is not None
    assert paid((6000, 0), (6000, 31)) is None
    assert paid((6000, 0), (10000, 1)) is None
    assert paid((9999, 0)) is None


def test_small_bases_are_not_compared():
    rule = RULE_OF["W-58"]

    def grown(now, before):
        row = Row("a:1", "", value=Decimal(now), other=Decimal(before))
        return rule.judge(Subject("9", "a", "", [row]), rule.defaults(), ON)

    assert grown("99999", "9999.99") is None
    assert grown("15000.01", "10000") is None
    assert grown("15001", "10000").level == Level.YELLOW
    assert grown("4999", "10000").level == Level.YELLOW


def test_a_person_is_told_from_a_body():
    assert looks.is_personal("赵大年")
    assert not looks.is_personal("上田村经济合作社")
    assert not looks.is_personal("上田村")
    assert not looks.is_personal("")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"blue": "x"}, "warnings.number"),
        ({"blue": "-1"}, "warnings.range"),
        ({"blue": "NaN"}, "warnings.range"),
        ({"blue": "1.001"}, "warnings.places"),
        ({"yellow": "95"}, "warnings.order"),
        ({"orange": "60"}, "warnings.order"),
    ],
)
def test_numbers_that_make_no_sense_are_refused(typed, code):
    usual = {"blue": "90", "yellow": "60", "orange": "30"}
    with pytest.raises(Invalid) as refused:
        parameters.read("W-28", usual | typed)
    assert refused.value.code == code
