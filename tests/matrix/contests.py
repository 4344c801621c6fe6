"""A town's contest over its villages, still being prepared: one round, an entry of each village."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

from sanzi.access.system import system_person
from sanzi.contests.cards import to_json
from sanzi.contests.examples import PLANNING
from sanzi.contests.models import Award, Contest, Entry, Result, Round

from .rows import Village, canary

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
DAY = date(2026, 3, 1)


def keep_contests(villages: Mapping[str, Village]) -> dict[str, dict[str, int]]:
    """Keys by kind and village; a contest and its round are those of the village's town."""
    by = system_person("system_import")
    rounds = {town: _round(town, by) for town in sorted({code[:9] for code in villages})}
    kept: dict[str, dict[str, int]] = {
        kind: {} for kind in ("contest", "round", "entry", "award", "result")
    }
    for code in villages:
        held = rounds[code[:9]]
        entry = Entry.objects.create(
            round=held, village=code, name=f"参评{canary(code, 'cp')}", stage="submitted",
            statement=f"材料{canary(code, 'cl')}", submitted_by=by, submitted_at=NOW,
        )  # fmt: skip
        award = Award.objects.create(
            village=code, entry=entry, amount=Decimal(100), document_number=canary(code, "wh"),
            granted_on=DAY, granted_by=by, granted_at=NOW,
        )  # fmt: skip
        result = Result.objects.create(
            village=code, entry=entry, closing=1, lines=[], bonus=0, total=Decimal(1), vetoes=[],
            rank=1, is_tied=False, best=1, worst=1,
        )  # fmt: skip
        kept["contest"][code], kept["round"][code] = held.contest_id, held.pk
        kept["entry"][code], kept["award"][code] = entry.pk, award.pk
        kept["result"][code] = result.pk
    return kept


def _round(town: str, by: object) -> Round:
    contest = Contest.objects.create(
        region=town, kind="funding", level="village", title="评审", year=2026, purse=Decimal(1000),
        made_by=by, made_at=NOW,
    )  # fmt: skip
    return Round.objects.create(
        contest=contest, ordinal=1, title="评审", form="集中", weight=100,
        card=to_json(PLANNING), cut_off_on=DAY,
    )  # fmt: skip
