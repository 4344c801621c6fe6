"""A row's own page: the button that gives a task about it, the card of those given."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from sanzi.campaigns.giving import Order
from sanzi.cleanup.models import Case
from sanzi.contracts.models import Contract
from sanzi.debts.models import Debt
from sanzi.journal.recorder import key
from sanzi.receivables.models import Claim
from tests.parts import parts_of
from tests.world import NOON, SHANGTIAN

from .test_task_pages import get

pytestmark = pytest.mark.django_db
DAY = NOON.date()
ROWS = {
    "contract": ("cleanup:contract", lambda: Contract.objects.create(
        village=SHANGTIAN, number="HT-1", contractor="李某")),
    "claim": ("receivables:claim", lambda: Claim.objects.create(
        village=SHANGTIAN, number="ZQ-1", debtor="李某", left=5)),
    "debt": ("debts:debt", lambda: Debt.objects.create(
        village=SHANGTIAN, number="ZW-1", creditor="信用社", left=5)),
    "case": ("cleanup:case", lambda: Case.objects.create(
        village=SHANGTIAN, contract=ROWS["contract"][1](), opened_on=DAY, entered_on=DAY)),
}  # fmt: skip


@pytest.mark.parametrize("kind", ROWS)
def test_a_row_s_page_gives_a_task_about_it_and_shows_those_given(
    client, people, given, chen, lin, kind, django_assert_max_num_queries
):
    name, make = ROWS[kind]
    row = make()
    url, on = reverse(name, args=[row.pk]), f"on={key(row)}"
    client.force_login(chen)
    with django_assert_max_num_queries(15):
        shown = client.get(url).content.decode()
    button = f"{reverse('campaigns:new-task')}?{on}&amp;region={SHANGTIAN}"
    assert button in shown
    assert parts_of(shown).count(f"{reverse('campaigns:tasks-about')}?{on}") == 1
    assert f'value="own:{SHANGTIAN}"' in client.get(button.replace("&amp;", "&")).content.decode()
    assert "还没有下达关于它的任务" in get(client, chen, "tasks-about", on=key(row))
    given(Order(village=SHANGTIAN, matter="先办这件", due_on=localdate(), on=row))
    client.force_login(lin)
    assert reverse("campaigns:new-task") not in client.get(url).content.decode()
    told = get(client, lin, "tasks-about", on=key(row))
    assert "先办这件" in told
    assert "今天到期" in told


def test_of_many_tasks_about_a_row_the_pressing_ones_are_shown(
    client, people, given, chen, luo, django_assert_max_num_queries
):
    claim = ROWS["claim"][1]()
    orders = [
        Order(village=SHANGTIAN, matter=f"第{n:02d}件", due_on=localdate() + timedelta(days=n),
              on=claim, judged="state")
        for n in range(1, 13)
    ]  # fmt: skip
    given(*orders)
    client.force_login(chen)
    with django_assert_max_num_queries(12):
        shown = client.get(reverse("campaigns:tasks-about"), {"on": key(claim)}).content.decode()
    assert "第10件" in shown
    assert "第11件" not in shown
    assert "另有 2 项" in shown
    assert shown.index("第01件") < shown.index("第10件")
    assert "尚欠 5.00 元" in shown
    get(client, luo, "tasks-about", status=404, on=key(claim))
    for wrong in ("", "receivables.claim:x", "orgs.region:1", f"receivables.claim:{10**30}"):
        get(client, chen, "tasks-about", status=404, on=wrong)
