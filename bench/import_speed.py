"""A large import in one transaction, and how long pages take meanwhile."""

import argparse
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

from .child import Measured, sanzi
from .installation import EXAMPLES, bring, installation, post
from .workbooks import city_villages, contracts, write

TOWN = "140521101"
PAGES = ("/", "/registers/contracts/", "/registers/receivables/", "/figures/", "/wall/")
QUIET_ROUNDS = 4


def main(arguments: list[str] | None = None) -> bool:
    """Print seconds and latencies; True when every page answered while the import ran."""
    parser = argparse.ArgumentParser(prog="bench import_speed", description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    options = parser.parse_args(arguments)
    with installation() as folder:
        bring(EXAMPLES / "zhongcun.xlsx")
        path = folder / "contracts.xlsx"
        write(path, {"contracts": contracts(options.rows, city_villages())})
        check = sanzi("check", str(path))
        port, cookie = _free_port(), _session(post("bench", "town_leader", TOWN))
        site = subprocess.Popen(
            [sys.executable, "-m", "sanzi.cli.main", "serve", "--bind", f"127.0.0.1:{port}"],
            stdout=subprocess.DEVNULL,
        )
        try:
            _await(port)
            fetch = _fetcher(port, cookie)
            for page in PAGES:
                fetch(page)  # Code and templates are loaded once, by the first to ask.
            quiet = [fetch(page) for _ in range(QUIET_ROUNDS) for page in PAGES]
            busy, seconds = _while_importing(path, fetch)
        finally:
            site.terminate()
            site.wait()
    _print(options.rows, check, seconds, quiet, busy)
    return max(busy) < 5


def _while_importing(path: Path, fetch: Callable[[str], float]) -> tuple[list[float], float]:
    """Page after page until the import has ended; the latencies and the import's seconds."""
    began = time.perf_counter()
    writing = subprocess.Popen(
        [sys.executable, "-m", "sanzi.cli.main", "import", str(path)], stdout=subprocess.DEVNULL
    )
    latencies: list[float] = []
    while writing.poll() is None:
        latencies.append(fetch(PAGES[len(latencies) % len(PAGES)]))
    assert writing.returncode == 0, f"import answered {writing.returncode}"
    return latencies, time.perf_counter() - began


def _print(
    rows: int, check: Measured, seconds: float, quiet: list[float], busy: list[float]
) -> None:
    print(f"sanzi check of {rows:,} contracts   {check.seconds:6.2f} s")
    print(f"sanzi import of the same        {seconds:6.2f} s  ratio {seconds / check.seconds:.2f}")
    for name, latencies in (("quiet", quiet), ("during", busy)):
        middle, slow = statistics.median(latencies), max(latencies)
        print(f"pages {name:<7} {len(latencies):5} fetched, median {middle * 1000:5.0f} ms, "
              f"slowest {slow * 1000:5.0f} ms")  # fmt: skip
    print(f"median during / quiet {statistics.median(busy) / statistics.median(quiet):.2f}")


def _session(person: object) -> str:
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(person)  # type: ignore[arg-type]
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def _fetcher(port: int, cookie: str) -> Callable[[str], float]:
    def fetch(page: str) -> float:
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}{page}", headers={"Cookie": cookie}
        )
        began = time.perf_counter()
        with urllib.request.urlopen(request, timeout=60) as answer:
            answer.read()
            assert answer.status == 200, answer.status
            assert "/login/" not in answer.url, answer.url
        return time.perf_counter() - began

    return fetch


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(port: int) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the site did not start in 30 seconds")


if __name__ == "__main__":
    sys.exit(not main())
