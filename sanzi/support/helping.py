"""Who helps whom over a region: what villages receive, and pairs that suggest themselves."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sanzi.access.models import Person

from .measures import INCOME, values_of
from .models import FOUR_ONES, Help
from .pairing import Suggestion, Village, suggest
from .queries import with_deeds
from .stages import HelpStage


@dataclass(frozen=True)
class Received:
    """One village in the overview: its living help by kind, and the last deed of any."""

    code: str
    name: str
    helps: Sequence[Any]

    @property
    def ones(self) -> list[tuple[str, list[Any]]]:
        """The four ones in their order, each with who it is."""
        return [(kind.label, [h for h in self.helps if h.kind == kind]) for kind in FOUR_ONES]

    @property
    def missing(self) -> list[str]:
        return [label for label, held in self.ones if not held]

    @property
    def has_ones(self) -> int:
        return len(FOUR_ONES) - len(self.missing)

    @property
    def others(self) -> list[Any]:
        return [h for h in self.helps if h.kind not in FOUR_ONES]

    @property
    def last_on(self) -> date | None:
        return max((h.last_on for h in self.helps if h.last_on), default=None)


def received_by(villages: Sequence[tuple[str, str]], person: Person) -> list[Received]:
    """What these villages (code, name) receive now; one query."""
    codes = [code for code, _ in villages]
    by_village: dict[str, list[Any]] = defaultdict(list)
    mine = Help.objects.visible_to(person).filter(village__in=codes, stage=HelpStage.ACTIVE)
    for help in with_deeds(mine).order_by("kind", "pk"):
        by_village[help.village].append(help)
    return [Received(code, name, by_village[code]) for code, name in villages]


def suggested(villages: Sequence[tuple[str, str]], person: Person, as_of: date) -> list[Suggestion]:
    """Strong villages for weak ones of a region, from their latest incomes; four queries."""
    incomes = values_of([INCOME], [code for code, _ in villages], as_of)
    living = Help.objects.visible_to(person).filter(
        kind=Help.Kind.STRONG, stage__in=(HelpStage.PROPOSED, HelpStage.ACTIVE)
    )
    pairs = list(living.values_list("village", "helper_village"))
    given = [strong for _, strong in pairs]
    known = [
        Village(code, name, income, given.count(code))
        for code, name in villages
        if (income := incomes[code, INCOME]) is not None
    ]
    return suggest(known, {weak for weak, _ in pairs})
