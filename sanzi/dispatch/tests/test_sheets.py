"""Sheets are frozen: the same to the byte a month later, and their rows still add up."""

import json
import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from sanzi.dashboards.tests.conftest import claim, share
from sanzi.dispatch.actions.sheets import correct, explain, generate
from sanzi.dispatch.body import read
from sanzi.dispatch.freezing import Order
from sanzi.dispatch.models import Arrangement, Sheet
from sanzi.journal.models import Entry
from sanzi.journal.recorder import key
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from sanzi.letters.blocks import Paragraph
from sanzi.letters.form import LetterForm
from sanzi.letters.writing import write
from sanzi.metrics import catalogue
from sanzi.receivables.casework import Reply
from tests.world import BAIYAN, CITY, COUNTY, NOON, QINGSHUI, SHANGTIAN, XIATIAN

SLIP = LetterForm(
    code="dispatch.slip", title="函", series="T", fields=(), blocks=(Paragraph("请回函。"),)
)
FIRST, SECOND = date(2022, 12, 17), date(2022, 12, 31)
LATER = datetime(2026, 4, 2, 4, 0, tzinfo=UTC)


def freeze(
    by, region=QINGSHUI, kind="biweekly", level="village", on=SECOND, now=NOON, **more
) -> Sheet:
    (made,) = generate(orders=[Order(region, kind, level, on)], by=by, now=now, **more)
    return made


def cell(sheet: Sheet, code: str, tag: str):
    body = read(sheet.body)
    line = body.line(code)
    return next(v for c, v in zip(body.columns, line.values, strict=True) if c.tag == tag)


def move_on(rows) -> None:
    """What may happen in a month: more is recovered, earlier days are mended, a row changes."""
    share(
        "receivables",
        rows["claim"],
        ("receivables.count", date.min, 1),
        ("receivables.locked", date(2021, 12, 31), 400_00),
        ("receivables.recovered", date(2022, 6, 30), 200_00),
        ("receivables.cash", date(2022, 6, 30), 200_00),
        ("receivables.recovered", date(2022, 12, 25), 50_00),
        ("receivables.set_off", date(2022, 12, 25), 50_00),
        ("receivables.recovered", date(2023, 1, 5), 9_00),
    )
    share("receivables", claim(XIATIAN, "Z-2"), ("receivables.recovered", date(2022, 12, 20), 7_00))


def test_a_sheet_holds_the_figures_of_its_cut_off(cleanup, chen):
    made = freeze(chen)
    assert cell(made, SHANGTIAN, "锁定债权") == Decimal("400.00")
    assert cell(made, SHANGTIAN, "清收率") == Decimal("0.7500")
    assert cell(made, SHANGTIAN, "本期清收") == Decimal("50.00")
    assert cell(made, QINGSHUI, "锁定债权") == Decimal("500.00")
    first, second = read(made.body).lines
    assert (first.rank, first.flag) == (1, "红旗")
    assert (second.rank, second.flag) == (2, "黄旗")


def test_the_same_period_is_frozen_once(cleanup, chen, gao):
    made = freeze(chen)
    entries = Entry.objects.count()
    assert freeze(gao) == made
    assert Sheet.objects.count() == 1
    assert Entry.objects.count() == entries


def plain(html: bytes) -> bytes:
    """A page without the token that guards its forms, which is new in every answer."""
    return re.sub(rb'(csrfmiddlewaretoken" value="|X-CSRFToken": ")\w+', b"", html)


@pytest.mark.parametrize("kind", ["daily", "biweekly"])
@pytest.mark.parametrize("form", ["html", "print", "json", "xlsx"])
def test_a_month_later_it_is_the_same_to_the_byte(client, cleanup, chen, kind, form, monkeypatch):
    made = freeze(chen, kind=kind)
    client.force_login(chen)
    url = f"/dispatch/sheets/{made.pk}/?format={form}"

    def content() -> bytes:
        answer = client.get(url)
        assert answer.status_code == 200
        return b"".join(answer.streaming_content) if answer.streaming else plain(answer.content)

    before = content()
    move_on(cleanup)
    freeze(chen, kind=kind, on=date(2023, 1, 14), reason="退回误记的清收")
    old = catalogue.metric("receivables.locked")
    renamed = catalogue.Metric(
        id=old.id, label="改名了", unit=old.unit, formula="改了", register=old.register
    )
    monkeypatch.setitem(catalogue._BY_ID, old.id, renamed)
    assert content() == before


def opened(visit, person, sheet, code: str, metric: str, *, gained: bool = False):
    more = "&gained=1" if gained else ""
    url = f"/figures/{metric}/?region={code}&sheet={sheet.pk}&format=json{more}"
    found = json.loads(visit(person, url))
    return found, sum((Decimal(row["value"]) for row in found["rows"]), Decimal(0))


def test_a_month_later_the_rows_still_add_up(visit, cleanup, chen):
    first = freeze(chen, on=FIRST)
    made = freeze(chen)
    move_on(cleanup)
    for code in (SHANGTIAN, XIATIAN, QINGSHUI):
        for metric, tag in (
            ("receivables.locked", "锁定债权"),
            ("receivables.cash", "现金清收"),
            ("contracts.irregular", "问题合同"),
        ):
            for held in (first, made):
                found, total = opened(visit, chen, held, code, metric)
                assert Decimal(found["total"]) == total == Decimal(cell(held, code, tag))
        found, total = opened(visit, chen, made, code, "receivables.recovered", gained=True)
        assert Decimal(found["total"]) == total == cell(made, code, "本期清收")


def test_what_a_later_sheet_gained_counts_what_was_taken_back(visit, cleanup, chen):
    freeze(chen)
    move_on(cleanup)
    later = freeze(chen, on=date(2023, 1, 14), reason="退回误记的清收")
    assert cell(later, SHANGTIAN, "本期清收") == Decimal("-41.00")
    assert cell(later, XIATIAN, "本期清收") == Decimal("7.00")
    for code in (SHANGTIAN, XIATIAN, QINGSHUI):
        found, total = opened(visit, chen, later, code, "receivables.recovered", gained=True)
        assert Decimal(found["total"]) == total == cell(later, code, "本期清收")


def test_the_daily_sheet_counts_what_the_day_brought(cleanup, chen):
    freeze(chen, kind="daily", on=date(2022, 12, 24))
    made = freeze(chen, kind="daily", on=date(2022, 12, 25))
    assert cell(made, SHANGTIAN, "今日清收") == Decimal("50.00")
    assert cell(made, SHANGTIAN, "今日清收笔数") == 1
    assert cell(made, SHANGTIAN, "清收累计") == Decimal("300.00")
    assert cell(made, SHANGTIAN, "规范合同") == 1
    assert cell(made, SHANGTIAN, "填报人") == "林会计"
    assert cell(made, XIATIAN, "今日清收笔数") == 0


def test_a_county_is_the_sum_of_its_towns_and_a_city_of_its_counties(cleanup, fang):
    orders = [
        Order(CITY, "biweekly", "county", SECOND),
        Order(COUNTY, "biweekly", "town", SECOND),
        Order(QINGSHUI, "biweekly", "village", SECOND),
        Order(BAIYAN, "biweekly", "village", SECOND),
    ]
    city, county, *towns = (read(s.body) for s in generate(orders=orders, by=fang, now=NOON))
    for at, column in enumerate(city.columns):
        if column.unit == "率":
            continue
        assert city.total.values[at] == sum(line.values[at] for line in city.lines)
        assert county.total.values[at] == sum(town.total.values[at] for town in towns)
        assert city.line(COUNTY).values[at] == county.total.values[at]
        for town in towns:
            assert town.total.values[at] == sum(line.values[at] for line in town.lines)
            assert county.line(town.total.code).values[at] == town.total.values[at]


def test_a_cumulative_figure_never_falls_without_a_reason(cleanup, chen, visit):
    freeze(chen)
    move_on(cleanup)
    waiting = freeze(chen, on=date(2023, 1, 14))
    assert waiting.is_draft
    assert [one["title"] for one in waiting.falls] == ["债权现金", "累计清收"]
    html = visit(chen, f"/dispatch/sheets/{waiting.pk}/")
    assert "说明原因" in html
    assert "上期 250.00 元，本期 200.00 元" in html
    done = explain(sheet_id=waiting.pk, reason="退回误记的清收", by=chen, now=LATER)
    assert not done.is_draft
    assert done.body == waiting.body
    assert "退回误记的清收" in visit(chen, f"/dispatch/sheets/{waiting.pk}/")
    with pytest.raises(Blocked):
        explain(sheet_id=waiting.pk, reason="再说一次", by=chen, now=LATER)


def test_a_reason_given_at_once_leaves_no_draft(cleanup, chen):
    freeze(chen)
    move_on(cleanup)
    assert not freeze(chen, on=date(2023, 1, 14), reason="退回误记的清收").is_draft


def test_a_correction_is_another_sheet_with_a_reason(cleanup, chen, visit):
    made = freeze(chen)
    move_on(cleanup)
    mended = correct(sheet_id=made.pk, reason="原记错 50 元", by=chen, now=LATER)
    assert mended.edition == 2
    assert cell(mended, SHANGTIAN, "现金清收") == Decimal("200.00")
    made.refresh_from_db()
    assert made.replaced_by == mended
    assert cell(made, SHANGTIAN, "现金清收") == Decimal("250.00")
    assert "已被更正" in visit(chen, f"/dispatch/sheets/{made.pk}/")
    assert "原记错 50 元" in visit(chen, f"/dispatch/sheets/{mended.pk}/?format=print")
    with pytest.raises(Blocked):
        correct(sheet_id=made.pk, reason="再改", by=chen, now=LATER)


def test_a_sheet_the_next_one_counts_from_is_not_corrected(cleanup, chen):
    made = freeze(chen, on=FIRST)
    freeze(chen)
    with pytest.raises(Blocked):
        correct(sheet_id=made.pk, reason="晚了", by=chen, now=LATER)


def test_no_period_is_added_before_the_last_one_nor_before_its_day(cleanup, chen):
    freeze(chen)
    with pytest.raises(Blocked):
        freeze(chen, on=FIRST)
    with pytest.raises(Invalid):
        freeze(chen, on=date(2026, 3, 3))


def test_a_day_is_not_frozen_before_its_hour_has_struck(cleanup, chen):
    six = NOON.replace(hour=10)
    with pytest.raises(Invalid, match="18:00 还没有到"):
        freeze(chen, kind="daily", on=NOON.date(), now=six - timedelta(seconds=1))
    assert freeze(chen, kind="daily", on=NOON.date(), now=six).cut_off_on == NOON.date()


def test_those_frozen_together_go_by_the_hour_of_the_first(cleanup, shi, gao):
    Arrangement.objects.create(
        region=QINGSHUI, biweekly_first_on=FIRST, daily_at=time(22), set_by=gao, set_at=NOON
    )
    orders = [Order(COUNTY, "daily", "town", NOON.date()),
              Order(QINGSHUI, "daily", "village", NOON.date())]  # fmt: skip
    six = NOON.replace(hour=10)
    assert len(generate(orders=orders, by=shi, now=six)) == 2


def test_what_had_no_column_of_its_own_does_not_fall_in_silence(cleanup, chen):
    share("receivables", cleanup["claim"], ("receivables.recovered", date(2022, 6, 30), 200_00))
    freeze(chen)
    share("receivables", cleanup["claim"], ("receivables.recovered", date(2022, 6, 30), 150_00))
    fallen = freeze(chen, on=date(2023, 1, 14))
    assert {(one["name"], one["title"]) for one in fallen.falls} == {("上田村", "累计清收")}


def test_an_answer_told_late_is_counted_once(cleanup, chen, lin):
    def answered(number, dated, at):
        one = claim(SHANGTIAN, number)
        with transaction.atomic():
            letter = write(SLIP, {}, on=one, issuer="清水镇", by=chen, now=NOON)
        return key(
            Reply.objects.create(
                village=SHANGTIAN, claim=one, letter=letter, answer="accepted", signed_as="李",
                via="scan", received_at=at, dated=dated,
            )
        )  # fmt: skip

    days = [date(2026, 3, day) for day in (2, 3, 4)]
    at = [NOON.replace(hour=11) + timedelta(days=n) for n in range(3)]
    in_time = answered("Z-81", days[0], at[0] - timedelta(hours=5))
    late = None
    seen = []
    for day, now in zip(days, at, strict=True):
        made = freeze(chen, kind="daily", on=day, now=now)
        seen.append(read(made.body).line(SHANGTIAN).things["replies"])
        late = late or answered("Z-82", days[0], at[0] + timedelta(hours=3))
    assert seen == [[in_time], [late], []]


def test_only_one_s_own_region_is_frozen_and_only_by_those_who_may(cleanup, luo, lin, shi):
    with pytest.raises(Missing):
        freeze(luo)
    with pytest.raises(Forbidden):
        freeze(lin)
    assert freeze(shi).made_by == shi


@pytest.mark.parametrize("change", ["UPDATE {} SET digest = 'x'", "DELETE FROM {}"])
def test_the_database_itself_keeps_what_was_frozen(cleanup, chen, change):
    freeze(chen)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format("dispatch_sheet"))


@pytest.mark.parametrize("change", ["UPDATE {} SET value = 1", "DELETE FROM {}"])
def test_the_database_itself_keeps_what_figures_were(cleanup, change):
    move_on(cleanup)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format("metrics_pastshare"))


def test_the_neighbour_finds_no_sheet(client, cleanup, chen, luo, lin):
    made = freeze(chen)
    for person in (luo, lin):
        client.force_login(person)
        assert client.get(f"/dispatch/sheets/{made.pk}/").status_code == 404
        assert client.get(f"/figures/receivables.locked/?sheet={made.pk}").status_code == 404
    client.force_login(luo)
    assert client.post(f"/dispatch/sheets/{made.pk}/correct/", {"reason": "x"}).status_code == 404


def test_a_clerk_freezes_a_sheet_on_the_page(client, cleanup, chen, lin):
    client.force_login(chen)
    given = {"kind": "biweekly", "level": "village", "cut_off_on": "2022-12-31"}
    answer = client.post("/dispatch/sheets/generate/", given)
    made = Sheet.objects.get()
    assert answer.url == f"/dispatch/sheets/{made.pk}/"
    assert "2022-12-31" in client.get("/dispatch/sheets/").content.decode()
    assert client.post("/dispatch/sheets/generate/", given | {"cut_off_on": "x"}).status_code == 422
    client.force_login(lin)
    assert client.post("/dispatch/sheets/generate/", given).status_code == 403


def test_the_journal_says_who_froze_what(cleanup, chen):
    made = freeze(chen)
    entry = Entry.objects.order_by("-seq").first()
    assert entry.object == f"dispatch.sheet:{made.pk}"
    assert entry.facts["digest"] == made.digest


@pytest.mark.parametrize("form", ["html", "print", "json", "xlsx"])
def test_a_frozen_sheet_opens_in_few_queries(
    client, many, cleanup, chen, django_assert_max_num_queries, form
):
    made = freeze(chen)
    client.force_login(chen)
    with django_assert_max_num_queries(12):
        client.get(f"/dispatch/sheets/{made.pk}/?format={form}")


def test_the_list_and_the_rows_ask_few_queries(
    client, many, cleanup, chen, django_assert_max_num_queries
):
    made = freeze(chen)
    client.force_login(chen)
    with django_assert_max_num_queries(15):
        client.get("/dispatch/sheets/")
    with django_assert_max_num_queries(20):
        client.get(f"/figures/receivables.recovered/?sheet={made.pk}&gained=1")
