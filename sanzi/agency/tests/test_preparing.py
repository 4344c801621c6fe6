"""A village's matter opened in the grid: its voucher made by hand, accounts only suggested."""

from django.urls import reverse

from .typed import form


def lines_of(draft):
    return [str(line) for line in draft.lines.order_by("place")]


def test_a_matter_of_the_village_becomes_a_voucher(client, walk, wu):
    draft = walk("verified", is_note=True, payee="王某")
    url = reverse("agency:prepare", args=(draft.pk,))
    client.force_login(wu)
    html = client.get(url).content.decode()
    assert 'value="修渠材料款（王某）"' in html
    assert html.count('value="500.00"') == 2
    rows = [("修渠材料款", "513", "", "500", ""), ("", "102", "", "", "500")]
    answer = client.post(url, form(rows, attachments="2", do="save_open"))
    assert answer["Location"] == reverse("agency:matter", args=(draft.pk,))
    draft.refresh_from_db()
    assert (draft.stage, lines_of(draft)) == ("prepared", ["1 513", "2 102"])


def test_a_matter_not_yet_checked_is_not_turned_into_a_voucher(client, walk, wu):
    draft = walk("submitted")
    client.force_login(wu)
    url = reverse("agency:prepare", args=(draft.pk,))
    answer = client.post(url, form([("修渠", "513", "", "500", ""), ("", "102", "", "", "500")]))
    assert answer.status_code == 409
    assert 'value="修渠"' in answer.content.decode()
    assert not draft.lines.exists()


def test_accounts_are_suggested_from_the_villages_own_vouchers_and_taken_only_by_hand(
    client, walk, wu, book, put
):
    like = put(book, "2024-01-05", "借 514 80.00\n贷 101 80.00", memo="修渠材料")
    put(book, "2024-01-06", "借 102 80.00\n贷 501 80.00", memo="收鱼塘租金")
    draft = walk("verified")
    client.force_login(wu)
    url = reverse("agency:prepare", args=(draft.pk,))
    html = client.get(url).content.decode()
    assert "借 514 公益支出（1 次）" in html
    assert "经营收入（" not in html
    assert 'value="514' not in html.split("<datalist")[0]
    taken = client.get(url, {"like": like.pk}).content.decode().split("<datalist")[0]
    assert 'value="514 公益支出"' in taken
    assert 'value="101 库存现金"' in taken
    assert taken.count('value="500.00"') == 2


def test_without_anything_alike_the_flow_says_what_is_usual(client, walk, wu, book, put):
    put(book, "2024-01-06", "借 102 80.00\n贷 501 80.00", memo="收鱼塘租金")
    put(book, "2024-01-07", "借 514 80.00\n贷 102 80.00", memo="路灯电费")
    draft = walk("verified")
    client.force_login(wu)
    html = client.get(reverse("agency:prepare", args=(draft.pk,))).content.decode()
    assert "借 514 公益支出（1 次）" in html
    assert "贷 501" not in html
