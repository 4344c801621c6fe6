import pytest
from django.urls import reverse

from sanzi.cleanup.actions.judging import judge
from sanzi.cleanup.contract_page import GROUPS, SHEET
from sanzi.cleanup.models import Judgement
from tests.brought import ID, PHONE
from tests.world import NOON

FINDINGS = reverse("cleanup:findings")


def page(contract):
    return reverse("cleanup:contract", args=(contract.pk,))


def post(client, person, contract, **fields):
    client.force_login(person)
    url = reverse("cleanup:judge", args=(contract.pk,))
    return client.post(url, {"rule": "P01", "ruling": "confirmed", "reason": "属实", **fields})


def test_every_column_of_the_sheet_stands_on_the_page_once():
    shown = [field for _, fields in GROUPS for field in fields]
    assert sorted(shown) == sorted(column.field for column in SHEET.columns)


def test_the_page_answers_quotes_the_law_and_links_what_belongs_together(brought, chen, visit):
    html = visit(chen, page(brought["oral"]))

    assert (
        "上田村与赵某的资源类合同，总价 240,000.00 元，有 1 项问题，已确认 0 项，尚未处置" in html
    )
    assert "口头合同" in html
    assert "依据：" in html
    assert "民法典" in html or "承包法" in html or "合同法" in html
    for name, key in (
        ("parties:party", "zhao"),
        ("receivables:claim", "claim"),
    ):
        assert reverse(name, args=(brought[key].pk,)) in html
    assert reverse("registers:row", args=("resources", brought["pond"].pk)) in html
    assert "导入新增" in html


def test_a_lawful_contract_says_so(brought, chen, visit):
    html = visit(chen, page(brought["lawful"]))
    assert "没有不规范问题" in html
    assert "2035-01-01 起才成立" in html


def test_identity_and_phone_are_masked(brought, chen, lin, jian, visit):
    for person in (chen, lin, jian):
        html = visit(person, page(brought["oral"]))
        assert ID not in html
        assert PHONE not in html


def test_the_clerk_has_live_buttons_and_the_leader_grey_ones_that_say_why(
    brought, chen, gao, visit
):
    assert "确认这个问题" in visit(chen, page(brought["oral"]))
    html = visit(gao, page(brought["oral"]))
    assert "确认这个问题" not in html
    assert "您的岗位不能办理" in html


def test_confirming_returns_to_the_page_that_now_says_so(client, brought, chen, visit):
    answer = post(client, chen, brought["oral"], reason="走访属实")
    assert (answer.status_code, answer["Location"]) == (302, page(brought["oral"]))
    html = visit(chen, page(brought["oral"]))
    assert "已确认 1 项" in html
    assert "走访属实" in html
    assert "推翻这个问题" in html
    assert "确认这个问题" not in html


def test_a_short_reason_is_refused_in_place_and_what_was_written_stays(client, brought, chen):
    answer = post(client, chen, brought["oral"], reason="对")
    assert answer.status_code == 422
    assert "理由太短" in answer.content.decode()
    assert ">对</textarea>" in answer.content.decode()
    assert not Judgement.objects.exists()


@pytest.mark.parametrize("name", ["qian", "luo"])
def test_next_door_there_is_no_such_contract(brought, people, visit, client, name):
    visit(people[name], page(brought["oral"]), status=404)
    assert post(client, people[name], brought["oral"]).status_code in (403, 404)


def test_an_administrator_sees_no_contract(brought, xi, visit):
    visit(xi, page(brought["oral"]), status=403)


def test_the_list_of_findings_is_what_stands_in_the_region(brought, chen, lin, visit):
    html = visit(lin, FINDINGS)
    assert "HT-1" in html
    assert "canary" not in html
    assert page(brought["oral"]) in html
    assert "P09" not in html.split("<tbody>")[1]  # not before the lease ends
    assert "没有符合条件" in visit(lin, f"{FINDINGS}?by_rule=P03")
    assert "HT-1" in visit(lin, f"{FINDINGS}?ruling=unjudged&severity=较重")
    visit(lin, f"{FINDINGS}?by_rule=P99", status=400)
    visit(lin, f"{FINDINGS}?ruling=x", status=400)


def test_an_overruled_finding_is_found_by_its_ruling(brought, chen, visit):
    judge(
        contract_id=brought["oral"].pk,
        rule="P01",
        ruling="overruled",
        reason="原件已找到",
        by=chen,
        now=NOON,
    )
    assert "HT-1" in visit(chen, f"{FINDINGS}?ruling=overruled")
    assert "HT-1" not in visit(chen, f"{FINDINGS}?ruling=standing").split("<tbody>")[1]
