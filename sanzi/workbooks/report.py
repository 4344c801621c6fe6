"""The true state of a region's clean-up, from its roll-ups: its figures and its villages'."""

from dataclasses import dataclass
from datetime import date

from sanzi.access.scope import under
from sanzi.campaigns.models import Base
from sanzi.kernel.refusals import Missing
from sanzi.kernel.regions import full, trim
from sanzi.metrics.catalogue import Figure, figures
from sanzi.metrics.shares import totals, totals_by_region
from sanzi.orgs.models import Region


@dataclass(frozen=True)
class VillageLine:
    """One village's figures, by metric id."""

    code: str
    name: str
    figures: dict[str, Figure]


@dataclass(frozen=True)
class Report:
    """What `sanzi report` prints and the browser shows."""

    region: str
    name: str
    as_of: date
    base_on: date | None
    bases: dict[str, date]
    figures: list[Figure]
    villages: list[VillageLine]


def make_report(code: str, as_of: date) -> Report:
    """The report of a region given by any prefix or full code. Raises Missing when unknown."""
    region = Region.objects.filter(code=trim(code)).first()
    if region is None:
        raise Missing("report.region", f"系统中没有区划 {code}，请核对代码，或先导入该地的工作簿")
    bases = bases_in(region.code)
    return Report(
        region=region.code,
        name=region.name,
        as_of=as_of,
        # One date when the whole region shares it; otherwise the latest, and `bases` tells all.
        base_on=max(bases.values(), default=None),
        bases=bases,
        figures=figures(totals_of(region, as_of)),
        villages=village_lines(region.code, as_of),
    )


def totals_of(region: Region, as_of: date) -> dict[str, int]:
    """A region's sums; the nation's are those of its provinces."""
    if region.code:
        return totals(region.code, as_of)
    provinces = list(region.children.values_list("code", flat=True))
    summed: dict[str, int] = {}
    for province in totals_by_region(provinces, as_of).values():
        for metric, value in province.items():
            summed[metric] = summed.get(metric, 0) + value
    return summed


def village_lines(code: str, as_of: date) -> list[VillageLine]:
    """Every living village of a region with its figures, in code order."""
    villages = villages_in(code)
    sums = totals_by_region([village for village, _ in villages], as_of)
    return [
        VillageLine(full(code), name, {f.metric: f for f in figures(sums.get(code, {}))})
        for code, name in villages
    ]


def villages_in(code: str) -> list[tuple[str, str]]:
    """Codes and names of the villages of a region, itself included when it is one."""
    found = Region.objects.filter(under("code", code), level=Region.Level.VILLAGE)
    return list(found.order_by("code").values_list("code", "name"))


def bases_in(code: str) -> dict[str, date]:
    """The day each town's base was locked, by town code."""
    found = Base.objects.filter(under("town", code[:9]))
    return dict(found.values_list("town", "locked_on"))
