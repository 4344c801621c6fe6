"""The work after a threshold went live, in a process of its own: town after town, each whole.

Run as `python -m sanzi.cleanup.reinspecting THRESHOLD PERSON`. Whatever stops it loses nothing:
what is done is done, and the page says how many towns are left and starts it again.
"""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sanzi.kernel import child

if TYPE_CHECKING:
    from sanzi.access.models import Person

SECONDS_MAX = 3600


def folder_of(threshold_id: int) -> Path:
    """Where its work is watched."""
    from django.conf import settings

    return Path(settings.DATA) / "thresholds" / str(threshold_id)


def start(threshold_id: int, person_id: int) -> None:
    """Start the work and return at once."""
    module = "sanzi.cleanup.reinspecting"
    child.start(module, str(threshold_id), str(person_id), folder=folder_of(threshold_id))


def is_working(threshold_id: int) -> bool:
    """Whether a child is at it."""
    return child.is_working(folder_of(threshold_id))


def run(threshold_id: int, by: "Person") -> int:
    """Inspect every town that waits; how many were done. Towns done meanwhile are passed over."""
    from django.utils.timezone import now

    from sanzi.kernel.refusals import Blocked

    from .actions.thresholds import reinspect
    from .models import Threshold

    threshold = Threshold.objects.visible_to(by).get(pk=threshold_id)
    done = 0
    for town in threshold.waiting_towns():
        try:
            reinspect(threshold_id=threshold_id, town=town, by=by, now=now())
            done += 1
        except Blocked:
            continue
    return done


def main(arguments: list[str]) -> None:
    """Do the work of one threshold, under limits."""
    child.limit(seconds=SECONDS_MAX)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sanzi.config.settings")
    import django

    django.setup()
    from sanzi.access.models import Person

    threshold_id = int(arguments[0])
    with child.at_work(folder_of(threshold_id), news_every=1):
        run(threshold_id, Person.objects.get(pk=int(arguments[1])))


if __name__ == "__main__":
    main(sys.argv[1:])
