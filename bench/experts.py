"""140 experts matched with 140 villages, and 620 with 620, beside an independent solver.

The baseline is scipy's linear_sum_assignment over the same points in a ready matrix: it finds the
same least sum and neither reads needs, keeps limits, proves nor explains. Each part of the way is
timed apart: building the network, solving with its proof, proving again without the solver, and
the reasons in sentences.
"""

import sys
import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np
from scipy.optimize import linear_sum_assignment

from sanzi.support.matching.network import Question, allowed
from sanzi.support.matching.reasons import reasons_of
from sanzi.support.matching.solve import is_proved, solve
from sanzi.support.matching.terms import Helper, Village, parts

SIZES = (140, 620)
SKILLS = tuple(f"s{i}" for i in range(12))
FAR = 10**9

Answer = TypeVar("Answer")


def city(size: int, seed: int) -> Question:
    """A made-up city in 80 by 80 kilometres, always the same."""
    chance = np.random.default_rng(seed)

    def some() -> dict[str, int]:
        names = chance.choice(SKILLS, size=int(chance.integers(1, 4)), replace=False)
        return {str(name): int(chance.integers(1, 4)) for name in names}

    def point() -> tuple[int, int]:
        east, north = chance.integers(0, 80_000, 2)
        return int(east), int(north)

    villages = (Village(f"99990{i // 100:01}001{i % 100 + 200}", f"村{i}", some(), point())
                for i in range(size))  # fmt: skip
    helpers = (Helper(i, f"专家{i}", some(), "9999", point=point()) for i in range(size))
    return Question(tuple(villages), tuple(helpers))


def timed(what: Callable[[], Answer], times: int = 3) -> tuple[float, Answer]:
    """The least of a few runs, in seconds, and the answer."""
    least, answer = 1e9, what()
    for _ in range(times):
        began = time.perf_counter()
        answer = what()
        least = min(least, time.perf_counter() - began)
    return least, answer


def matrix(question: Question) -> "np.ndarray[tuple[int, int], np.dtype[np.int64]]":
    """The points of every pair; a pair kept apart costs more than all others together."""
    size = len(question.villages)
    found = np.full((size, size), FAR, np.int64)
    for v, h in allowed(question):
        found[v, h] = parts(question.villages[v], question.helpers[h], question.terms).total
    return found


def measure(size: int) -> bool:
    """Print one size; False where the two solvers differ or the proof does not hold."""
    question = city(size, seed=size)
    whole, answer = timed(lambda: solve(question))
    chosen = {match.village: match.helper for match in answer.matches}
    proving, proved = timed(lambda: is_proved(question, chosen, answer.prices))
    saying, _ = timed(lambda: reasons_of(answer, str))
    filling, costs = timed(lambda: matrix(question))
    other, (rows, columns) = timed(lambda: linear_sum_assignment(costs))
    least = int(costs[rows, columns].sum()) - FAR * len(answer.unserved)
    print(f"{size} x {size}: {answer.cost:,} points, the other solver {least:,}, "
          f"{len(answer.unserved)} unserved; proof {'holds' if proved else 'FAILS'}")  # fmt: skip
    for name, took in (("solved and proved", whole), ("proved again without a solver", proving),
                       ("reasons in sentences", saying), ("the other: its matrix", filling),
                       ("the other: solved", other)):  # fmt: skip
        print(f"  {name:30} {took:8.4f} s")
    print(f"  ratio {whole / (filling + other):.2f}, matrix and solving of the other together")
    return proved and least == answer.cost


def main() -> int:
    agreed = [measure(size) for size in SIZES]
    return int(not all(agreed))


if __name__ == "__main__":
    sys.exit(main())
