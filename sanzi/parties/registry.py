"""Finding the party of a row, or making it: one person in three registers is one party."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sanzi.store.bulk import upsert

from .models import Involvement, Party


class Named(NamedTuple):
    """Someone as a row names them; `identity_hash` is empty when the row gives no number."""

    village: str
    name: str
    kind: str = ""
    identity_hash: str = ""
    identity_mask: str = ""


def find_or_make(named: Iterable[Named]) -> dict[Named, Party]:
    """The party of each; those unknown are made. A few queries however many are named.

    A number finds its party anywhere. A bare name finds the party of that name known in the same
    village, and only there. Runs inside an action.
    """
    wanted = list(dict.fromkeys(named))
    numbered = [one for one in wanted if one.identity_hash]
    bare = [one for one in wanted if not one.identity_hash]

    by_number = _by_number({one.identity_hash for one in numbered})
    _make(
        by_number,
        {
            one.identity_hash: Party(
                name=one.name,
                kind=one.kind,
                identity_hash=one.identity_hash,
                identity_mask=one.identity_mask,
            )
            for one in reversed(numbered)
        },
    )
    by_name = _known_in({one.village for one in bare})
    for one in numbered:
        by_name.setdefault((one.village, one.name), by_number[one.identity_hash])
    _make(
        by_name,
        {
            (one.village, one.name): Party(name=one.name, kind=one.kind, home=one.village)
            for one in reversed(bare)
        },
    )
    return {
        one: by_number[one.identity_hash] if one.identity_hash else by_name[one.village, one.name]
        for one in wanted
    }


def involve(register: str, rows: Sequence[tuple[int, str, int]]) -> None:
    """Note who takes part in which row: (row id, village, party id). Later notes replace."""
    upsert(
        Involvement,
        ("register", "row_id", "party", "village", "town", "county", "city"),
        (
            (register, row_id, party_id, village, village[:9], village[:6], village[:4])
            for row_id, village, party_id in rows
        ),
        key=("register", "row_id"),
    )


def _by_number(hashes: set[str]) -> dict[str, Party]:
    found: dict[str, Party] = {}
    ordered = sorted(hashes)
    for start in range(0, len(ordered), 1000):
        for party in Party.objects.filter(identity_hash__in=ordered[start : start + 1000]):
            found[party.identity_hash] = party
    return found


def _known_in(villages: set[str]) -> dict[tuple[str, str], Party]:
    """Parties by (village, name), for the names that mean one party only in that village."""
    found: dict[tuple[str, str], Party] = {}
    ordered = sorted(villages)
    for start in range(0, len(ordered), 500):
        some = ordered[start : start + 500]
        for party in Party.objects.filter(home__in=some, identity_hash=""):
            found[party.home, party.name] = party
        notes = Involvement.objects.filter(village__in=some).select_related("party")
        for note in notes.iterator(chunk_size=2000):
            found.setdefault((note.village, note.party.name), note.party)
    return found


def _make(known: dict[Any, Party], drafts: dict[Any, Party]) -> None:
    missing = {key: party for key, party in drafts.items() if key not in known}
    Party.objects.bulk_create(missing.values(), batch_size=1000)
    known.update(missing)
