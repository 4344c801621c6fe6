"""Long work in a child process of its own: limited, watched from a page, stopped on request.

The work has a folder. While the child lives it holds a lock on a file there, so a page that finds
the lock free knows that the work stopped, even after kill -9; how far it is stands in a small file
beside it. Nothing here knows what the work is.
"""

import fcntl
import json
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

MEMORY_MAX = 2 * 1024**3
SECONDS_MAX = 900

Tell = Callable[[int, int], None]


class Stopped(Exception):
    """Somebody asked the work to stop."""


def start(module: str, *arguments: str, folder: Path) -> None:
    """Run `python -m module arguments` on its own and return at once; errors go to worker.log."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / "stop").unlink(missing_ok=True)
    subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=(folder / "worker.log").open("ab"),
        start_new_session=True,
    )


def is_working(folder: Path) -> bool:
    """Whether a child holds this folder."""
    lock = folder / "working"
    if not lock.exists():
        return False
    with lock.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def progress_of(folder: Path) -> dict[str, Any]:
    """How far the child is: {"done": n, "total": n}, empty when it has not said."""
    try:
        return dict(json.loads((folder / "progress.json").read_text()))
    except (OSError, ValueError):
        return {}


def ask_to_stop(folder: Path) -> None:
    """The next time the child tells how far it is, it hears that it should stop."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / "stop").touch()


def limit(*, memory: int = MEMORY_MAX, seconds: int = SECONDS_MAX) -> None:
    """From now on this process may hold so many bytes and live so long."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    signal.alarm(seconds)


@contextmanager
def at_work(folder: Path, *, news_every: int) -> Iterator[Tell]:
    """Hold the folder. Yields what the work calls with (done, total); that may raise Stopped."""
    with (folder / "working").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield _teller(folder, news_every)


def _teller(folder: Path, news_every: int) -> Tell:
    last = -news_every

    def tell(done: int, total: int) -> None:
        nonlocal last
        if (folder / "stop").exists():
            raise Stopped
        if done - last >= news_every or done == total:
            last = done
            draft = folder / "progress.draft"
            draft.write_text(json.dumps({"done": done, "total": total}))
            draft.replace(folder / "progress.json")

    return tell
