"""The demonstration's town from proposal to settlement and back, through its people's own pages.

After every step the claims and debts of each village moved by exactly what its books moved, every
party's net position is what it was, and at the end everything is as it began.
"""

import csv
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.timezone import now as moment

from sanzi.access.models import Person
from sanzi.access.system import system_person
from sanzi.accounting import pages
from sanzi.accounting.models import Book, Voucher
from sanzi.accounting.verification import verify as verify_books
from sanzi.administration.actions.demo import name_places, welcome
from sanzi.cli.demo import PEOPLE, SINCE
from sanzi.cli.demo_books import load_books
from sanzi.cli.demo_cast import TOWN, VILLAGE, acting
from sanzi.cli.demo_netting import CLERK, NEXT, wait_for_netting
from sanzi.debts.models import Debt
from sanzi.documents.tests.files import jpeg, upload
from sanzi.intake.reading import read_workbook
from sanzi.kernel.refusals import Blocked
from sanzi.letters.models import Letter
from sanzi.metrics.shares import totals
from sanzi.netting.actions import proposing, settling
from sanzi.netting.models import Circle, Consent, Obligation, PrivateDebt, Proposal
from sanzi.receivables.models import Claim
from sanzi.workbooks.actions import commit_file
from sanzi.workbooks.verification import verify

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
EXAMPLES = Path(__file__).parents[3] / "examples"
CHIEF = "zc-zhuguan"
FIGURES = ("receivables.recovered", "debts.resolved")


@pytest.fixture
def town(db, settings):
    """The town with its books and people, and the proposal the demonstration shows."""
    settings.DEMO = True
    setup, now = system_person("system_setup"), moment()
    with (EXAMPLES / "regions.csv").open(encoding="utf-8", newline="") as lines:
        names = {line["code"]: line["name"] for line in csv.DictReader(lines)}
    name_places(names=names, by=setup, now=now)
    workbook = read_workbook(EXAMPLES / "zhongcun.xlsx")
    commit_file(workbook=workbook, name="zhongcun.xlsx", by=system_person("system_import"), now=now)
    load_books(EXAMPLES / "zhongcun-books", tell=lambda _: None)
    welcome(posts=PEOPLE, from_on=SINCE, by=setup, now=now)
    before = figures()
    wait_for_netting(tell=lambda _: None)
    assert figures() == before
    return Proposal.objects.get()


def figures():
    return {name: totals(TOWN, localdate()).get(name) for name in FIGURES}


def registers():
    """What each village is owed and owes by its registers, and every party's net position."""
    owed, owing, net = defaultdict(Decimal), defaultdict(Decimal), defaultdict(Decimal)
    for claim in Claim.objects.within(TOWN):
        owed[claim.village] += claim.left
        net[f"village:{claim.village}"] += claim.left
        net[f"party:{claim.party_id}"] -= claim.left
    for debt in Debt.objects.within(TOWN):
        owing[debt.village] += debt.left
        net[f"village:{debt.village}"] -= debt.left
        net[f"party:{debt.party_id}"] += debt.left
    for debt in PrivateDebt.objects.within(TOWN):
        net[f"party:{debt.creditor_party_id}"] += debt.left
        net[f"party:{debt.debtor_party_id}"] -= debt.left
    return dict(owed), dict(owing), dict(net)


def books():
    """What each village's books say it is owed (112, 113) and owes (201, 211, 221)."""
    year = localdate().year
    found = {}
    for book in Book.objects.within(TOWN):
        told = pages.balances(book.pk, year * 100 + 1, year * 100 + 12)
        sums = [
            sum((one.closing for code, one in told.items() if code in codes), Decimal(0))
            for codes in (("112", "113"), ("201", "211", "221"))
        ]
        found[book.village] = tuple(sums)
    return found


class Watch:
    """Compares every state with the first."""

    def __init__(self):
        self.registers, self.books = registers(), books()

    def look(self, lowered):
        """`lowered`: by how much each village's claims and debts are down, and the books agree."""
        owed, owing, net = registers()
        assert net == self.registers[2]
        now = books()
        for village, (was_owed, was_owing) in self.books.items():
            down = lowered.get(village, Decimal(0))
            assert self.registers[0].get(village, 0) - owed.get(village, 0) == down, village
            assert self.registers[1].get(village, 0) - owing.get(village, 0) == down, village
            # A creditor's balance is negative in the books: less is owed, it rises.
            assert was_owed - now[village][0] == down, village
            assert now[village][1] - was_owing == down, village


def test_a_proposal_a_refusal_a_settlement_and_back(town, client):
    watch = Watch()
    watch.look({})
    circles = Circle.objects.filter(proposal=town)
    assert {len(one.members) for one in circles} == {2, 3, 6}
    assert town.cancelled == sum(one.total for one in circles) == Decimal("53516.50")
    _refuse(client, town)
    watch.look({})
    _agree(client, town)
    town.refresh_from_db()
    assert town.stage == "agreed"
    second = _same_again()
    _step(client, CHIEF, town, "settle")
    lowered = {
        one.village: one.amount
        for one in Consent.objects.filter(proposal=town, member__startswith="village:")
    }
    assert lowered[VILLAGE] == Decimal("5625.00")
    watch.look(lowered)
    with pytest.raises(Blocked, match="已用于另一次冲转"):
        settling.settle(proposal_id=second.pk, **acting(CHIEF))
    watch.look(lowered)
    assert verify(localdate()) == []
    assert verify_books(region=TOWN).faults == []
    _step(client, CLERK, town, "ask_reversal", reason="演示后恢复")
    _step(client, CHIEF, town, "reverse")
    watch.look({})
    assert all(one.left == one.amount for one in PrivateDebt.objects.within(TOWN))
    assert not Obligation.objects.filter(is_used=True).exists()
    town.refresh_from_db()
    assert town.stage == "reversed"
    assert Voucher.objects.filter(reverses__isnull=False).count() == len(lowered)


def _login(client, username):
    client.force_login(Person.objects.get(username=username))


def _refuse(client, town):
    """One villager says no: her triangle goes, and so does nothing else."""
    one = Consent.objects.get(proposal=town, amount=Decimal("2715.50"), village=VILLAGE,
                              name__endswith="林")  # fmt: skip
    _login(client, CLERK)
    address = reverse("netting:enter", args=(one.pk,))
    answer = client.post(address, {"given": "no", "signed_as": one.name}, follow=True)
    town.refresh_from_db()
    one.refresh_from_db()
    assert one.cost == Decimal("2715.50") * 3
    assert town.cancelled == Decimal("53516.50") - one.cost
    assert "退出后少冲转 8,146.50 元" in answer.content.decode()


def _agree(client, town):
    """The others by paper; the village that had agreed to more is asked anew."""
    _login(client, CLERK)
    for one in Consent.objects.filter(proposal=town, amount__gt=0, answer=""):
        form = {"given": "yes", "signed_as": one.name, "files": [upload("a.jpg", jpeg())]}
        client.post(reverse("netting:enter", args=(one.pk,)), form)
    told = client.get(reverse("netting:proposal", args=(town.pk,))).content.decode()
    assert "各方同意，待确认冲转" in told


def _same_again():
    """A second proposal from the same state, agreed to as well."""
    one = proposing.propose(
        region=NEXT, title="只看张马村", key="again", with_unconfirmed=True, **acting(CLERK)
    )
    assert one.cancelled > 0
    proposing.send(proposal_id=one.pk, **acting(CLERK))
    Consent.objects.filter(proposal=one, amount__gt=0).update(answer="yes")
    return one


def _step(client, username, town, step, **more):
    _login(client, username)
    answer = client.post(
        reverse("netting:step", args=(town.pk,)), {"step": step, **more}, follow=True
    )
    assert answer.status_code == 200, answer.content.decode()[:2000]
    slips = Letter.objects.filter(on=f"netting.proposal:{town.pk}", ending=None).exists()
    assert slips is (step != "reverse")
