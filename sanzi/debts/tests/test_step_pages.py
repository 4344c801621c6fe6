import re

from django.urls import reverse

from sanzi.debts.models import Resolving
from sanzi.debts.ways import WAYS
from sanzi.documents.tests.files import jpeg, upload


def test_every_way_is_on_the_page_with_what_it_takes(brought, wu, visit):
    html = visit(wu, reverse("debts:ways", args=(brought["debt"].pk,)))
    for way in WAYS:
        assert f"{way.code} {way.title}" in html
        assert way.proof in html


def test_a_payment_is_proposed_on_one_page_and_confirmed_on_another(
    brought, book, wu, zheng, client
):
    debt = brought["debt"]
    client.force_login(wu)
    url = reverse("debts:propose", args=(debt.pk, "D01"))
    key = re.search(r'name="key" value="([^"]+)"', client.get(url).content.decode())[1]
    told = {"key": key, "amount": "1,000.00", "dated": "2024-03-05", "money": "bank", "basis": ""}
    answer = client.post(url, {**told, "files": [upload("回单.jpg", jpeg())]})
    assert answer.status_code == 302, answer.content.decode()[-800:]
    assert client.post(url, told).status_code == 409
    html = client.get(answer.url).content.decode()
    assert "待批准或确认" in html
    assert reverse("debts:ways", args=(debt.pk,)) not in html

    client.force_login(zheng)
    step = reverse("debts:step", args=(Resolving.objects.get().pk,))
    assert client.post(step, {"step": "confirm"}).status_code == 302
    html = client.get(answer.url).content.decode()
    assert "已办结" in html
    assert "记-1" in html
    assert "4,000.00" in html


def test_a_grey_button_says_what_is_missing(brought, propose, zheng, visit):
    propose("D09", "100", files=[])
    html = visit(zheng, reverse("debts:debt", args=(brought["debt"].pk,)))
    assert "须先经乡镇批准；还没有上传证明：核实证明、公示记录；还没有“核销债务”的决议" in html


def test_wrong_amounts_stay_on_the_form(brought, wu, client):
    client.force_login(wu)
    url = reverse("debts:propose", args=(brought["debt"].pk, "D08"))
    told = {"key": "k", "amount": "100", "paid": "100", "dated": "2024-03-05", "money": "bank"}
    answer = client.post(url, told)
    assert answer.status_code == 422
    assert "付出的现金应少于化解金额" in answer.content.decode()


def test_next_door_there_is_no_such_debt(brought, qian, client):
    client.force_login(qian)
    for name, args in (("debts:ways", ()), ("debts:propose", ("D01",))):
        assert client.get(reverse(name, args=(brought["debt"].pk, *args))).status_code == 404
