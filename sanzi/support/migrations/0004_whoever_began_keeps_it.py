from typing import Any

from django.db import migrations
from django.db.models import F


def keep(apps: Any, schema_editor: Any) -> None:
    """Nothing of these was handed over yet: whoever wrote, computed or handled it last keeps it."""
    for model, by in (("Inquiry", "handled_by"), ("Matching", "proposed_by"),
                      ("Offering", "written_by")):  # fmt: skip
        apps.get_model("support", model).objects.update(keeper=F(by))


class Migration(migrations.Migration):
    dependencies = [("support", "0003_keepers")]
    operations = [migrations.RunPython(keep, migrations.RunPython.noop, elidable=True)]
