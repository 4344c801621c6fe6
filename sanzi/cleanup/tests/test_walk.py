"""The town's 248 irregular contracts by the real workflow: 243 mended, 2 ended, 3 in court."""

import time
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.db.models import Count

from sanzi.access.models import Person, Post
from sanzi.access.system import system_person
from sanzi.cleanup.models import Case, CaseStep
from sanzi.cleanup.remedies.casefile import casefile_of
from sanzi.cleanup.remedies.queries import irregular
from sanzi.contracts.models import Amendment, Contract, Ending, Filing
from sanzi.intake.reading import read_workbook
from sanzi.journal.models import Entry
from sanzi.journal.verify import verify
from sanzi.metrics.catalogue import figures
from sanzi.metrics.shares import misplaced, totals
from sanzi.orgs.models import Region
from sanzi.orgs.tree import ensure
from sanzi.resolutions.models import Resolution
from sanzi.workbooks.actions import commit_file

from . import walking
from .walking import Town, day

WORKBOOK = Path(__file__).parents[3] / "examples" / "zhongcun.xlsx"
TOWN = "140521101"
STEPS = ("open", "plan", "review", "carry", "accept", "strike")


@pytest.fixture
def town(db):
    """The town's workbook as it was before the clean-up: no contract has been put right yet."""
    book = read_workbook(WORKBOOK)
    methods = {}
    for table in book.tables:
        if table.sheet == "处置记录":
            for row in table.rows:
                if row.values["kind"] == "合同":
                    thing = (row.values["village"], row.values["target_number"])
                    methods[thing] = row.values["method"]
            table.rows[:] = [row for row in table.rows if row.values["kind"] != "合同"]
    villages = {row.values["village"] for row in book.rows_of("村情")}
    ensure({TOWN[:2]: "省", TOWN[:4]: "市", TOWN[:6]: "县", TOWN: "中村镇"})
    ensure({code: f"村{code[-3:]}" for code in villages})
    by = system_person("system_import")
    commit_file(workbook=book, name="zhongcun.xlsx", by=by, now=day(3, 1))
    return Town(
        accountants={code: _person(code, "village_accountant") for code in villages},
        clerk=_person(TOWN, "town_clerk"),
        leader=_person(TOWN, "town_leader"),
        county=_person(TOWN[:6], "county_office"),
    ), methods


def _person(code, role):
    person = Person.objects.create(username=f"{role}-{code}", name=f"{role[:7]}{code[-3:]}")
    region = Region.objects.get(code=code)
    Post.objects.create(person=person, role=role, region=region, from_on=date(2020, 1, 1))
    return person


def _figures(on):
    found = totals(TOWN, on)
    names = ("irregular", "revised", "terminated", "litigated", "escalated")
    return {name: found.get(f"contracts.{name}", 0) for name in names}


@pytest.mark.slow
def test_248_contracts_come_to_243_2_and_3_by_the_real_workflow(town, capsys):
    people, methods = town
    contracts = list(irregular(Contract.objects.within(TOWN), date(2022, 3, 10)))
    assert len(contracts) == 248
    assert _figures(date(2022, 5, 8)) == {
        "irregular": 248, "revised": 0, "terminated": 0, "litigated": 0, "escalated": 0
    }  # fmt: skip

    began = time.monotonic()
    cases = walking.open_all(people, contracts)
    numbers = {case.pk: (case.village, case.contract.number) for case in cases}
    walking.plan_all(people, cases, lambda case: methods[numbers[case.pk]])
    resolutions = walking.decide_all(people, cases)
    for number, case in enumerate(cases, start=1):
        walking.finish(people, case, number)
    seconds = time.monotonic() - began

    assert _figures(date(2022, 12, 31)) == {
        "irregular": 248, "revised": 243, "terminated": 2, "litigated": 3, "escalated": 0
    }  # fmt: skip
    # 规范率 = (243 + 2 + 3) ÷ 248
    known = {f.metric: f.value for f in figures(totals(TOWN, date(2022, 12, 31)))}
    assert str(known["contracts.regularised_rate"]) == "1.0000"
    assert list(misplaced()) == []
    _everything_is_proven(cases, people)
    with capsys.disabled():
        print(
            f"\n248 contracts walked in {seconds:.0f} s: {CaseStep.objects.count()} steps, "
            f"{len(resolutions)} resolutions, {Entry.objects.count()} journal entries"
        )


def _everything_is_proven(cases, people):
    """Evidence, decision, six steps by the right hands, and the journal of every case."""
    assert Case.objects.filter(stage="struck").count() == 248
    by_case = CaseStep.objects.values_list("case").annotate(n=Count("pk"))
    assert set(Counter(n for _, n in by_case)) == {len(STEPS)}
    for case in Case.objects.within(TOWN).select_related("contract"):
        file = casefile_of(case, people.clerk, date(2022, 5, 9))
        assert [step.step for step in file.steps] == list(STEPS)
        assert file.lacking_evidence() is None
        assert file.lacks_decision() is None
        hands = {step.step: step.by_id for step in file.steps}
        assert hands["carry"] not in (hands["accept"], hands["strike"])
    assert Amendment.objects.count() == Filing.objects.count() == 243
    assert Ending.objects.count() == 2
    assert Resolution.objects.exclude(stage="effective").count() == 0
    told = Entry.objects.filter(action__startswith="cases.", object__startswith="cleanup.case:")
    assert told.count() == 248 * len(STEPS)
    assert list(verify()) == []
