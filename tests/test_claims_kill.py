"""Money steps on claims, killed at random moments: nothing answered is lost, nothing is by half.

A thousand rounds: `python -m tests.claims_child set-up`, `kill 1000 7`, `check` in a data folder of
its own; here as many as a build server's patience allows.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .test_books_kill import data as data

ROOT = Path(__file__).parent.parent
ROUNDS = os.environ.get("SANZI_KILL_ROUNDS", "40")

pytestmark = pytest.mark.slow


def child(*arguments, where, told=""):
    done = subprocess.run(
        [sys.executable, "-m", "tests.claims_child", *arguments],
        cwd=ROOT,
        env={**os.environ, **where},
        input=told,
        capture_output=True,
        text=True,
        timeout=3000,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_steps_killed_at_any_moment_leave_claims_and_books_equal(data):
    child("set-up", where=data)
    answered = child("kill", ROUNDS, "7", where=data)
    done, told = map(int, child("check", where=data, told=answered).split())
    assert told > 0, "nobody came far enough to be killed in the middle of something"
    assert done - told <= int(ROUNDS), "more was done than could have been on its way"
