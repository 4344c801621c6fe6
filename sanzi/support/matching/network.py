"""A matching as a network: village → helper → county → ground, each arc with room and a price.

One helper's places are arcs side by side whose price rises with the load, so the cheapest come
first by themselves. A village nobody can serve flows through `nobody`, dearer than any plan: as few
as possible do, and a pair fixed by hand last of all.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .terms import Helper, Terms, Village, load_points, parts, why_not

Array = NDArray[np.int64]
Pair = tuple[str, int]


@dataclass(frozen=True)
class Question:
    """One matching to be solved, with what people fixed by hand."""

    villages: tuple[Village, ...]
    helpers: tuple[Helper, ...]
    terms: Terms = Terms()
    # How many villages the helpers of a county may serve in all, by the county's code.
    quotas: Mapping[str, int] | None = None
    pinned: frozenset[Pair] = frozenset()
    forbidden: frozenset[Pair] = frozenset()


@dataclass(frozen=True)
class Network:
    """Arcs in columns; the first `pairs` arcs are those between villages and helpers."""

    tail: Array
    head: Array
    room: Array
    price: Array
    supply: Array
    pairs: tuple[tuple[int, int], ...]
    # What leaving each village unserved costs.
    nobody: tuple[int, ...]

    @property
    def nodes(self) -> int:
        return len(self.supply)


def allowed(question: Question) -> list[tuple[int, int]]:
    """Every pair (index of village, index of helper) no limit keeps apart."""
    fixed = dict(question.pinned)
    free = [(h, helper) for h, helper in enumerate(question.helpers) if helper.free]
    return [
        (v, h)
        for v, village in enumerate(question.villages)
        for h, helper in free
        if fixed.get(village.code, helper.key) == helper.key
        and (village.code, helper.key) not in question.forbidden
        and why_not(village, helper) is None
    ]


def network(question: Question) -> Network:
    """The network of a question. Nodes: villages, helpers, counties, nobody, the ground."""
    villages, helpers, terms = question.villages, question.helpers, question.terms
    pairs = allowed(question)
    counties = sorted({helper.county for helper in helpers})
    first_county = len(villages) + len(helpers)
    nobody = first_county + len(counties)
    ground = nobody + 1
    arcs = [
        (v, len(villages) + h, 1, parts(villages[v], helpers[h], terms).total) for v, h in pairs
    ]
    dearest = max((arc[3] for arc in arcs), default=0)
    dearest += max((load_points(h, h.free, terms) for h in helpers), default=0)
    price = (dearest + 1) * (len(villages) + 1)
    # What was fixed by hand comes first: leaving that out is dearer than leaving out all others.
    fixed = {code for code, _ in question.pinned}
    unserved = [price * (len(villages) + 1 if v.code in fixed else 1) for v in villages]
    arcs += _places(question, counties, first_county)
    arcs += [
        (first_county + i, ground, _quota(question, code), 0) for i, code in enumerate(counties)
    ]
    arcs += [(v, nobody, 1, unserved[v]) for v in range(len(villages))]
    arcs.append((nobody, ground, len(villages), 0))
    columns = np.array(arcs, np.int64).reshape(-1, 4).T
    supply = np.zeros(ground + 1, np.int64)
    supply[: len(villages)], supply[ground] = 1, -len(villages)
    return Network(
        columns[0], columns[1], columns[2], columns[3], supply, tuple(pairs), tuple(unserved)
    )


def _places(
    question: Question, counties: Sequence[str], first_county: int
) -> list[tuple[int, int, int, int]]:
    """Each helper's places, one arc a place, up to as many as there are villages."""
    found = []
    for h, helper in enumerate(question.helpers):
        county = first_county + counties.index(helper.county)
        for place in range(min(helper.free, len(question.villages))):
            price = load_points(helper, place, question.terms)
            found.append((len(question.villages) + h, county, 1, price))
    return found


def _quota(question: Question, county: str) -> int:
    everything = len(question.villages)
    return min(everything, (question.quotas or {}).get(county, everything))


def served(network: Network, flow: Array) -> dict[int, int]:
    """Which helper serves which village, by index."""
    return {v: h for (v, h), through in zip(network.pairs, flow, strict=False) if through}


def unserved(network: Network, flow: Array, villages: int) -> AbstractSet[int]:
    """The villages nobody serves, by index."""
    return set(range(villages)) - served(network, flow).keys()
