"""Tasks about findings: what each is called. A clue is never the matter of a task."""

from collections.abc import Collection, Mapping

from sanzi.campaigns.completion import Hook

from .models import InspectionFinding


def called(ids: Collection[int]) -> Mapping[int, str]:
    """The number of each finding; its matter stands in the task itself."""
    rows = InspectionFinding.objects.filter(pk__in=ids, is_clue=False)
    return dict(rows.values_list("pk", "number"))


HOOKS = (Hook("inspections.inspectionfinding", "巡察问题", "inspections:finding", None, called),)
