"""The migrated schema is made once and kept, so that a test begins in a second.

Migrating takes ten seconds and more; every test process of the same migrations starts from the
kept copy instead. Only SQLite: a PostgreSQL server copies its own template.
"""

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import django
import pytest
from django.core.management.commands.migrate import Command
from django.db import connection

ROOT = Path(__file__).parent.parent


def stamp() -> str:
    """What the schema depends on: the text of every migration, the settings, Django's version."""
    mark = hashlib.sha256(django.get_version().encode())
    for path in [*sorted(ROOT.glob("sanzi/*/migrations/*.py")), ROOT / "sanzi/config/settings.py"]:
        mark.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return mark.hexdigest()[:20]


@pytest.fixture(scope="session")
def kept_schema(request: pytest.FixtureRequest) -> Path:
    """Where the copy of this schema is, or will be once somebody migrated."""
    return Path(request.config.cache.mkdir("schema")) / f"{stamp()}.sqlite3"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, kept_schema: Path
) -> Iterator[None]:
    """Before the test database is made: its migrating looks for the kept copy first."""
    patch = pytest.MonkeyPatch()
    if connection.vendor == "sqlite":
        patch.setattr(Command, "handle", _from_kept(Command.handle, kept_schema))
    yield
    patch.undo()


def _from_kept(migrate: Any, kept: Path) -> Any:
    def handle(self: Command, *args: Any, **options: Any) -> None:
        connection.ensure_connection()
        if kept.exists():
            with closing(sqlite3.connect(kept)) as source:
                source.backup(connection.connection)
            return
        migrate(self, *args, **options)
        _keep(kept)

    return handle


def _keep(kept: Path) -> None:
    """Several processes may write it at once: each its own file, and the last name wins."""
    own = kept.with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(own)) as target:
        connection.connection.backup(target)
    os.replace(own, kept)
    for old in kept.parent.glob("*.sqlite3"):
        if old != kept:
            old.unlink(missing_ok=True)
