import pytest

from sanzi.access.roles import ROLES
from sanzi.cleanup.actions.judging import judge
from sanzi.cleanup.models import Judgement
from sanzi.cleanup.workflow import CONFIRMED, OVERRULED
from sanzi.journal.models import Entry
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from sanzi.metrics.shares import misplaced, totals
from tests.world import NOON, QINGSHUI, SHANGTIAN, XIATIAN

TODAY = NOON.date()


def say(contract, ruling, by, reason="原件已找到", rule="P01"):
    return judge(contract_id=contract.pk, rule=rule, ruling=ruling, reason=reason, by=by, now=NOON)


def irregular(region=QINGSHUI):
    return totals(region, TODAY).get("contracts.irregular", 0)


def test_overruling_the_last_finding_takes_the_contract_out_of_the_irregular(brought, chen):
    assert irregular(SHANGTIAN) == 1

    say(brought["oral"], OVERRULED, chen)

    assert irregular(SHANGTIAN) == irregular() == 0
    assert list(misplaced()) == []


def test_confirming_again_brings_it_back(brought, chen):
    say(brought["oral"], OVERRULED, chen)
    say(brought["oral"], CONFIRMED, chen, "原件系伪造")

    assert irregular() == 1
    assert [j.ruling for j in Judgement.objects.order_by("pk")] == [OVERRULED, CONFIRMED]


def test_the_same_word_twice_is_one_word(brought, chen):
    say(brought["oral"], CONFIRMED, chen)
    with pytest.raises(Blocked):
        say(brought["oral"], CONFIRMED, chen)
    assert Judgement.objects.count() == 1


def test_the_word_outlives_the_next_workbook(brought, bring, chen):
    say(brought["oral"], OVERRULED, chen)
    bring(村情=[{"village": SHANGTIAN, "name": "上田村", "households": "201"}])
    assert irregular(SHANGTIAN) == 0


def test_the_history_keeps_who_said_what_and_why(brought, chen):
    say(brought["oral"], CONFIRMED, chen, "走访属实")
    entry = Entry.objects.latest("seq")
    assert (entry.actor, entry.action, entry.village) == ("chen", "findings.judge", SHANGTIAN)
    assert entry.facts["reason"] == "走访属实"


@pytest.mark.parametrize("reason", ["", "对", "  是 ", "长" * 501])
def test_a_word_needs_a_reason(brought, chen, reason):
    with pytest.raises(Invalid, match="理由"):
        say(brought["oral"], CONFIRMED, chen, reason)
    assert not Judgement.objects.exists()


def test_a_finding_that_is_gone_cannot_be_judged(brought, chen):
    with pytest.raises(Blocked, match="没有这个问题"):
        say(brought["lawful"], CONFIRMED, chen)


def test_a_finding_to_come_is_judged_when_it_has(brought, chen):
    # The lease ends on 2034-12-31: what follows from that day is stored already.
    with pytest.raises(Blocked, match="才成立"):
        say(brought["lawful"], OVERRULED, chen, rule="P09")


def test_the_next_town_s_clerk_finds_no_such_contract(brought, luo):
    with pytest.raises(Missing):
        say(brought["oral"], OVERRULED, luo)


def test_only_the_offices_judge(brought, lin, gao, jian):
    for person in (lin, gao, jian):
        with pytest.raises(Forbidden):
            say(brought["oral"], OVERRULED, person)
    may = {name for name, role in ROLES.items() if "findings.judge" in role.may}
    assert may == {"town_clerk", "county_office"}


def test_one_village_s_word_moves_no_other(brought, chen):
    before = irregular(XIATIAN)
    say(brought["oral"], OVERRULED, chen)
    assert irregular(XIATIAN) == before
