"""The demonstration's town walked by the pages' own actions to exactly its published figures.

Every claim begins as the base of 2021 left it, in books of 2022 under the scheme of that time. Each
letter, receipt, package, set-off, mediation and execution of the published year is then taken by
the people who would; after every step the books owe what the claims owe, to the fen.
"""

import csv
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from pathlib import Path

import pytest

from sanzi.access.models import Person, Post
from sanzi.access.system import system_person
from sanzi.accounting import pages
from sanzi.accounting.actions.sets import open_book, set_opening
from sanzi.accounting.entry import Side
from sanzi.accounting.opening import Totals
from sanzi.accounting.verification import verify as verify_books
from sanzi.administration.actions.demo import name_places, welcome
from sanzi.campaigns.models import Base
from sanzi.cli.demo import PEOPLE, SINCE
from sanzi.documents.tests.files import jpeg, upload
from sanzi.intake.reading import read_workbook
from sanzi.metrics.shares import totals
from sanzi.orgs.models import Collective, Region
from sanzi.receivables.actions import letters, mediation, pursuit, sealing, steps
from sanzi.receivables.casework import MediationCase, Proposal, Pursuit
from sanzi.receivables.models import Claim
from sanzi.resolutions.actions import meetings, posting, proposing
from sanzi.resolutions.verdicts import Minutes
from sanzi.workbooks.actions import commit_file, move_base
from sanzi.workbooks.verification import verify

pytestmark = pytest.mark.slow

EXAMPLES = Path(__file__).parents[3] / "examples"
TOWN = "140521101"
ZERO = Decimal("0.00")
PUBLISHED = {
    "receivables.notices": 1249,
    "receivables.cash": 532350000,
    "receivables.sealed": 221600000,
    "receivables.adjusted": 1236000000,
    "receivables.mediated_claims": 421,
    "receivables.recovered": 2863600000,
}
SUED_ON, JUDGED_ON, EXECUTED_ON = date(2022, 2, 8), date(2022, 5, 10), date(2022, 6, 20)
VOTED_FROM = date(2022, 3, 1)


def noon(day):
    return datetime(day.year, day.month, day.day, 4, 0, tzinfo=UTC)


class Town:
    """The town, its people, its claims as the published year found them, and what happened."""

    def __init__(self):
        workbook = read_workbook(EXAMPLES / "zhongcun.xlsx")
        self.acts = self._take_out(workbook)
        with (EXAMPLES / "regions.csv").open(encoding="utf-8", newline="") as lines:
            names = {line["code"]: line["name"] for line in csv.DictReader(lines)}
        setup, now = system_person("system_setup"), noon(date(2022, 1, 1))
        name_places(names=names, by=setup, now=now)
        by = system_person("system_import")
        receipt = commit_file(workbook=workbook, name="zhongcun.xlsx", by=by, now=now)
        assert not [p for p in receipt.problems if p.severity == "error"]
        welcome(posts=PEOPLE, from_on=SINCE, by=setup, now=now)
        self.clerk = Person.objects.get(username="zc-jingban")
        self.leader = Person.objects.get(username="zc-lingdao")
        self.chief = Person.objects.get(username="zc-zhuguan")
        self.keeper = Person.objects.get(username="zc-daili")
        base = Base.objects.get(town=TOWN)
        move_base(
            base_id=base.pk, locked_on=date(2021, 12, 31), reason="按县方案锁定", by=self.leader,
            now=now,
        )  # fmt: skip
        self.claims = {(c.village, c.number): c for c in Claim.objects.within(TOWN)}
        self.villages = sorted({village for village, _ in self.claims})
        self.books = {village: self._found(village) for village in self.villages}
        self.scribes = {village: self._scribe(village) for village in self.villages}
        self.steps = 0

    def _take_out(self, workbook):
        """The claims' acts of the year, which are to be taken rather than imported."""
        acts = []
        for table in workbook.tables:
            if table.sheet == "处置记录":
                acts += [row.values for row in table.rows if row.values["kind"] == "债权"]
                table.rows[:] = [row for row in table.rows if row.values["kind"] != "债权"]
        return acts

    def _found(self, village):
        """Books of 2022 that open with exactly the claims of the village."""
        name = Region.objects.get(code=village).name
        organisation, _ = Collective.objects.get_or_create(
            region=Region.objects.get(code=village), kind="collective",
            defaults={"name": f"{name}股份经济合作社"},
        )  # fmt: skip
        now = noon(date(2022, 1, 1))
        book = open_book(
            collective_id=organisation.pk, scheme="2004", begins=202201, by=self.keeper, now=now
        )
        owed = defaultdict(Decimal)
        for (place, _), claim in self.claims.items():
            if place == village and claim.book == "账内":
                owed[claim.account_code] += claim.left
        total = sum(owed.values(), ZERO)
        sides = [Side(code, debit=amount) for code, amount in sorted(owed.items())]
        set_opening(
            book_id=book.pk, sides=[*sides, Side("311", credit=total)],
            totals=Totals(total, ZERO, total), source=f"walk:{village}", by=self.keeper, now=now,
        )  # fmt: skip
        return book

    def _scribe(self, village):
        person = Person.objects.create(username=f"scribe-{village}", name="报账员")
        region = Region.objects.get(code=village)
        Post.objects.create(person=person, role="village_accountant", region=region, from_on=SINCE)
        return person

    def claim_of(self, act):
        return self.claims[act["village"], act["target_number"]]

    def check(self, villages):
        """The books owe what the claims on them owe."""
        self.steps += 1
        for village in villages:
            mine = Claim.objects.within(village).filter(book="账内").values_list("left", flat=True)
            found = pages.balances(self.books[village].pk, 202201, 202212)
            books = sum((found[c].closing for c in ("112", "113") if c in found), ZERO)
            assert sum(mine, ZERO) == books, village

    def take(self, act, kind, **more):
        """Propose by the village, confirm by the chief, and look at the books."""
        claim, day = self.claim_of(act), act["dated"]
        amount = more.pop("amount", None) or act["amount"]
        self.steps += 1
        one = steps.propose(
            claim_id=claim.pk, kind=kind, amount=amount, dated=day, key=f"walk-{self.steps}",
            by=self.scribes[claim.village], now=noon(day), **more,
        )  # fmt: skip
        if kind == "write_off":
            steps.approve(proposal_id=one.pk, by=self.leader, now=noon(day))
        steps.confirm(proposal_ids=[one.pk], by=self.chief, now=noon(day))
        self.check([claim.village])

    def decide(self, on, also, matter):
        """A matter through all its meetings and postings, day by day."""
        village = on.village
        scribe = self.scribes[village]
        resolution = proposing.propose(
            on=_key(on), also=[_key(one) for one in also], matter=matter, body="成员大会",
            by=scribe, now=noon(VOTED_FROM),
        )  # fmt: skip
        day = VOTED_FROM + timedelta(1)
        for step, expected, days in (
            ("propose", 5, 0), ("consult", 7, 0), ("review", 30, 2), ("decide", 300, 17),
        ):  # fmt: skip
            met = day + timedelta(days)
            minutes = Minutes(
                met_on=met, venue="村委会会议室", chair="书记", expected=expected,
                present=expected, approved=expected, abstained=0,
                notified_on=day if step == "decide" else None,
            )  # fmt: skip
            meetings.hold(
                resolution_id=resolution.pk, step=step, minutes=minutes, files=_papers(),
                by=scribe, now=noon(met),
            )  # fmt: skip
        hung = day + timedelta(18)
        posting.publish(
            resolution_id=resolution.pk, step="publish", boards="公开栏", words="决议内容",
            from_on=hung, to_on=hung + timedelta(7), files=[upload("board.jpg", jpeg())],
            by=scribe, now=noon(hung),
        )  # fmt: skip
        posting.verify(
            resolution_id=resolution.pk, step="accept", by=self.clerk,
            now=noon(hung + timedelta(8)),
        )  # fmt: skip


def _papers():
    return {k: [upload(f"{k}.jpg", jpeg())] for k in ("minutes", "signatures", "photo")}


def _key(thing):
    return f"{thing._meta.label_lower}:{thing.pk}"


def _send(town, acts):
    for day, mine in groupby(acts, key=lambda act: act["dated"]):
        claims = [town.claim_of(act) for act in mine]
        # A claim may be sent several letters on one day; each is a letter of its own.
        while claims:
            once = list({claim.pk: claim for claim in claims}.values())
            letters.send_letters(
                claim_ids=[c.pk for c in once], tone="reminder", due_on=day + timedelta(15),
                dated=day, by=town.clerk, now=noon(day),
            )  # fmt: skip
            for claim in once:
                claims.remove(claim)


def _seal(town, acts):
    for village, mine in groupby(acts, key=lambda act: act["village"]):
        inside = [town.claim_of(act) for act in mine]
        day = acts[0]["dated"]
        package = sealing.pack(
            claim_ids=[c.pk for c in inside], number=acts[0]["document_number"],
            reason=acts[0]["remark"], review_on=date(2023, 6, 20), dated=day,
            by=town.scribes[village], now=noon(VOTED_FROM),
        )  # fmt: skip
        town.decide(package, [], "claim.seal")
        sealing.approve_package(package_id=package.pk, by=town.leader, now=noon(day))
        town.check([village])


def _write_off(town, acts):
    by_village = defaultdict(list)
    for act in acts:
        by_village[act["village"]].append(act)
    for mine in by_village.values():
        first, *rest = [town.claim_of(act) for act in mine]
        town.decide(first, rest, "claim.write_off")
    for act in acts:
        town.take(act, "write_off", facts={"ground": "dead", "basis": act["remark"]})


def _set_off(town, act):
    basis = {"basis": act["remark"]}
    if "三角" in act["remark"]:
        more = {"counter": "应付工程款", "creditor": "示例建设有限公司"}
        town.take(act, "three_party", facts={**basis, **more})
    else:
        town.take(act, "dividend", facts=basis)


def _adjust(town, act):
    if town.claim_of(act).book == "账外":
        town.take(act, "book_in", facts={"basis": act["remark"]})
        town.take(act, "corrected", facts={"basis": act["remark"]})
    else:
        town.take(act, "works", facts={"basis": act["remark"], "built": "works"})


def _mediate(town, acts):
    by_case = defaultdict(list)
    for act in acts:
        by_case[act["document_number"]].append(act)
    for number, mine in by_case.items():
        opened = min(act["dated"] for act in mine)
        case = mediation.open_case(
            claim_ids=[town.claim_of(act).pk for act in mine], number=number, room="法庭调解室",
            mediator="调解员", opened_on=opened, by=town.clerk, now=noon(opened),
        )  # fmt: skip
        performed = [act for act in mine if act["amount"]]
        if performed:
            agreed = min(act["dated"] for act in performed)
            mediation.agree(
                case_id=case.pk, agreed_on=agreed, terms="按期履行", by=town.clerk,
                now=noon(agreed),
            )  # fmt: skip
        for act in performed:
            is_paid = "收回" in act["remark"]
            kind, facts = ("mediated", {}) if is_paid else ("mediated_adjusted", {"basis": number})
            town.take(act, kind, facts=facts)


def _pursue(town, act):
    claim = town.claim_of(act)
    told = {"by": town.clerk, "court": "示例县人民法院", "number": act["document_number"]}
    suit = pursuit.pursue(
        claim_id=claim.pk, kind="suit", filed_on=SUED_ON, now=noon(SUED_ON), **told
    )
    for name in ("accepted", "judged", "effective"):
        pursuit.reach(
            pursuit_id=suit.pk, name=name, dated=JUDGED_ON, by=town.clerk, now=noon(JUDGED_ON)
        )
    pursuit.pursue(
        claim_id=claim.pk, kind="execution", filed_on=EXECUTED_ON, now=noon(EXECUTED_ON), **told
    )
    town.take(act, "pursued")


def test_the_town_comes_to_exactly_its_published_figures(db, settings):
    settings.DEMO = True
    town = Town()
    by_method = defaultdict(list)
    for act in sorted(town.acts, key=lambda act: act["dated"]):
        by_method[act["method"]].append(act)
    town.check(town.villages)

    _send(town, by_method.pop("下函对账"))
    _seal(town, sorted(by_method.pop("打包封存"), key=lambda act: act["village"]))
    _write_off(town, by_method.pop("冲销"))
    _mediate(town, by_method.pop("诉前调解"))
    for method, take in {
        "专人清收": lambda act: town.take(act, "cash"),
        "冲转": lambda act: _set_off(town, act),
        "账务调整": lambda act: _adjust(town, act),
        "依法追缴": lambda act: _pursue(town, act),
        "未分项": lambda act: town.take(act, "unlisted", facts={"basis": act["remark"]}),
    }.items():
        for act in by_method.pop(method):
            take(act)
    assert not by_method, "a way nobody took"
    town.check(town.villages)

    found = totals(TOWN, date(2022, 12, 31))
    assert {name: found[name] for name in PUBLISHED} == PUBLISHED
    assert found["receivables.set_off"] + found["receivables.written_off"] == 112300000
    assert found["receivables.locked"] == 3818133333
    assert round(Decimal(found["receivables.recovered"]) / found["receivables.locked"], 2) == (
        Decimal("0.75")
    )
    assert MediationCase.objects.within(TOWN).count() == 47
    assert Proposal.objects.filter(kind__in=("works", "corrected")).count() == 7
    assert Pursuit.objects.filter(kind="execution").count() == 12
    assert Proposal.objects.exclude(stage="done").count() == 0
    assert verify_books().faults == []
    assert verify(date(2022, 12, 31)) == []
