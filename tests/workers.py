"""Who runs what when several processes share the suite."""

import re
from typing import Any

import pytest
from xdist.scheduler.loadscope import LoadScopeScheduling

# Folders of tests that share one costly world. They begin first, for they take longest.
ROOMS = ("tests/matrix/",)


class Rooms(LoadScopeScheduling):
    """A file's tests stay together, and a room's: what they share is built once.

    What xdist has for this, marks of a group, it writes into a part of a test's name that pytest
    9.2 no longer reads.
    """

    def _split_scope(self, nodeid: str) -> str:
        room = _room(nodeid)
        if room is None:
            return nodeid.split("::")[0]
        # What takes minutes is in parts, which are worth a world each.
        part = re.search(r"\[(part\d+)\]$", nodeid)
        return room + part.group(1) if part else room


def _room(nodeid: str) -> str | None:
    return next((room for room in ROOMS if nodeid.startswith(room)), None)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Rooms:
    """Asked by xdist when there is more than one process."""
    config.option.loadscopereorder = False
    return Rooms(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest is not what begins last."""
    items.sort(key=lambda item: _room(item.nodeid) is None)
