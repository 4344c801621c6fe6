"""The child process of a print run: `python -m sanzi.letters.runner RUN PERSON`."""

import os
import sys
import traceback
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sanzi.kernel import child

if TYPE_CHECKING:
    from .models import Letter, Run

NEWS_EVERY = 20
_BATCH = 250


def start(run: "Run", person_id: int) -> None:
    """Start the work and return at once."""
    child.start("sanzi.letters.runner", str(run.pk), str(person_id), folder=run.folder)


def main(arguments: list[str]) -> None:
    """Print one run under limits."""
    run_id, person_id = int(arguments[0]), int(arguments[1])
    child.limit()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sanzi.config.settings")
    import django

    django.setup()
    from sanzi.access.models import Person

    from .models import Run

    by = Person.objects.get(pk=person_id)
    run = Run.objects.visible_to(by).get(pk=run_id)
    with child.at_work(run.folder, news_every=NEWS_EVERY) as tell:
        work(run, by.pk, tell)


def work(run: "Run", person_id: int, tell: child.Tell) -> None:
    """Make the run's file; whatever happens, the run says how it ended."""
    from django.utils.timezone import now

    from sanzi.access.models import Person

    from .actions.runs import finish_run

    message = ""
    try:
        tell(0, run.count)
        _make(run, lambda done: tell(done, run.count))
    except child.Stopped:
        return  # Whoever asked has said so in the run already.
    except MemoryError:
        message = "份数太多，内存不够；请分几次打印"
    except Exception:
        # The person is told; the operator finds the cause in the run's worker.log.
        traceback.print_exc()
        message = f"打印时出错，请把打印编号 {run.pk} 告诉管理员"
    by = Person.objects.get(pk=person_id)
    finish_run(run_id=run.pk, message=message, by=by, now=now())


def letters_of(run: "Run") -> list["Letter"]:
    """Its letters in their places."""
    places = run.places.order_by("place").select_related("letter__wording", "letter__ending")
    return [place.letter for place in places]


def _make(run: "Run", told: Callable[[int], None]) -> None:
    """Written beside and renamed: a file is whole or absent."""
    from . import printing

    letters = letters_of(run)
    draft = run.file.with_suffix(".draft")
    if run.kind == run.Kind.PDF:
        draft.write_bytes(printing.pdf(letters, run.base, clear=True, told=told))
    else:
        _pack(letters, run.base, draft, told)
    draft.replace(run.file)


def _pack(letters: list["Letter"], base: str, path: Path, told: Callable[[int], None]) -> None:
    from . import printing
    from .office import OfficeTemplates

    office = OfficeTemplates(letters)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as package:
        for done, letter in enumerate(letters, start=1):
            name = f"{letter.serial} {_fit(letter.addressee)}".strip()
            package.writestr(f"{name}.docx", printing.docx(letter, base, clear=True, office=office))
            told(done)


def _fit(name: str) -> str:
    """A name as part of a file's name, on any system."""
    return "".join(c for c in name if c.isprintable() and c not in '\\/:*?"<>|')[:40]


if __name__ == "__main__":
    main(sys.argv[1:])
