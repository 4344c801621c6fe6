from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from sanzi.debts.actions.caps import enter_cap
from sanzi.debts.actions.planning import adopt_plan
from sanzi.debts.agreeing import agreements
from sanzi.debts.models import ReductionPlan
from sanzi.debts.plans import BANDS, Band, band_of, band_told, fault_of, most_left, standings
from sanzi.debts.queries import plans_over
from sanzi.kernel.refusals import Blocked, Forbidden, Missing
from tests.world import NOON, SHANGTIAN

TODAY = date(2024, 12, 31)


def _owe(book, put, chart="112", amount="3000.00"):
    from sanzi.accounting.models import Dimension

    who = Dimension.objects.filter(book=book, name="赵某").first() or Dimension.objects.create(
        book=book, kind="counterparty", code="赵某", name="赵某"
    )
    put(book, "2024-03-05", f"借 {chart} {amount} 赵\n贷 311 {amount}", named={"赵": who.pk})


def test_a_village_whose_accounts_say_the_same_has_no_gap(brought, book, put):
    _owe(book, put)
    claims, debts = agreements(book, TODAY)
    assert (claims.gaps, claims.agreed) == ([], 1)
    assert [(line.name, line.gap) for line in debts.gaps] == [("赵某", Decimal("5000.00"))]


def test_a_gap_is_named_by_counterparty_with_its_rows(brought, book, put, wu, visit):
    _owe(book, put, amount="2999.99")
    claims, _ = agreements(book, TODAY)
    (line,) = claims.gaps
    assert (line.name, line.register, line.account) == ("赵某", Decimal(3000), Decimal("2999.99"))
    assert line.rows == [brought["claim"]]


def test_the_page_lists_the_gaps_and_the_village_without_books_is_not_there(
    brought, book, neighbours_book, wu, qian, visit
):
    listing = visit(wu, reverse("debts:agreeing"))
    assert "上田村" in listing
    html = visit(wu, reverse("debts:agreement", args=(book.pk,)))
    assert "3,000.00" in html
    assert "户有差异" in html
    visit(qian, reverse("debts:agreement", args=(book.pk,)), status=404)


@pytest.mark.parametrize(
    ("locked", "place"),
    [
        ("0", None),
        ("0.01", 0),
        ("100000", 0),
        ("100000.01", 1),
        ("500000.01", 2),
        ("1000000.01", 3),
    ],
)
def test_each_band_begins_above_the_one_before(locked, place):
    assert band_of(Decimal(locked)) == (None if place is None else BANDS[place])


@pytest.mark.parametrize(
    ("locked", "year", "most"),
    [
        ("80000", 2020, "80000"), ("80000", 2021, "0"),
        ("800000", 2022, "640000.00"), ("800000", 2024, "320000.00"), ("800000", 2025, "0"),
        ("2000000", 2022, "1700000.00"), ("2000000", 2030, "0.00"),
    ],
)  # fmt: skip
def test_the_target_of_a_year_follows_from_the_band(locked, year, most):
    band = band_of(Decimal(locked))
    assert most_left(Decimal(locked), band, 2021, year) == Decimal(most)


def test_the_furthest_behind_stands_first():
    sums = {
        "a": {"locked": Decimal(1000), "resolved": Decimal(1000)},
        "b": {"locked": Decimal(1000), "resolved": Decimal(400)},
        "c": {"locked": Decimal(1000), "resolved": Decimal(1000), "new": Decimal(700)},
    }
    found = standings(sums, dict.fromkeys(sums, 2020), 2024)
    assert [(row.village, row.is_met) for row in found] == [("c", False), ("b", False), ("a", True)]


def test_the_plan_page_says_who_is_behind(brought, chen, visit):
    html = visit(chen, f"{reverse('debts:plan')}?year=2022")
    assert "未达到" in html
    assert "示例" in html


def test_interest_is_worked_out_on_a_page_and_leads_to_the_reduction(brought, lin, visit):
    told = "principal=1000&rate=30&agreed_on=2021-01-01&until=2022-01-01&rolled=&paid="
    url = reverse("debts:interest", args=(brought["debt"].pk,))
    html = visit(lin, f"{url}?{told}")
    assert "1,154.00" in html
    assert "多出 3,846.00 元" in html
    assert "第 1 行应写成" in visit(lin, f"{url}?{told}x", status=422)


def test_an_entered_cap_counts_below_the_office_that_entered_it(brought, chen, luo, visit):
    facts = {"from_on": date(2020, 8, 20), "rate": Decimal("0.10"), "source": "公告"}
    enter_cap(**facts, by=luo, now=NOON)
    told = "principal=1000&rate=30&agreed_on=2021-01-01&until=2022-01-01&rolled=&paid="
    url = f"{reverse('debts:interest', args=(brought['debt'].pk,))}?{told}"
    assert "1,154.00" in visit(chen, url)
    enter_cap(**facts, by=chen, now=NOON)
    assert "1,100.00" in visit(chen, url)
    assert visit(chen, reverse("debts:caps")).count("公告") == 1


def test_not_everybody_enters_a_cap(lin):
    with pytest.raises(Forbidden):
        enter_cap(from_on=TODAY, rate=Decimal("0.1"), source="x", by=lin, now=NOON)
    assert SHANGTIAN.startswith(lin.region_code)


OURS = (
    Band(Decimal(0), Decimal(10_000), None, 2027),
    Band(Decimal(10_000), None, None, None, ((2022, Decimal("0.5")), (2024, Decimal("0.8")))),
)


def test_named_years_give_what_is_gone_by_the_end_of_each():
    left = [most_left(Decimal(1000), OURS[1], 2021, year) for year in (2021, 2022, 2023, 2024)]
    assert left == [Decimal(1000), Decimal(500), Decimal(500), Decimal(200)]
    assert [band_told(band.told) for band in OURS] == list(OURS)


@pytest.mark.parametrize(
    ("bands", "said"),
    [
        ((), "至少填写一档"),
        (OURS[:1], "最后一档不填上限"),
        ((replace(OURS[0], clear_in=None), OURS[1]), "第 1 档没有目标"),
        ((OURS[0], replace(OURS[1], over=Decimal(9_999))), "第 2 档的上限应大于上一档"),
        ((OURS[0], replace(OURS[1], by_year=((2024, Decimal(2)),))), "应在 0 到 100% 之间"),
        ((OURS[0], replace(OURS[1], by_year=OURS[1].by_year[::-1])), "按年份从早到晚"),
        (OURS, None),
    ],
)
def test_a_plan_has_a_goal_for_every_debt(bands, said):
    fault = fault_of(bands)
    assert said in fault if said else fault is None


def test_a_plan_counts_once_another_has_adopted_it_and_from_its_day_on(
    brought, chen, gao, luo, lin, visit, client
):
    page = reverse("debts:plan")
    client.force_login(chen)
    form = {
        "name": "清水镇化债方案", "from_on": "2022-01-01", "most_1": "10000", "clear_1": "2027",
        "by_year_2": "2022 50，2024 80",
    }  # fmt: skip
    assert client.post(reverse("debts:new-plan"), form).url == page
    assert client.post(reverse("debts:new-plan"), form).status_code == 422  # the same day twice
    plan = ReductionPlan.objects.get()
    assert [band_told(told) for told in plan.bands] == list(OURS)
    assert "待核准" in visit(chen, page)
    with pytest.raises(Forbidden):
        adopt_plan(plan_id=plan.pk, by=chen, now=NOON)
    with pytest.raises(Missing):
        adopt_plan(plan_id=plan.pk, by=leader_elsewhere(luo), now=NOON)
    assert "未达到" in visit(gao, f"{page}?year=2022")
    client.post(reverse("debts:adopt-plan", args=(plan.pk,)))
    html = visit(gao, f"{page}?year=2022")
    assert "已核准" in html
    assert "2027 年底前还清" in html
    assert "达到" in html.replace("未达到", "")
    assert plans_over([SHANGTIAN], date(2021, 12, 31)) == {}
    with pytest.raises(Blocked, match="已由"):
        adopt_plan(plan_id=plan.pk, by=gao, now=NOON)


def leader_elsewhere(luo):
    """Luo of the next town, for once as its leader."""
    luo.posts[0].role = "town_leader"
    luo.posts[0].save()
    return type(luo).objects.get(pk=luo.pk)
