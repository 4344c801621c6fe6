"""Campaigns: outline and clock, targets typed, pasted and spread, progress computed, compared."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from hypothesis import given as supposing
from hypothesis import strategies as st

from sanzi.campaigns.actions import campaigns as writes
from sanzi.campaigns.actions import targets as setting
from sanzi.campaigns.models import Campaign, Target
from sanzi.campaigns.outline import AimPlan, Outline, example_phases
from sanzi.campaigns.pasting import Column, read
from sanzi.campaigns.reaching import CEILING, GAIN, LEVEL, reached, together, value_of
from sanzi.campaigns.standing import called, course_of, goals_for, same_days, standing_of
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from sanzi.metrics.share import Contribution
from sanzi.metrics.shares import RowShares, replace
from sanzi.orgs.tree import ensure
from tests.world import BAIYAN, CITY, NOON, QINGSHUI, SHANGTIAN, XIATIAN

from .test_task_pages import get, post

TODAY = localdate()
BEGAN = TODAY - timedelta(days=61)
AIMS = (
    AimPlan("receivables.recovered", "gain", Decimal("1000.00")),
    AimPlan("receivables.recovery_rate", "level", Decimal("0.75")),
    AimPlan("debts.new", "ceiling", Decimal(0)),
)


def outline(**more):
    told = {
        "title": "百日攻坚", "goals": "收清债权", "starts_on": BEGAN,
        "ends_on": BEGAN + timedelta(days=99), "base_on": BEGAN - timedelta(days=1),
        "phases": example_phases(BEGAN), "aims": AIMS,
    }  # fmt: skip
    return Outline(**(told | more))


def found(by, region=QINGSHUI, **more):
    return writes.found(region=region, outline=outline(**more), by=by, now=NOON)


def share(village, metric, on, value, row=1):
    with transaction.atomic():
        replace(f"r{row}", {row: RowShares(village, [Contribution(metric, on, value)])})


@pytest.fixture
def campaign(people, chen):
    return found(chen)


@pytest.fixture
def figures(people):
    """Shangtian: 300 locked and 120 recovered, 100 of it since; Xiatian: 100 locked, nothing."""
    before, since = BEGAN - timedelta(days=9), BEGAN + timedelta(days=5)
    for row, (village, metric, on, value) in enumerate(
        [
            (SHANGTIAN, "receivables.locked", before, 300_00),
            (SHANGTIAN, "receivables.recovered", before, 20_00),
            (SHANGTIAN, "receivables.recovered", since, 100_00),
            (XIATIAN, "receivables.locked", before, 100_00),
        ],
        start=1,
    ):
        share(village, metric, on, value, row)


def aim_of(campaign, metric):
    return campaign.aims.get(metric=metric)


@pytest.mark.django_db
def test_progress_is_computed_and_stands_beside_the_clock(campaign, figures, chen):
    aims = list(campaign.aims.all())
    found = standing_of(campaign, aims, goals_for(campaign, aims, QINGSHUI), QINGSHUI, TODAY)
    gain, rate, new = found.lines
    assert (gain.reached.value, gain.reached.percent) == (Decimal("100.00"), 10)
    assert (rate.reached.value, rate.reached.percent) == (Decimal("0.3000"), 40)
    assert new.reached.is_met
    assert found.words == "时间过了 62%，任务完成 50%"
    assert f"since={campaign.base_on}" in gain.url
    assert "since" not in rate.url


@pytest.mark.django_db
def test_spreading_adds_up_to_the_goal_and_follows_the_figure(campaign, figures, chen):
    aim = aim_of(campaign, "receivables.recovered")
    told = {"campaign_id": campaign.pk, "aim_id": aim.pk, "level": "village", "by": chen}
    setting.spread_targets(revision=1, weight="receivables.locked", now=NOON, **told)
    values = dict(Target.objects.values_list("village", "value"))
    assert values == {SHANGTIAN: Decimal("750"), XIATIAN: Decimal("250")}
    with pytest.raises(Blocked, match="刚才有人改过"):
        setting.spread_targets(revision=1, weight="receivables.locked", now=NOON, **told)
    with pytest.raises(Invalid, match="换一个依据"):
        setting.spread_targets(revision=2, weight="debts.locked", now=NOON, **told)
    rate = aim_of(campaign, "receivables.recovery_rate")
    setting.spread_targets(revision=2, weight="", now=NOON, **(told | {"aim_id": rate.pk}))
    assert set(rate.targets.values_list("value", flat=True)) == {Decimal("0.75")}


@pytest.mark.django_db
def test_a_town_without_targets_of_its_own_has_the_sum_of_its_villages(people, fang, figures):
    held = found(fang, region=CITY)
    aims = list(held.aims.all())
    gain, rate = aims[0], aims[1]
    setting.set_targets(
        campaign_id=held.pk, revision=1, how="手工填写", by=fang, now=NOON,
        values={
            (gain.pk, SHANGTIAN): Decimal(70), (gain.pk, XIATIAN): Decimal(30),
            (rate.pk, SHANGTIAN): Decimal("0.5"), (gain.pk, BAIYAN): Decimal(9),
        },
    )  # fmt: skip
    assert goals_for(held, aims, QINGSHUI) == {gain.pk: Decimal(100)}
    assert goals_for(held, aims, SHANGTIAN) == {gain.pk: Decimal(70), rate.pk: Decimal("0.5")}
    assert goals_for(held, aims, BAIYAN) == {gain.pk: Decimal(9)}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"title": "百"}, "名称"),
        ({"ends_on": BEGAN - timedelta(days=1)}, "结束日期早于开始"),
        ({"aims": ()}, "目标指标"),
        ({"aims": (AIMS[0], AIMS[0])}, "重复"),
        ({"aims": (AimPlan("no.such", "level", Decimal(1)),)}, "请选择"),
        ({"aims": (AimPlan("receivables.recovery_rate", "level", Decimal("1.01")),)}, "100%"),
        ({"aims": (AimPlan("contracts.total", "level", Decimal("0.5")),)}, "太细"),
    ],
)
def test_an_outline_that_cannot_be_kept_is_refused(people, chen, wrong, words):
    with pytest.raises(Invalid, match=words):
        found(chen, **wrong)
    assert not Campaign.objects.exists()


@pytest.mark.django_db
def test_who_may_found_and_where(people, lin, luo, chen, shi):
    with pytest.raises(Forbidden):
        found(lin)
    with pytest.raises(Missing):
        found(luo)
    with pytest.raises(Invalid, match="由乡镇、县或市"):
        found(chen, region=SHANGTIAN)
    found(chen)
    with pytest.raises(Invalid, match="已有名为"):
        found(chen)
    found(chen, title="另一项")
    assert Campaign.objects.count() == 2, "several run at once"


@pytest.mark.django_db
def test_an_aim_with_targets_is_not_left_out(campaign, chen):
    aim = aim_of(campaign, "debts.new")
    setting.set_targets(
        campaign_id=campaign.pk, revision=1, values={(aim.pk, SHANGTIAN): Decimal(0)},
        how="手工填写", by=chen, now=NOON,
    )  # fmt: skip
    told = {"campaign_id": campaign.pk, "by": chen, "now": NOON}
    with pytest.raises(Blocked, match="先清空它的目标"):
        writes.change(revision=2, outline=outline(aims=AIMS[:2]), **told)
    changed = writes.change(revision=2, outline=outline(aims=(AIMS[2], AIMS[0])), **told)
    assert [one.metric for one in changed.aims.all()] == ["debts.new", "receivables.recovered"]


@pytest.mark.django_db
def test_a_closed_campaign_is_changed_by_nobody_until_it_is_opened_again(campaign, chen, luo):
    told = {"campaign_id": campaign.pk, "by": chen, "now": NOON}
    with pytest.raises(Missing):
        writes.close(summary="收官", **(told | {"by": luo}))
    writes.close(summary="收官", **told)
    aim = aim_of(campaign, "debts.new")
    values = {(aim.pk, SHANGTIAN): Decimal(0)}
    with pytest.raises(Blocked, match="已归档"):
        setting.set_targets(revision=1, values=values, how="手工填写", **told)
    with pytest.raises(Blocked, match="已经归档"):
        writes.close(summary="收官", **told)
    writes.reopen(reason="补分解", **told)
    assert setting.set_targets(revision=1, values=values, how="手工填写", **told) == 1


@pytest.mark.django_db
def test_past_campaigns_are_compared_on_the_same_day_as_they_stood(people, chen, figures):
    earlier = found(
        chen, title="去年", starts_on=BEGAN - timedelta(days=365),
        ends_on=BEGAN - timedelta(days=266), base_on=BEGAN - timedelta(days=366),
        phases=(),
    )  # fmt: skip
    share(SHANGTIAN, "receivables.recovered", BEGAN - timedelta(days=340), 500_00, row=9)
    now = found(chen)
    days = same_days([now, earlier], TODAY)
    assert days[0] == 1
    assert 62 in days
    assert days[-1] == 100
    old = course_of(earlier, aim_of(earlier, "receivables.recovered"), days, TODAY)
    new = course_of(now, aim_of(now, "receivables.recovered"), days, TODAY)
    assert old[20].value == Decimal(0)
    assert old[30].value == Decimal("500.00")
    assert new[62].percent == 10
    assert 70 not in new, "days to come are empty"


@pytest.mark.parametrize(
    ("measure", "value", "target", "percent", "met"),
    [
        (LEVEL, "99.99", "100", 99, False),
        (LEVEL, "100", "100", 100, True),
        (GAIN, "-5", "100", 0, False),
        (LEVEL, "5", "0", None, True),
        (LEVEL, None, "1", 0, False),
        (CEILING, "0", "0", None, True),
        (CEILING, "0.01", "0", None, False),
    ],
)
def test_a_target_is_reached_at_it_and_not_before(measure, value, target, percent, met):
    found = reached(measure, None if value is None else Decimal(value), Decimal(target))
    assert (found.percent, found.is_met) == (percent, met)


@supposing(st.lists(st.tuples(st.integers(-100, 300), st.integers(1, 200)), min_size=1))
def test_all_together_is_a_hundred_only_when_all_are_reached(pairs):
    parts = [reached(LEVEL, Decimal(value), Decimal(target)) for value, target in pairs]
    whole = together(parts)
    assert whole is not None
    assert 0 <= whole <= 100
    assert (whole == 100) == all(part.is_met for part in parts)


def test_a_gain_is_what_came_since_the_base_day():
    assert value_of(GAIN, Decimal("120"), Decimal("20")) == Decimal(100)
    assert value_of(GAIN, 5, None) == Decimal(5)
    assert value_of(LEVEL, Decimal("120"), Decimal("20")) == Decimal(120)
    assert value_of(GAIN, None, None) is None


COLUMNS = [Column(1, "清收债权", "元"), Column(2, "清收率", "率")]
PLACES = [
    (SHANGTIAN, "上田村"),
    (XIATIAN, "下田村"),
    ("999901002201", "下田村"),
    (QINGSHUI, "清水镇"),
]


def test_a_pasted_table_is_read_by_its_heads_or_by_its_order():
    by_heads = read("村\t清收率（%）\t备注\n上田村\t75%\tx\n", COLUMNS, PLACES)
    assert by_heads.values == {(2, SHANGTIAN): Decimal("0.75")}
    by_order = read(f"上田村\t1,2.5\t75\n{QINGSHUI}000\t３\n", COLUMNS, PLACES)
    assert by_order.values == {
        (1, SHANGTIAN): Decimal("125000"), (2, SHANGTIAN): Decimal("0.75"),
        (1, QINGSHUI): Decimal("30000"),
    }  # fmt: skip
    assert not by_heads.faults
    assert not by_order.faults


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("下田村\t1", "几个同名的地方，请改填区划代码"),
        ("无名村\t1", "没有找到"),
        ("上田村\t很多", "不是可用的数，单位为万元"),
        ("上田村\t-1", "不是可用的数"),
        ("上田村\t0.0000001", "不是可用的数"),
    ],
)
def test_a_pasted_cell_that_cannot_be_used_is_told_by_its_row(line, words):
    found = read(line, COLUMNS, PLACES)
    assert not found.values
    assert found.faults[0].startswith("第 1 行")
    assert words in found.faults[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("村\t清收率\t清收金额\n上田村\t75\t3", "第 1 行：不认识指标“清收金额”"),
        ("上田村\t1\t75\t9", "第 1 行：比指标多出几列"),
        ("上田村\t1\n上田村\t2", "第 2 行：“上田村”与第 1 行是同一个地方"),
        ("上田村\t75%", "不是可用的数，单位为万元"),
        ('"' + "长" * 140_000, "没有配对的引号"),
    ],
)
def test_nothing_pasted_is_passed_over_in_silence(text, words):
    assert words in "".join(read(text, COLUMNS, PLACES).faults)


TWO = (
    AimPlan("receivables.recovered", "gain", Decimal("2000000")),
    AimPlan("receivables.recovered", "level", Decimal("3000000")),
)


@pytest.mark.django_db
def test_two_aims_of_one_metric_are_told_apart(client, people, chen, figures):
    made = found(chen, aims=TWO, phases=())
    gain, stands = made.aims.all()
    assert [label for _, label in called([gain, stands])] == ["清收债权·新增", "清收债权·达到"]
    assert called([gain]) == [(gain, "清收债权")]
    assert "清收债权·新增" in get(client, chen, "targets", made.pk)
    table = "村\t清收债权·新增\t清收债权·达到\n上田村\t1\t2"
    client.force_login(chen)
    url = reverse("campaigns:paste", args=[made.pk])
    assert client.post(url, {"table": table, "revision": made.revision}).status_code == 302
    values = dict(Target.objects.filter(village=SHANGTIAN).values_list("aim", "value"))
    assert values == {gain.pk: Decimal(10_000), stands.pk: Decimal(20_000)}


@pytest.mark.django_db
def test_what_is_gained_is_not_compared_with_what_stands(client, people, chen, figures):
    first = found(chen, title="新增的", aims=TWO[:1], phases=())
    second = found(chen, title="存量的", aims=TWO[1:], phases=())
    html = get(client, chen, "compare", **{"with": [first.pk, second.pk]})
    assert "没有共同的指标" in html


@pytest.mark.django_db
def test_a_ceiling_broken_is_not_said_to_be_behind_the_clock(client, people, chen, figures):
    aim = AimPlan("receivables.recovered", "ceiling", Decimal("1000000"))
    made = found(chen, aims=(aim,), phases=())
    Target.objects.create(
        aim=made.aims.get(), village=SHANGTIAN, value=Decimal(0), set_by=chen, set_at=NOON
    )
    html = get(client, chen, "villages", made.pk)
    assert "突破</span>" in html
    assert "%）0 个" in html


@pytest.mark.django_db
def test_changing_many_targets_asks_no_more_than_changing_one(
    campaign, chen, figures, django_assert_max_num_queries
):
    codes = {f"{QINGSHUI}{n}": f"{n}村" for n in range(301, 341)}
    ensure(codes)
    aim = aim_of(campaign, "receivables.recovered")
    for revision, value in ((1, Decimal(1)), (2, Decimal(2))):
        values = {(aim.pk, code): value for code in codes}
        with django_assert_max_num_queries(25):
            setting.set_targets(
                campaign_id=campaign.pk, revision=revision, values=values, how="手工填写",
                by=chen, now=NOON,
            )  # fmt: skip
    assert set(Target.objects.values_list("value", flat=True)) == {Decimal(2)}


GRID = {
    "title": "百日攻坚", "goals": "收清债权", "starts_on": str(BEGAN),
    "ends_on": str(BEGAN + timedelta(days=99)),
    "base_on": str(BEGAN), "phase": ["动员", ""], "phase_from": [str(BEGAN), ""],
    "phase_to": [str(BEGAN), ""], "metric": ["receivables.recovered", ""],
    "measure": ["gain", "level"], "goal": ["2863.6", ""],
}  # fmt: skip


@pytest.mark.django_db
def test_a_campaign_is_founded_targeted_and_closed_over_http(client, people, chen, lin, figures):
    assert "动员" in get(client, chen, "new")
    wrong = post(client, chen, "new", status=422, **(GRID | {"goal": ["许多", ""]}))
    assert "第 1 个指标" in wrong
    no_day = GRID | {"phase_to": ["2026-13-01", ""]}
    assert "结束早于开始" in post(client, chen, "new", status=422, **no_day)
    post(client, chen, "new", **GRID)
    held = Campaign.objects.get()
    aim = held.aims.get()
    assert aim.goal == Decimal("28636000")
    grid = get(client, chen, "targets", held.pk)
    assert "2,863.6" in grid
    name = f"t-{aim.pk}-{SHANGTIAN}"
    assert "不是可用的数" in post(client, chen, "targets", held.pk, status=422,
                              revision="1", **{name: "x"})  # fmt: skip
    post(client, chen, "targets", held.pk, revision="1", **{name: "10"})
    post(client, chen, "paste", held.pk, revision="2", table="下田村\t20")
    post(client, chen, "spread", held.pk, revision="3", aim=aim.pk, level="village",
         weight="receivables.locked")  # fmt: skip
    assert sum(Target.objects.values_list("value", flat=True)) == Decimal("28636000")
    assert "下田村" in get(client, chen, "villages", held.pk)
    shown = get(client, lin, "campaign", held.pk)
    assert "上田村的目标" in shown
    assert "2,863.6" not in shown, "a village sees its own target, not the town's"
    assert "下田村" not in get(client, lin, "villages", held.pk)
    post(client, chen, "close", held.pk, summary="收官")
    assert "已归档" in get(client, chen, "campaigns")
    post(client, chen, "targets", held.pk, status=409, revision="4", **{name: "1"})
    post(client, chen, "reopen", held.pk, reason="补分解")
    post(client, chen, "edit", held.pk, revision="4", **(GRID | {"title": "百日决战"}))
    assert "百日决战" in get(client, chen, "campaigns")


@pytest.mark.django_db
def test_a_neighbouring_town_finds_no_campaign(client, campaign, luo, lin, shi):
    for name in ("campaign", "villages", "register"):
        get(client, luo, name, campaign.pk, status=404)
    for name in ("targets", "edit"):
        get(client, luo, name, campaign.pk, status=404)
        get(client, lin, name, campaign.pk, status=403)
    assert "百日攻坚</a>" not in get(client, luo, "campaigns")
    assert "百日攻坚</a>" in get(client, shi, "campaigns")
    get(client, lin, "campaign", campaign.pk, region=XIATIAN, status=404)


@pytest.mark.django_db
def test_several_are_put_beside_each_other(client, campaign, people, chen, lin, figures):
    other = found(chen, title="去年", aims=AIMS[:1], phases=())
    shown = get(client, chen, "compare", **{"with": [campaign.pk, other.pk]})
    assert "第 62 天" in shown
    assert "清收债权" in shown
    assert "没有共同的指标" not in shown
    assert "百日攻坚" not in get(client, lin, "compare"), "only one's own region's"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "page", ["campaigns", "campaign", "villages", "targets", "register", "compare"]
)
def test_a_page_asks_no_more_for_many_villages(
    client, people, fang, figures, django_assert_max_num_queries, page
):
    ensure({f"9999010012{n:02d}": f"示范{n}村" for n in range(10, 70)})
    held = [found(fang, region=CITY, title=f"第{n}次") for n in range(7)]
    one = held[-1]
    aim = aim_of(one, "receivables.recovery_rate")
    setting.spread_targets(
        campaign_id=one.pk, revision=1, aim_id=aim.pk, level="village", weight="", by=fang, now=NOON
    )
    client.force_login(fang)
    args = [] if page in ("campaigns", "compare") else [one.pk]
    query = {"with": [c.pk for c in held[:4]]} if page == "compare" else {}
    with django_assert_max_num_queries(20):
        assert client.get(reverse(f"campaigns:{page}", args=args), query).status_code == 200
