"""Loaded before anything else (`-p tests.scratch`): tests never touch an installation's data."""

import os
import shutil
import tempfile
from collections.abc import Iterator

import pytest

os.environ["SANZI_DATA"] = tempfile.mkdtemp(prefix="sanzi-test-")


@pytest.fixture(autouse=True)
def _no_traces_of_another_test() -> Iterator[None]:
    """A test's rows are gone with the test; what stood for them outside the database goes too.

    The journal's checkpoints, and the lock of a child whose thing had the key another test's has.
    """
    yield
    from sanzi.cleanup.reinspecting import folder_of
    from sanzi.journal.checkpoints import ledger

    ledger().unlink(missing_ok=True)
    shutil.rmtree(folder_of(0).parent, ignore_errors=True)
