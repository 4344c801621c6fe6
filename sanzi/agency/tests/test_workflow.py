"""The table of steps, from every stage by every role, against a table written by hand."""

from types import SimpleNamespace

import pytest

from sanzi.access.roles import ROLES
from sanzi.agency.stages import WAY, Stage
from sanzi.agency.workflow import BACK, DUTY_OF, FORWARD, MATTERS, WITH_REASON, undone_by
from sanzi.kernel.refusals import Blocked, Forbidden

S = Stage
VILLAGE, WATCH, ACCOUNTANT, CHIEF, CASHIER, SYSTEM = (
    {"village_accountant"},
    {"village_supervisor"},
    {"agency_accountant"},
    {"agency_chief"},
    {"agency_cashier"},
    {"system_import"},
)
# step: (from, to, by whom)
WRITTEN = {
    "submit": ({S.DRAFTING}, S.SUBMITTED, VILLAGE),
    "oversee": ({S.SUBMITTED}, S.OVERSEEN, WATCH),
    "verify": ({S.OVERSEEN}, S.VERIFIED, ACCOUNTANT | CHIEF),
    "prepare": ({S.VERIFIED}, S.PREPARED, ACCOUNTANT),
    "review": ({S.PREPARED}, S.REVIEWED, CHIEF),
    "sign": ({S.REVIEWED}, S.SIGNED, CASHIER),
    "post": ({S.REVIEWED, S.SIGNED}, S.POSTED, CHIEF | SYSTEM),
    "decline": ({S.SUBMITTED}, S.DRAFTING, WATCH),
    "return_papers": ({S.OVERSEEN}, S.DRAFTING, ACCOUNTANT | CHIEF),
    "return_matter": ({S.VERIFIED}, S.DRAFTING, ACCOUNTANT),
    "return_verifying": ({S.VERIFIED}, S.OVERSEEN, ACCOUNTANT),
    "return_preparing": ({S.PREPARED}, S.VERIFIED, CHIEF),
    "dispute": ({S.REVIEWED}, S.PREPARED, CASHIER),
    "return_reviewing": ({S.REVIEWED, S.SIGNED}, S.PREPARED, CHIEF | SYSTEM),
    "withdraw": ({S.SUBMITTED}, S.DRAFTING, VILLAGE),
    "take_back": ({S.PREPARED}, S.VERIFIED, ACCOUNTANT),
    "amend": ({S.DRAFTING}, S.DRAFTING, VILLAGE),
    "void": ({S.DRAFTING}, S.VOIDED, VILLAGE),
    "scrap": ({S.VERIFIED}, S.VOIDED, ACCOUNTANT),
}


def matter(stage, **facts):
    """A matter nothing stands against, but for what the test says."""
    draft = {"moves_money": False, "by_agency": False, **facts}
    return SimpleNamespace(
        stage=stage,
        draft=SimpleNamespace(**draft),
        has_papers=True,
        has_lines=True,
        is_reporter=True,
        is_preparer=True,
        bar_to=lambda duty: None,
    )


def actor(role):
    return SimpleNamespace(can=lambda permission: permission in ROLES[role].may)


# What each step needs of the matter beside its stage.
FACTS = {
    "sign": {"moves_money": True},
    "dispute": {"moves_money": True},
    "scrap": {"by_agency": True},
}


def test_every_step_is_written_down_here():
    assert {step.name for step in MATTERS.steps} == WRITTEN.keys()
    assert {name: MATTERS[name].target for name in WRITTEN} == {
        name: target for name, (_, target, _) in WRITTEN.items()
    }


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", WRITTEN)
def test_each_step_is_taken_from_its_stages_by_its_roles_and_not_otherwise(name, role):
    sources, target, roles = WRITTEN[name]
    for stage in Stage:
        subject = matter(stage, **FACTS.get(name, {}))
        if role not in roles:
            with pytest.raises(Forbidden):
                MATTERS.admit(name, subject, actor(role))
        elif stage not in sources:
            with pytest.raises(Blocked, match="请刷新查看"):
                MATTERS.admit(name, subject, actor(role))
        else:
            assert MATTERS.admit(name, subject, actor(role)).target == target


def test_nothing_leads_out_of_the_books_or_back_from_the_void():
    sources = {stage for step in MATTERS.steps for stage in step.source}
    assert sources & {Stage.POSTED, Stage.VOIDED} == set()


def test_the_way_forward_leaves_out_no_stage():
    reached = [Stage.DRAFTING, *(step.target for step in FORWARD)]
    assert tuple(reached) == WAY


@pytest.mark.parametrize(
    ("name", "stage", "against", "words"),
    [
        ("submit", S.DRAFTING, {"has_papers": False}, "没有附件"),
        ("review", S.PREPARED, {"has_lines": False}, "还没有分录"),
        ("withdraw", S.SUBMITTED, {"is_reporter": False}, "本人撤回"),
        ("take_back", S.PREPARED, {"is_preparer": False}, "本人撤回"),
        ("post", S.SIGNED, {"bar_to": lambda duty: "不得由同一人办理"}, "不得由同一人"),
    ],
)
def test_what_stands_in_the_way_is_said(name, stage, against, words):
    subject = matter(stage)
    role = sorted(WRITTEN[name][2])[0]
    assert MATTERS.admit(name, subject, actor(role))
    vars(subject).update(against)
    with pytest.raises(Blocked, match=words):
        MATTERS.admit(name, subject, actor(role))


@pytest.mark.parametrize(
    ("name", "stage", "facts", "words"),
    [
        ("post", S.REVIEWED, {"moves_money": True}, "出纳签章后才能记账"),
        ("sign", S.REVIEWED, {"moves_money": False}, "无需出纳签章"),
        ("dispute", S.REVIEWED, {"moves_money": False}, "无需出纳签章"),
        ("scrap", S.VERIFIED, {"by_agency": False}, "退回村里"),
        ("return_matter", S.VERIFIED, {"by_agency": True}, "没有报账人可退"),
        ("return_verifying", S.VERIFIED, {"by_agency": True}, "没有报账人可退"),
    ],
)
def test_a_matter_s_own_kind_closes_a_step(name, stage, facts, words):
    role = sorted(WRITTEN[name][2])[0]
    with pytest.raises(Blocked, match=words):
        MATTERS.admit(name, matter(stage, **facts), actor(role))


def test_going_back_undoes_every_step_after_the_stage_gone_back_to():
    assert undone_by(S.DRAFTING) == {step.name for step in FORWARD}
    assert undone_by(S.VERIFIED) == {"prepare", "review", "sign", "post"}
    assert undone_by(S.PREPARED) == {"review", "sign", "post"}


def test_every_way_back_that_another_person_takes_needs_a_reason():
    assert {step.name for step in BACK} <= WITH_REASON
    assert {"void", "scrap"} <= WITH_REASON
    assert "withdraw" not in WITH_REASON


def test_each_forward_step_is_a_duty_of_its_own():
    assert DUTY_OF["report"] == DUTY_OF["submit"]
    forward = [DUTY_OF[step.name] for step in FORWARD]
    assert len(set(forward)) == len(forward)
