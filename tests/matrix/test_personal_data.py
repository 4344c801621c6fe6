"""Numbers of people and accounts stand nowhere in full but in the answer to a logged look.

A workbook handed back with its mistakes marked holds what its own office wrote in it; that apart,
no page, header, journal line or line of the site's log has one.
"""

import logging

import pytest

from sanzi.journal.models import Entry
from sanzi.parties import actions as parties_actions
from sanzi.store.sealed import Sealed, SealedField

from .answers import personal_in
from .people import ACTORS
from .places import TOWN
from .table import ADDRESSES

pytestmark = pytest.mark.django_db
CLERK = next(actor for actor in ACTORS if actor.name == f"town_clerk-{TOWN}")


def test_no_answer_has_a_number_in_full(fired):
    assert fired.personal == []


def test_the_journal_s_public_part_has_none(world, fired):
    told = "\n".join(Entry.objects.values_list("public", flat=True))
    assert Entry.objects.count() > 100
    assert personal_in(told, world.personal) == set()


def test_the_log_has_none(world, fired, log):
    assert log, "nothing was logged at all: the ear is deaf"
    assert personal_in("\n".join(log), world.personal) == set()


def test_a_logged_look_does_show_it(battery, world):
    target = next(
        cell.target
        for cell in battery.cells(("POST",), fully=False, actors=[CLERK], addresses=_reveals())
    )
    _, body, written = battery.send(CLERK, "POST", target)
    assert len(personal_in(body.decode(), world.personal)) == 1
    assert written == ["journal_entry"]


# The controls.


def _reveals():
    return [address for address in ADDRESSES if address.url == "registers:reveal"]


def test_an_unmasked_column_is_found(battery, monkeypatch):
    read = SealedField.from_db_value

    def unmasked(self, value, expression, connection):
        sealed = read(self, value, expression, connection)
        return sealed and Sealed(sealed.reveal(), sealed.token)

    monkeypatch.setattr(SealedField, "from_db_value", unmasked)
    looks = [a for a in ADDRESSES if a.about in ("row", "register", "contract", "debt")]
    report = battery.fire(("GET",), fully=False, actors=[CLERK], addresses=looks)
    found = " ".join(report.personal)
    assert all(word in found for word in ("export=xlsx", "print=1", "registers:row", "/debts/"))


def test_a_number_told_to_the_journal_is_found(battery, monkeypatch):
    tell = parties_actions.record
    monkeypatch.setattr(
        parties_actions,
        "record",
        lambda row, name, **more: tell(row, name, **{**more, "label": f"看了 {_clear(row)}"}),
    )
    report = battery.fire(("POST",), fully=False, actors=[CLERK], addresses=_reveals())
    assert any("in the journal" in line for line in report.personal)


def _clear(row):
    sealed = getattr(row, "contractor_id", None) or getattr(row, "creditor_id", None)
    return sealed.reveal() if sealed else ""


def test_a_logged_number_is_found(world, log):
    number = min(world.personal)
    logging.getLogger("sanzi.somewhere").warning("wrong number: %s", number)
    assert personal_in(log[-1], world.personal) == {number}
    log.pop()


@pytest.mark.parametrize("disguise", ["{}", "{} ", "x{}y", "&#50;", "full", "spaced", "dashed"])
def test_a_disguised_number_is_found(world, disguise):
    number = next(n for n in sorted(world.personal) if n.isdigit())
    shown = {
        "full": "".join(chr(ord(c) + 0xFEE0) for c in number),
        "spaced": " ".join(number),
        "dashed": f"{number[:6]}-{number[6:]}",
        "&#50;": number,
    }.get(disguise, disguise.format(number))
    assert number in personal_in(shown, world.personal)
