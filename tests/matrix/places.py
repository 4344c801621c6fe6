"""Where the matrix happens: a city of two counties, each of two towns, each of two villages.

Beside it lies another city with one village. The division prefixes 9997 and 9998 exist nowhere.
"""

CITY = "9998"
COUNTY, COUNTY_2 = "999801", "999802"
TOWN, TOWN_2 = "999801001", "999801002"
VILLAGE, VILLAGE_2 = "999801001201", "999801001202"
FAR_VILLAGE = "999701001201"
MISSING_CODE = "999601"
MISSING_PK = 987_654_321

VILLAGES = (
    *(f"99980{c}00{t}20{v}" for c in (2, 1) for t in (2, 1) for v in (2, 1)),
    FAR_VILLAGE,
)
_ENDS = (0, 2, 4, 6, 9, 12)
REGIONS = tuple(sorted({v[:end] for v in VILLAGES for end in _ENDS}, key=lambda c: (len(c), c)))
RELATIONS = ("own", "below", "sibling", "parent", "far", "missing")


def parent(code: str) -> str:
    return code[: max(end for end in _ENDS if end < len(code))]


def below(code: str) -> list[str]:
    return [other for other in REGIONS if other and other != code and parent(other) == code]


def seen_from(code: str, relation: str) -> str | None:
    """The region that stands in this relation to another; None where there is none."""
    if relation == "own":
        return code
    if relation == "below" and not code:
        return CITY
    if relation == "below":
        return next(iter(reversed(below(code))), None)
    if not code:
        return MISSING_CODE if relation == "missing" else None
    if relation == "sibling":
        return next((other for other in below(parent(code)) if other != code), None)
    return {"parent": parent(code), "far": FAR_VILLAGE, "missing": MISSING_CODE}[relation]


def village_in(code: str, relation: str) -> str | None:
    """The village whose rows stand in this relation to a region; villages alone have rows."""
    region = None if relation in ("parent", "missing") else seen_from(code, relation)
    if region is None:
        return None
    within = [village for village in sorted(VILLAGES) if village.startswith(region)]
    return within[-1 if relation == "below" else 0]
