"""kill -9 in the middle of an import: every row or none, and the next import finishes the work."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from tests.sheets import CLAIM, LEASE, write_workbook
from tests.world import SHANGTIAN, XIATIAN

ROWS = 1500
ROUNDS = 8

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        "SANZI_DATABASE_URL" in os.environ,
        reason="each round makes an embedded database of its own; PostgreSQL has no file to make",
    ),
]


def counts(database):
    """Rows by table after the crash; the write-ahead log is replayed on opening."""
    with sqlite3.connect(database) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return tuple(
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("contracts_contract", "receivables_claim")
        )


def kill_while_writing(child, data, chance):
    """Kill once the transaction spills into the write-ahead log; whether it was still running."""
    log = data / "sanzi.sqlite3-wal"
    while child.poll() is None and not (log.exists() and log.stat().st_size > 100_000):
        time.sleep(0.005)
    time.sleep(chance.uniform(0, 0.3))
    still_running = child.poll() is None
    child.send_signal(signal.SIGKILL)
    child.wait()
    return still_running


def sanzi(*arguments, data):
    return subprocess.Popen(
        [sys.executable, "-m", "sanzi.cli.main", *arguments],
        env={**os.environ, "SANZI_DATA": str(data)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def test_a_killed_import_leaves_every_row_or_none(tmp_path):
    villages = (SHANGTIAN, XIATIAN)
    book = write_workbook(
        tmp_path / "town.xlsx",
        合同=[{**LEASE, "number": str(n), "village": villages[n % 2]} for n in range(ROWS)],
        债权=[{**CLAIM, "number": str(n), "village": villages[n % 2]} for n in range(ROWS)],
    )
    # The tables are there before the first round, so that every round is about rows.
    empty = tmp_path / "empty"
    assert sanzi("report", "--region", "9", data=empty).wait(120) == 2

    chance = random.Random(20221231)
    killed_while_writing = 0
    for number in range(ROUNDS):
        data = tmp_path / f"killed-{number}"
        shutil.copytree(empty, data)
        child = sanzi("import", str(book), data=data)
        killed_while_writing += kill_while_writing(child, data, chance)
        assert counts(data / "sanzi.sqlite3") in {(0, 0), (ROWS, ROWS)}
    assert killed_while_writing, "no round was cut short: the test proves nothing"

    assert sanzi("import", str(book), data=data).wait(120) == 0
    assert counts(data / "sanzi.sqlite3") == (ROWS, ROWS)
    assert sanzi("verify", data=data).wait(120) == 0
