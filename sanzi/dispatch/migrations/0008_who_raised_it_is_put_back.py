from typing import Any

from django.db import migrations
from django.db.models import F


def put_back(apps: Any, schema_editor: Any) -> None:
    """Handovers used to write the taker over who raised or began a thing: the taker keeps it, and
    the steps and the journal say who raised or began it."""
    blockers = apps.get_model("dispatch", "Blocker").objects
    blockers.update(keeper=F("raised_by"))
    raised = apps.get_model("dispatch", "BlockerStep").objects.filter(step="raise")
    for blocker, by in raised.order_by("-pk").values_list("blocker", "by"):
        blockers.filter(pk=blocker).exclude(raised_by=by).update(raised_by=by)
    _studies(apps)


def _studies(apps: Any) -> None:
    studies = apps.get_model("dispatch", "Study").objects
    studies.update(keeper=F("made_by"))
    people = dict(apps.get_model("access", "Person").objects.values_list("username", "pk"))
    begun = apps.get_model("journal", "Entry").objects.filter(action="studies.begin")
    for name, actor in begun.order_by("seq").values_list("object", "actor"):
        pk = name.partition(":")[2]
        if actor in people and pk.isdecimal():
            studies.filter(pk=pk).exclude(made_by=people[actor]).update(made_by=people[actor])


class Migration(migrations.Migration):
    dependencies = [
        ("dispatch", "0007_keepers"),
        ("access", "0001_initial"),
        ("journal", "0001_initial"),
    ]
    operations = [migrations.RunPython(put_back, migrations.RunPython.noop, elidable=True)]
