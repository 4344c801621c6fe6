"""To whom tasks or targets go: the region of a page, its own, its towns', its villages'."""

from dataclasses import dataclass

from sanzi.access.models import Person
from sanzi.access.scope import covers, under
from sanzi.kernel.refusals import Invalid, Missing
from sanzi.kernel.regions import level, trim
from sanzi.orgs.models import Region

OWN, ALL = "own", "all"


@dataclass(frozen=True)
class Choice:
    """One box to tick: a region's own tasks, or those of all villages in it."""

    value: str
    title: str


def choices_in(code: str, name: str) -> list[Choice]:
    """The boxes of a region (trimmed code): its villages, or its towns and their villages.

    One query. A city's 620 villages are not 620 boxes: they are ticked by town.
    """
    at = level(code)
    if at == "village":
        return [Choice(f"{OWN}:{code}", name)]
    if at == "town":
        villages = living(code, "village")
        boxes = [Choice(f"{OWN}:{c}", n) for c, n in villages]
        return [Choice(f"{OWN}:{code}", f"{name}本级"), Choice(f"{ALL}:{code}", "全部村"), *boxes]
    towns = living(code, "town")
    every = [Choice(f"{ALL}:{code}", f"{name}全部村")]
    own = [Choice(f"{OWN}:{c}", f"{n}本级") for c, n in towns]
    return every + [Choice(f"{ALL}:{c}", f"{n}各村") for c, n in towns] + own


def living(code: str, at: str) -> list[tuple[str, str]]:
    """Codes and names of the living regions of a level within a region, in order; one query."""
    found = Region.objects.filter(under("code", code), level=at, valid_to=None)
    return list(found.order_by("code").values_list("code", "name"))


def regions_of(values: list[str], by: Person) -> list[str]:
    """The regions ticked boxes stand for, each once, in order. Raises Missing, Invalid."""
    codes: set[str] = set()
    for value in values:
        kind, _, given = value.partition(":")
        code = trim(given) if given else ""
        if not code or not covers(by, code):
            raise Missing("scope.missing", "没有找到这个地方，或它不在您的辖区内")
        codes |= {code} if kind == OWN else {c for c, _ in living(code, "village")}
    if not codes:
        raise Invalid("task.places", "请勾选给谁下达")
    return sorted(codes)
