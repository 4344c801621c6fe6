"""The strongest test of a scope: change everything next door, and no page here moves by a byte.

Words and amounts of a neighbour are found by their canaries; this finds what has none: a total, a
count, a rank, "already exists", the next number of a list. Moments and tokens are taken out first.

One thing a neighbour's contracts may move by design: rule P04 compares a price with the median of
at least `comparables_min` others of the same town. The world has too few in a town for it. And
the showcase without sign-in (PUBLISHED) tells everybody what every village has published, by name.
"""

from datetime import UTC, datetime

import pytest

from sanzi.access.models import Person
from sanzi.access.scope import ScopedQuerySet
from sanzi.administration.actions import people as people_actions
from sanzi.administration.actions import regions as region_actions
from sanzi.cleanup.actions.judging import judge
from sanzi.contracts.models import Contract
from sanzi.orgs.models import Region
from sanzi.workbooks.models import Stage

from .answers import comparable
from .people import ACTORS, SINCE
from .places import COUNTY, TOWN, TOWN_2, VILLAGE, VILLAGE_2, VILLAGES
from .rows import SHARED_ID, SHARED_NAME, Village, canary
from .table import ADDRESSES

pytestmark = pytest.mark.django_db
LATER = datetime(2026, 4, 1, 4, 0, tzinfo=UTC)
PUBLISHED = {"support:board"}
BY_NAME = {actor.name: actor for actor in ACTORS}
# Who looks, and the part next door that is turned upside down meanwhile.
NEIGHBOURS = (
    (f"village_accountant-{VILLAGE}", VILLAGE_2),
    pytest.param(f"town_clerk-{TOWN}", TOWN_2, marks=pytest.mark.slow),
)


def _everything(battery, actor, about=""):
    """Every page this person may open of what is theirs (or those about one thing), by address."""
    seen = {}
    addresses = [a for a in ADDRESSES if a.about.startswith(about) and a.url not in PUBLISHED]
    for cell in battery.cells(("GET",), fully=False, actors=[actor], addresses=addresses):
        if cell.target.relation in ("own", "below"):
            response, body, _ = battery.send(actor, "GET", cell.target)
            assert str(response.status_code) == cell.wanted, str(cell)
            seen[cell.target.path] = comparable(response, body, "")
    return seen


def _turn_upside_down(world, part):
    """Other words, amounts and people in every row of the part, more rows, more of everything."""
    codes = [code for code in VILLAGES if code.startswith(part)]
    world.bring({code: Village(code, edition=1) for code in codes})
    more = [
        {"village": code, "number": canary(code, f"more{n}"), "creditor": name, "kind": "工资",
         "creditor_id": SHARED_ID, "principal": str(7919 + n), "formed_on": "2024-01-01"}
        for code in codes
        for n, name in enumerate((SHARED_NAME, "共有人又名"))
    ]  # fmt: skip
    office = Person.objects.get(username=f"uploader-{COUNTY}")
    world.hand_in(codes[0], {"债务": more[:1]}, Stage.CHECKED)
    world.import_rows(债务=more)
    contract = Contract.objects.filter(village=codes[0]).latest("pk")
    judge(contract_id=contract.pk, rule="P01", ruling="overruled", reason="有书面合同",
          by=office, now=LATER)  # fmt: skip
    chief = Person.objects.get(username="system_admin-nation")
    people_actions.add_person(username="newly", name="新来的", role="village_head", region=codes[0],
                              from_on=SINCE, by=chief, now=LATER)  # fmt: skip
    region = Region.objects.get(code=codes[0])
    region_actions.rename_region(region_id=region.pk, name=f"改名{canary(codes[0], 'xx')}",
                                 on=LATER.date(), by=chief, now=LATER)  # fmt: skip
    region_actions.add_region(code=f"{part[:9]}299", name="新村", valid_from=None,
                              by=chief, now=LATER)  # fmt: skip


def _moved(battery, name, part, about=""):
    actor = BY_NAME[name]
    before = _everything(battery, actor, about)
    _turn_upside_down(battery.world, part)
    after = _everything(battery, actor, about)
    assert before.keys() == after.keys()
    return len(before), [path for path in before if before[path] != after[path]]


@pytest.mark.parametrize(("name", "part"), NEIGHBOURS)
def test_no_byte_moves_when_everything_next_door_does(battery, name, part):
    seen, moved = _moved(battery, name, part)
    assert moved == [], "\n".join(moved)
    assert seen > 50


# The controls.


@pytest.mark.slow
def test_those_above_do_see_it_move(battery):
    _, moved = _moved(battery, f"county_office-{COUNTY}", VILLAGE_2, "region")
    assert len(moved) > 5


def test_a_total_over_the_whole_town_is_found(battery, monkeypatch):
    """A figure of a wider part has no canary in it; only this notices."""
    within = ScopedQuerySet.within
    monkeypatch.setattr(ScopedQuerySet, "within", lambda self, code: within(self, code[:9]))
    _, moved = _moved(battery, *NEIGHBOURS[0], "register")
    assert any(path.startswith("/registers/") for path in moved)
