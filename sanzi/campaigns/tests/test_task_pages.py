"""The pages of tasks: what each post sees and may do, over HTTP."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import localdate

from sanzi.campaigns.giving import Order
from sanzi.campaigns.lists.examples import EXAMPLES
from sanzi.campaigns.models import Reminder, Task, TaskTemplate
from sanzi.orgs.tree import ensure
from sanzi.receivables.models import Claim
from tests.world import NOON, QINGSHUI, SHANGTIAN, XIATIAN

pytestmark = pytest.mark.django_db


def get(client, person, name, /, *args, status=200, **params):
    client.force_login(person)
    answer = client.get(reverse(f"campaigns:{name}", args=args), params)
    assert answer.status_code == status, answer.content.decode()[:500]
    return answer.content.decode()


def post(client, person, name, /, *args, status=302, region="", **data):
    client.force_login(person)
    url = reverse(f"campaigns:{name}", args=args) + (f"?region={region}" if region else "")
    answer = client.post(url, data)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer.content.decode()


def paper():
    return SimpleUploadedFile("收据.pdf", b"%PDF-1.4 one")


@pytest.fixture
def task(given):
    return given(due_on=localdate() - timedelta(days=5))[0]


def test_a_village_takes_a_task_hands_it_in_and_the_town_strikes_it_off(client, task, lin, chen):
    assert "逾期 5 天，已到“督办”" in get(client, lin, "task", task.pk)
    post(client, lin, "task-step", task.pk, step="accept")
    post(client, lin, "task-report", task.pk, progress="40", problem="欠款人外出",
         needs_above="on", words="上门两次", seen="2", files=[paper()])  # fmt: skip
    assert "欠款人外出" in get(client, chen, "my-tasks")
    post(client, lin, "task-hand-in", task.pk, words="自查合格")
    shown = get(client, chen, "my-tasks")
    assert "等您验收：1 项" in shown
    post(client, chen, "task-step", task.pk, step="strike", words="已核")
    assert "已销号" in get(client, lin, "task", task.pk)
    assert "等您验收" not in get(client, chen, "my-tasks")


def test_one_s_own_task_cannot_be_struck_off_over_http(client, task, chen):
    post(client, chen, "task-step", task.pk, step="accept")
    post(client, chen, "task-hand-in", task.pk, words="自查合格", files=[paper()])
    shown = get(client, chen, "task", task.pk)
    assert "这项任务您办过，须由另一人办理" in shown
    assert "等您验收" not in get(client, chen, "my-tasks")
    refused = post(client, chen, "task-step", task.pk, step="strike", status=409)
    assert "须由另一人办理" in refused
    assert Task.objects.get(pk=task.pk).stage == "handed"


def test_a_village_has_no_button_and_no_way_to_strike_off(client, task, lin):
    assert 'value="strike"' not in get(client, lin, "task", task.pk)
    post(client, lin, "task-step", task.pk, step="strike", status=403)


def test_a_neighbour_finds_nothing(client, task, qian, luo):
    for stranger in (qian, luo):
        get(client, stranger, "task", task.pk, status=404)
        for name in ("task-step", "task-report", "task-hand-in"):
            if name != "task-step":
                post(client, stranger, name, task.pk, status=404)
        post(client, stranger, "task-step", task.pk, step="accept", status=404)
    assert "收清荷塘租金" not in get(client, qian, "my-tasks")


def test_what_is_wrong_is_said_beside_its_field(client, task, lin, chen):
    post(client, lin, "task-step", task.pk, step="accept")
    wrong = post(client, lin, "task-report", task.pk, progress="200", seen="2", status=422)
    assert "进度应在 0 到 100 之间" in wrong
    assert "还没有佐证" in post(client, lin, "task-hand-in", task.pk, words="好了", status=409)
    assert "请写明自查情况" in post(client, lin, "task-hand-in", task.pk, status=422)
    assert "请填写日期" in post(client, chen, "task-extend", task.pk, words="农忙", status=422)
    post(client, chen, "task-step", task.pk, step="no-such", status=422)


def test_a_task_is_moved_to_another_day_and_another_person(client, task, chen, min):
    later = (localdate() + timedelta(days=9)).isoformat()
    post(client, chen, "task-extend", task.pk, due_on=later, words="农忙")
    assert "还有 9 天" in get(client, chen, "task", task.pk)
    post(client, chen, "task-reassign", task.pk, person=str(min.pk), words="人员调整")
    moved = Task.objects.get(pk=task.pk)
    assert (moved.person, moved.responsible) == (min, "民监事")


def test_evidence_can_be_taken_off_until_it_is_handed_in(client, task, lin):
    post(client, lin, "task-step", task.pk, step="accept")
    post(client, lin, "task-report", task.pk, progress="40", seen="2", files=[paper()])
    shown = get(client, lin, "task", task.pk)
    assert "收据.pdf" in shown
    number = shown.partition('name="paper" value="')[2].partition('"')[0]
    post(client, lin, "task-remove-paper", task.pk, paper=number)
    assert "收据.pdf" not in get(client, lin, "task", task.pk).partition("经过")[0]


def test_today_s_reminder_stands_on_top_for_whom_it_is(client, task, lin, chen):
    Reminder.objects.create(
        person=lin, day=localdate(), sent_by=chen, sent_at=NOON,
        lines=[{"task": task.pk, "days": 5, "rung": "督办"}, {"task": 0, "days": 1, "rung": "x"}],
    )  # fmt: skip
    assert "今日催办" in get(client, lin, "my-tasks")
    assert "今日催办" not in get(client, chen, "my-tasks")


def test_the_list_is_a_register_with_its_states(client, given, chen, lin):
    given(due_on=localdate() - timedelta(days=9))
    given(matter="不急", due_on=localdate() + timedelta(days=90))
    given(matter="镇里自己办", village=f"{QINGSHUI}000", due_on=localdate())
    client.force_login(chen)
    url = reverse("registers:register", args=["tasks"])
    everything = client.get(url).content.decode()
    assert "逾期 9 天" in everything
    assert "通报" in everything
    assert "清水镇" in everything
    late = client.get(url, {"state": "overdue"}).content.decode()
    assert "收清荷塘租金" in late
    assert "不急" not in late
    assert client.get(url, {"state": "nonsense"}).status_code == 400
    client.force_login(lin)
    assert "镇里自己办" not in client.get(url).content.decode()
    assert client.get(url, {"export": "xlsx"}).status_code == 200
    assert "合计" in client.get(url, {"print": "1"}).content.decode()


@pytest.mark.parametrize("page", ["my-tasks", "register", "task"])
def test_a_page_asks_no_more_for_many_tasks(
    client, given, chen, lin, django_assert_max_num_queries, page
):
    ensure({f"9999010012{n:02d}": f"示范{n}村" for n in range(10, 40)})
    made = given(
        *(
            Order(
                village=f"9999010012{n:02d}", matter="收租", due_on=localdate(), judged="metric",
                metric="debts.new", target=0, unit="元", at_most=True,
            )
            for n in range(10, 40)
        )
    )  # fmt: skip
    Task.objects.all().update(stage="handed")
    client.force_login(chen)
    url = {
        "my-tasks": reverse("campaigns:my-tasks"),
        "register": reverse("registers:register", args=["tasks"]),
        "task": reverse("campaigns:task", args=[made[0].pk]),
    }[page]
    with django_assert_max_num_queries(20):
        assert client.get(url).status_code == 200


def test_a_list_is_given_to_every_village_of_the_town_once(client, people, chen):
    key = "373-contracts"
    assert "示例，可修改，非官方依据" in get(client, chen, "list", key)
    asked = {
        "codes": ["H1", "H3"], "places": [f"all:{QINGSHUI}"], "given_on": localdate().isoformat(),
    }  # fmt: skip
    post(client, chen, "give-list", key, **asked)
    assert Task.objects.filter(village__in=[SHANGTIAN, XIATIAN]).count() == 4
    post(client, chen, "give-list", key, **asked)
    assert Task.objects.count() == 4
    task = Task.objects.get(village=SHANGTIAN, template=f"{key}:H3")
    assert (task.judged, task.target, task.unit, task.role) == ("metric", 100, "%", "village_head")


def test_town_lines_go_to_the_town_and_village_lines_to_villages(client, people, chen):
    given = {"given_on": localdate().isoformat()}
    both = [f"own:{QINGSHUI}", f"own:{SHANGTIAN}"]
    post(client, chen, "give-list", "373-tactics", codes=["T1"], places=both, **given)
    assert [t.village for t in Task.objects.all()] == [f"{QINGSHUI}000"]
    wrong = post(client, chen, "give-list", "373-tactics", codes=["T1"],
                 places=[f"own:{SHANGTIAN}"], status=422, **given)  # fmt: skip
    assert "对不上" in wrong
    wrong = post(client, chen, "give-list", "373-tactics", codes=["T1"], status=422, **given)
    assert "请勾选给谁下达" in wrong


def test_nothing_is_given_beyond_one_s_region(client, people, luo, chen):
    asked = {"codes": ["H1"], "given_on": localdate().isoformat()}
    post(
        client, luo, "give-list", "373-contracts", places=[f"own:{SHANGTIAN}"], status=422, **asked
    )
    post(client, luo, "give-list", "373-contracts", region=QINGSHUI, status=404,
         places=[f"own:{SHANGTIAN}"], **asked)  # fmt: skip
    assert not Task.objects.exists()


def test_a_task_typed_once_is_given_once(client, people, chen, lin):
    shown = get(client, chen, "new-task")
    once = shown.partition('name="once" value="')[2].partition('"')[0]
    typed = {
        "places": [f"own:{SHANGTIAN}"], "matter": "清点荷塘", "category": "收资源费",
        "starts_on": "2026-03-01", "due_on": "2026-03-31", "person": str(lin.pk), "once": once,
    }  # fmt: skip
    post(client, chen, "new-task", **typed)
    post(client, chen, "new-task", **typed)
    task = Task.objects.get()
    assert (task.person, task.role, task.responsible) == (lin, "village_accountant", "林会计")
    many = typed | {"places": [f"all:{QINGSHUI}"], "once": "2"}
    assert "不能指定到同一个人" in post(client, chen, "new-task", status=422, **many)
    elsewhere = typed | {"places": [f"own:{XIATIAN}"], "once": "4"}
    assert "管不到这个地方" in post(client, chen, "new-task", status=422, **elsewhere)
    wrong = typed | {"due_on": "2026-02-01", "once": "3"}
    assert "完成时限早于开始日期" in post(client, chen, "new-task", status=422, **wrong)


def row(**more):
    line = {
        "code": "A1", "category": "化债务", "matter": "下函对账", "standard": "有回执",
        "level": "village", "role": "village_accountant", "after": "0", "days": "20",
        "metric": "", "target": "", "unit": "", "lead_unit": "", "joint_units": "",
    }  # fmt: skip
    return line | more


def test_a_list_of_one_s_own_has_versions_and_can_be_retired(client, people, chen, luo, lin):
    assert "下达对账函" in get(client, chen, "new-list", like="373-claims")
    post(client, chen, "new-list", title="本镇清单", **row())
    first = TaskTemplate.objects.get()
    shown = post(client, chen, "edit-list", str(first.pk), status=422,
                 title="本镇清单", **row(days="0"))  # fmt: skip
    assert "第 1 条：开始应在" in shown
    post(client, chen, "edit-list", str(first.pk), title="本镇清单", **row(days="25"))
    second = TaskTemplate.objects.get(version=2)
    assert "已停用" in get(client, chen, "list", str(first.pk))
    get(client, luo, "list", str(second.pk), status=404)
    post(client, luo, "edit-list", str(second.pk), status=404, title="改", **row())
    assert "本镇清单（第 2 版）" in get(client, lin, "lists")
    given = {"codes": ["A1"], "places": [f"own:{SHANGTIAN}"], "given_on": "2026-03-02"}
    post(client, chen, "give-list", str(first.pk), status=409, **given)
    post(client, chen, "give-list", str(second.pk), **given)
    assert Task.objects.get().template == f"{second.pk}:A1"
    post(client, chen, "retire-list", str(second.pk))
    post(client, chen, "give-list", str(second.pk), status=409, **given)
    post(client, chen, "retire-list", "373-claims", status=404)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"code": ""}, "编号应有"),
        ({"metric": "debts.new"}, "请填写目标值"),
        ({"target": "5"}, "没有选指标"),
        ({"metric": "no.such", "target": "5"}, "请选择指标"),
        ({"role": "city_leader"}, "请选择责任岗位"),
        ({"level": "moon"}, "由谁办"),
    ],
)
def test_a_line_that_cannot_be_given_is_refused_by_its_number(client, people, chen, wrong, words):
    shown = post(client, chen, "new-list", status=422, title="本镇清单", **row(**wrong))
    assert "第 1 条" in shown
    assert words in shown


def test_shipped_examples_can_be_kept_as_they_are(client, people, chen):
    from sanzi.access.roles import ROLES
    from sanzi.campaigns.lists.lines import checked
    from sanzi.campaigns.tasks.stages import CATEGORIES
    from sanzi.metrics.catalogue import METRICS

    for example in EXAMPLES:
        told = {"categories": CATEGORIES, "roles": ROLES, "metrics": [m.id for m in METRICS]}
        assert checked(example.lines, **told) == example.lines


def test_a_ladder_is_changed_in_its_grid(client, people, chen, lin):
    assert "现用系统示例" in get(client, chen, "ladder")
    grid = {"days": ["1", "5", "0"], "title": ["提醒", "通报", ""], "tells-0": ["responsible"],
            "tells-1": ["responsible", "town_leader"], "reason": "镇里商定"}  # fmt: skip
    post(client, chen, "change-ladder", **grid)
    shown = get(client, chen, "ladder")
    assert "现用系统示例" not in shown
    assert "逾期 5 天起" in shown
    wrong = post(client, chen, "change-ladder", status=422, **(grid | {"days": ["x", "5", "0"]}))
    assert "第 2 级的天数应在" in wrong
    post(client, lin, "change-ladder", status=403, **grid)


def test_a_task_about_a_row_goes_to_its_village_and_is_done_when_the_row_is(
    client, people, chen, luo
):
    claim = Claim.objects.create(village=SHANGTIAN, number="ZQ-1", debtor="李某", left=5)
    on = f"receivables.claim:{claim.pk}"
    shown = get(client, chen, "new-task", on=on)
    assert f'value="own:{SHANGTIAN}"' in shown
    get(client, luo, "new-task", status=404, on=on)
    get(client, chen, "new-task", status=404, on="receivables.claim:999")
    typed = {
        "matter": "收清李某欠款", "category": "化债务", "starts_on": "2026-03-01",
        "due_on": "2026-03-31", "on": on, "once": "7",
    }  # fmt: skip
    post(client, luo, "new-task", status=404, on=on)
    wrong = post(client, chen, "new-task", status=422, places=[f"own:{XIATIAN}"], **typed)
    assert "关于债权 ZQ-1 李某" in wrong
    assert "只能下达给它所在的村" in wrong
    post(client, chen, "new-task", places=[f"own:{SHANGTIAN}"], **typed)
    task = Task.objects.get()
    assert (task.on, task.judged) == (on, "state")
    page = get(client, chen, "task", task.pk)
    assert "尚欠 5.00 元" in page
    assert reverse("receivables:claim", args=[claim.pk]) in page
    Claim.objects.filter(pk=claim.pk).update(left=0)
    assert "债权已清收完" in get(client, chen, "task", task.pk)
