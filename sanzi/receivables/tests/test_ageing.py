"""账龄分析: the balances of any day by how long due, equal to the balances row by row."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from sanzi.debts.models import Debt
from sanzi.dispositions.ageing import ALL, CLAIMS, DEBTS, aged, band_of, table
from sanzi.dispositions.balances import left_on, opening_of
from sanzi.dispositions.models import Disposition
from sanzi.dispositions.queries import acts_on
from sanzi.receivables.models import Claim
from tests.sheets import CLAIM
from tests.world import QINGSHUI, SHANGTIAN

D = Decimal
PAGE, ROWS = reverse("receivables:ageing"), reverse("receivables:aged")


@pytest.mark.parametrize(
    ("due_on", "code"),
    [
        (date(2024, 6, 1), "ahead"), (date(2024, 5, 31), "y1"), (date(2023, 6, 1), "y1"),
        (date(2023, 5, 31), "y2"), (date(2021, 6, 1), "y3"), (date(2021, 5, 31), "y5"),
        (date(2019, 6, 1), "y5"), (date(2019, 5, 31), "more"), (None, "undated"),
    ],
)  # fmt: skip
def test_a_band_ends_with_its_day(due_on, code):
    assert band_of(due_on, date(2024, 6, 1)).code == code


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.dates(date(1990, 1, 1), date(2060, 1, 1)))
def test_every_row_falls_in_one_band_and_no_later_day_makes_it_younger(due_on, as_of):
    order = [band.code for band in ALL]
    earlier, later = band_of(due_on, as_of), band_of(due_on, as_of + timedelta(days=200))
    assert order.index(earlier.code) <= order.index(later.code)


@pytest.fixture
def various(brought, bring):
    """Claims formed before and after the base, with and without a day, blank balances, all acts."""
    more = [
        {"number": "A1", "due_on": "2023-03-01", "balance": "1000.01"},
        {"number": "A2", "due_on": "", "balance": "", "principal": "70", "received_amount": "20"},
        {"number": "A3", "formed_on": "2024-05-01", "due_on": "2025-05-01", "principal": "300"},
        {"number": "A4", "formed_on": "", "due_on": "2019-01-01", "balance": "0.01"},
    ]
    rows = [
        {**CLAIM, "village": SHANGTIAN, "debtor": f"李{n}", **row} for n, row in enumerate(more)
    ]
    bring(债权=[{k: v for k, v in row.items() if v != ""} for row in rows])
    acts = [
        ("A1", date(2020, 1, 1), "专人清收", "5"), ("A1", date(2022, 3, 1), "专人清收", "100"),
        ("A1", date(2024, 3, 1), "冲销", "0.01"), ("A2", date(2023, 1, 1), "打包封存", "50"),
        ("A2", date(2023, 6, 1), "专人清收", "50"), ("A3", date(2024, 6, 1), "抵顶", "100"),
        ("A1", date(2022, 4, 1), "下函对账", None),
    ]  # fmt: skip
    Disposition.objects.bulk_create(
        Disposition(
            village=SHANGTIAN, town=SHANGTIAN[:9], kind="债权", target_number=number, dated=dated,
            method=method, amount=D(amount) if amount else None,
        )
        for number, dated, method, amount in acts
    )  # fmt: skip
    return Claim.objects.within(SHANGTIAN)


@pytest.mark.parametrize(
    "as_of",
    [date(2018, 1, 1), date(2019, 12, 31), date(2022, 3, 1), date(2023, 6, 1), date(2024, 12, 31)],
)
def test_the_database_says_what_arithmetic_says_row_by_row(various, as_of):
    acts = acts_on("债权", [SHANGTIAN])
    wanted = {}
    for row in various.values():
        mine = acts.get((row["village"], row["number"]), [])
        opening = opening_of(row, "received_amount")
        left = left_on(as_of, opening, row["formed_on"], row["base_on"], mine)
        if left:
            wanted[row["number"]] = (left, band_of(row["due_on"], as_of).code)
    said = aged(various, CLAIMS, as_of).values_list("number", "left_then", "band")
    assert {number: (left, band) for number, left, band in said} == wanted


def test_as_of_today_it_is_what_the_registers_keep(brought):
    for model, side in ((Claim, CLAIMS), (Debt, DEBTS)):
        kept = dict(model.objects.filter(left__gt=0).values_list("pk", "left"))
        said = aged(model.objects.all(), side, date(2026, 3, 2)).values_list("pk", "left_then")
        assert dict(said) == kept


def test_lines_of_a_town_are_its_villages_and_of_a_village_its_debtors(various):
    as_of = date(2024, 12, 31)
    town = table(Claim.objects.within(QINGSHUI), CLAIMS, QINGSHUI, as_of)
    village = table(various, CLAIMS, SHANGTIAN, as_of)
    assert {line.key for line in village.lines} >= {"李0", "李2", "李3"}
    (mine,) = [line for line in town.lines if line.key == SHANGTIAN]
    assert mine.total == village.sums.total
    assert [cell.amount for cell in mine.cells] == [c.amount for c in village.sums.cells]


@pytest.mark.parametrize("as_of", ["2022-12-31", "2024-12-31"])
def test_each_cell_opens_to_rows_that_add_up_to_it(various, lin, chen, visit, as_of):
    for person, code in ((lin, SHANGTIAN), (chen, QINGSHUI)):
        html = visit(person, f"{PAGE}?as_of={as_of}")
        found = table(Claim.objects.within(code), CLAIMS, code, date.fromisoformat(as_of))
        for band, cell in zip(ALL, found.sums.cells, strict=True):
            url = f"{ROWS}?region={code}&band={band.code}&as_of={as_of}"
            assert not cell.count or url.replace("&", "&amp;") in html
            rows = visit(person, url)
            assert not cell.count or f"{cell.count} 笔债权，尚欠 {cell.amount:,.2f} 元" in rows


def test_the_total_is_held_against_the_figures(brought, lin, chen, visit):
    for person in (lin, chen):
        html = visit(person, f"{PAGE}?as_of=2024-12-31")
        assert "与账龄合计一致" in html
    assert "与账龄合计一致" in visit(lin, f"{reverse('debts:ageing')}?as_of=2024-12-31")


def test_paper_and_sheet_say_the_same(various, client, lin):
    client.force_login(lin)
    found = table(various, CLAIMS, SHANGTIAN, date(2024, 12, 31))
    assert (
        f"{found.sums.total.amount:,.2f}"
        in client.get(f"{PAGE}?as_of=2024-12-31&format=print").content.decode()
    )
    answer = client.get(f"{PAGE}?as_of=2024-12-31&format=xlsx")
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    sums = next(row for row in sheet.iter_rows(values_only=True) if row[1] == "合计")
    counted = Counter(dict(enumerate(sums)))
    assert D(str(counted[len(ALL) + 2])) == found.sums.total.amount


def test_the_neighbour_sees_none_of_it(brought, qian, visit):
    for page in (PAGE, ROWS):
        html = visit(qian, page)
        assert "赵某" not in html
        assert "canary-debtor" in html
    visit(qian, f"{PAGE}?region={SHANGTIAN}", status=404)
