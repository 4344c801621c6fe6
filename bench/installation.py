"""An installation of its own in a temporary folder: workbooks imported, people with posts."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from .child import Measured, sanzi

if TYPE_CHECKING:
    from sanzi.access.models import Person

EXAMPLES = Path(__file__).parents[1] / "examples"


@contextmanager
def installation() -> Iterator[Path]:
    """Django started on an empty database; the folder is gone afterwards.

    Runs once in a process, before anything else loads the settings. With `SANZI_DATABASE_URL` the
    rows go to that database and stay there: name an empty one.
    """
    with tempfile.TemporaryDirectory(prefix="sanzi-bench-") as folder:
        os.environ["SANZI_DATA"] = folder
        (Path(folder) / "static").mkdir()
        from sanzi.cli.start import start

        start()
        from django.db import connections

        try:
            yield Path(folder)
        finally:
            connections.close_all()


def bring(path: Path) -> Measured:
    """Import a workbook by the command a person would use."""
    return sanzi("import", str(path))


def post(username: str, role: str, code: str) -> "Person":
    """A person with one post, in a region that is there."""
    from sanzi.access.models import Person, Post
    from sanzi.orgs.models import Region

    person = Person(username=username, name=username)
    person.set_unusable_password()
    person.save()
    region = Region.objects.get(code=code)
    Post.objects.create(person=person, role=role, region=region, from_on=date(2020, 1, 1))
    return person
