"""The queues, a case's page at every stage, and a remedy walked through the forms alone."""

import pytest
from django.urls import reverse

from sanzi.cleanup.models import Case
from sanzi.cleanup.remedies.carrying import REVISED
from sanzi.contracts.models import Amendment
from sanzi.documents.tests.files import jpeg, upload

from .cases import decide, walk, who

pytestmark = pytest.mark.usefixtures("people")


def url(name, *args):
    return reverse(f"cleanup:{name}", args=args)


def test_the_page_says_what_is_next_and_why_not(brought, visit, lin, chen):
    case = walk(brought["oral"], "W1", "planned")

    html = visit(chen, url("case", case.pk))
    assert "完善修订（签订补充协议），待决议和审核" in html
    assert "还没有“完善修订合同”的决议" in html
    assert "提请决议" not in html  # The town proposes nothing.
    assert "提请决议" in visit(lin, url("case", case.pk))


@pytest.mark.parametrize("stage", ["opened", "reviewed", "carried", "struck"])
def test_the_page_opens_at_every_stage_for_everybody_who_may_see_it(brought, visit, stage):
    case = walk(brought["oral"], "S2" if stage == "struck" else "W1", stage)
    for name in ("lin", "chen", "gao", "shi", "jian"):
        assert brought["oral"].title in visit(who(name), url("case", case.pk))
    visit(who("qian"), url("case", case.pk), status=404)


def test_the_contract_leads_to_its_case(brought, client, lin):
    client.force_login(lin)
    page = client.get(url("contract", brought["oral"].pk)).content.decode()
    assert "还没有立案" in page

    answer = client.post(url("contract-open", brought["oral"].pk))
    case = Case.objects.get()
    assert answer.headers["Location"] == url("case", case.pk)
    assert url("case", case.pk) in client.get(url("contract", brought["oral"].pk)).content.decode()


def test_irregular_contracts_are_opened_in_one_go(brought, client, lin):
    client.force_login(lin)
    page = client.get(url("cases-open")).content.decode()
    assert "HT-1" in page
    assert "HT-2" not in page

    client.post(url("cases-open"), {"contracts": [brought["oral"].pk]})
    assert Case.objects.count() == 1


def test_the_two_queues_and_the_list_show_how_far_they_are(brought, visit, chen, lin):
    walk(brought["oral"], "W1", "carried")
    html = visit(chen, url("cases-desk"))
    assert "资源资产类" in html
    assert "轮到我办 1 件" in html
    assert "轮到我办 0 件" in visit(lin, url("cases-desk"))
    for query in ("focus=property", "stage=carried", "remedy=完善修订", "level=village"):
        assert "HT-1" in visit(chen, f"{url('cases')}?{query}")
    assert "HT-1" not in visit(chen, f"{url('cases')}?focus=large")
    assert "HT-1" in visit(chen, f"{url('cases')}?limit=overdue")


def test_a_remedy_is_walked_through_the_forms_alone(brought, client, lin, chen, gao):
    case = walk(brought["oral"], "W1", "opened")

    def post(person, name, data):
        client.force_login(person)
        answer = client.post(url(name, case.pk), data)
        assert answer.status_code == 302, answer.content.decode()[-2000:]
        case.refresh_from_db()

    plan = {"path": "W1", "responsible": "赵主任", "known_on": "2026-02-01"}
    post(lin, "case-plan", plan)
    decide(case, "contract.revise")
    post(chen, "case-step", {"step": "review"})
    work = {
        "on": "2026-03-30", "number": "备-9", "filed_on": "2026-03-31", "body": "清水镇农经站",
        "term_yearly_amount": "15,000.00", "paper_text": upload("t.jpg", jpeg()),
        "paper_filed": upload("f.jpg", jpeg()),
    }  # fmt: skip
    post(lin, "case-carry", {f"term_{n}": "" for n in REVISED} | work)
    post(chen, "case-step", {"step": "accept", "words": "材料齐全"})
    post(gao, "case-step", {"step": "strike"})

    assert case.stage == "struck"
    assert Amendment.objects.get().changes == {"yearly_amount": ["12000.00", "15000.00"]}


def test_a_refusal_is_told_on_the_page_and_nothing_has_changed(brought, client, chen):
    case = walk(brought["oral"], "W1", "planned")
    client.force_login(chen)
    answer = client.post(url("case-step", case.pk), {"step": "review"})
    assert answer.status_code == 409
    assert "还没有“完善修订合同”的决议" in answer.content.decode()
    answer = client.post(url("case-step", case.pk), {"step": "return", "words": ""})
    assert answer.status_code == 422
