import pytest

from sanzi.access.scope import scope
from sanzi.kernel.refusals import Missing
from sanzi.villages.models import Project
from tests.world import LIYUAN, SHANGTIAN, XIATIAN


@pytest.fixture
def three_projects(db):
    for village in (SHANGTIAN, XIATIAN, LIYUAN):
        Project.objects.create(village=village, number="X-1", name=village)


def seen(person):
    return sorted(Project.objects.visible_to(person).values_list("village", flat=True))


def test_a_village_s_accountant_sees_her_own_village(three_projects, lin):
    assert seen(lin) == [SHANGTIAN]


def test_a_town_s_clerk_sees_its_villages_and_not_the_next_town(three_projects, chen):
    assert seen(chen) == [SHANGTIAN, XIATIAN]


def test_county_and_city_see_all_below(three_projects, shi, fang):
    assert len(seen(shi)) == len(seen(fang)) == 3


def test_nobody_without_a_post_sees_anything(three_projects, lin):
    lin.all_posts.update(to_on="2020-12-31")
    lin.__dict__.pop("posts", None)
    assert seen(lin) == []


def test_a_province_is_a_range_of_cities():
    assert scope("99") == {"city__gte": "9900", "city__lte": "9999"}


def test_claiming_the_neighbour_s_row_finds_nothing(three_projects, qian):
    row = Project.objects.get(village=SHANGTIAN)
    with pytest.raises(Missing):
        Project.objects.all().claim(row.pk, qian)
