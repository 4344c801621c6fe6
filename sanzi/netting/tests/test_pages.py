"""What people see of netting, and who does not."""

from django.urls import reverse

from sanzi.documents.tests.files import jpeg, upload
from sanzi.letters.models import Letter
from sanzi.letters.printing import pdf
from sanzi.netting.actions import proposing, settling
from sanzi.netting.models import Consent, Proposal
from tests.world import NOON, QINGSHUI, SHANGTIAN

from .conftest import SUN, claim


def test_the_page_of_a_new_proposal_says_what_takes_part_and_why_the_rest_does_not(
    bring, ring, visit, chen
):
    bring(债权=[claim(SHANGTIAN, "ZQ-9", "孙某", SUN, "7000", due_on="2027-01-01")])
    told = visit(chen, reverse("netting:new"))
    assert "5 方之间有 6 笔欠款可以参加" in told
    assert "2027-01-01 才到期" in told


def test_a_proposal_is_made_from_the_form_and_shows_before_and_after(ring, client, chen):
    client.force_login(chen)
    form = {"key": "k-1", "title": "三月冲转", "prefer": "age", "longest": ""}
    answer = client.post(reverse("netting:new"), form, follow=True)
    told = answer.content.decode()
    assert Proposal.objects.get().prefer == "age"
    assert "四方各少欠 3,000.00 元，谁都没有多欠" in told
    assert "可冲转 14,000.00 元" in told
    assert told.count("<svg") == 2
    assert "定稿并征求同意" in told


def test_an_unknown_choice_is_refused_on_the_form(ring, client, chen):
    client.force_login(chen)
    form = {"key": "k-1", "title": "三月", "prefer": "mine", "longest": ""}
    assert client.post(reverse("netting:new"), form).status_code == 422


def test_grey_buttons_say_why(ring, propose, visit, zheng, chen):
    one = propose()
    proposing.send(proposal_id=one.pk, by=chen, now=NOON)
    told = visit(zheng, reverse("netting:proposal", args=(one.pk,)))
    assert "确认冲转并记账" in told
    assert "还没有同意" in told


def test_the_whole_way_through_the_pages(ring, agreed, client, zheng, chen):
    step = reverse("netting:step", args=(agreed.pk,))
    client.force_login(zheng)
    told = client.post(step, {"step": "settle"}, follow=True).content.decode()
    assert "冲转入账" in told
    assert "冲转汇总表" in told
    client.force_login(chen)
    client.post(step, {"step": "ask_reversal", "reason": "金额有误"})
    client.force_login(zheng)
    told = client.post(step, {"step": "reverse"}, follow=True).content.decode()
    assert "已冲回" in told
    assert client.post(step, {"step": "nonsense"}).status_code == 422


def test_a_refusal_on_paper_shows_its_cost(ring, propose, client, chen):
    one = propose()
    proposing.send(proposal_id=one.pk, by=chen, now=NOON)
    li = Consent.objects.get(proposal=one, name="李某")
    client.force_login(chen)
    url = reverse("netting:enter", args=(li.pk,))
    assert client.post(url, {"given": "yes", "signed_as": "李某"}).status_code == 422
    answer = client.post(
        url, {"given": "no", "signed_as": "李某", "files": [upload("a.jpg", jpeg())]}, follow=True
    )
    assert "退出后少冲转 12,000.00 元" in answer.content.decode()


def test_a_party_answers_by_its_link_and_names_are_masked(ring, propose, client, chen):
    one = propose()
    proposing.send(proposal_id=one.pk, by=chen, now=NOON)
    slip = Consent.objects.get(proposal=one, name="上田村").slip
    url = reverse("netting:answer", args=(slip.token,))
    told = client.get(url).content.decode()
    assert "李＊" in told
    assert "李某" not in told
    assert client.post(url, {"signed_as": "林某"}).status_code == 422
    told = client.post(url, {"given": "yes", "signed_as": "林会计"}).content.decode()
    assert "已收到您的答复：同意" in told
    again = client.post(url, {"given": "no", "signed_as": "林会计"}).content.decode()
    assert "已收到您的答复：同意" in again
    assert client.get(reverse("netting:answer", args=("A" * 20,))).status_code == 404


def test_the_list_takes_few_queries_and_a_neighbouring_town_sees_none_of_it(
    ring, agreed, visit, chen, luo, lin
):
    assert "三月冲转" in visit(chen, reverse("netting:proposals"), most=20)
    assert "三月冲转" not in visit(luo, reverse("netting:proposals"), most=20)
    for name, key in (("netting:proposal", agreed.pk), ("netting:enter", 1)):
        visit(luo, reverse(name, args=(key,)), status=404)
    visit(lin, reverse("netting:proposal", args=(agreed.pk,)), status=404)
    visit(lin, f"{reverse('netting:new')}?region={QINGSHUI}", status=403)
    visit(luo, f"{reverse('netting:new')}?region={QINGSHUI}", status=404)


def test_the_fund_page_says_what_an_amount_would_clear(ring, agreed, client, chen):
    client.force_login(chen)
    address = reverse("netting:relief", args=(agreed.pk,))
    told = client.get(address).content.decode()
    assert "每投 1 元能清 3 元" in told
    told = client.get(address, {"fund": "100"}).content.decode()
    assert "投入 100.00 元，最多能清 300.00 元" in told
    assert client.get(address, {"fund": "x"}).status_code == 422


def test_limits_on_signing_are_chosen_on_the_form_and_told_on_the_page(ring, client, chen):
    client.force_login(chen)
    form = {"key": "k-1", "title": "三月", "prefer": "", "longest": "", "signers_max": "2",
            "is_one_paper": "on"}  # fmt: skip
    told = client.post(reverse("netting:new"), form, follow=True).content.decode()
    assert "可冲转 2,000.00 元" in told
    assert "最多请 2 方签字" in told
    assert "不限时可冲 14,000.00 元，少冲 12,000.00 元" in told
    assert "协议 1 份，共签 2 处" in told


def test_one_paper_for_all_who_hang_together_has_every_party_once(
    ring, propose, agree, chen, zheng
):
    one = propose(is_one_paper=True)
    proposing.send(proposal_id=one.pk, by=chen, now=NOON)
    agree(one)
    settling.settle(proposal_id=one.pk, by=zheng, now=NOON)
    paper = Letter.objects.get(wording__code="netting.agreement").told()
    assert (paper["parties"], len(paper["signers"]), len(paper["circles"])) == ("5", 5, 2)


def test_slips_and_agreement_print(ring, agreed, client, chen, zheng):
    settling.settle(proposal_id=agreed.pk, by=zheng, now=NOON)
    agreed.refresh_from_db()
    slip = Consent.objects.filter(proposal=agreed)[0].slip
    agreements = Letter.objects.filter(wording__code="netting.agreement").order_by("pk")
    assert [one.told()["parties"] for one in agreements] == ["4", "2"]
    assert "李某" not in str(agreements[1].told())
    assert pdf(list(agreements), "http://x")[:4] == b"%PDF"
    assert pdf([agreed.paper], "http://x")[:4] == b"%PDF"
    assert pdf([slip], "http://x")[:4] == b"%PDF"
