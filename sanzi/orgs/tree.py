"""Reading and growing the region tree."""

from collections.abc import Iterable, Mapping

from sanzi.kernel.regions import PROVINCES, ancestors, level, parent

from .models import Region

NATION = ""


def path_of(code: str) -> list[Region]:
    """The regions from province down to `code` itself, for a breadcrumb; one query."""
    codes = [*ancestors(code), code]
    found = Region.objects.in_bulk(codes, field_name="code")
    return [found[c] for c in codes if c in found and c != NATION]


def children_of(code: str) -> list[Region]:
    """The living regions directly below, in code order; one query."""
    return list(Region.objects.filter(parent__code=code, valid_to=None).order_by("code"))


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """Names by code; one query. Unknown codes are absent."""
    wanted = set(codes)
    return dict(Region.objects.filter(code__in=wanted).values_list("code", "name"))


def ensure(names: Mapping[str, str]) -> dict[str, bool]:
    """Create the regions missing among these codes and all their ancestors.

    `names` gives a name by trimmed code; a region nobody named is called by its code, so that the
    office sees what it still has to name. Returns the new codes, each with whether it was named.
    Runs inside an action; a handful of queries however many regions.
    """
    wanted = {c for code in names for c in (*ancestors(code), code)} | {NATION}
    known = Region.objects.in_bulk(list(wanted), field_name="code")
    made: dict[str, bool] = {}
    for length in sorted({len(code) for code in wanted}):
        missing = sorted(c for c in wanted if len(c) == length and c not in known)
        Region.objects.bulk_create(
            [
                Region(
                    code=code,
                    name=names.get(code) or PROVINCES.get(code) or code or "全国",
                    level=level(code),
                    parent=known.get(parent(code) or "") if code else None,
                )
                for code in missing
            ]
        )
        known |= Region.objects.in_bulk(missing, field_name="code") if missing else {}
        made |= {code: bool(names.get(code) or PROVINCES.get(code)) for code in missing if code}
    return made
