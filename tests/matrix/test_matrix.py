"""Who gets what: every address, by every role, for what is theirs, below, beside and above them.

What must be is written in urls.csv and statuses.csv; this fires requests and compares. An address
nobody wrote down fails, so that whoever adds a page must say who may see it.
"""

import sys
from types import ModuleType

import pytest
from django.http import HttpResponse
from django.urls import clear_url_caches, include, path

from sanzi.access.roles import ROLES
from sanzi.access.scope import ScopedQuerySet

from . import addresses, table
from .firing import EVERY_METHOD
from .people import ACTORS, EVERYDAY, FEW
from .table import ADDRESSES, CHANGES, DECLARED, POLICIES, STATUSES
from .world import digest

pytestmark = pytest.mark.django_db
# Of a size to be shared out among processes, each with a world of its own.
PARTS = 4
HOW = (
    "Say in tests/matrix/urls.csv what this address is about and which policy its methods fall "
    "under (statuses.csv says by role what a policy means), and in tests/matrix/filling.py how "
    "its parameters and its form are filled: "
)


def test_every_address_is_in_the_written_table():
    missing = addresses.undeclared(DECLARED)
    assert not missing, HOW + ", ".join(missing)


def test_the_table_names_nothing_that_is_gone():
    assert DECLARED - set(addresses.names()) == set()
    used = {policy for a in ADDRESSES for policy in (a.get, a.post) if policy}
    assert used == POLICIES


def test_the_table_has_a_column_for_every_role():
    people = {name for name in ROLES if not name.startswith("system_") or name == "system_admin"}
    columns = {column for _, _, column in STATUSES}
    assert columns == people | {"no_post", "newcomer", "anonymous"}
    assert {actor.column for actor in ACTORS} == columns


def test_everybody_is_answered_as_the_table_says(fired):
    assert fired.wrong == [], _listed(fired.wrong)
    assert sum(fired.cells.values()) > 1500, "the matrix has shrunk"


def test_a_refused_request_writes_nothing_and_neither_does_a_look(fired):
    assert fired.changed == [], _listed(fired.changed)


def test_no_link_leads_to_a_page_that_refuses_whoever_sees_it(fired):
    assert fired.dead_ends == [], _listed(fired.dead_ends)


def test_every_change_leaves_a_trace_in_the_journal(fired):
    assert fired.untraced == [], _listed(fired.untraced)


@pytest.mark.slow
def test_refused_changes_leave_every_table_as_it_was(battery):
    """The same as above, by counting rows instead of listening."""
    forms = [a for a in ADDRESSES if a.post and a.about != "nothing"]
    before, sent = digest(), 0
    for cell in battery.cells(("POST",), fully=False, actors=FEW, addresses=forms):
        if cell.wanted in ("403", "404", "sign-in"):
            battery.client(cell.actor).post(cell.target.path, cell.target.data)
            sent += 1
    assert sent > 50
    assert digest() == before


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS), ids="part{}".format)
def test_every_role_is_answered_as_the_table_says(battery, part):
    """Every address, role and relation, cells that only repeat others apart."""
    mine = ADDRESSES[part::PARTS]
    report = battery.fire(("GET", *CHANGES), fully=False, actors=EVERYDAY, addresses=mine)
    report += battery.fire(("HEAD", "PUT", "DELETE"), fully=False, actors=FEW, addresses=mine)
    assert report.wrong == [], _listed(report.wrong)
    assert report.leaks + report.personal == []
    assert report.changed + report.untraced + report.told_apart + report.dead_ends == []


@pytest.mark.whole
@pytest.mark.parametrize("method", EVERY_METHOD)
def test_the_whole_matrix(battery, method):
    """By everybody; a look or a change with every object, what no page takes once an address."""
    report = battery.fire((method,), fully=method in ("GET", *CHANGES))
    faults = (report.wrong, report.leaks, report.personal, report.changed, report.told_apart)
    assert faults == ([], [], [], [], [])


# The controls: what these tests are there to catch is planted, and must be caught.


@pytest.fixture
def a_new_page(settings):
    """A page somebody added without a line in the table."""
    module = ModuleType("tests.matrix.planted")
    page = path("planted/", lambda request: HttpResponse(), name="page")
    own = path("", include("sanzi.config.urls"))
    module.urlpatterns = [own, path("", include(([page], "new")))]
    sys.modules[module.__name__] = module
    settings.ROOT_URLCONF = module.__name__
    clear_url_caches()
    yield
    del sys.modules[module.__name__]
    clear_url_caches()


def test_an_address_nobody_wrote_down_is_found(a_new_page):
    assert addresses.undeclared(DECLARED) == ["new:page"]


def test_a_role_given_too_much_is_found(battery, monkeypatch):
    extra = ROLES["village_head"].may | {"registers.export"}
    monkeypatch.setitem(ROLES, "village_head", _with(ROLES["village_head"], may=extra))
    heads = [actor for actor in ACTORS if actor.column == "village_head"]
    exports = [a for a in ADDRESSES if a.get == "export"]
    assert battery.fire(("GET",), fully=False, actors=heads, addresses=exports).wrong


def test_a_link_to_a_page_that_refuses_is_found(battery, monkeypatch):
    less = ROLES["village_head"].may - {"contests.view"}
    monkeypatch.setitem(ROLES, "village_head", _with(ROLES["village_head"], may=less))
    monkeypatch.setattr("sanzi.access.models.Person.can", lambda self, permission: True)
    heads = [actor for actor in ACTORS if actor.column == "village_head"]
    lists = [a for a in ADDRESSES if a.url == "contests:contest"]
    assert battery.fire(("GET",), fully=False, actors=heads, addresses=lists).dead_ends


def test_a_scope_that_is_gone_is_found(battery, monkeypatch):
    monkeypatch.setattr(ScopedQuerySet, "visible_to", lambda self, person: self.all())
    judging = [a for a in ADDRESSES if a.url == "cleanup:judge"]
    report = battery.fire(("POST",), fully=False, actors=FEW, addresses=judging)
    assert report.wrong
    assert report.changed


def test_a_change_without_a_trace_is_found(battery, monkeypatch):
    monkeypatch.setattr("sanzi.cleanup.actions.judging.record", lambda *of, **more: None)
    judging = [a for a in ADDRESSES if a.url == "cleanup:judge"]
    assert battery.fire(("POST",), fully=False, actors=FEW, addresses=judging).untraced


def test_a_table_that_says_otherwise_is_found(battery, monkeypatch):
    monkeypatch.setitem(table.STATUSES, ("rows", "within", "town_clerk"), "403")
    assert battery.fire(("GET",), fully=False, actors=FEW, addresses=_rows()).wrong


def _listed(faults):
    """Every fault on a line: the whole list is what whoever mends it needs."""
    return "\n".join(map(str, faults))


def _rows():
    return [a for a in ADDRESSES if a.about == "contract"]


def _with(role, **changes):
    return type(role)(**{"title": role.title, "levels": role.levels, "may": role.may, **changes})
