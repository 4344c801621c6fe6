"""From debts to circles: reduce, solve, prove, spread, decompose; with the time each took."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import numpy as np

from .certificate import Certificate, certify, exact_sum, lawful
from .circles import Circles, by_pair, decompose
from .network import Array, Network
from .optimum import largest
from .reduction import Reduced, reduce, spread
from .short import short_circles
from .signers import signers_of, worth_signing


@dataclass(frozen=True)
class Cleared:
    """`cancelled` by debt; `optimum` without a limit of length, proved; `bound` with it."""

    network: Network
    cancelled: Array
    circles: Circles
    optimum: int
    bound: int
    certificate: Certificate
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def total_cancelled(self) -> int:
        """All that is cancelled, in fen."""
        return int(self.cancelled.sum())

    @property
    def optimal(self) -> bool:
        """True when nothing larger exists within the limits set, and that is proved."""
        return self.certificate.proves and self.total_cancelled == self.bound


def clear(network: Network, *, longest: int | None = None, signers: int | None = None) -> Cleared:
    """The largest cancellation; with `longest`, the best found of circles so short.

    With `signers`, the best found in which at most so many parties take part; optimum and bound
    stay those without that limit.
    """
    cleared = _clear(network, longest)
    if signers is None or len(signers_of(cleared.circles)) <= signers:
        return cleared
    began = time.perf_counter()
    tried = [_among(network, some, longest) for some in worth_signing(cleared.circles, signers)]
    cancelled, circles = max(tried, key=lambda one: one[1].cancelled)
    seconds = {**cleared.seconds, "signers": time.perf_counter() - began}
    return replace(cleared, cancelled=cancelled, circles=circles, seconds=seconds)


def _among(network: Network, parties: Array, longest: int | None) -> tuple[Array, Circles]:
    """The largest cancellation among some parties: perhaps more than they were chosen for."""
    some = np.zeros(network.parties, bool)
    some[parties] = True
    kept = some[network.debtor] & some[network.creditor]
    cleared = _clear(network.only(kept), longest)
    cancelled = np.zeros(len(network.amount), np.int64)
    cancelled[kept] = cleared.cancelled
    return cancelled, cleared.circles


def _clear(network: Network, longest: int | None) -> Cleared:
    seconds: dict[str, float] = {}
    with _timed(seconds, "reduce"):
        reduced = reduce(network)
    with _timed(seconds, "solve"):
        flow = largest(reduced)
    with _timed(seconds, "spread"):
        cancelled = spread(network, reduced.arc, flow)
    with _timed(seconds, "certify"):
        certificate = certify(network, cancelled)
        assert certificate.proves, "the optimum must carry its proof"
    optimum = bound = int(cancelled.sum())
    with _timed(seconds, "decompose"):
        if longest is None:
            pairs = by_pair(reduced.parties, reduced.debtor, reduced.creditor, flow)
            circles, left = decompose(reduced.parties, *pairs)
            assert not left.any(), "a circulation is nothing but circles"
        else:
            pairs = by_pair(reduced.parties, reduced.debtor, reduced.creditor, reduced.capacity)
            short = short_circles(reduced.parties, *pairs, longest, optimum)
            circles, bound = short.circles, short.bound
            cancelled = spread(network, *_along(network, reduced, circles))
            assert lawful(network, cancelled)
        circles = Circles(circles.amount, circles.end, reduced.party[circles.member])
    assert circles.cancelled == int(cancelled.sum()), "circles add up to the cancellation"
    return Cleared(network, cancelled, circles, optimum, bound, certificate, seconds)


def _along(network: Network, reduced: Reduced, circles: Circles) -> tuple[Array, Array]:
    """Each debt's pair of parties, and the flow of circles along each pair."""
    size = reduced.parties
    starts = circles.end - circles.length
    nxt = np.roll(circles.member, -1)
    nxt[circles.end - 1] = circles.member[starts]
    used = circles.member * size + nxt
    pairs, group = np.unique(reduced.debtor * size + reduced.creditor, return_inverse=True)
    flow = np.zeros(len(pairs), np.int64)
    np.add.at(flow, np.searchsorted(pairs, used), np.repeat(circles.amount, circles.length))
    arc = np.where(reduced.arc >= 0, group[reduced.arc], -1) if len(group) else reduced.arc
    return arc, flow


def preferred(network: Network, cancelled: Array) -> int:
    """How much of the cancellation falls on what goes first: fen times rank."""
    return exact_sum(network.rank, cancelled)


@contextmanager
def _timed(seconds: dict[str, float], phase: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    seconds[phase] = time.perf_counter() - began
