from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from sanzi.orgs.models import Region
from sanzi.responsibility.actions import assigning
from sanzi.responsibility.models import Assignment
from tests.world import NOON, QINGSHUI, SHANGTIAN, XIATIAN

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 1)


def get(client, person, name, *args, status=200, **params):
    client.force_login(person)
    answer = client.get(reverse(f"responsibility:{name}", args=args), params)
    assert answer.status_code == status, answer.content.decode()[:800]
    return answer.content.decode()


def test_the_wall_chart_shows_who_and_where_nobody(
    client, chained, chen, lin, qian, django_assert_max_num_queries
):
    client.force_login(chen)
    with django_assert_max_num_queries(20):
        html = client.get(reverse("responsibility:chart")).content.decode()
    assert "高镇长（副镇长）" in html
    assert "下田村：无包村干部、无包组干部" in html
    assert "1 个组还没有一户有人包" in html
    assert "无包户：第三组" in html
    assert "13900001111" not in html
    assert "打印" in get(client, chen, "chart", format="print")
    own = get(client, lin, "chart")
    assert "田干部" in own
    assert "下田村" not in own
    assert "田干部" not in get(client, qian, "chart")


def test_a_neighbour_finds_no_such_assignment_and_a_village_sees_its_area_s(
    client, chained, lin, qian, luo
):
    leader, cadre, _ = chained
    assert "高镇长" in get(client, lin, "assignment", leader.pk)
    assert "高镇长" in get(client, qian, "assignment", leader.pk)
    assert "田干部" in get(client, lin, "assignment", cadre.pk)
    get(client, qian, "assignment", cadre.pk, status=404)
    get(client, luo, "assignment", leader.pk, status=404)


def test_the_register_lists_and_narrows(client, chained, chen, django_assert_max_num_queries):
    client.force_login(chen)
    url = reverse("responsibility:assignments")
    with django_assert_max_num_queries(20):
        html = client.get(url, {"held": "now", "level": "group"}).content.decode()
    assert "林会计" in html
    assert "田干部" not in html


def test_my_page_shows_what_i_answer_for(client, chained, lin, chen, luo):
    assert "第三组" in get(client, lin, "mine")
    assert "第三组" in get(client, chen, "person", lin.pk)
    get(client, luo, "person", lin.pk, status=404)


def test_one_is_named_on_the_page_and_a_table_pasted(client, area, chen):
    client.force_login(chen)
    told = {"key": "w1", "level": "village", "village": SHANGTIAN, "name": "田干部",
            "from_on": "2026-01-01"}  # fmt: skip
    answer = client.post(reverse("responsibility:new"), told)
    assert answer.status_code == 302, answer.content.decode()[-900:]
    again = client.post(reverse("responsibility:new"), told)
    assert again.status_code == 409
    assert Assignment.objects.count() == 1
    table = {"key": "w2", "from_on": "2026-01-01", "table": "村\t\t下田村\t\t\t下干部"}
    assert client.post(reverse("responsibility:paste"), table).status_code == 302
    wrong = {"key": "w3", "from_on": "2026-01-01", "table": "镇\t\t下田村\t\t\t下干部"}
    answer = client.post(reverse("responsibility:paste"), wrong)
    assert answer.status_code == 422
    assert "第 1 行“层级”" in answer.content.decode()


def test_an_area_is_drawn_on_the_page(client, chen, places):
    client.force_login(chen)
    url = reverse("responsibility:areas")
    told = {"name": "东片", "villages": [SHANGTIAN, XIATIAN], "from_on": "2026-01-01"}
    answer = client.post(f"{url}?region={QINGSHUI}", told)
    assert answer.status_code == 302, answer.content.decode()[-900:]
    assert "东片" in get(client, chen, "chart")


def test_the_clear_number_is_shown_once_and_kept_by_nobody(client, chained, chen):
    row = chained[1]
    client.force_login(chen)
    answer = client.post(reverse("responsibility:reveal", args=(row.pk,)), {"reason": "开会"})
    assert "13900002222" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert "13900002222" not in get(client, chen, "assignment", row.pk)


def test_a_claim_s_and_a_contract_s_page_name_who_answers(client, brought, bring, chained, lin):
    from sanzi.contracts.models import Contract
    from sanzi.receivables.models import Claim
    from tests.sheets import CLAIM

    bring(债权=[{**CLAIM, "village": SHANGTIAN, "number": "ZQ-7"}])
    client.force_login(lin)
    urls = [reverse("receivables:claim", args=(Claim.objects.get(number="ZQ-7").pk,))]
    urls += [
        reverse("cleanup:contract", args=(one.pk,))
        for one in Contract.objects.filter(village=SHANGTIAN)[:1]
    ]
    for url in urls:
        html = client.get(url).content.decode()
        for word in ("谁负责", "高镇长", "田干部", "林会计", "139****2222"):
            assert word in html, url


def test_the_chart_names_each_group_without_a_person_and_without_a_household(
    client, places, chained, assign, chen
):
    """Groups are known from the region tree and from households' lines, however they are spelt."""
    for number, name in ((1, "三组"), (2, "四组")):
        Region.objects.create(
            code=f"{SHANGTIAN}{number:02d}", name=name, level="group", parent=places[SHANGTIAN],
            valid_from=MARCH,
        )  # fmt: skip
    assign("household", "党员甲", household="李某", group="第五组")
    html = get(client, chen, "chart")
    assert "上田村：四组无包组干部、第五组无包组干部" in html
    assert "2 个组还没有一户有人包" in html
    assert "无包户：第三组、四组" in html
    assign("household", "党员乙", household="王某", group="三组")
    assert "1 个组还没有一户有人包" in get(client, chen, "chart")


def test_whose_end_is_still_to_come_holds_and_whose_start_is_does_not(
    client, chained, assign, lin, chen
):
    today = localdate()
    ends, starts = today + timedelta(days=9), today + timedelta(days=5)
    group = chained[2]
    assigning.end(assignment_id=group.pk, on=ends, reason="到届", by=chen, now=NOON)
    assign("group", "", group="第九组", person_id=lin.pk, from_on=starts)
    html = get(client, lin, "mine")
    assert "现在负责 1 处" in html
    assert html.index("现任") < html.index("第三组") < html.index("还没有到任的")
    assert html.index("还没有到任的") < html.index("第九组")
    assert "第三组" in get(client, chen, "assignments", held="now")
    assert "第三组" not in get(client, chen, "assignments", held="ended")


def test_the_next_of_a_household_is_named_for_the_same_household(client, chained, assign, chen):
    one = assign("household", "党员甲", group="第三组", household="田大户")
    html = get(client, chen, "assignment", one.pk)
    url = html.partition('class="button" href="')[2].partition('"')[0].replace("&amp;", "&")
    client.force_login(chen)
    assert 'value="田大户"' in client.get(url).content.decode()
