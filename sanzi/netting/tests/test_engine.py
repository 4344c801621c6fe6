"""The largest cancellation: exact, proved, and fair to everybody."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanzi.kernel.refusals import Invalid
from sanzi.netting.engine.certificate import certify, exact_sum, lawful
from sanzi.netting.engine.circles import papers, papers_count
from sanzi.netting.engine.clearing import clear, preferred
from sanzi.netting.engine.network import AMOUNT_MAX, Network, network
from sanzi.netting.engine.relief import acyclic, cost_of_leaving, curve, funded
from sanzi.netting.engine.signers import signers_of

from .networks import by_linear_programme, random_network


@st.composite
def networks(draw: st.DrawFn) -> Network:
    parties = draw(st.integers(2, 9))
    pair = st.tuples(st.integers(0, parties - 1), st.integers(0, parties - 1))
    debts = draw(
        st.lists(
            st.tuples(pair.filter(lambda two: two[0] != two[1]), st.integers(1, 50)), max_size=30
        )
    )
    return told(parties, *((debtor, creditor, fen) for (debtor, creditor), fen in debts))


def told(parties: int, *debts: tuple[int, int, int], rank: list[int] | None = None) -> Network:
    rows = np.array(debts, np.int64).reshape(-1, 3)
    return network(parties, rows[:, 0], rows[:, 1], rows[:, 2], rank and np.array(rank))


FIVE = [(n, (n + 1) % 5, 3000_00 + n) for n in range(5)]


def test_five_owe_in_a_ring_and_each_is_relieved_of_the_least():
    cleared = clear(told(5, *FIVE))
    assert cleared.cancelled.tolist() == [3000_00] * 5
    assert list(cleared.circles) == [(3000_00, [0, 1, 2, 3, 4])]
    assert cleared.optimal


@pytest.mark.parametrize("seed", range(40))
def test_the_optimum_is_that_of_an_independent_programme(seed):
    _agrees(seed)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, 500, 50))
def test_the_optimum_is_that_of_an_independent_programme_500_times(first):
    for seed in range(first, first + 50):
        _agrees(seed, most=2000)


def _agrees(seed: int, most: int = 300) -> None:
    debts = int(10 * (most / 10) ** ((seed % 50) / 49))
    net = random_network(seed, debts)
    assert clear(net).total_cancelled == by_linear_programme(net)


@settings(max_examples=150, deadline=None)
@given(networks())
def test_nobody_loses_nothing_grows_and_circles_sum_to_the_cancellation(net):
    cleared = clear(net)
    assert lawful(net, cleared.cancelled)
    assert cleared.certificate.proves
    along: dict[tuple[int, int], int] = {}
    for amount, members in cleared.circles:
        assert amount > 0
        assert len(set(members)) == len(members) >= 2
        for pair in zip(members, members[1:] + members[:1], strict=True):
            along[pair] = along.get(pair, 0) + amount
    by_debt: dict[tuple[int, int], int] = {}
    for debtor, creditor, fen in zip(net.debtor, net.creditor, cleared.cancelled, strict=True):
        if fen:
            pair = (int(debtor), int(creditor))
            by_debt[pair] = by_debt.get(pair, 0) + int(fen)
    assert along == by_debt


@settings(max_examples=60, deadline=None)
@given(networks(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(net, chance):
    order = list(range(len(net.amount)))
    chance.shuffle(order)
    mixed = net.only(np.array(order, np.int64))
    one, other = clear(net), clear(mixed)
    assert list(one.circles.largest_first()) == list(other.circles.largest_first())


@settings(max_examples=60, deadline=None)
@given(networks(), st.integers(2, 4))
def test_short_circles_stay_short_lawful_and_below_their_bound(net, longest):
    cleared = clear(net, longest=longest)
    assert lawful(net, cleared.cancelled)
    assert all(len(members) <= longest for _, members in cleared.circles)
    assert cleared.total_cancelled <= cleared.bound <= cleared.optimum


@settings(max_examples=60, deadline=None)
@given(networks(), st.integers(0, 8))
def test_a_party_that_leaves_never_makes_the_total_larger(net, party):
    optimum = clear(net).optimum
    without = net.only((net.debtor != party) & (net.creditor != party))
    assert cost_of_leaving(net, party, optimum) == optimum - clear(without).optimum >= 0


@settings(max_examples=40, deadline=None)
@given(networks(), st.integers(1, 10**9))
def test_amounts_so_many_times_larger_cancel_so_many_times_more(net, times):
    larger = network(net.parties, net.debtor, net.creditor, net.amount * times)
    assert clear(larger).optimum == clear(net).optimum * times


@settings(max_examples=60, deadline=None)
@given(networks())
def test_an_optimum_leaves_no_circle(net):
    cleared = clear(net)
    left = net.amount - cleared.cancelled
    rest = network(net.parties, *(a[left > 0] for a in (net.debtor, net.creditor, left)))
    assert clear(rest).optimum == 0


def test_a_plan_that_clears_less_is_not_certified():
    # Setting the pair off first leaves the longer ring broken: 2 × 10 instead of 3 × 10 + ….
    net = told(4, (0, 1, 10), (1, 0, 10), (1, 2, 10), (2, 0, 10), (0, 3, 10), (3, 1, 10))
    pair_first = np.array([10, 10, 0, 0, 0, 0], np.int64)
    assert not certify(net, pair_first).proves
    assert certify(net, clear(net).cancelled).proves
    greedy = [clear(random_network(seed, 400), longest=3) for seed in range(10)]
    refuted = [not certify(one.network, one.cancelled).proves for one in greedy]
    assert refuted == [one.total_cancelled < one.optimum for one in greedy]
    assert any(refuted)


def test_what_changes_a_net_position_is_no_cancellation():
    net = told(3, (0, 1, 10), (1, 2, 10), (2, 0, 10))
    assert not lawful(net, np.array([10, 10, 9], np.int64))
    with pytest.raises(AssertionError):
        certify(net, np.array([11, 11, 11], np.int64))


def test_one_giant_circle_is_solved_and_proved():
    size = 50_000
    fen = np.random.default_rng(1).integers(1, 10**9, size)
    ring = network(size, np.arange(size), (np.arange(size) + 1) % size, fen)
    cleared = clear(ring)
    assert (cleared.optimum, len(cleared.circles)) == (int(fen.min()) * size, 1)
    assert cleared.certificate.passes < 50


def test_everybody_owes_everybody_huge_amounts():
    debtor, creditor = np.where(~np.eye(40, dtype=bool))
    fen = np.random.default_rng(2).integers(1, AMOUNT_MAX, len(debtor), endpoint=True)
    cleared = clear(network(40, debtor, creditor, fen))
    assert cleared.certificate.proves
    assert cleared.certificate.bound == sum(cleared.cancelled.tolist())


def test_parallel_debts_stay_apart():
    cleared = clear(told(2, (0, 1, 70), (0, 1, 50), (1, 0, 100)))
    assert cleared.cancelled.tolist() == [70, 30, 100]


def test_a_trillion_yuan_is_the_most_and_one_fen_more_is_refused():
    assert clear(told(2, (0, 1, AMOUNT_MAX), (1, 0, AMOUNT_MAX))).optimum == 2 * AMOUNT_MAX
    with pytest.raises(Invalid, match="一万亿"):
        told(2, (0, 1, AMOUNT_MAX + 1))
    with pytest.raises(Invalid, match="金额过大"):
        network(2, *(np.full(30_000, n) for n in (0, 1, AMOUNT_MAX)))


def test_preference_chooses_among_plans_but_never_gives_up_money():
    # 0 owes both 1 and 2, which both owe 3; 3 owes 0 only enough for one of them.
    debts = [(0, 1, 10), (1, 3, 10), (0, 2, 10), (2, 3, 10), (3, 0, 10)]
    for first, rank in ((0, [900, 0, 0, 0, 0]), (2, [0, 0, 900, 0, 0])):
        cleared = clear(told(4, *debts, rank=rank))
        assert cleared.cancelled[first] == 10
        assert cleared.optimum == 30
    longer = [*debts, (1, 4, 10), (4, 3, 10)]
    cleared = clear(told(5, *longer, rank=[0, 0, 900, 900, 0, 0, 0]))
    assert cleared.optimum == 40
    assert preferred(cleared.network, cleared.cancelled) == 0


def test_relief_money_clears_the_longest_chain_first():
    chain = told(4, (0, 1, 100), (1, 2, 60), (2, 3, 60))
    steps = curve(chain, chain.amount)
    assert [(step.times, step.fund, step.cleared) for step in steps] == [
        (3, 60, 180),
        (1, 100, 220),
    ]


@pytest.mark.parametrize(
    ("fund", "cleared", "paid_to"),
    [
        (0, 0, []),
        (1, 3, [(0, 1)]),
        (60, 180, [(0, 60)]),
        (61, 181, [(0, 61)]),
        (500, 220, [(0, 100)]),
    ],
)
def test_a_fund_clears_to_the_fen_what_its_step_says_and_no_more(fund, cleared, paid_to):
    chain = told(4, (0, 1, 100), (1, 2, 60), (2, 3, 60))
    found = funded(chain, chain.amount, fund)
    assert (found.cleared, found.paid_to) == (cleared, paid_to)


@settings(max_examples=40, deadline=None)
@given(networks(), st.integers(1, 200))
def test_more_money_never_clears_less_and_each_yuan_at_most_as_much_as_the_one_before(net, fund):
    left = acyclic(net, clear(net, longest=2).cancelled)
    before, here, after = (funded(net, left, fen).cleared for fen in (fund - 1, fund, fund + 1))
    assert before <= here <= after
    assert after - here <= here - before
    for step in curve(net, left):
        assert funded(net, left, step.fund).cleared == step.cleared


def test_circles_of_the_same_parties_share_a_paper():
    circles = clear(random_network(3, 200)).circles
    assert papers_count(circles) == len(papers(circles)) <= len(circles)


@settings(max_examples=60, deadline=None)
@given(networks(), st.integers(2, 9))
def test_no_more_parties_sign_than_were_allowed(net, most):
    cleared = clear(net, signers=most)
    assert len(signers_of(cleared.circles)) <= most
    assert lawful(net, cleared.cancelled)
    assert cleared.circles.cancelled == cleared.total_cancelled <= cleared.optimum
    assert clear(net, signers=net.parties).total_cancelled == cleared.optimum


def test_of_two_circles_the_one_worth_more_a_signature_is_signed():
    net = told(5, (0, 1, 10), (1, 0, 10), (2, 3, 9), (3, 4, 9), (4, 2, 9))
    assert clear(net, signers=4).total_cancelled == 27
    assert clear(net, signers=2).total_cancelled == 20
    assert clear(net, signers=1).total_cancelled == 0


def test_exact_sums_go_beyond_64_bits():
    many = np.full(70_000, 2**46, np.int64)
    assert exact_sum(np.full(70_000, 2**14, np.int64), many) == 70_000 * 2**60
    assert exact_sum(np.full(70_000, 2**40, np.int64), many) == 70_000 * 2**86
