"""Qingshui's responsibility: one area of two villages, its leader, a cadre of Shangtian."""

from datetime import date

import pytest

from sanzi.responsibility.actions import assigning
from tests.books import book, collective, entry, put
from tests.brought import bring, brought, visit
from tests.world import NOON, QINGSHUI, SHANGTIAN, XIATIAN

__all__ = ("book", "bring", "brought", "collective", "entry", "put", "visit")

FIRST = date(2026, 1, 1)


@pytest.fixture
def area(chen):
    return assigning.draw_area(
        town=QINGSHUI, name="南片", villages=[SHANGTIAN, XIATIAN], from_on=FIRST, by=chen, now=NOON
    )


@pytest.fixture
def assign(chen):
    """Name somebody; `by` is the town's clerk unless told otherwise."""

    def named(level, name, by=chen, **told):
        told = {"from_on": FIRST, "key": f"{level}{name}{told.get('from_on', '')}", **told}
        if level != "area":
            told.setdefault("village", SHANGTIAN)
        return assigning.assign(level=level, name=name, by=by, now=NOON, **told)

    return named


@pytest.fixture
def chained(area, assign, gao, lin):
    """Gao answers for the area, Tian for Shangtian, Lin for its third group."""
    return (
        assign("area", "", area_id=area.pk, person_id=gao.pk, title="副镇长", phone="13900001111"),
        assign("village", "田干部", title="镇干部", phone="13900002222"),
        assign("group", "", group="第三组", person_id=lin.pk),
    )
