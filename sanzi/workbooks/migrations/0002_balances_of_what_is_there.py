from collections import defaultdict
from datetime import date
from typing import Any

from django.db import migrations

from sanzi.dispositions.balances import left_on, opening_of, sealed_on
from sanzi.receivables.clocking import reading_of


def work_out(apps: Any, schema_editor: Any) -> None:
    """Give claims and debts registered before their base day, balance and last day."""
    bases = dict(apps.get_model("campaigns", "Base").objects.values_list("town", "locked_on"))
    today = date.today()
    for app, model, kind, paid in (
        ("receivables", "Claim", "债权", "received_amount"),
        ("debts", "Debt", "债务", "repaid_amount"),
    ):
        acts = _acts(apps, kind)
        for row in apps.get_model(app, model).objects.all().iterator():
            base_on = bases.get(row.village[:9], today)
            mine = acts.get((row.village, row.number), [])
            values = {name: getattr(row, name) for name in ("balance", "principal", paid)}
            row.base_on = base_on
            row.left = left_on(date.max, opening_of(values, paid), row.formed_on, base_on, mine)
            if model == "Claim":
                row.put_aside = sealed_on(date.max, mine)
                reading = reading_of(vars(row), (), today)
                row.last_day, row.clocked_on = reading and reading.last_day, today
            row.save()


def _acts(apps: Any, kind: str) -> dict[tuple[str, str], list[dict[str, Any]]]:
    acts = defaultdict(list)
    found = apps.get_model("dispositions", "Disposition").objects.filter(kind=kind)
    for act in found.order_by("dated", "pk").values(
        "village", "target_number", "dated", "method", "amount"
    ):
        acts[act["village"], act["target_number"]].append(act)
    return acts


class Migration(migrations.Migration):
    dependencies = [
        ("workbooks", "0001_initial"),
        ("campaigns", "0001_initial"),
        ("dispositions", "0003_what_an_action_wrote_stands"),
        ("receivables", "0003_events_are_only_added"),
        ("debts", "0002_balances"),
    ]
    operations = [migrations.RunPython(work_out, migrations.RunPython.noop, elidable=True)]
