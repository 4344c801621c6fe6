"""What a region judged by stands, and the nearest region's holds from its day on."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from sanzi.income.actions.goals import set_standard
from sanzi.income.models import Standard
from sanzi.income.queries import judged_by
from sanzi.income.standards import Tiers
from tests.world import COUNTY, NOON, QINGSHUI, SHANGTIAN

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(gao):
    return set_standard(
        region=QINGSHUI, kind="tiers", content=Tiers("total", (100,)).content(),
        from_on=date(2026, 1, 1), reason="镇办文", by=gao, now=NOON,
    )  # fmt: skip


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_itself_refuses_to_change_a_standard(held, change):
    mine = Standard.objects.filter(pk=held.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        mine.update(reason="改") if change == "update" else mine.delete()


def test_the_nearest_region_s_standard_holds_from_its_day_on(held, shi):
    set_standard(
        region=COUNTY, kind="tiers", content=Tiers("stable", (200,)).content(),
        from_on=date(2026, 6, 1), reason="县办文", by=shi, now=NOON,
    )  # fmt: skip
    assert judged_by(SHANGTIAN, date(2025, 12, 31)).tiers.is_example
    assert judged_by(SHANGTIAN, date(2026, 1, 1)).tiers.definition == "total"
    assert judged_by(SHANGTIAN, date(2026, 6, 1)).tiers.definition == "total", "the town's own"
    assert judged_by(COUNTY, date(2026, 6, 1)).tiers.definition == "stable"
