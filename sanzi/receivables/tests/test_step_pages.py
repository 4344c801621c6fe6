"""The pages of the steps: what each shows, to whom, in how many queries."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from sanzi.receivables.actions import letters, mediation, pursuit, replies, sealing, steps
from sanzi.receivables.casework import CaseClaim, MediationCase, Proposal
from sanzi.receivables.desk import Waiting
from sanzi.receivables.models import Claim
from sanzi.receivables.plans import put_plan
from sanzi.receivables.stages import furthest
from sanzi.receivables.standing import Standing, marked
from sanzi.resolutions.models import Resolution
from tests.world import NOON

from .conftest import TODAY


@pytest.fixture
def letter(claim, lin):
    (one,) = letters.send_letters(
        claim_ids=[claim.pk], tone="reconcile", due_on=date(2026, 4, 2), dated=TODAY, by=lin,
        now=NOON,
    )  # fmt: skip
    return one


@pytest.fixture
def decided(claim, lin):
    return Resolution.objects.create(
        village=claim.village, on=f"receivables.claim:{claim.pk}", matter="claim.write_off",
        title="决议", way="four", body="成员大会", stage="effective", motion="议案",
        decided_on=TODAY, proposed_by=lin, proposed_at=NOON,
    )  # fmt: skip


def address(name, *args):
    return reverse(f"receivables:{name}", args=args)


def test_the_claims_page_offers_every_step_live_or_grey_with_its_reason(claim, lin, visit):
    html = visit(lin, address("claim", claim.pk))
    assert f'href="{address("propose", claim.pk, "cash")}"' in html
    assert "还没有“核销债权”的决议，请先按程序提请会议决定" in html
    assert "没有在办的支付令、诉讼或执行" in html
    assert "移送违纪线索" not in html


@pytest.fixture
def busy(claim, letter, propose, pay, bring, lin, chen):
    """A claim with everything under way: paid, planned, answered, in suit, before the meeting."""
    pay("100.00")
    replies.answer(
        letter=letter, given="partly", amount=Decimal("9000"), reason="还过", months=None,
        first_on=None, signed_as="孙某", by=None, now=NOON,
    )  # fmt: skip
    pursuit.pursue(
        claim_id=claim.pk, kind="order", court="清水法庭", number="(2026)1号", filed_on=TODAY,
        by=lin, now=NOON,
    )  # fmt: skip
    case = MediationCase.objects.create(
        village=claim.village, number="调-1", room="室", mediator="调解员", opened_on=TODAY,
        opened_by=lin, opened_at=NOON,
    )  # fmt: skip
    CaseClaim.objects.create(village=claim.village, case=case, claim=claim)
    put_plan(claim, 3, date(2026, 2, 1), "agreement", now=NOON)
    Resolution.objects.create(
        village=claim.village, on=f"receivables.claim:{claim.pk}", matter="claim.write_off",
        title="核销孙某欠款", way="four", body="成员大会", stage="drafted",
        motion="议案", proposed_by=lin, proposed_at=NOON,
    )  # fmt: skip
    return claim


@pytest.mark.parametrize("name", ["lin", "chen", "min"])
def test_a_claim_with_everything_under_way_asks_fifteen_questions_a_part(
    busy, name, request, visit
):
    html = visit(request.getfixturevalue(name), address("claim", busy.pk))
    for told in ("追缴中", "清水法庭", "调-1", "分期违约", "专人清收", "对账函", "部分履行"):
        assert told in html, told


def test_the_track_says_what_the_steps_say(busy, claim, propose, lin):
    """The page reads the stage from its own query; the steps read it from the things."""
    for pk in (busy.pk, *Claim.objects.values_list("pk", flat=True)):
        one = marked(Claim.objects.all()).get(pk=pk)
        assert furthest(one) == Standing(one, TODAY).stage


def test_whoever_only_looks_is_offered_nothing(claim, min, visit):
    html = visit(min, address("claim", claim.pk))
    assert "登记收款" not in html
    assert "这些环节由经办人、村报账员办理" in html


def test_the_desk_and_the_list_say_whom_to_ask_and_why(claim, lin, visit):
    for page in ("desk", "collect"):
        html = visit(lin, address(page))
        assert "余额 9,800.00 × 可收率 70%（有原始凭据+10）" in html
        assert "孙某" in html


def test_the_neighbour_sees_none_of_it(claim, qian, visit):
    assert "孙某" not in visit(qian, address("collect"))
    for page in ("propose", "plan", "pack"):
        args = (claim.pk, "cash") if page == "propose" else (claim.pk,)
        visit(qian, address(page, *args), status=404)


@pytest.mark.parametrize("page", ["replies", "proposals", "packages", "mediations", "pursuits"])
def test_a_register_costs_the_same_however_many_rows(claim, propose, lin, visit, page):
    propose("cash", "5.00")
    visit(lin, address(page))


def test_a_proposal_goes_from_form_to_voucher_by_two_people(claim, client, lin, zheng):
    client.force_login(lin)
    form = {"key": "k1", "amount": "100", "dated": "2026-03-02", "money": "102", "attachments": "1"}
    answer = client.post(address("propose", claim.pk, "cash"), form)
    one = Proposal.objects.get()
    assert answer.url == address("proposal", one.pk)
    page = client.get(answer.url).content.decode()
    assert "等主管会计复核入账" in page
    assert ">复核入账<" not in page
    client.force_login(zheng)
    client.post(address("proposal", one.pk), {"do": "confirm"})
    one.refresh_from_db()
    assert one.stage == "done"
    assert str(one.voucher) in client.get(address("proposal", one.pk)).content.decode()


def test_a_wrong_amount_is_told_in_place_and_nothing_is_proposed(claim, client, lin):
    client.force_login(lin)
    form = {"key": "k1", "amount": "9800.01", "dated": "2026-03-02", "money": "102"}
    answer = client.post(address("propose", claim.pk, "cash"), {**form, "attachments": "1"})
    assert answer.status_code == 422
    assert "尚欠 9,800.00 元，不能超过" in answer.content.decode()
    assert not Proposal.objects.exists()


def test_all_that_waits_is_completed_in_one_go(claim, propose, client, zheng):
    one = propose("cash", "5.00")
    client.force_login(zheng)
    assert "孙某" in client.get(address("confirming")).content.decode()
    answer = client.post(address("confirming"), {"proposals": [one.pk]})
    assert answer.url == address("confirming")
    claim.refresh_from_db()
    assert claim.left == Decimal("9795.00")


def test_letters_for_a_village_in_one_click_then_printed_together(claim, client, lin):
    client.force_login(lin)
    form = {"tone": "demand", "which": "never", "due_on": "2099-01-01", "contact": "村会计"}
    answer = client.post(address("send"), form)
    page = client.get(answer.url).content.decode()
    assert "共 1 份" in page
    assert "全部打印（PDF）" in page
    assert client.post(address("send"), form).status_code == 422


def test_the_public_page_masks_the_name_and_locks_after_one_answer(letter, client):
    url = address("reply", letter.token)
    page = client.get(url).content.decode()
    assert "孙＊" in page
    assert "孙某" not in page
    form = {"given": "partly", "amount": "9000", "reason": "还过八百", "signed_as": "孙某"}
    assert "已收到您的回函：部分认可，9,000.00 元" in client.post(url, form).content.decode()
    assert "提交回函" not in client.get(url).content.decode()


def test_a_token_nobody_wrote_leads_nowhere(client, db):
    assert client.get(address("reply", "A" * 20)).status_code == 404


def test_a_reply_is_confirmed_on_its_page_and_leads_to_a_plan(letter, client, lin):
    reply = replies.answer(
        letter=letter, given="instalments", amount=None, reason="", months=6,
        first_on=date(2026, 4, 1), signed_as="孙某", by=None, now=NOON,
    )  # fmt: skip
    client.force_login(lin)
    url = address("reply-page", reply.pk)
    assert "没有亲笔签名" in client.get(url).content.decode()
    assert client.post(url, {"do": "reopen", "note": ""}).status_code == 422
    client.post(url, {"do": "confirm"})
    assert "签订分期协议" in client.get(url).content.decode()


def test_casework_pages_show_what_is_due(claim, client, lin, gao):
    case = mediation.open_case(
        claim_ids=[claim.pk], number="调-1", room="调解室", mediator="周", opened_on=TODAY, by=lin,
        now=NOON,
    )  # fmt: skip
    mediation.agree(case_id=case.pk, agreed_on=TODAY, terms="还清", by=lin, now=NOON)
    client.force_login(lin)
    page = client.get(address("case", case.pk)).content.decode()
    assert "双方共同申请司法确认 2026-04-01" in page
    assert "民事诉讼法第205条" in page
    mediation.end_case(case_id=case.pk, ended_on=TODAY, failed=True, words="", by=lin, now=NOON)
    order = pursuit.pursue(
        claim_id=claim.pk, kind="order", court="县法院", number="", filed_on=TODAY, by=lin,
        now=NOON,
    )  # fmt: skip
    assert (
        "法院通知是否受理 2026-03-09" in client.get(address("pursuit", order.pk)).content.decode()
    )


def test_the_grey_button_of_a_package_says_which_resolution_is_missing(claim, client, lin, gao):
    package = sealing.pack(
        claim_ids=[claim.pk], number="FC-1", reason="暂缓", review_on=date(2027, 3, 2),
        dated=TODAY, by=lin, now=NOON,
    )  # fmt: skip
    client.force_login(gao)
    page = client.get(address("package", package.pk)).content.decode()
    assert "还没有“打包封存债权”的决议" in page
    answer = client.post(address("package", package.pk), {"do": "approve"})
    assert answer.status_code == 409


def test_a_clue_is_no_page_of_the_clerks_and_opens_only_on_purpose(claim, client, gao, chen):
    clue = pursuit.hand_clue(
        claim_id=claim.pk, number="XS-1", facts="挪用集体资金", handed_to="县纪委监委",
        handed_on=TODAY, by=gao, now=NOON,
    )  # fmt: skip
    url = address("clue", clue.pk)
    client.force_login(chen)
    assert client.get(url).status_code == 403
    client.force_login(gao)
    assert "挪用" not in client.get(url).content.decode()
    assert "挪用集体资金" in client.post(url, {"do": "open"}).content.decode()


def test_a_tile_alarms_only_when_something_waits():
    calm, urgent = (Waiting("分期违约", many, "/", "", "danger") for many in (0, 1))
    assert (calm.tone, urgent.tone) == ("", "danger")


def test_a_difference_is_that_of_its_day_and_is_silent_once_nothing_is_owed(
    claim, letter, pay, lin, visit
):
    given = replies.answer(
        letter=letter, given="partly", amount=Decimal("9000"), reason="还过", months=None,
        first_on=None, signed_as="孙某", by=None, now=NOON,
    )  # fmt: skip
    pay("5000.00")
    page = address("claim", claim.pk)
    assert "当时相差 800.00 元" in visit(lin, page)
    pay("4800.00")
    assert "相差" not in visit(lin, page)
    told = visit(lin, address("reply-page", given.pk))
    assert "函列 9,800.00 元，当时相差 800.00 元" in told
    assert "现在已清结" in told


def test_an_instalment_says_how_it_was_cleared(
    claim, pay, propose, decided, lin, gao, zheng, visit
):
    put_plan(claim, 2, date(2026, 4, 1), "agreement", now=NOON)
    pay("4900.00")
    one = propose("write_off", "4900.00", facts={"ground": "hopeless", "basis": "决议"})
    steps.approve(proposal_id=one.pk, by=gao, now=NOON)
    steps.confirm(proposal_ids=[one.pk], by=zheng, now=NOON)
    html = visit(lin, address("claim", claim.pk))
    plan = html[html.index("分期计划") :]
    assert plan.index(">已还<") < plan.index(">已核销<")
    assert plan.count("4,900.00") == 3
