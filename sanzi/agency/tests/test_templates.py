"""凭证模板: kept from the grid, used, put away; each belongs to one book."""

import pytest
from django.urls import reverse

from sanzi.agency.actions.entering import save_template
from sanzi.agency.models import VoucherTemplate
from sanzi.kernel.refusals import Blocked, Invalid
from tests.world import NOON

from .typed import form, nothing_written

POWER = [("付路灯电费", "514", "", "80", ""), ("", "102", "", "", "=")]
LINES = [{"account": "514", "side": "debit", "amount": "80.00", "memo": "付电费", "named": ""}]


@pytest.fixture
def url(book):
    return reverse("agency:enter", args=(book.pk,))


@pytest.fixture
def template(book, wu):
    return save_template(
        book_id=book.pk, name="路灯电费", memo="付电费", lines=LINES, by=wu, now=NOON
    )


@pytest.mark.parametrize(("more", "amounts"), [({}, ["", ""]), ({"with_amounts": "on"}, None)])
def test_the_grid_is_kept_as_a_template_with_its_amounts_only_if_asked(
    client, wu, url, more, amounts
):
    client.force_login(wu)
    answer = client.post(url, form(POWER, do="template", template_name=" 路灯电费 ", **more))
    assert answer.status_code == 200
    assert "模板已保存" in answer.content.decode()
    kept = VoucherTemplate.objects.get()
    assert (kept.name, kept.memo) == ("路灯电费", "付路灯电费")
    assert [(line["account"], line["side"]) for line in kept.lines] == [
        ("514", "debit"),
        ("102", "credit"),
    ]
    assert [line["amount"] for line in kept.lines] == (amounts or ["80.00", "80.00"])
    assert nothing_written()

    html = client.get(url, {"template": kept.pk}).content.decode()
    assert 'value="514 公益支出"' in html
    assert 'value="付路灯电费"' in html


def test_a_template_with_a_wrong_account_is_told_in_place(client, wu, url):
    client.force_login(wu)
    rows = [("付", "999", "", "80", "")]
    answer = client.post(url, form(rows, do="template", template_name="x"))
    assert answer.status_code == 422
    assert "第 1 行科目 999" in answer.content.decode()
    assert not VoucherTemplate.objects.exists()


def test_a_name_is_used_once_a_book(book, committee_book, template, wu):
    told = {"name": "路灯电费", "memo": "付电费", "lines": LINES, "by": wu, "now": NOON}
    with pytest.raises(Blocked, match="已有模板"):
        save_template(book_id=book.pk, **told)
    save_template(book_id=committee_book.pk, **told)
    with pytest.raises(Invalid, match="模板名称"):
        save_template(book_id=book.pk, **{**told, "name": " "})


def test_put_away_it_is_offered_no_more_and_can_be_taken_back(client, wu, book, template, url):
    client.force_login(wu)
    page = reverse("agency:templates", args=(book.pk,))
    state = reverse("agency:template-state", args=(template.pk,))
    assert "借 514 公益支出 80.00" in client.get(page).content.decode()
    assert 'name="template"' in client.get(url).content.decode()
    assert client.post(state, {"is_active": "0"})["Location"] == page
    assert "已停用" in client.get(page).content.decode()
    assert 'name="template"' not in client.get(url).content.decode()
    assert client.get(url, {"template": template.pk}).status_code == 404
    client.post(state, {"is_active": "1"})
    assert client.get(url, {"template": template.pk}).status_code == 200


def test_a_template_of_one_book_is_none_of_another(client, wu, committee_book, template):
    client.force_login(wu)
    other = reverse("agency:enter", args=(committee_book.pk,))
    assert client.get(other, {"template": template.pk}).status_code == 404
    assert "路灯电费" not in client.get(other).content.decode()


def test_others_neither_see_nor_touch_it(client, people, book, template):
    page = reverse("agency:templates", args=(book.pk,))
    state = reverse("agency:template-state", args=(template.pk,))
    for name, status in (("lin", 403), ("zheng", 403), ("qian", 403), ("luo", 403)):
        client.force_login(people[name])
        assert client.get(page).status_code == status
        assert client.post(state, {"is_active": "0"}).status_code == status
    template.refresh_from_db()
    assert template.is_active
