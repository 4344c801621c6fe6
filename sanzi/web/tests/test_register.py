import re

import pytest

from sanzi.web.register import RegisterColumn
from tests.world import SHANGTIAN, XIATIAN

from .conftest import IDENTITY, write


def numbers(html: str) -> list[str]:
    """The contract numbers of the rows, in order."""
    return re.findall(r'<a href="/contracts/\d+/">([^<]+)</a>', html)


def test_a_town_sees_its_villages_and_never_the_next_town(open_register):
    html = open_register()
    assert numbers(html) == ["A-1", "A-2", "A-3", "B-1"]
    assert "canary-of-liyuan" not in html


def test_a_village_sees_itself(client, contracts, qian):
    client.force_login(qian)
    assert numbers(client.get("/contracts/").content.decode()) == ["B-1"]


def test_the_sums_are_of_the_whole_set_and_not_of_the_page(open_register):
    html = open_register("?size=1")
    assert numbers(html) == ["A-1"]
    assert "1,234,567,890.22" in html
    assert "4 份合同" in html


def test_blank_is_blank_and_zero_is_zero(open_register):
    html = open_register("?cols=number&cols=total_amount&sort=number")
    cells = re.findall(r'<td class="figure">([^<]*)</td>', html)
    assert cells == ["1,234,567,890.12", "0.00", "", "0.10", "1,234,567,890.22"]


def test_the_words_are_searched_as_they_are_written(open_register):
    assert numbers(open_register("?q=100%25")) == ["A-2"]
    assert numbers(open_register("?q=_")) == ["A-2"]
    assert numbers(open_register("?q=%25%25")) == []
    assert numbers(open_register("?q=钱多")) == ["B-1"]
    assert numbers(open_register("?q=b-1")) == ["B-1"]


@pytest.mark.parametrize(
    "spelt", [IDENTITY, IDENTITY.lower(), f" {IDENTITY[:6]} {IDENTITY[6:]}", "９" + IDENTITY[1:]]
)
def test_an_identity_number_finds_its_contract_only_when_whole(open_register, spelt):
    assert numbers(open_register(f"?q={spelt}")) == ["A-1"]
    assert numbers(open_register(f"?q={IDENTITY[:12]}")) == []


def test_an_identity_number_is_never_shown(open_register):
    assert IDENTITY not in open_register(f"?region={SHANGTIAN}")


def test_narrowed_to_a_village(open_register):
    assert numbers(open_register(f"?region={XIATIAN}")) == ["B-1"]


def test_filters_by_choice_by_yes_and_no_and_by_blank(open_register):
    assert numbers(open_register("?category=资产类")) == ["A-3"]
    assert numbers(open_register("?category=资产类&category=资源类")) == [
        "A-1",
        "A-2",
        "A-3",
        "B-1",
    ]
    assert numbers(open_register("?is_member=是")) == ["A-1"]
    assert numbers(open_register("?is_member=-")) == ["A-3", "B-1"]
    assert numbers(open_register("?written=-")) == ["B-1"]
    assert numbers(open_register("?written=-&written=书面")) == ["A-1", "A-2", "A-3", "B-1"]
    assert numbers(open_register("?category=")) == ["A-1", "A-2", "A-3", "B-1"]


def test_a_narrowing_without_a_select_is_said_in_words_and_can_be_dropped(open_register):
    html = open_register("?ending=2&as_of=2022-12-31&sort=number")
    assert numbers(html) == ["A-2"]
    assert '编号结尾：2 <a href="?sort=number">取消</a>' in html


@pytest.mark.parametrize(
    "query",
    [
        "?colour=red",
        "?category=别的",
        "?is_member=maybe",
        "?sort=password",
        "?sort=party__identity_hash",
        "?sort=contractor_id",
        "?sort=--number",
        "?sort=state",
        "?cols=village",
        "?export=csv",
        "?print=2",
        "?total_amount__gt=1",
        "?q=" + "长" * 201,
    ],
)
def test_what_the_register_does_not_offer_is_refused_and_said(open_register, query):
    assert "notice danger" in open_register(query, status=400)


def test_a_search_of_two_hundred_characters_is_still_a_search(open_register):
    assert numbers(open_register("?q=" + "长" * 200)) == []


def test_a_null_byte_is_only_left_out(open_register):
    assert numbers(open_register("?q=%00A-1")) == ["A-1"]


def test_sorting_puts_the_unfilled_last_both_ways(open_register):
    assert numbers(open_register("?sort=total_amount")) == ["A-2", "B-1", "A-1", "A-3"]
    assert numbers(open_register("?sort=-total_amount")) == ["A-1", "B-1", "A-2", "A-3"]


def test_the_sorted_column_says_so_and_turns_round(open_register):
    html = open_register("?sort=signed_on")
    assert 'aria-sort="ascending"><a href="?sort=-signed_on">签订日期' in html


@pytest.mark.parametrize(
    ("query", "row"),
    [
        ("page=0", "A-1"),
        ("page=-1", "A-1"),
        ("page=abc", "A-1"),
        ("page=", "A-1"),
        ("page=1e9", "A-1"),
        ("page=2", "A-2"),
        ("page=4", "B-1"),
        ("page=1000000000", "B-1"),
        ("page=" + "9" * 400, "B-1"),
    ],
)
def test_any_page_number_leads_to_a_page_that_exists(open_register, query, row):
    assert numbers(open_register(f"?size=1&{query}")) == [row]


@pytest.mark.parametrize("size", ["0", "-5", "x", "100000"])
def test_any_size_is_a_size(open_register, size):
    assert len(numbers(open_register(f"?size={size}"))) == 4


def test_a_page_is_never_longer_than_two_hundred_rows(open_register):
    for index in range(205):
        write(SHANGTIAN, f"Z-{index}")
    assert len(numbers(open_register("?size=999"))) == 200


def test_the_columns_chosen_are_the_columns_shown_in_the_register_s_order(open_register):
    html = open_register("?cols=total_amount&cols=number")
    heads = re.findall(r'<th class="[^"]*" scope="col"[^>]*>(?:<a[^>]*>)?([^<]+)', html)
    assert heads == ["序号", "合同编号", "合同总价（元）"]


def test_a_unit_stands_apart_from_what_it_measures():
    price = RegisterColumn("unit_price", "单价元每亩年", kind="money")
    assert (price.name, price.heading) == ("单价", "单价（元每亩年）")
    assert RegisterColumn("sum", "欠款（元）", kind="money").heading == "欠款（元）"
    assert RegisterColumn("room", "单元").heading == "单元"


def test_one_village_s_page_does_not_repeat_its_name_in_every_row(open_register):
    whole, village = open_register(), open_register(f"?region={SHANGTIAN}")
    assert '<th class="narrow" scope="col"><a href="?sort=village_name">村</a>' in whole
    assert "sort=village_name" not in village
    chosen = open_register(f"?region={SHANGTIAN}&cols=number&cols=village_name")
    assert "sort=village_name" in chosen


def test_who_has_one_village_is_not_asked_which(client, contracts, lin, open_register):
    assert 'name="region"' in open_register()
    client.force_login(lin)
    assert '<select id="region"' not in client.get("/contracts/").content.decode()


def test_an_empty_register_says_what_to_do(client, chen):
    client.force_login(chen)
    assert "请先导入工作簿" in client.get("/contracts/").content.decode()


def test_badges_come_in_words(open_register):
    assert '<span class="badge warn">未收款</span>' in open_register()


def test_markup_in_a_cell_stays_text(open_register):
    write(SHANGTIAN, "X", title="<script>alert(1)</script>")
    assert "<script>alert" not in open_register()


def test_a_page_of_any_length_asks_the_same_few_questions(
    open_register, django_assert_num_queries, client
):
    # Session, person, posts; the sums, the rows, the places; and one for the badges.
    for index in range(60):
        write([SHANGTIAN, XIATIAN][index % 2], f"Z-{index}")
    for size in (1, 50):
        with django_assert_num_queries(7):
            client.get(f"/contracts/?size={size}")


def test_the_printed_form_has_title_unit_sums_and_signatures(open_register):
    html = open_register("?print=1&cols=number&cols=total_amount")
    for words in ("清水镇合同台账", "单位：元", "合计", "单位负责人：", "制表："):
        assert words in html
    assert "1,234,567,890.22" in html
    assert 'class="side"' not in html


def test_too_long_a_print_is_refused_with_the_way_out(open_register, monkeypatch):
    monkeypatch.setattr("sanzi.web.registers.PRINT_MAX", 3)
    assert "导出" in open_register("?print=1", status=422)


def test_the_post_must_hold_the_register_s_permission(client, contracts, ji):
    client.force_login(ji)
    assert client.get("/contracts/").status_code == 403


def test_an_htmx_visit_is_refused_in_the_notice_without_leaving_its_address(client, open_register):
    answer = client.get("/contracts/?sort=zz", headers={"HX-Request": "true", "HX-Boosted": "true"})
    assert answer.status_code == 400
    assert answer["HX-Retarget"] == "#notice"
    assert answer["HX-Push-Url"] == "false"
