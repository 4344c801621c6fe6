"""What lies in another's part of the tree appears nowhere: no word, no amount, no sign of it.

Every text of a village carries ⟦C-its code-…⟧, every amount is a prime no other village has. They
are looked for in pages, JSON, every part of a workbook, and in the headers.
"""

import pytest

from sanzi.access import scope as scopes
from sanzi.access.scope import ScopedQuerySet
from sanzi.kernel.refusals import Missing
from sanzi.parties.models import Party, PartyQuerySet

from .answers import CANARY, text_of
from .filling import SLUGS, Target
from .people import ACTORS, FEW
from .places import TOWN, VILLAGE, VILLAGE_2
from .table import ADDRESSES

pytestmark = pytest.mark.django_db
CLERK = next(actor for actor in ACTORS if actor.name == f"town_clerk-{TOWN}")
ACCOUNTANT = next(actor for actor in ACTORS if actor.name == f"village_accountant-{VILLAGE}")


def test_no_word_or_amount_of_another_village_shows(fired):
    assert fired.leaks == [], "\n".join(map(str, fired.leaks))


def test_what_lies_elsewhere_is_answered_as_what_does_not_exist(fired):
    assert fired.told_apart == []


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("form", ["", "?export=xlsx"])
def test_the_canaries_are_there_to_be_seen(battery, world, slug, form):
    """Or nothing above would prove anything: whose they are sees them, in every register."""
    _, body, _ = battery.send(CLERK, "GET", Target("own", f"/registers/{slug}/{form}"))
    text = text_of(body)
    if slug == "incomes":
        assert any(f"{amount:,}" in text or str(amount) in text for amount in world.amounts)
    else:
        assert set(CANARY.findall(text)) == {VILLAGE, VILLAGE_2}


# The controls.


def _looks(about):
    return [a for a in ADDRESSES if a.about in about and a.get]


def test_rows_without_a_scope_are_found(battery, monkeypatch):
    monkeypatch.setattr(ScopedQuerySet, "visible_to", lambda self, person: self.all())
    rows = battery.fire(("GET",), fully=False, actors=FEW, addresses=_looks({"contract", "row"}))
    assert rows.leaks
    registers = battery.fire(("GET",), fully=False, actors=[CLERK], addresses=_looks({"nothing"}))
    assert any("search" in leak for leak in registers.leaks)


def test_a_scope_one_level_too_wide_is_found(battery, monkeypatch):
    within = ScopedQuerySet.within
    monkeypatch.setattr(ScopedQuerySet, "within", lambda self, code: within(self, code[:9]))
    report = battery.fire(
        ("GET",), fully=False, actors=[ACCOUNTANT], addresses=_looks({"register", "contract"})
    )
    assert any("print=1" in leak for leak in report.leaks)
    assert any("export=xlsx" in leak for leak in report.leaks)
    assert scopes.ScopedQuerySet is ScopedQuerySet


def test_an_unscoped_party_is_found(battery, monkeypatch):
    monkeypatch.setattr(PartyQuerySet, "visible_to", lambda self, person: Party.objects.all())
    assert battery.fire(("GET",), fully=False, actors=[CLERK], addresses=_looks({"party"})).wrong


def test_a_refusal_that_tells_what_exists_is_found(battery, monkeypatch):
    from sanzi.cleanup.views import contracts as views
    from sanzi.contracts.models import Contract

    mine = views._mine

    def telling(request, pk):
        if Contract.objects.filter(pk=pk).exists() and pk not in {
            c.pk for c in Contract.objects.visible_to(request.user)
        }:
            raise Missing("x", "这份合同在别处")
        return mine(request, pk)

    monkeypatch.setattr(views, "_mine", telling)
    report = battery.fire(("GET",), fully=False, actors=[CLERK], addresses=_looks({"contract"}))
    assert report.told_apart
    assert report.wrong == []
