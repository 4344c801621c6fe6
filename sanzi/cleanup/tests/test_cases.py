"""The four remedies: in order, by the right hands, once, with their evidence; figures move last."""

from datetime import date
from decimal import Decimal

import pytest

from sanzi.cleanup.models import Case, CaseStep, Suit
from sanzi.cleanup.remedies import actions
from sanzi.cleanup.remedies.carrying import Work
from sanzi.cleanup.remedies.paths import BY_CODE, PATHS
from sanzi.contracts.models import Amendment, Ending, Filing
from sanzi.contracts.queries import terms_on
from sanzi.dispositions.models import Disposition
from sanzi.journal.models import Entry
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from sanzi.metrics.shares import misplaced, totals
from tests.world import QINGSHUI, SHANGTIAN

from .cases import WORKS, decide, evidence, noon, walk, who

pytestmark = pytest.mark.usefixtures("people")

ACTS = {
    "planned": lambda case, by, now: actions.plan(
        case_id=case.pk, path="W1", responsible="赵主任", known_on=date(2026, 2, 1), by=by, now=now
    ),
    "reviewed": lambda case, by, now: actions.review(
        case_id=case.pk, step="review", by=by, now=now
    ),
    "carried": lambda case, by, now: actions.carry(
        case_id=case.pk, work=WORKS["amend"], files=evidence("W1"), by=by, now=now
    ),
    "accepted": lambda case, by, now: actions.accept(case_id=case.pk, by=by, now=now),
    "struck": lambda case, by, now: actions.strike(case_id=case.pk, by=by, now=now),
}
HANDS = {
    "planned": "lin", "reviewed": "chen", "carried": "lin", "accepted": "chen", "struck": "gao"
}  # fmt: skip
STAGES = ("opened", *ACTS)


def figure(name, on=date(2026, 12, 31), region=SHANGTIAN):
    return totals(region, on).get(f"contracts.{name}", 0)


def test_a_revised_contract_is_counted_from_its_striking_off(brought):
    case = walk(brought["oral"], "W1", "accepted")
    assert figure("revised") == 0

    actions.strike(case_id=case.pk, by=who("gao"), now=noon(4, 3))

    assert figure("revised", date(2026, 4, 2)) == 0
    assert figure("revised", date(2026, 4, 3)) == figure("revised", region=QINGSHUI) == 1
    assert list(misplaced()) == []
    act = Disposition.objects.get(kind="合同", village=SHANGTIAN)
    assert (act.method, act.dated, act.document_number) == (
        "完善修订",
        date(2026, 4, 3),
        "备-001",
    )


@pytest.mark.parametrize("path", [path.code for path in PATHS])
def test_every_way_comes_to_its_end(brought, path):
    works = {"J3": Work(on=date(2026, 3, 30))}
    contract = brought["oral"]
    if path == "J3":
        contract.ends_on = date(2026, 3, 1)
        contract.save()
    walk(contract, path, work=works.get(path, WORKS[BY_CODE[path].change]))

    counted = {"W": "revised", "J": "terminated", "S": "litigated"}[path[0]]
    assert figure(counted) == 1
    assert {"W": Amendment, "J": Ending, "S": Suit}[path[0]].objects.count() == 1


def test_what_was_signed_changes_the_contract_only_when_another_has_accepted_it(brought):
    contract = brought["oral"]
    case = walk(contract, "W1", "carried")
    assert not Amendment.objects.exists()

    actions.accept(case_id=case.pk, by=who("chen"), now=noon(4, 2))

    terms = terms_on(contract, date(2026, 12, 31))
    assert (terms["written"], terms["yearly_amount"]) == ("书面", Decimal("15000.00"))
    assert terms_on(contract, date(2026, 3, 29))["written"] == "口头"
    filing = Filing.objects.get()
    assert (filing.number, filing.amendment.source) == ("备-001", f"cleanup.case:{case.pk}")


def test_a_procedure_made_good_takes_its_numbers_from_the_meeting(brought):
    walk(brought["oral"], "W3")
    terms = terms_on(brought["oral"], date(2026, 12, 31))
    assert (terms["procedure"], terms["expected_count"]) == ("成员大会", 300)


@pytest.mark.parametrize("stage", STAGES)
def test_no_step_is_possible_out_of_order_or_twice(brought, stage):
    case = walk(brought["oral"], "W1", stage)
    steps = CaseStep.objects.count()

    for place, step in enumerate(ACTS):
        if place != STAGES.index(stage):
            with pytest.raises(Blocked):
                ACTS[step](case, who(HANDS[step]), noon(4, 5))

    case.refresh_from_db()
    assert (case.stage, CaseStep.objects.count()) == (stage, steps)


# Who has the permission a step needs; the rest of the small world has no part in it.
MAY = {
    "planned": {"lin", "chen", "shi"},
    "reviewed": {"chen", "gao", "shi"},
    "carried": {"lin", "chen", "shi"},
    "accepted": {"chen", "gao", "shi"},
    "struck": {"gao", "shi"},
}


@pytest.mark.parametrize("step", ACTS)
def test_no_step_is_possible_by_the_wrong_post(brought, people, step):
    case = walk(brought["oral"], "W1", STAGES[STAGES.index(step) - 1])
    neighbours = {"qian", "luo"}

    for post in people.keys() - MAY[step] - neighbours:
        with pytest.raises(Forbidden):
            ACTS[step](case, who(post), noon(4, 5))
    for post in neighbours:
        with pytest.raises((Missing, Forbidden)):
            ACTS[step](case, who(post), noon(4, 5))
    case.refresh_from_db()
    assert case.stage == STAGES[STAGES.index(step) - 1]


@pytest.mark.parametrize("step", ["planned", "carried"])
def test_the_town_leaves_to_the_village_what_is_the_villages(brought, step):
    case = walk(brought["oral"], "W1", STAGES[STAGES.index(step) - 1])
    with pytest.raises(Blocked, match="由村级办理"):
        ACTS[step](case, who("chen"), noon(4, 5))


def test_the_review_waits_for_the_meetings(brought):
    case = walk(brought["oral"], "W1", "planned")
    with pytest.raises(Blocked, match="还没有“完善修订合同”的决议"):
        ACTS["reviewed"](case, who("chen"), noon(3, 29))


def test_evidence_that_is_missing_is_named(brought):
    case = walk(brought["oral"], "W1", "reviewed")
    actions.carry(case_id=case.pk, work=WORKS["amend"], files={}, by=who("lin"), now=noon(4, 1))
    with pytest.raises(Blocked, match="还缺签字盖章的协议或合同文本、备案回执"):
        ACTS["accepted"](case, who("chen"), noon(4, 2))


def test_what_was_not_accepted_is_carried_out_again(brought):
    case = walk(brought["oral"], "W1", "carried")
    actions.review(
        case_id=case.pk, step="decline", words="备案章不清", by=who("chen"), now=noon(4, 2)
    )
    case.refresh_from_db()
    assert (case.stage, case.returned_because) == ("reviewed", "备案章不清")

    ACTS["carried"](case, who("lin"), noon(4, 3))
    ACTS["accepted"](case, who("chen"), noon(4, 4))
    assert Amendment.objects.count() == 1


def test_a_case_goes_up_by_a_paper_and_ends_in_a_remedy_there(brought):
    case = walk(brought["oral"], "W1", "opened")
    with pytest.raises(Invalid, match="请上传提级决定"):
        actions.escalate(case_id=case.pk, words="村里协商不成", by=who("lin"), now=noon(3, 2))

    paper = evidence("S1")["accepted"]
    actions.escalate(
        case_id=case.pk, words="村里协商不成", files=paper, by=who("lin"), now=noon(3, 2)
    )
    case.refresh_from_db()
    assert (case.level, case.stage) == ("town", "opened")
    assert (figure("escalated"), figure("revised")) == (1, 0)
    with pytest.raises(Blocked, match="由乡镇级办理"):
        ACTS["planned"](case, who("lin"), noon(3, 3))

    ACTS["planned"](case, who("chen"), noon(3, 3))
    decide(case, "contract.revise")
    with pytest.raises(Blocked, match="方案是您定的"):
        ACTS["reviewed"](case, who("chen"), noon(3, 29))
    ACTS["reviewed"](case, who("gao"), noon(3, 29))
    ACTS["carried"](case, who("chen"), noon(4, 1))
    with pytest.raises(Blocked, match="须由另一人办理"):
        ACTS["accepted"](case, who("chen"), noon(4, 2))
    ACTS["accepted"](case, who("gao"), noon(4, 2))
    ACTS["struck"](case, who("shi"), noon(4, 3))
    assert (figure("escalated"), figure("revised")) == (1, 1)


def test_a_large_contract_needs_a_leader_and_the_county(brought):
    contract = brought["oral"]
    contract.total_amount = Decimal("5000000.00")
    contract.save()
    case = walk(contract, "W1", "planned")
    assert case.is_large
    decide(case, "contract.revise")
    with pytest.raises(Blocked, match="大额合同须由乡镇分管领导"):
        ACTS["reviewed"](case, who("chen"), noon(3, 29))
    ACTS["reviewed"](case, who("gao"), noon(3, 29))
    ACTS["carried"](case, who("lin"), noon(4, 1))
    ACTS["accepted"](case, who("chen"), noon(4, 2))
    with pytest.raises(Blocked, match="大额合同由县专项办销号"):
        ACTS["struck"](case, who("gao"), noon(4, 3))
    ACTS["struck"](case, who("shi"), noon(4, 3))


def test_one_fen_below_is_not_large(brought):
    contract = brought["oral"]
    contract.total_amount = Decimal("4999999.99")
    contract.save()
    assert not walk(contract, "W1", "opened").is_large


def test_a_case_opened_again_takes_its_figure_back_and_asks_for_a_new_decision(brought, visit):
    case = walk(brought["oral"], "W1")
    actions.reopen(case_id=case.pk, words="乙方拒不履行", by=who("gao"), now=noon(5, 6))

    assert (figure("revised", date(2026, 5, 5)), figure("revised")) == (1, 0)
    assert figure("irregular") == 1
    assert list(misplaced()) == []
    entry = Entry.objects.filter(object=f"cleanup.case:{case.pk}").latest("seq")
    assert (entry.action, entry.facts["reason"]) == ("cases.reopen", "乙方拒不履行")
    ACTS["planned"](case, who("lin"), noon(5, 7))
    with pytest.raises(Blocked, match="重新立案以后还没有新的决议"):
        ACTS["reviewed"](case, who("chen"), noon(5, 8))
    page = visit(who("lin"), f"/contracts/remedies/{case.pk}/")
    assert f"/resolutions/new/?on=cleanup.case%3A{case.pk}" in page
    assert "提请决议" in page


@pytest.mark.parametrize("way", ["W1", "J1", "S2"])
def test_a_case_walked_to_its_end_asks_fifteen_questions(brought, visit, way):
    case = walk(brought["oral"], way)
    for name in ("lin", "chen", "gao"):
        visit(who(name), f"/contracts/remedies/{case.pk}/")


def test_filed_and_closed_are_two_days(brought):
    case = walk(brought["oral"], "S2")
    suit = Suit.objects.get()
    assert (suit.filed_on, suit.is_open, figure("litigated")) == (date(2026, 3, 30), True, 1)

    closing = {
        "case_id": case.pk, "suit_id": suit.pk, "outcome": "判决解除合同",
        "by": who("lin"), "now": noon(9, 1),
    }  # fmt: skip
    with pytest.raises(Invalid, match="请上传裁决书"):
        actions.close_suit(closed_on=date(2026, 8, 20), **closing)
    files = evidence("S1")["accepted"]
    with pytest.raises(Invalid, match="结案日期应在立案日期"):
        actions.close_suit(closed_on=date(2026, 3, 29), files=files, **closing)
    actions.close_suit(closed_on=date(2026, 8, 20), files=files, **closing)
    with pytest.raises(Blocked, match="没有在办的"):
        actions.close_suit(closed_on=date(2026, 8, 20), files=files, **closing)


@pytest.mark.parametrize(("known", "ok"), [(date(2025, 3, 2), True), (date(2025, 3, 1), False)])
def test_the_right_to_rescind_dies_after_a_year(brought, known, ok):
    case = walk(brought["oral"], "J2", "opened")
    plan = {"case_id": case.pk, "path": "J2", "responsible": "赵", "by": who("lin")}
    if ok:
        assert actions.plan(known_on=known, now=noon(3, 2), **plan)
    else:
        with pytest.raises(Invalid, match="2026-03-01 已经届满.*第五百六十四条"):
            actions.plan(known_on=known, now=noon(3, 2), **plan)


def test_household_land_is_never_proposed_to_be_taken_back(brought):
    case = walk(brought["oral"], "J1", "opened")
    contract = brought["oral"]
    contract.legal_nature = "家庭承包"
    contract.save()
    with pytest.raises(Invalid, match="不得收回农户家庭承包的土地.*第二十七条"):
        actions.plan(
            case_id=case.pk, path="J1", responsible="赵", known_on=date(2026, 2, 1),
            by=who("lin"), now=noon(3, 2),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "没有任何条款"),
        ({"ends_on": date(2060, 12, 31)}, "修订后仍有“期限超过法定或政策上限”"),
        ({"ends_on": date(2026, 3, 1)}, "修订后的终止日期早于生效日期"),
        ({"filed_on": date(2026, 1, 1)}, "不能用补充协议变更"),
    ],
)
def test_a_revision_that_mends_nothing_is_refused(brought, changes, words):
    case = walk(brought["oral"], "W2", "reviewed")
    work = Work(
        on=date(2026, 3, 30), number="备-1", filed_on=date(2026, 3, 31), body="站", changes=changes
    )
    with pytest.raises(Invalid, match=words):
        actions.carry(case_id=case.pk, work=work, by=who("lin"), now=noon(4, 1))


def test_a_lawful_contract_and_one_with_a_case_are_not_opened(brought):
    with pytest.raises(Blocked, match="没有成立的问题"):
        walk(brought["lawful"], "W1", "opened")
    walk(brought["oral"], "W1", "opened")
    with pytest.raises(Blocked, match="已经立案"):
        walk(brought["oral"], "W1", "opened")
    assert Case.objects.count() == 1


def test_every_step_is_in_the_journal_of_the_case_and_of_its_contract(brought):
    case = walk(brought["oral"], "W1")
    wanted = [f"cases.{name}" for name in ("open", "plan", "review", "carry", "accept", "strike")]
    mine = Entry.objects.filter(object=f"cleanup.case:{case.pk}").order_by("seq")
    assert [entry.action for entry in mine] == wanted
    told = Entry.objects.filter(object=f"contracts.contract:{case.contract_id}")
    assert told.filter(action="cases.strike").exists()


def test_steps_are_never_rewritten(brought):
    from django.db import DatabaseError, transaction

    walk(brought["oral"], "W1", "planned")
    with pytest.raises(DatabaseError), transaction.atomic():
        CaseStep.objects.update(words="改")
