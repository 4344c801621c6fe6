"""The demonstration site as a process of its own, on a free port of this machine."""

import os
import random
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

STARTING_SECONDS = 120
LOADING_SECONDS = 600
SANZI = (sys.executable, "-m", "sanzi.cli.main")


def load(folder: Path) -> None:
    """Load both demo places into a data folder, through the importer like any other workbook."""
    subprocess.run(
        [*SANZI, "demo", "--load-only"],
        env=_environment(folder),
        check=True,
        timeout=LOADING_SECONDS,
        stdout=subprocess.DEVNULL,
    )


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a site over a loaded folder; it offers the demo's people by post."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    log = folder / "site.log"
    with log.open("wb") as words:
        process = subprocess.Popen(
            [*SANZI, "serve", "--bind", f"127.0.0.1:{port}"],
            env=_environment(folder) | {"SANZI_DEMO": "1"},
            stdout=words,
            stderr=words,
        )
        try:
            _wait(f"{address}/login/", process, log)
            yield address
        finally:
            process.terminate()
            process.wait(30)


@contextmanager
def served_copy(loaded: Path, folder: Path) -> Iterator[str]:
    """A site whose registers a journey may change: over a copy, seen by nobody else."""
    shutil.copytree(loaded, folder)
    with served(folder) as address:
        yield address


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SANZI_")}
    return kept | {"SANZI_DATA": str(folder)}


def _free_port() -> int:
    """A port nobody listens on; each worker looks in a range of its own, for the port is free again

    until the site takes it, and whoever took it meanwhile would be met in its place.
    """
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    first = 20_000 + 500 * (worker % 20)
    for port in random.sample(range(first, first + 500), 500):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    raise RuntimeError("no free port for the site")


def _wait(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + STARTING_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"the site did not start:\n{log.read_text(encoding='utf-8')}")
