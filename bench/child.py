"""Running a command by itself and saying how long it took and how much memory it held."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """Wall and processor time in seconds, peak resident memory in MiB."""

    seconds: float
    cpu: float
    peak_mib: float


def python(*arguments: str, env: Mapping[str, str] | None = None) -> Measured:
    """Run this Python with these arguments, output dropped. Fails when it answers 2 or worse."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments],
        stdout=subprocess.DEVNULL,
        env={**os.environ, **(env or {})},
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode in (0, 1), f"{arguments} answered {process.returncode}"
    # Linux counts in KiB, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    return Measured(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 2**20)


def sanzi(*arguments: str, env: Mapping[str, str] | None = None) -> Measured:
    """Run a `sanzi` command."""
    return python("-m", "sanzi.cli.main", *arguments, env=env)
