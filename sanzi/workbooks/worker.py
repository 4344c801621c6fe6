"""One child process per workbook: limited in memory and time, so that a bad file harms nobody else.

Run as `python -m sanzi.workbooks.worker check|commit UPLOAD PERSON`. It holds a file lock while it
works; a page that finds the lock free knows that the work stopped, even after kill -9.
"""

import fcntl
import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .models import Upload

MEMORY_MAX = 2 * 1024**3
SECONDS_MAX = 900
NEWS_EVERY = 2000


def start(what: str, upload: "Upload", person_id: int) -> None:
    """Start the work and return at once."""
    subprocess.Popen(
        [sys.executable, "-m", "sanzi.workbooks.worker", what, str(upload.pk), str(person_id)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=(upload.folder / "worker.log").open("ab"),
        start_new_session=True,
    )


def is_working(folder: Path) -> bool:
    """Whether a worker holds this upload."""
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
    """How far the worker is: {"done": rows, "total": rows}, empty when it has not said."""
    try:
        return json.loads((folder / "progress.json").read_text())
    except (OSError, ValueError):
        return {}


def main(arguments: list[str]) -> None:
    """Do one piece of work under limits."""
    what, upload_id, person_id = arguments[0], int(arguments[1]), int(arguments[2])
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MAX, MEMORY_MAX))
    signal.alarm(SECONDS_MAX)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sanzi.config.settings")
    import django

    django.setup()
    from sanzi.access.models import Person

    from . import work
    from .models import Upload

    by = Person.objects.get(pk=person_id)
    upload = Upload.objects.visible_to(by).get(pk=upload_id)
    with (upload.folder / "working").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        work.run(what, upload, by, _teller(upload.folder))


def _teller(folder: Path) -> Callable[[int, int], None]:
    last = [-NEWS_EVERY]

    def tell(done: int, total: int) -> None:
        if done - last[0] >= NEWS_EVERY or done == total:
            last[0] = done
            draft = folder / "progress.draft"
            draft.write_text(json.dumps({"done": done, "total": total}))
            draft.replace(folder / "progress.json")

    return tell


if __name__ == "__main__":
    main(sys.argv[1:])
