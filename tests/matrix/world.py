"""The matrix's world, loaded the way any workbook is; all of it is rolled back afterwards."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from sanzi.access.models import Person
from sanzi.access.system import system_person
from sanzi.intake.reading import read_workbook
from sanzi.orgs.tree import ensure
from sanzi.workbooks import actions, work
from sanzi.workbooks.models import Stage
from tests.sheets import write_workbook

from . import numbers, rows
from .agreements import keep_agreements
from .campaigning import keep_campaigns
from .casework import keep_casework
from .contests import keep_contests
from .dispatches import keep_dispatches
from .incomes import keep_incomes
from .ledgers import Ledgers, keep_books
from .nettings import keep_nettings
from .people import make_people
from .places import (
    COUNTY,
    COUNTY_2,
    FAR_VILLAGE,
    REGIONS,
    TOWN,
    TOWN_2,
    VILLAGE,
    VILLAGE_2,
    VILLAGES,
)  # fmt: skip
from .recovery import keep_recovery
from .responsibilities import keep_responsibilities
from .rows import NAME, SHARED_ID, SHARED_NAME, WRONG_ID, Village, canary
from .standards import keep_thresholds
from .support import keep_support
from .systems import keep_inspections, keep_systems
from .votes import keep_votes
from .warnings import keep_warnings

# Who hands in a workbook; a village of the second town stands below its clerk.
OFFICES = (COUNTY, COUNTY_2, TOWN, TOWN_2, VILLAGE, VILLAGE_2, f"{TOWN_2}202", FAR_VILLAGE)
NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens to the database within is rolled back."""
    block = transaction.atomic()
    # What Django's own test cases set, so that an action may still insist on a whole transaction.
    block._from_testcase = True  # type: ignore[attr-defined]
    with block:
        yield
        transaction.set_rollback(True)


@dataclass
class World:
    """What stands where, and which words and numbers belong to whom."""

    folder: Path
    villages: dict[str, Village]
    uploads: dict[str, int] = field(default_factory=dict)
    flawed: dict[str, int] = field(default_factory=dict)
    ledgers: Ledgers = field(default_factory=dict)
    # What is kept about a village besides rows of registers: {kind: {village: pk}}.
    kept: dict[str, dict[str, int]] = field(default_factory=dict)

    def bring(self, villages: dict[str, Village]) -> None:
        """Import a row of every register for each of these villages."""
        self.import_rows(**rows.sheets(villages))

    def import_rows(self, **sheets: list[dict[str, str]]) -> None:
        """Import these sheets as the command line does."""
        book = read_workbook(self._write(sheets))
        by = system_person("system_import")
        receipt = actions.commit_file(workbook=book, name="全.xlsx", by=by, now=NOW)
        assert [p.message for p in receipt.problems if p.severity == "error"] == []

    def hand_in(self, office: str, sheets: dict[str, list[dict[str, str]]], stage: Stage) -> int:
        """A workbook handed in by an office and checked, as the child process would."""
        by = Person.objects.get(username=f"uploader-{office}")
        book = self._write(sheets)
        kept = actions.hand_in(
            file=book, file_name=f"C-{office}.xlsx", as_of=date(2026, 3, 2), by=by, now=NOW
        )
        work.run("check", kept, by, lambda done, total: None)
        kept.refresh_from_db()
        assert kept.stage == stage, kept.message
        return kept.pk

    def _write(self, sheets: dict[str, list[dict[str, str]]]) -> Path:
        return write_workbook(self.folder / "book.xlsx", **sheets)

    @property
    def amounts(self) -> dict[int, str]:
        """Whose each amount is."""
        return {amount: code for code, v in self.villages.items() for amount in v.amounts}

    @property
    def personal(self) -> set[str]:
        """Every identity number, telephone and account in the world."""
        own = (village.personal for village in self.villages.values())
        return {SHARED_ID, WRONG_ID}.union(*own)


def build(folder: Path) -> World:
    """Regions, people, rows, and a clean and a flawed workbook of every office that has any."""
    names = {code: f"地{code}" for code in REGIONS if code and len(code) < 12}
    ensure({**names, **{code: f"村名{canary(code, NAME)}" for code in VILLAGES}})
    make_people()
    # What another office of the same tree has written first must not show either.
    world = World(folder, {code: Village(code) for code in VILLAGES})
    world.bring(world.villages)
    for office in OFFICES:
        within = [code for code in VILLAGES if code.startswith(office)]
        world.uploads[office] = world.hand_in(office, _clean(within), Stage.CHECKED)
        if len(office) > len(COUNTY):
            world.flawed[office] = world.hand_in(office, _flawed(within), Stage.CHECKED)
    world.ledgers = keep_books(world.villages, folder)
    world.kept |= keep_votes(world.villages)
    world.kept |= keep_thresholds(world.villages)
    world.kept |= keep_warnings(world.villages)
    world.kept |= keep_agreements(world.villages)
    world.kept |= keep_casework(world.villages)
    world.kept |= keep_campaigns(world.villages)
    world.kept |= keep_contests(world.villages)
    world.kept |= keep_dispatches(world.villages)
    world.kept |= keep_incomes(world.villages)
    world.kept |= keep_recovery(world.villages)
    world.kept |= keep_nettings(world.villages)
    world.kept |= keep_responsibilities(world.villages)
    world.kept |= keep_support(world.villages)
    world.kept |= keep_systems(world.villages)
    world.kept |= keep_inspections(world.villages)
    return world


def _clean(villages: Iterable[str]) -> dict[str, list[dict[str, str]]]:
    """Changes to a row that is there already, and a new one."""
    changed = [
        {"village": code, "number": canary(code, "zw"), "creditor": SHARED_NAME, "kind": "工资",
         "principal": "7", "cause": f"改{canary(code, 'ch')}"}
        for code in villages
    ]  # fmt: skip
    fresh = [
        {**row, "number": canary(code, "new"), "creditor_id": SHARED_ID, "cause": "新"}
        for row, code in zip(changed, villages, strict=True)
    ]
    return {"债务": [*changed, *fresh]}


def _flawed(villages: Iterable[str]) -> dict[str, list[dict[str, str]]]:
    """Personal data with mistakes in it: the page must say so without saying the number."""
    wrong = {"debtor_id": WRONG_ID, "debtor_phone": f"{numbers.phone(1)}9", "principal": "x"}
    return {
        "债权": [
            {"village": code, "number": canary(code, "bad"), "debtor": canary(code, "bad"),
             "nature": "往来借款", "book": "账内", **wrong}
            for code in villages
        ]
    }  # fmt: skip


def digest() -> dict[str, Any]:
    """Rows and highest id of every table but the sessions'."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table not in ("django_session", "django_migrations"):
                columns = connection.introspection.get_primary_key_column(cursor, table)
                # As text: PostgreSQL has no greatest of two UUIDs, and only a difference matters.
                name = columns and connection.ops.quote_name(columns)
                top = f"MAX(CAST({name} AS TEXT))" if name else "0"
                cursor.execute(f"SELECT COUNT(*), {top} FROM {connection.ops.quote_name(table)}")
                found[table] = cursor.fetchone()
    return found
