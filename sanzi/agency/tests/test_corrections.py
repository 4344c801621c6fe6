"""Posted vouchers copied, taken back in red and corrected: never where they stand."""

from datetime import date

import pytest
from django.urls import reverse

from sanzi.accounting.models import Voucher
from sanzi.agency.actions import entering, steps
from sanzi.agency.models import Draft
from sanzi.kernel.refusals import Blocked, Invalid
from tests.books import sides, written
from tests.world import NOON

from .typed import PAID, form, nothing_written


@pytest.fixture
def url(book):
    return reverse("agency:enter", args=(book.pk,))


def test_an_earlier_voucher_is_copied_with_a_date_of_its_own(client, wu, book, put, url):
    voucher = put(book, "2024-01-05", PAID, memo="付电费")
    client.force_login(wu)
    answer = client.get(
        reverse("agency:fetch", args=(book.pk,)),
        {"month": "2024-01", "number": "1", "what": "copy"},
    )
    assert answer["Location"] == f"{url}?copy={voucher.pk}"
    html = client.get(answer["Location"]).content.decode()
    for cell in ("付电费", "513 管理费用", "102 银行存款", "100.00"):
        assert f'value="{cell}"' in html


@pytest.mark.parametrize("number", ["2", "0", "x", "", "9" * 30])
def test_no_such_voucher(client, wu, book, put, url, number):
    put(book, "2024-01-05", PAID)
    client.force_login(wu)
    asked = {"month": "2024-01", "number": number, "what": "reverse"}
    answer = client.get(reverse("agency:fetch", args=(book.pk,)), asked, follow=True)
    assert "没有这张凭证" in answer.content.decode()


def test_a_voucher_is_taken_back_by_a_matter_that_goes_the_whole_way(
    client, wu, zheng, chu, feng, book, put
):
    voucher = put(book, "2024-01-05", PAID)
    url = reverse("agency:reverse", args=(voucher.pk,))
    client.force_login(wu)
    html = client.get(url).content.decode()
    assert "注销1月5日记-1号凭证" in html
    assert "-100.00" in html
    answer = client.post(url, {"dated": "2024-03-20"})
    draft = Draft.objects.get()
    assert answer["Location"] == reverse("agency:matter", args=(draft.pk,))
    again = client.post(url, {"dated": "2024-03-20"})
    assert (again.status_code, Draft.objects.count()) == (409, 1)
    assert "已在办理（待复核）" in again.content.decode()

    for step, by in (("review", zheng), ("sign", chu)):
        steps.take_step(draft_id=draft.pk, step=step, by=by, now=NOON)
    steps.post_matters(draft_ids=[draft.pk], by=feng, now=NOON)
    red = Voucher.objects.get(kind="red")
    assert (red.reverses_id, written(red)) == (voucher.pk, "借 513 -100.00\n贷 102 -100.00")
    assert "只能冲销一次" in client.post(url, {"dated": "2024-03-20"}).content.decode()
    assert "只能冲销一次" in client.get(url).content.decode()


@pytest.mark.parametrize(
    ("dated", "words"), [("2025-01-01", "蓝字更正凭证"), ("2024-01-04", "不能早于"), ("x", "日期")]
)
def test_a_red_letter_outside_its_year_or_before_its_day(client, wu, book, put, dated, words):
    voucher = put(book, "2024-01-05", PAID)
    client.force_login(wu)
    answer = client.post(reverse("agency:reverse", args=(voucher.pk,)), {"dated": dated})
    assert answer.status_code in (409, 422)
    assert words in answer.content.decode()
    assert nothing_written()


def test_the_grid_is_no_way_round_the_rules_of_red_letters(book, put, wu):
    voucher = put(book, "2024-01-05", PAID)
    red = sides("借 513 -100.00\n贷 102 -100.00")
    details = {"book_id": book.pk, "sides": red, "reverses_id": voucher.pk, "by": wu, "now": NOON}
    with pytest.raises(Blocked, match="当年"):
        entering.enter(dated=date(2025, 1, 1), **details)
    assert nothing_written()


def test_a_correcting_voucher_names_what_it_corrects_and_needs_no_papers(client, wu, book, put):
    voucher = put(book, "2024-01-05", PAID)
    url = reverse("agency:correct", args=(voucher.pk,))
    client.force_login(wu)
    assert "订正" in client.get(url).content.decode()
    rows = [("订正1月5日记-1号凭证", "514", "", "100", ""), ("", "102", "", "", "100")]
    answer = client.post(url, form(rows, attachments=""))
    assert answer.status_code == 302, answer.content.decode()
    assert Draft.objects.get().reverses_id == voucher.pk


def test_a_voucher_of_another_book_is_neither_copied_nor_taken_back_here(
    client, wu, book, neighbours_book, put, url
):
    other = put(neighbours_book, "2024-01-05", PAID)
    client.force_login(wu)
    assert client.get(url, {"copy": other.pk}).status_code == 404
    assert client.get(url, {"copy": "x"}).status_code == 404
    with pytest.raises(Invalid, match="不是本账套"):
        entering.enter(
            book_id=book.pk, sides=sides(PAID), dated=date(2024, 3, 5), reverses_id=other.pk,
            by=wu, now=NOON,
        )  # fmt: skip
