"""配合单位: a station's page in a region: its seats, and the tasks that name it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from sanzi.campaigns.giving import Order
from sanzi.campaigns.models import Task
from sanzi.campaigns.queries import of_unit
from sanzi.receivables.models import Claim
from sanzi.responsibility.actions import forces
from tests.world import NOON, QINGSHUI, SHANGTIAN, XIATIAN

pytestmark = pytest.mark.django_db
DAY = NOON.date()


def task(matter, village=SHANGTIAN, days=9, **told):
    due_on = localdate() + timedelta(days=days)
    return Order(village=village, matter=matter, due_on=due_on, **told)


@pytest.fixture
def court(people, given, chen):
    """The court sits in two forces of Qingshui and is named by three of five tasks."""
    by = {"by": chen, "now": NOON}
    for kind in ("debts", "contracts"):
        force = forces.found(kind=kind, region=QINGSHUI, from_on=DAY, **by)
        forces.join(
            force_id=force.pk, role="station", name="温如玉", station="法庭", duty="诉前调解",
            phone="13900003333", from_on=DAY, key=kind, **by,
        )  # fmt: skip
    claim = Claim.objects.create(village=SHANGTIAN, number="ZQ-1", debtor="李某", left=5)
    given(
        task("追缴李某欠款", on=claim, joint_units="司法所、法庭", days=-3),
        task("送达文书", XIATIAN, lead_unit="法庭"),
        task("化解老账", joint_units="法庭,税务所"),
        task("人民法庭的事", joint_units="人民法庭、税务所"),
        task("自办"),
    )


def test_a_unit_is_found_among_others_and_never_by_a_part_of_a_name(court):
    found = set(of_unit(Task.objects.all(), "法庭").values_list("matter", flat=True))
    assert found == {"追缴李某欠款", "送达文书", "化解老账"}
    assert not of_unit(Task.objects.all(), ".*").exists()
    assert not of_unit(Task.objects.all(), "法").exists()


def test_the_page_shows_its_seats_its_tasks_and_what_they_are_about(
    client, court, chen, django_assert_max_num_queries
):
    client.force_login(chen)
    with django_assert_max_num_queries(15):
        html = client.get(reverse("campaigns:station"), {"name": "法庭"}).content.decode()
    assert "在清水镇配合 2 个专班；牵头或配合的任务 3 项，在办 3 项，其中 1 项已逾期" in html
    assert html.index("追缴李某欠款") < html.index("送达文书")
    assert reverse("receivables:claim", args=[Claim.objects.get().pk]) in html
    assert "自办" not in html
    assert "139****3333" in html
    assert "13900003333" not in html
    register = reverse("registers:register", args=["tasks"])
    told = client.get(register, {"unit": "法庭"}).content.decode()
    assert "法庭牵头或配合的任务" in told
    assert "化解老账" in told
    assert "人民法庭的事" not in told


def test_it_is_reached_from_the_forces_and_their_register(client, court, chen, lin, luo):
    client.force_login(chen)
    forces_page = client.get(reverse("responsibility:forces")).content.decode()
    assert reverse("responsibility:stations") in forces_page
    listed = client.get(reverse("responsibility:stations"), {"held": "now"}).content.decode()
    assert f"{reverse('campaigns:station')}?name=" in listed
    assert "温如玉" in listed
    url = reverse("campaigns:station")
    # A village sees its own tasks alone; the next town knows no such station.
    client.force_login(lin)
    own = client.get(url, {"name": "法庭"}).content.decode()
    assert "追缴李某欠款" in own
    assert "送达文书" not in own
    assert "温如玉" not in own
    client.force_login(luo)
    assert client.get(url, {"name": "法庭"}).status_code == 404
    assert client.get(url, {"name": "法庭", "region": QINGSHUI}).status_code == 404
    assert client.get(url).status_code == 404
