"""One child process per workbook: limited in memory and time, so that a bad file harms nobody else.

Run as `python -m sanzi.workbooks.worker check|commit UPLOAD PERSON`.
"""

import os
import sys
from typing import TYPE_CHECKING

from sanzi.kernel import child

if TYPE_CHECKING:
    from .models import Upload

NEWS_EVERY = 2000


def start(what: str, upload: "Upload", person_id: int) -> None:
    """Start the work and return at once."""
    child.start(
        "sanzi.workbooks.worker", what, str(upload.pk), str(person_id), folder=upload.folder
    )


def main(arguments: list[str]) -> None:
    """Do one piece of work under limits."""
    what, upload_id, person_id = arguments[0], int(arguments[1]), int(arguments[2])
    child.limit()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sanzi.config.settings")
    import django

    django.setup()
    from sanzi.access.models import Person

    from . import work
    from .models import Upload

    by = Person.objects.get(pk=person_id)
    upload = Upload.objects.visible_to(by).get(pk=upload_id)
    with child.at_work(upload.folder, news_every=NEWS_EVERY) as tell:
        work.run(what, upload, by, tell)


if __name__ == "__main__":
    main(sys.argv[1:])
