"""What is cancelled first among plans that cancel equally much: ranks, the larger the earlier."""

from collections.abc import Sequence

import numpy as np

from .network import RANK_MAX, Array

# Three years (民法典第一百八十八条), in days as ages are given.
LIMITATION_DAYS = 3 * 365
VILLAGER_WORDS = ("villager", "household", "person", "村民", "农户", "个人")
PREFERENCES = {
    "age": "账龄长的优先",
    "villagers": "村民的优先",
    "limitation": "临近诉讼时效的优先",
}


def ranks(prefer: str, ages: Sequence[int | None], classes: Sequence[str]) -> Array:
    """A rank for each debt. Unknown ages come last; what is past limitation after what nears it."""
    if prefer == "age":
        told = [min(age or 0, RANK_MAX) for age in ages]
    elif prefer == "villagers":
        told = [int(word.strip().lower() in VILLAGER_WORDS) for word in classes]
    elif prefer == "limitation":
        told = [_nearness(age) for age in ages]
    else:
        assert not prefer, f"unknown preference {prefer}"
        told = [0] * len(ages)
    return np.array(told, np.int64)


def _nearness(age: int | None) -> int:
    return 0 if age is None or age > LIMITATION_DAYS else age + 1
