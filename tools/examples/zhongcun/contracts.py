"""The town's contracts: 248 that need putting right, each with how it was, and 80 that do not."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle

from tools.examples.places import Village

from .defects import NEEDS_LAND, PLAN, spoil
from .kinds import BUILDINGS, LAND, Kind
from .large import large_contracts
from .ledger import in_turn
from .sound import Draft, Writer

REVISED, TERMINATED, LITIGATED = "完善修订", "解除撤销", "司法诉讼"
TERMINATIONS = 2
LITIGATIONS = 3
LETTINGS_IN_ORDER = 58
SERVICES_IN_ORDER = 22

# The five villages and the town signed the coal agreement anew this day.
_COAL_RESIGNED_ON = date(2022, 5, 18)


def contracts(writer: Writer, villages: list[Village], chance: random.Random) -> list[Draft]:
    """All contracts, the irregular ones first; each irregular one has its method."""
    turns = in_turn(villages)
    drafts = large_contracts(writer, {village.name: village for village in villages})
    lands, buildings = cycle(LAND), cycle(BUILDINGS)
    plan = [codes for codes, count in PLAN.items() for _ in range(count)]
    for place, codes in enumerate(plan):
        is_land = place % 3 < 2 or bool(NEEDS_LAND & set(codes))
        kind = next(lands if is_land else buildings)
        draft = writer.let(next(turns), kind, signing_day(kind, codes, chance))
        spoil(draft, codes, chance)
        drafts.append(draft)
    _choose_methods(drafts)
    for place in range(LETTINGS_IN_ORDER):
        kind = next(lands if place % 2 else buildings)
        drafts.append(writer.let(next(turns), kind, _recent(kind, chance)))
    for place in range(SERVICES_IN_ORDER):
        signed_on = date(2021, 3, 1) + timedelta(days=chance.randint(0, 120))
        drafts.append(writer.serve(next(turns), place, signed_on))
    return drafts


def outcome_dates(drafts: list[Draft], chance: random.Random) -> Iterator[tuple[Draft, date]]:
    """When each irregular contract was put right, all within 2022."""
    first = date(2022, 3, 7)
    irregular = [draft for draft in drafts if draft.codes]
    for place, draft in enumerate(irregular):
        spread = 8 + place * 250 // len(irregular) + chance.randint(-6, 6)
        yield draft, first + timedelta(days=spread) if place else _COAL_RESIGNED_ON


def signing_day(kind: Kind, codes: tuple[str, ...], chance: random.Random) -> date:
    """A day that lets the contract show its codes and no others."""
    first, last = (2004, 2018) if not kind.is_land else (2000, 2019)
    if "P09" in codes:
        first, last = 2002, 2008
    if "P04" in codes:
        first, last = 2009, 2013  # Where enough others were signed to compare with.
    return date(chance.randint(first, last), chance.randint(1, 12), chance.randint(1, 28))


def _recent(kind: Kind, chance: random.Random) -> date:
    """A day whose usual term runs past 2040."""
    year = 2021 if not kind.is_land else chance.randint(2013, 2021)
    return date(year, chance.randint(1, 10), chance.randint(1, 28))


def _choose_methods(drafts: list[Draft]) -> None:
    """Two ended, three sued over, all others mended."""
    for draft in drafts:
        draft.method = REVISED
    sublet = [draft for draft in drafts if "P14" in draft.codes]
    for draft in sublet[:TERMINATIONS]:
        draft.method = TERMINATED
    owing = [draft for draft in drafts if "P10" in draft.codes and draft.party.kind == "企业"]
    for draft in owing[:LITIGATIONS]:
        draft.method = LITIGATED
