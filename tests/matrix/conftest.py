"""The matrix's world, built once for the whole package and then taken back."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sanzi.access.signin import Hasher
from sanzi.kernel import child

from . import world as worlds
from .firing import Battery, Report
from .people import ODD, SAMPLE
from .table import ADDRESSES, CHANGES


@pytest.fixture(scope="package")
def quick() -> Iterator[None]:
    """Passwords cost nothing, and no child process starts."""
    patch = pytest.MonkeyPatch()
    patch.setattr(Hasher, "time_cost", 1)
    patch.setattr(Hasher, "memory_cost", 8)
    patch.setattr(Hasher, "parallelism", 1)
    patch.setattr(child, "start", lambda *of, **where: None)
    yield
    patch.undo()


@pytest.fixture(scope="package")
def log() -> Iterator[list[str]]:
    """Everything the site logs while the matrix is fired."""
    lines: list[str] = []

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    keeper, requests = Keeper(level=logging.INFO), logging.getLogger("django.request")
    heard = (logging.getLogger(), requests)
    for logger in heard:
        logger.addHandler(keeper)
    # A third of the time would go into pytest's keeping each refused request for its report.
    requests.propagate = False
    yield lines
    requests.propagate = True
    for logger in heard:
        logger.removeHandler(keeper)


@pytest.fixture(scope="package")
def world(
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: Any,
    quick: None,
    log: list[str],
) -> Iterator[worlds.World]:
    """The one world; every test leaves it as it was."""
    folder: Path = tmp_path_factory.mktemp("matrix")
    with django_db_blocker.unblock(), worlds.undone():
        yield worlds.build(folder)


@pytest.fixture(scope="package")
def battery(world: worlds.World) -> Battery:
    return Battery(world)


@pytest.fixture(scope="package")
def fired(battery: Battery) -> Report:
    """Every address by a few; by every role, and by methods no page takes, in test_matrix.py."""
    report = battery.fire(("GET", *CHANGES), fully=False, actors=SAMPLE)
    plain = [a for a in ADDRESSES if a.about in ("region", "contract", "upload") and not a.query]
    return report + battery.fire(("GET", *CHANGES), fully=False, actors=ODD, addresses=plain)
