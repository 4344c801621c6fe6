"""The matching engine: exact, proved, explained; compared with two other ways to solve it."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from sanzi.support.matching.network import Question, allowed, network
from sanzi.support.matching.reasons import reasons_of, why_unserved
from sanzi.support.matching.solve import is_proved, solve
from sanzi.support.matching.terms import (
    Helper,
    Terms,
    Village,
    load_points,
    metres_between,
    parts,
    way_between,
    why_not,
)

SKILLS = ("law", "sales", "plan")
TOWNS = ("999901001", "999901002", "999902001")
TITLES = {"law": "合同法务", "sales": "电商营销", "plan": "规划设计"}.__getitem__


def village(code="999901001201", name="上田村", needs=None, **more):
    return Village(code, name, needs if needs is not None else {"law": 2}, **more)


def helper(key=1, name="李专家", skills=None, base="999901", **more):
    return Helper(key, name, skills if skills is not None else {"law": 3}, base, **more)


def ask(villages, helpers, **more):
    return Question(tuple(villages), tuple(helpers), **more)


@st.composite
def questions(draw, most=5):
    villages = [
        village(f"{draw(st.sampled_from(TOWNS))}{200 + i}", f"村{i}",
                draw(st.dictionaries(st.sampled_from(SKILLS), st.integers(1, 3), max_size=2)))
        for i in range(draw(st.integers(1, most)))
    ]  # fmt: skip
    helpers = [
        helper(i, f"专家{i}",
               draw(st.dictionaries(st.sampled_from(SKILLS), st.integers(1, 3), max_size=3)),
               draw(st.sampled_from(TOWNS)), load_max=draw(st.integers(1, 2)),
               held=draw(st.integers(0, 1)),
               conflicts=draw(st.sampled_from([{}, {TOWNS[0]: "亲属任职"}])))
        for i in range(draw(st.integers(1, 4)))
    ]  # fmt: skip
    quotas = draw(st.sampled_from([None, {"999901": 1}, {"999901": 2, "999902": 0}]))
    return ask(villages, helpers, quotas=quotas)


def brute_force(question):
    """Every choice there is: the most served, then the least points."""
    villages, helpers, terms = question.villages, question.helpers, question.terms
    may = set(allowed(question))
    best = None
    choices = [
        [h for h in range(len(helpers)) if (v, h) in may] + [None] for v in range(len(villages))
    ]
    for choice in product(*choices):
        given = [choice.count(h) for h in range(len(helpers))]
        if any(n > helpers[h].free for h, n in enumerate(given)):
            continue
        counties = {}
        for h, n in enumerate(given):
            counties[helpers[h].county] = counties.get(helpers[h].county, 0) + n
        if any(n > (question.quotas or {}).get(c, 99) for c, n in counties.items()):
            continue
        cost = sum(
            parts(villages[v], helpers[h], terms).total
            for v, h in enumerate(choice)
            if h is not None
        )
        cost += sum(
            load_points(helpers[h], k, terms) for h, n in enumerate(given) for k in range(n)
        )
        found = (choice.count(None), cost)
        best = found if best is None else min(best, found)
    return best


@settings(max_examples=120, deadline=None)
@given(questions())
def test_no_other_choice_is_better(question):
    answer = solve(question)
    assert (len(answer.unserved), answer.cost) == brute_force(question)


@settings(max_examples=60, deadline=None)
@given(questions(most=8))
def test_every_answer_proves_itself_without_the_solver(question):
    answer = solve(question)
    chosen = {match.village: match.helper for match in answer.matches}
    assert is_proved(question, chosen, answer.prices)
    assert len(reasons_of(answer, TITLES)) == len(answer.matches)
    assert len(why_unserved(answer)) == len(answer.unserved)


@settings(max_examples=60, deadline=None)
@given(questions(most=6), st.data())
def test_a_worse_choice_is_not_proved(question, data):
    answer = solve(question)
    chosen = {match.village: match.helper for match in answer.matches}
    may = allowed(question)
    if not may:
        return
    v, h = data.draw(st.sampled_from(may))
    changed = {**chosen, v: h}
    costs = _cost_of(question, changed)
    if costs is not None and (len(changed) < len(chosen) or costs > answer.cost):
        assert not is_proved(question, changed, answer.prices)


def _cost_of(question, chosen):
    given = {}
    cost = 0
    for v, h in chosen.items():
        one = question.helpers[h]
        if given.get(h, 0) >= one.free:
            return None
        cost += parts(question.villages[v], one, question.terms).total
        cost += load_points(one, given.get(h, 0), question.terms)
        given[h] = given.get(h, 0) + 1
    return cost


def city(villages=140, helpers=140, seed=7):
    """A city of made-up villages and experts, always the same."""
    chance = np.random.default_rng(seed)
    skills = [f"s{i}" for i in range(10)]

    def some(most):
        names = chance.choice(skills, size=int(chance.integers(1, 4)), replace=False)
        return {str(name): int(chance.integers(1, most + 1)) for name in names}

    def point():
        return int(chance.integers(0, 80_000)), int(chance.integers(0, 80_000))

    return ask(
        [village(f"9999010{i // 20 + 10}{200 + i}", f"村{i}", some(3), point=point())
         for i in range(villages)],
        [helper(i, f"专家{i}", some(3), "999901", point=point(), load_max=1)
         for i in range(helpers)],
    )  # fmt: skip


def test_a_hundred_and_forty_for_a_hundred_and_forty_equal_an_independent_solver():
    question = city()
    answer = solve(question)
    far = 10**7
    costs = np.full((140, 140), far)
    for v, h in allowed(question):
        costs[v, h] = parts(question.villages[v], question.helpers[h], question.terms).total
    rows, columns = linear_sum_assignment(costs)
    assert int(costs[rows, columns].sum()) == answer.cost + far * len(answer.unserved)
    assert answer.unserved == ()


@pytest.mark.parametrize(
    ("needs", "skills", "gap"),
    [
        ({"law": 2}, {"law": 3}, 0),
        ({"law": 2}, {"law": 2}, 333),
        ({"law": 3, "sales": 1}, {"law": 3}, 250),
        ({"law": 1, "sales": 1}, {"law": 1, "sales": 1}, 666),
    ],
)
def test_what_is_unmet_costs_its_share(needs, skills, gap):
    assert parts(village(needs=needs), helper(skills=skills), Terms(per_km=0)).total == gap


@pytest.mark.parametrize(
    ("base", "metres"),
    [("999901001", 5_000), ("999901", 20_000), ("999901002", 20_000), ("9999", 60_000),
     ("9998", 150_000)],
)  # fmt: skip
def test_without_coordinates_the_way_is_by_what_the_codes_share(base, metres):
    assert metres_between(village(), helper(base=base)) == metres


def test_coordinates_are_measured_in_whole_metres():
    near = helper(point=(3_000, 4_000))
    assert metres_between(village(point=(0, 0)), near) == 5_000
    assert way_between(village(point=(0, 0)), near) == "相距 5 公里"


def test_hard_limits_have_their_sentence():
    assert why_not(village(), helper()) is None
    assert "没有该村需要的任何一项专长" in why_not(village(), helper(skills={"sales": 3}))
    assert "回避：亲属任职" in why_not(village(), helper(conflicts={"999901001201": "亲属任职"}))
    assert "达到上限" in why_not(village(), helper(held=1))
    assert why_not(village(), helper(load_max=2, held=1)) is None


def test_the_reason_says_what_is_needed_had_how_far_and_how_busy():
    answer = solve(ask([village(needs={"law": 3, "plan": 1})], [helper()]))
    (reason,) = reasons_of(answer, TITLES)
    assert "缺的是合同法务（急需）、规划设计（一般）" in reason.fit
    assert "李专家合同法务精通，规划设计仍缺；同县（按 20 公里计）；手上 0 个村" in reason.fit
    assert reason.beside == "没有别的人选。"


def test_the_reason_says_who_has_the_helper_one_would_rather_have():
    near, far = village(name="上田村"), village("999902001201", "远村")
    poor = helper(2, "王专家", {"law": 1}, "999901")
    answer = solve(ask([near, far], [helper(), poor]))
    given = {match.village: match.helper for match in answer.matches}
    reasons = reasons_of(answer, TITLES)
    loser = next(v for v, h in given.items() if h == 1)
    assert "李专家少" in reasons[loser].beside
    assert "合计更省" in reasons[loser].beside


def test_a_village_no_skill_fits_is_told_so():
    answer = solve(ask([village(needs={"plan": 1})], [helper(), helper(2, held=1)]))
    assert answer.unserved == (0,)
    ((_, why),) = why_unserved(answer)
    assert why == "没有可派的专家：2 人没有对口专长"


def test_too_few_places_name_the_crowd():
    answer = solve(ask([village(f"99990100120{i}", f"村{i}") for i in range(3)],
                       [helper(load_max=2)]))  # fmt: skip
    ((_, why),) = why_unserved(answer)
    assert why == "人手不够：3 个村都只能由李专家服务，合计只有 2 个名额"


def test_a_county_gives_no_more_than_its_quota():
    villages = [village(f"99990100120{i}", f"村{i}") for i in range(2)]
    helpers = [helper(1), helper(2, "王专家"), helper(3, "外县专家", base="999902")]
    free = solve(ask(villages, helpers))
    assert {match.helper for match in free.matches} == {0, 1}
    bound = solve(ask(villages, helpers, quotas={"999901": 1}))
    assert len({match.helper for match in bound.matches} & {0, 1}) == 1
    assert bound.cost > free.cost


def test_pinning_and_forbidding_cost_what_they_cost():
    villages = [village(), village("999902001201", "远村")]
    helpers = [helper(1), helper(2, "王专家", base="999902")]
    free = solve(ask(villages, helpers))
    pinned = solve(ask(villages, helpers, pinned=frozenset({("999901001201", 2)})))
    forbidden = solve(ask(villages, helpers, forbidden=frozenset({("999901001201", 1)})))
    assert pinned.cost == forbidden.cost == free.cost + 2 * (300 - 100)


def test_a_second_village_costs_more_than_the_first():
    villages = [village(f"99990100120{i}", f"村{i}") for i in range(2)]
    answer = solve(ask(villages, [helper(load_max=2)]))
    assert sorted(match.load for match in answer.matches) == [0, 200]


def test_nobody_and_nothing_is_an_answer():
    assert solve(ask([], [])).cost == 0
    assert solve(ask([village()], [])).unserved == (0,)
    assert network(ask([], [helper()])).nodes == 4


def test_among_answers_as_cheap_what_is_there_stays():
    question = city(villages=30, helpers=30, seed=3)
    # Everything alike: every choice costs the same.
    alike = ask([village(v.code, v.name) for v in question.villages],
                [helper(h.key, h.name) for h in question.helpers])  # fmt: skip
    keep = frozenset((v.code, 29 - i) for i, v in enumerate(alike.villages))
    answer = solve(alike, keep)
    given = {(alike.villages[m.village].code, alike.helpers[m.helper].key) for m in answer.matches}
    assert given == keep
    pinned = ask(alike.villages, alike.helpers, pinned=frozenset({(alike.villages[0].code, 0)}))
    moved = {(pinned.villages[m.village].code, m.helper) for m in solve(pinned, keep).matches}
    assert len(moved - keep) == 2
