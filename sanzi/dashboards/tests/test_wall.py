"""The wall map: readable without colour, and every tile leads on."""

from decimal import Decimal

import pytest

from sanzi.villages.models import Income, Profile
from tests.world import SHANGTIAN

from .conftest import AS_OF, BASE, share


def test_a_tile_says_name_number_and_word_and_leads_to_the_village(visit, cleanup, chen):
    html = visit(chen, f"/wall/?as_of={AS_OF}")
    assert f'href="/figures/?region={SHANGTIAN}&amp;as_of={AS_OF}"' in html
    assert '<span class="count">75.0%</span><span class="hint">良好</span>' in html
    assert '<span class="count">0.0%</span><span class="hint">未启动</span>' in html


def test_the_legend_counts_the_villages_of_each_shade(visit, cleanup, chen):
    html = visit(chen, f"/wall/?as_of={AS_OF}")
    assert '<span class="badge done">良好</span> 75%—100%，<b>1</b> 村' in html


def test_another_rate_may_be_chosen(visit, cleanup, chen):
    html = visit(chen, f"/wall/?as_of={AS_OF}&by=contracts.regularised_rate")
    assert "挂图作战：合同规范率" in html
    assert '<span class="count">50.0%</span>' in html


def test_income_is_shown_by_tier_with_its_year(visit, cleanup, chen):
    profile = Profile.objects.create(village=SHANGTIAN, name="上田村")
    share("villages", profile, ("villages.count", BASE, 1))
    income = Income.objects.create(
        village=SHANGTIAN, year=2022, operating_income=Decimal("1200000.00")
    )
    share("incomes", income, ("villages.income_at_least_1m", BASE, 1))
    html = visit(chen, f"/wall/?as_of={AS_OF}&by=income")
    assert '120.00</span><span class="hint">百万村 2022 年' in html


def test_a_county_s_villages_stand_by_town(visit, cleanup, shi, chen):
    assert "白岩镇</a>" in visit(shi, f"/wall/?as_of={AS_OF}")
    assert "梨园村" not in visit(chen, f"/wall/?as_of={AS_OF}")


@pytest.mark.parametrize("query", ["by=contracts.total", "by=x"])
def test_a_figure_without_shades_is_refused(visit, cleanup, chen, query):
    visit(chen, f"/wall/?{query}", 400)
