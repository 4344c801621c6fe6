"""Keeping figures true: replace a row's shares, and every region above moves by the difference."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from django.db import connection
from django.db.models import BigIntegerField, Sum
from django.db.models.functions import Cast

from sanzi.store.bulk import insert

from .models import PastShare, Rollup, Share
from .share import Contribution

# The code lengths a village's figures roll up to: province, city, county, town, village.
LEVELS = (2, 4, 6, 9, 12)
CHUNK = 500

Thing = TypeVar("Thing")


class RowShares(NamedTuple):
    """All the shares of one row of a register."""

    village: str
    shares: Sequence[Contribution]


class _Held(NamedTuple):
    pk: int
    share: Contribution


def replace(register: str, rows: Mapping[int, RowShares]) -> int:
    """Make these the shares of these rows, and move every roll-up above by the difference.

    Work grows with the rows named, never with the region. Returns how many shares changed. Runs
    inside an action, as its last write but the journal's: roll-ups of upper regions are shared by
    many writers, so they are locked late and in one order.
    """
    assert connection.in_atomic_block, "figures change with their cause"
    moved: Counter[tuple[str, str, date]] = Counter()
    stale: list[int] = []
    fresh: list[tuple[Any, ...]] = []
    for ids in _chunks(rows, CHUNK):
        held = _held(register, ids)
        for row_id in ids:
            village, wanted = rows[row_id]
            missing = Counter(wanted)
            for pk, share in held.get(row_id, ()):
                if missing[share] > 0:
                    missing[share] -= 1
                else:
                    stale.append(pk)
                    moved[village, share.metric, share.on] -= share.value
            for share in missing.elements():
                fresh.append((*_place(village), *share, register, row_id))
                moved[village, share.metric, share.on] += share.value
    for pks in _chunks(stale, CHUNK):
        _retire(pks)
    insert(Share, _COLUMNS, fresh)
    _move(moved)
    return len(stale) + len(fresh)


def totals(region: str, as_of: date) -> dict[str, int]:
    """Every metric's sum in base units for a region (trimmed code) as of a day; one query."""
    return totals_by_region([region], as_of).get(region, {})


def totals_by_region(
    regions: Sequence[str], as_of: date, metrics: Sequence[str] | None = None
) -> dict[str, dict[str, int]]:
    """The same for several regions at once: {region: {metric: sum}}; one query per 500 regions.

    The nation has no roll-up of its own: ask for its provinces.
    """
    found: dict[str, dict[str, int]] = {}
    for codes in _chunks(regions, CHUNK):
        sums = Rollup.objects.filter(region__in=codes, on_day__lte=as_of)
        if metrics is not None:
            sums = sums.filter(metric__in=metrics)
        for region, metric, value in sums.values_list("region", "metric").annotate(
            total=_sum("value")
        ):
            found.setdefault(region, {})[metric] = value
    return found


def misplaced() -> Iterator[tuple[str, str, date, int, int]]:
    """Roll-ups that differ from the sum of their shares: region, metric, day, kept, true sum."""
    true: Counter[tuple[str, str, date]] = Counter()
    sums = Share.objects.values_list("village", "metric", "on_day").annotate(total=_sum("value"))
    for village, metric, on_day, total in sums.iterator(chunk_size=5000):
        for length in LEVELS:
            true[village[:length], metric, on_day] += total
    for region, metric, on_day, value in Rollup.objects.values_list(
        "region", "metric", "on_day", "value"
    ).iterator(chunk_size=5000):
        expected = true.pop((region, metric, on_day), 0)
        if expected != value:
            yield region, metric, on_day, value, expected
    for (region, metric, on_day), expected in true.items():
        if expected:
            yield region, metric, on_day, 0, expected


def differences(
    register: str, rows: Mapping[int, RowShares]
) -> Iterator[tuple[int, set[Contribution], set[Contribution]]]:
    """Rows whose stored shares are not these: row id, shares too many, shares missing."""
    for ids in _chunks(rows, CHUNK):
        held = _held(register, ids)
        for row_id in ids:
            kept = Counter(one.share for one in held.get(row_id, ()))
            wanted = Counter(rows[row_id].shares)
            if kept != wanted:
                yield row_id, set(kept - wanted), set(wanted - kept)


def _sum(column: str) -> Cast:
    # PostgreSQL sums BIGINT into NUMERIC; both engines must answer with the same integer type.
    return Cast(Sum(column), BigIntegerField())


def _held(register: str, ids: Sequence[int]) -> dict[int, list[_Held]]:
    held: dict[int, list[_Held]] = {}
    found = Share.objects.filter(register=register, row_id__in=ids)
    for pk, row_id, metric, on, value in found.values_list(
        "pk", "row_id", "metric", "on_day", "value"
    ):
        held.setdefault(row_id, []).append(_Held(pk, Contribution(metric, on, value)))
    return held


_COLUMNS = (
    "village", "town", "county", "city", "metric", "on_day", "value", "register", "row_id"
)  # fmt: skip


def _retire(pks: Sequence[int]) -> None:
    """Take shares out of the figures, and keep what they were for sheets that were frozen."""
    columns = ", ".join(_COLUMNS)
    which = ", ".join(["%s"] * len(pks))
    past, now = PastShare._meta.db_table, Share._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {past} ({columns}, share) "
            f"SELECT {columns}, id FROM {now} WHERE id IN ({which}) ORDER BY id",
            list(pks),
        )
    Share.objects.filter(pk__in=pks).delete()


def _place(village: str) -> tuple[str, str, str, str]:
    return village, village[:9], village[:6], village[:4]


def _move(moved: Mapping[tuple[str, str, date], int]) -> None:
    """Add each village's movement to its roll-up and to those of all regions above."""
    above: Counter[tuple[str, str, date]] = Counter()
    for (village, metric, on), value in moved.items():
        for length in LEVELS:
            above[village[:length], metric, on] += value
    # One order for all writers: two imports cannot wait for each other.
    changes = [
        (region, metric, on.isoformat(), value)
        for (region, metric, on), value in sorted(above.items())
        if value
    ]
    table = Rollup._meta.db_table
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (region, metric, on_day, value) VALUES (%s, %s, %s, %s) "
            f"ON CONFLICT (region, metric, on_day) "
            f"DO UPDATE SET value = {table}.value + excluded.value",
            changes,
        )


def _chunks(things: Iterable[Thing], size: int) -> Iterator[list[Thing]]:
    remaining = iter(things)
    while chunk := list(islice(remaining, size)):
        yield chunk
