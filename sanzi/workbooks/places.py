"""The regions and collectives a workbook speaks of, made or named before its rows are written."""

from datetime import date

from sanzi.orgs.models import Collective, Region, RegionName
from sanzi.orgs.tree import ensure

from .plan import Plan


def settle(plan: Plan, *, today: date) -> list[str]:
    """Make the missing regions, name those that had no name, note the collectives.

    Returns the codes of the regions made. Runs inside an action.
    """
    named = {code: name or "" for code, name in plan.villages.items()}
    made = ensure(named)
    _rename({code: name for code, name in named.items() if name and code not in made}, today)
    _collectives(plan, today)
    return sorted(made)


def _rename(names: dict[str, str], today: date) -> None:
    """A village the workbook calls otherwise takes the new name and keeps the old one's past."""
    for region in Region.objects.filter(code__in=names):
        name = names[region.code]
        if region.name == name:
            continue
        if region.name != region.code:
            RegionName.objects.create(region=region, name=region.name, until_on=today)
        region.name = name
        region.save(update_fields=["name"])


def _collectives(plan: Plan, today: date) -> None:
    """Each village's living economic organisation, made or brought up to date."""
    rows = {
        planned.row.values["village"]: planned.row.values
        for sheet_plan in plan.sheets
        if sheet_plan.sheet.register == "villages"
        for planned in sheet_plan.rows
        if planned.row.values.get("collective_name")
    }
    regions = Region.objects.in_bulk(list(rows), field_name="code")
    living = Collective.objects.filter(
        region__code__in=list(rows), kind=Collective.Kind.COLLECTIVE, valid_to=None
    ).select_related("region")
    known = {collective.region.code: collective for collective in living}
    for code, values in rows.items():
        collective = known.get(code) or Collective(
            region=regions[code], kind=Collective.Kind.COLLECTIVE, valid_from=today
        )
        collective.name = values["collective_name"]
        collective.credit_code = values.get("credit_code") or collective.credit_code
        known[code] = collective
    Collective.objects.bulk_create([c for c in known.values() if c.pk is None])
    Collective.objects.bulk_update([c for c in known.values() if c.pk], ["name", "credit_code"])
