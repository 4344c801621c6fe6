"""Vouchers entered in the grid: saved whole, or told in place with nothing lost."""

from datetime import date

import pytest
from django.urls import reverse

from sanzi.accounting.actions.sets import add_dimension, set_account_active
from sanzi.accounting.models import Account, Dimension, Period, Voucher
from sanzi.agency.actions import entering, steps
from sanzi.agency.models import Draft, DraftLine
from sanzi.kernel.refusals import Forbidden
from tests.books import sides, written
from tests.world import NOON

from .typed import PAID, RENT, form, nothing_written


@pytest.fixture
def url(book):
    return reverse("agency:enter", args=(book.pk,))


@pytest.fixture
def hand_in(client, wu, url):
    """Wu hands the grid in: hand_in(rows, do="more")."""

    def do(rows, to=None, **more):
        client.force_login(wu)
        answer = client.post(to or url, form(rows, **more))
        return answer, answer.content.decode()

    return do


def lines_of(draft):
    return [str(line) for line in draft.lines.order_by("place")]


def test_a_saved_grid_waits_for_review_and_the_next_one_has_its_date(hand_in, url, wu):
    answer, _ = hand_in(RENT)
    assert (answer.status_code, answer["Location"]) == (302, f"{url}?dated=2024-03-05")
    draft = Draft.objects.get()
    assert (draft.stage, draft.flow, draft.by_agency) == ("prepared", "income", True)
    assert (draft.memo, str(draft.amount), draft.moves_money) == ("收鱼塘租金", "100.00", True)
    assert lines_of(draft) == ["1 102", "2 501"]
    assert list(draft.handlings.values_list("step", "by__username")) == [
        ("begin", "wu"),
        ("prepare", "wu"),
    ]


def test_what_was_entered_is_reviewed_signed_and_posted_like_any_other(hand_in, zheng, feng, chu):
    hand_in(RENT)
    draft = Draft.objects.get()
    for step, by in (("review", zheng), ("sign", chu)):
        steps.take_step(draft_id=draft.pk, step=step, by=by, now=NOON)
    steps.post_matters(draft_ids=[draft.pk], by=feng, now=NOON)
    assert written(Voucher.objects.get()) == "借 102 100.00\n贷 501 100.00"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (RENT[:1], "本凭证只有 1 行分录"),
        ([], "本凭证只有 0 行分录"),
        ([RENT[0], ("", "501", "", "", "99.99")], "借贷不平：借方 100.00，贷方 99.99，差 0.01"),
        ([RENT[0], ("", "501", "", "1", "1")], "第 2 行借方、贷方都填了金额"),
        ([RENT[0], ("", "999", "", "", "100")], "第 2 行科目 999 在本账套中不存在"),
        ([RENT[0], ("", "322", "", "", "100")], "第 2 行科目 322 收益分配 有下级科目"),
        ([RENT[0], ("", "502", "", "", "100")], "第 2 行科目 502 投资收益 已停用"),
        ([RENT[0], ("", "501", "查无此人", "", "100")], "第 2 行辅助“查无此人”在本账套中没有"),
        ([RENT[0], ("", "501", "", "", "一百")], "第 2 行金额“一百”不是金额"),
    ],
)
def test_what_the_gate_would_refuse_is_told_in_place_and_nothing_is_written_c36_c37(
    hand_in, book, wu, rows, words
):
    account = Account.objects.get(book=book, code="502")
    set_account_active(account_id=account.pk, is_active=False, by=wu, now=NOON)
    answer, html = hand_in(rows)
    assert answer.status_code == 422
    assert words in html
    assert nothing_written()
    for row in rows:
        for cell in filter(None, row):
            assert f'value="{cell}"' in html


@pytest.mark.parametrize(
    ("more", "status", "words"),
    [
        ({"dated": "2023-12-31"}, 409, "不在账套已开的年度内"),
        ({"dated": "2024-02-05"}, 409, "2024年2月已结账"),
        ({"dated": "2024-02-30"}, 422, "日期要写成"),
        ({"attachments": ""}, 422, "没有附件"),
        ({"attachments": "三"}, 422, "附件张数要填"),
    ],
)
def test_a_closed_month_a_wrong_day_no_papers(hand_in, book, more, status, words):
    Period.objects.filter(book=book, period=202402).update(state="closed")
    answer, html = hand_in(RENT, **more)
    assert answer.status_code == status
    assert words in html
    assert 'value="收鱼塘租金"' in html
    assert nothing_written()


@pytest.mark.parametrize("typed", ["2024/3/5", "2024.3.5", "2024年3月5日", "20240305"])
def test_days_are_read_as_people_write_them(hand_in, typed):
    hand_in(RENT, dated=typed)
    assert Draft.objects.get().dated == date(2024, 3, 5)


def test_without_script_rows_are_added_and_nothing_typed_is_lost(hand_in):
    answer, html = hand_in(RENT, do="more")
    assert answer.status_code == 200
    assert html.count('name="memo"') == 13
    assert 'value="收鱼塘租金"' in html
    assert nothing_written()


def test_without_script_rows_are_pasted_below_what_stands_there(hand_in):
    _, html = hand_in(RENT[:1], do="paste", pasted="\t501 经营收入\t\t\t100.00\n合计\t\t\t100\t100")
    assert 'value="501 经营收入"' in html
    assert "借贷平衡" in html
    assert nothing_written()


def test_rows_that_find_no_room_are_told_of_and_not_saved_without(hand_in):
    pasted = "\n".join(["付\t513\t\t1\t", "\t102\t\t\t1"] * 91)
    answer, html = hand_in([], do="paste", pasted=pasted)
    assert answer.status_code == 200
    assert html.count('name="memo"') == 180
    assert "后面 2 行没有填入" in html
    answer, html = hand_in([("付", "513", "", "1", ""), ("", "102", "", "", "1")] * 91)
    assert answer.status_code == 422
    assert nothing_written()


def test_a_form_with_half_its_fields_is_refused(client, wu, url):
    client.force_login(wu)
    answer = client.post(url, {"memo": ["a", "b"], "account": ["102"], "do": "save"})
    assert answer.status_code == 422
    assert nothing_written()


def test_what_was_typed_is_shown_and_never_run(hand_in):
    _, html = hand_in([('"><script>alert(1)</script>', "{{7*7}}", "", "1", "")])
    assert "<script>alert" not in html
    assert "{{7*7}}" in html
    assert "&lt;script&gt;alert" in html


def test_names_with_a_plus_are_made_once_and_used(hand_in, book):
    rows = [
        ("记应收", "112", "+王某", "60", ""),
        ("", "112", "+王某/+2025年租金", "40", ""),
        ("", "501", "", "", "="),
    ]
    answer, html = hand_in(rows)
    assert answer.status_code == 302, html
    wang, rent = Dimension.objects.order_by("pk")
    assert (wang.kind, wang.name, rent.kind, rent.parent_id) == (
        "counterparty", "王某", "item", wang.pk,
    )  # fmt: skip
    assert list(DraftLine.objects.order_by("place").values_list("counterparty", "item")) == [
        (wang.pk, None),
        (wang.pk, rent.pk),
        (None, None),
    ]


def test_red_letters_are_entered_as_negative_amounts(hand_in):
    answer, _ = hand_in([("冲多计", "513", "", "-20", ""), ("", "102", "", "", "-20")])
    assert answer.status_code == 302
    assert Draft.objects.get().flow == "income"


def test_the_list_of_names_serves_code_name_and_initials(client, wu, book):
    add_dimension(book_id=book.pk, kind="counterparty", name="赵某某", code="ZJ-1", by=wu, now=NOON)
    client.force_login(wu)
    url = reverse("agency:names", args=(book.pk,))
    for asked in ("zm", "赵", "ZJ"):
        names = client.get(url, {"q": asked, "aux": "counterparty item"}).json()["names"]
        assert names == [{"value": "赵某某", "label": "赵某某（往来 ZJ-1）"}]
    assert client.get(url, {"q": "无"}).json() == {"names": []}


def test_who_has_no_duty_to_prepare_is_told_so(client, people, book, url):
    for name in ("zheng", "chu", "lin", "chen", "min"):
        client.force_login(people[name])
        assert client.get(url).status_code == 403
        assert client.post(url, form(RENT)).status_code == 403
    with pytest.raises(Forbidden):
        entering.enter(
            book_id=book.pk, sides=sides(PAID), dated=date(2024, 3, 5), attachments=1,
            by=people["zheng"], now=NOON,
        )  # fmt: skip
    assert nothing_written()


def test_next_door_there_is_no_such_book_voucher_or_matter(client, people, book, put, walk, url):
    voucher, draft = put(book, "2024-01-05", PAID), walk("verified")
    before = Draft.objects.count()
    for name in ("qian", "luo"):
        client.force_login(people[name])
        for address in (
            url,
            reverse("agency:names", args=(book.pk,)),
            reverse("agency:fetch", args=(book.pk,)),
            reverse("agency:prepare", args=(draft.pk,)),
            reverse("agency:reverse", args=(voucher.pk,)),
            reverse("agency:correct", args=(voucher.pk,)),
        ):
            assert client.get(address).status_code == 404, address
        assert client.post(url, form(RENT)).status_code == 404
    assert Draft.objects.count() == before


def test_pages_ask_few_questions(client, wu, book, put, walk, url, django_assert_max_num_queries):
    voucher = put(book, "2024-01-05", PAID)
    client.force_login(wu)
    for address in (
        url,
        f"{url}?copy={voucher.pk}",
        reverse("agency:prepare", args=(walk("verified").pk,)),
        reverse("agency:reverse", args=(voucher.pk,)),
        reverse("agency:correct", args=(voucher.pk,)),
    ):
        with django_assert_max_num_queries(20):
            assert client.get(address).status_code == 200


def test_the_set_is_chosen_first_and_a_single_one_opened_at_once(
    client, wu, lin, book, url, request
):
    client.force_login(wu)
    choose = reverse("agency:choose")
    assert client.get(choose)["Location"] == url
    request.getfixturevalue("neighbours_book")
    html = client.get(choose).content.decode()
    assert "上田村股份经济合作社" in html
    assert "下田村股份经济合作社" in html
    assert client.get(choose, {"book": "上田"})["Location"] == url
    assert "没有找到账套" in client.get(choose, {"book": "没有的"}).content.decode()
    client.force_login(lin)
    assert client.get(choose).status_code == 403


def test_a_flow_of_the_bank_begins_a_voucher_with_its_money_side(client, book, wu):
    client.force_login(wu)
    query = "?money=102&amount=-35.50&memo=电费&dated=2024-01-15"
    html = client.get(f"/agency/books/{book.pk}/enter/{query}").content.decode()
    assert html.count("35.50") >= 2
    assert "102 银行存款" in html
    assert "电费" in html
