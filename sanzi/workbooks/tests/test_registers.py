from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from sanzi.cleanup.actions.judging import judge
from sanzi.intake.columns import SEALED_TYPES
from sanzi.intake.dictionary import SHEETS
from sanzi.metrics.catalogue import METRICS
from sanzi.web.register import NUMERIC
from sanzi.workbooks.binding import TABLES
from sanzi.workbooks.registers import CHOICES, REGISTERS, row_url
from tests.brought import CARD, ID, PHONE
from tests.world import NOON, XIATIAN

SLUGS = [sheet.register for sheet in SHEETS]


def url(slug, query=""):
    return reverse("registers:register", args=(slug,)) + query


def body(html):
    return html.split("<tbody>")[1].split("</tbody>")[0]


@pytest.mark.parametrize("sheet", SHEETS, ids=SLUGS)
def test_a_register_has_the_dictionary_s_columns_and_shows_about_ten(sheet):
    register = REGISTERS[sheet.register]
    assert {column.field for column in sheet.columns} <= register.by_name.keys()
    assert all(register.by_name[c.field].title == c.title for c in sheet.columns)
    assert 7 <= sum(column.default for column in register.columns) <= 10
    assert set(CHOICES[sheet.register].shown) <= register.by_name.keys()
    for column in sheet.columns:
        assert (register.by_name[column.field].kind == "sealed") == (column.type in SEALED_TYPES)


def test_what_says_nothing_added_up_is_not_added_up():
    summed = {c.field for r in REGISTERS.values() for c in r.columns if c.total}
    assert summed & {"unit_price", "fee_per_mu", "year", "expected_count"} == set()
    assert {"total_amount", "balance", "area_mu", "households"} <= summed
    assert all(c.kind in NUMERIC for r in REGISTERS.values() for c in r.columns if c.total)


def test_a_year_is_a_name_and_has_no_thousands():
    year = REGISTERS["incomes"].by_name["year"]
    assert (year.kind, year.total, year.css) == ("year", False, "figure")


@pytest.mark.parametrize("slug", SLUGS)
def test_every_register_opens_within_fifteen_queries(brought, chen, lin, visit, slug):
    for person in (chen, lin):
        html = visit(person, url(slug))
        assert ID not in html
        assert PHONE not in html
        assert CARD not in html
    assert "canary" not in html


@pytest.mark.parametrize("slug", SLUGS)
def test_every_row_has_a_page_or_leads_to_its_own(brought, chen, visit, slug):
    row = TABLES[slug].objects.first()
    assert row, "the small world has a row of every register"
    html = visit(chen, row_url(slug, row.pk))
    assert CHOICES[slug].title in html
    plain = reverse("registers:row", args=(slug, row.pk))
    visit(chen, plain, status=302 if CHOICES[slug].page else 200)


def test_rows_of_others_and_registers_there_are_not_are_missing(brought, qian, visit):
    visit(qian, reverse("registers:row", args=("resources", brought["pond"].pk)), status=404)
    visit(qian, url("nothing"), status=404)
    visit(qian, reverse("registers:row", args=("nothing", 1)), status=404)


def test_an_administrator_opens_no_register(brought, xi, visit):
    visit(xi, url("contracts"), status=403)


def test_a_contract_shows_how_many_findings_stand_and_what_became_of_it(brought, chen, visit):
    rows = body(visit(chen, url("contracts", "?q=HT-1&region=999901001201")))
    assert "1 项" in rows
    assert "未处置" in rows

    judge(
        contract_id=brought["oral"].pk,
        rule="P01",
        ruling="overruled",
        reason="原件已找到",
        by=chen,
        now=NOON,
    )
    rows = body(visit(chen, url("contracts", "?q=HT-1&region=999901001201")))
    assert "1 项" not in rows
    assert "未处置" not in rows


def test_a_claim_shows_what_came_in_and_how_far_that_is(brought, lin, visit):
    rows = body(visit(lin, url("receivables")))
    for words in ("2,000.00", "40.00%", "部分清收", "已封存"):
        assert words in rows
    assert "37.50%" in body(visit(lin, url("debts")))


@pytest.mark.parametrize(
    ("slug", "query", "found"),
    [
        ("contracts", "?outcome=irregular", True),
        ("contracts", "?outcome=none", True),
        ("contracts", "?outcome=contracts.revised", False),
        ("contracts", "?rule=P01", True),
        ("contracts", "?rule=P02", False),
        ("contracts", f"?q={ID}", True),
        ("contracts", "?outcome=none&rule=P01&metric=contracts.total", True),
        ("contracts", "?metric=contracts.irregular&as_of=2015-02-28", False),
        ("contracts", "?metric=contracts.irregular&as_of=2015-03-01", True),
        ("contracts", "?metric=contracts.regularised_rate", True),
        ("receivables", "?state=some", True),
        ("receivables", "?state=none", False),
        ("receivables", "?state=sealed", True),
        ("receivables", "?metric=receivables.recovered&as_of=2022-03-31", False),
        ("receivables", "?metric=receivables.cash&as_of=2022-04-01", True),
        ("debts", "?state=some", True),
        ("debts", "?state=none", False),
    ],
)
def test_registers_are_narrowed_by_the_state_of_the_clean_up(
    brought, lin, visit, slug, query, found
):
    rows = body(visit(lin, url(slug, query)))
    first = {"contracts": "HT-1", "receivables": "ZQ-1", "debts": "ZW-1"}[slug]
    assert (first in rows) is found


@pytest.mark.parametrize(
    "query",
    ["?metric=debts.count", "?metric=x", "?metric=contracts.total&as_of=2022-02-30", "?rule=P99"],
)
def test_what_a_register_cannot_be_narrowed_by_is_refused(brought, lin, visit, query):
    visit(lin, url("contracts", query), status=400)


@pytest.mark.parametrize("metric", [m for m in METRICS if m.register in TABLES])
def test_every_figure_has_rows_that_can_be_asked_for(brought, chen, visit, metric):
    visit(chen, url(metric.register, f"?metric={metric.id}&as_of={date(2026, 1, 1)}"))


def test_an_export_carries_masks_and_no_row_of_others(client, brought, lin):
    client.force_login(lin)
    fields = ["number", "contractor_id", "found", "outcome"]
    query = "&".join(f"cols={field}" for field in fields)
    answer = client.get(url("contracts", f"?export=xlsx&{query}"))
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]
    assert "1 项" in cells
    assert ID not in cells
    assert not [cell for cell in cells if "canary" in str(cell)]


def test_a_post_without_the_right_to_export_only_reads(client, people, brought):
    person = people["lin"]
    person.posts[0].role = "village_head"
    person.posts[0].save()
    client.force_login(person)
    assert client.get(url("contracts")).status_code == 200
    assert client.get(url("contracts", "?export=xlsx")).status_code == 403


def test_a_resource_leads_to_its_contracts_and_a_disposition_to_its_thing(brought, lin, visit):
    html = visit(lin, row_url("resources", brought["pond"].pk))
    assert reverse("cleanup:contract", args=(brought["oral"].pk,)) in html
    assert "公开竞价" in html
    acts = TABLES["dispositions"].objects.filter(kind="债权").first()
    assert row_url("receivables", brought["claim"].pk) in visit(
        lin, row_url("dispositions", acts.pk)
    )


def test_the_region_of_another_village_is_not_there(brought, lin, visit):
    visit(lin, url("contracts", f"?region={XIATIAN}"), status=404)
