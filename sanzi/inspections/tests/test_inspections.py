from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from sanzi.campaigns.models import Task
from sanzi.campaigns.tasks import actions as actions_of_tasks
from sanzi.inspections import actions
from sanzi.inspections.models import InspectionFinding, InspectionTerm
from sanzi.inspections.queries import coverage_of
from sanzi.inspections.rectifying import standings
from sanzi.journal.models import Entry
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from tests.world import COUNTY, NOON, QINGSHUI, SHANGTIAN

DAY = date(2026, 2, 1)
SECRET = "把租金存在自己名下"


@pytest.fixture
def round_(jian, places):
    """The first round of a county's term; it came to Qingshui and Shangtian."""
    term = actions.open_term(region=COUNTY, name="十四届", from_on=date(2022, 1, 1),
                             to_on=date(2026, 12, 31), by=jian, now=NOON)  # fmt: skip
    made = actions.open_round(term_id=term.pk, title="三资专项", from_on=date(2026, 1, 5),
                              to_on=date(2026, 4, 30), by=jian, now=NOON)  # fmt: skip
    actions.come_to(round_id=made.pk, places=[QINGSHUI, SHANGTIAN], on=DAY, by=jian, now=NOON)
    return made


@pytest.fixture
def find(round_, jian):
    def found(key="f1", by=jian, **told):
        told = {"place": SHANGTIAN, "kind": "contract", "matter": "三份合同没有备案",
                "evidence": "台账第 3 至 5 行", "found_on": DAY, **told}  # fmt: skip
        return actions.find(round_id=round_.pk, key=key, by=by, now=NOON, **told)

    return found


def hand_out(finding, by, due_on=date(2026, 6, 30)):
    return actions.hand_out(
        finding_id=finding.pk, due_on=due_on, responsible="张三", by=by, now=NOON
    )


def word(finding, person, day=date(2026, 3, 2)):
    return standings([finding], person, day)[finding.pk].word


def test_a_term_knows_which_places_it_has_come_to(round_, jian, lin):
    reach = coverage_of(round_.term, jian)
    assert reach.covered == {QINGSHUI, SHANGTIAN}
    assert len(reach.left) == 3
    own = coverage_of(round_.term, lin)
    assert (own.places, own.done) == ((SHANGTIAN,), 1)


def test_two_terms_share_no_day(round_, jian):
    with pytest.raises(Invalid, match="重叠"):
        actions.open_term(region=COUNTY, name="又一届", from_on=date(2026, 12, 31),
                          to_on=date(2030, 1, 1), by=jian, now=NOON)  # fmt: skip
    actions.open_term(region=COUNTY, name="下一届", from_on=date(2027, 1, 1),
                      to_on=date(2031, 12, 31), by=jian, now=NOON)  # fmt: skip
    assert InspectionTerm.objects.count() == 2


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"from_on": date(2021, 12, 31), "to_on": DAY}, "本届"),
        ({"from_on": DAY, "to_on": date(2027, 1, 1)}, "本届"),
    ],
)
def test_a_round_lies_within_its_term(round_, jian, told, said):
    with pytest.raises(Invalid, match=said):
        actions.open_round(term_id=round_.term_id, title="二", by=jian, now=NOON, **told)


def test_a_finding_is_closed_when_its_task_is_struck_off_and_looked_back_at(find, jian, lin, gao):
    finding = find()
    assert word(finding, jian) == "待交办"
    task = hand_out(finding, jian)
    assert (task.village, task.on) == (SHANGTIAN, f"inspections.inspectionfinding:{finding.pk}")
    assert word(finding, lin, date(2026, 6, 30)) == "整改中"
    assert word(finding, lin, date(2026, 7, 1)) == "整改逾期"
    Task.objects.filter(pk=task.pk).update(
        stage="struck", handed_by=lin, struck_by=gao, closed_on=date(2026, 6, 1)
    )
    assert word(finding, jian) == "待回头看"
    Task.objects.filter(pk=task.pk).update(looked_back_on=date(2026, 8, 1))
    assert word(finding, jian) == "已销号"


def test_a_finding_is_given_once(find, jian):
    finding = find()
    hand_out(finding, jian)
    with pytest.raises(Blocked, match="已经下达整改任务"):
        hand_out(finding, jian)
    with pytest.raises(Blocked, match="没有重复登记"):
        find()
    with pytest.raises(Invalid, match="早于今天"):
        hand_out(find(key="f2"), jian, due_on=date(2026, 3, 1))


def test_a_finding_needs_a_place_the_round_came_to(find):
    with pytest.raises(Invalid, match="还没有进驻"):
        find(place="999901001202")


def test_only_inspectors_run_it_and_only_in_their_region(round_, find, shi, lin, gao):
    for person in (shi, lin, gao):
        with pytest.raises(Forbidden):
            find(by=person)


def test_a_clue_is_sealed_seen_by_few_and_never_a_task(find, jian, gao, lin, chen, client):
    clue = find(is_clue=True, matter=SECRET)
    with pytest.raises(Blocked, match="不下达任务"):
        hand_out(clue, jian)
    url = reverse("inspections:finding", args=(clue.pk,))
    for person, status in ((jian, 200), (gao, 200), (lin, 404), (chen, 404)):
        client.force_login(person)
        answer = client.get(url)
        assert answer.status_code == status
        assert SECRET not in answer.content.decode()
        listed = client.get(reverse("inspections:findings")).content.decode()
        assert (clue.number in listed) == (status == 200)
    client.force_login(gao)
    opened = client.post(reverse("inspections:read-clue", args=(clue.pk,)))
    assert SECRET in opened.content.decode()
    assert opened["Cache-Control"] == "no-store"
    assert Entry.objects.filter(action="clues.read").count() == 1
    client.force_login(lin)
    assert client.post(reverse("inspections:read-clue", args=(clue.pk,))).status_code == 403


def test_the_report_lists_findings_and_no_clue(find, round_, jian, qian, client):
    find()
    find(key="f2", is_clue=True, matter=SECRET)
    letter = actions.report(round_id=round_.pk, by=jian, now=NOON)
    assert letter.values["found"] == "1"
    assert [row["matter"] for row in letter.values["findings"]] == ["三份合同没有备案"]
    assert "已巡察 2 处" in letter.values["coverage"]


def test_the_village_sees_its_own_finding_and_the_neighbour_none(find, jian, lin, qian, client):
    finding = find()
    url = reverse("inspections:finding", args=(finding.pk,))
    client.force_login(lin)
    assert "三份合同没有备案" in client.get(url).content.decode()
    client.force_login(qian)
    assert client.get(url).status_code == 404
    assert "三份合同" not in client.get(reverse("inspections:findings")).content.decode()
    round_url = reverse("inspections:round", args=(finding.round_id,))
    assert "三份合同" not in client.get(round_url).content.decode()


def test_the_pages_go_from_a_term_to_a_task(jian, places, client, django_assert_max_num_queries):
    client.force_login(jian)
    today = localdate()
    days = {"from_on": today.isoformat(), "to_on": (today + timedelta(days=90)).isoformat()}
    made = client.post(
        f"{reverse('inspections:new-term')}?region={COUNTY}", {"name": "本届", **days}
    )
    assert made.status_code == 302, made.content.decode()[-600:]
    term = InspectionTerm.objects.get()
    made = client.post(reverse("inspections:new-round", args=(term.pk,)), {"title": "一", **days})
    pk = term.rounds.get().pk
    client.post(reverse("inspections:come-to", args=(pk,)), {"on": today, "places": [SHANGTIAN]})
    made = client.post(
        reverse("inspections:find", args=(pk,)),
        {"key": "w", "place": SHANGTIAN, "kind": "debt", "matter": "违规举债", "evidence": "凭证",
         "found_on": today},
    )  # fmt: skip
    assert made.status_code == 302, made.content.decode()[-600:]
    finding = InspectionFinding.objects.get()
    due = {"due_on": today + timedelta(days=30)}
    client.post(reverse("inspections:hand-out", args=(finding.pk,)), due)
    assert Task.objects.get().matter == "整改巡察问题：违规举债"
    for name, args in (("terms", ()), ("term", (term.pk,)), ("round", (pk,)), ("findings", ()),
                       ("finding", (finding.pk,))):  # fmt: skip
        with django_assert_max_num_queries(20):
            html = client.get(reverse(f"inspections:{name}", args=args)).content.decode()
        assert "巡察" in html
    assert (
        "上田村"
        not in client.get(
            reverse("inspections:term", args=(term.pk,)), {"format": "print"}
        ).content.decode()
    )
    report = client.post(reverse("inspections:report", args=(pk,)))
    assert report.status_code == 302


def test_a_town_s_inspector_looks_and_does_not_run_the_county_s(round_, places):
    from sanzi.access.models import Person, Post

    person = Person(username="ti", name="镇监督")
    person.set_unusable_password()
    person.save()
    Post.objects.create(person=person, role="inspector", region=places[QINGSHUI],
                        from_on=date(2020, 1, 1))  # fmt: skip
    with pytest.raises(Missing):
        actions.come_to(round_id=round_.pk, places=[QINGSHUI], on=DAY, by=person, now=NOON)


def test_who_may_not_see_clues_cannot_tell_there_is_one(find, round_, jian, chen, shi, gao, client):
    first = find()
    clue = find(key="f2", is_clue=True, matter=SECRET)
    second = find(key="f3")
    pages = (
        reverse("dashboards:home"), reverse("inspections:round", args=(round_.pk,)),
        reverse("inspections:findings"), reverse("inspections:terms"),
        reverse("inspections:term", args=(round_.term_id,)),
    )  # fmt: skip
    # No gap in the numbers, and no count that differs from what is listed.
    assert [one.number[-4:] for one in (first, second, clue)] == ["-001", "-002", "X001"]
    for person in (chen, shi):
        client.force_login(person)
        for page in pages:
            html = client.get(page).content.decode()
            assert "线索" not in html.replace("移送线索", "").replace("一条线索", ""), page
            assert clue.number not in html
        assert "问题 2 个" in client.get(pages[1]).content.decode()
    client.force_login(gao)
    assert "登记问题线索" in client.get(pages[0]).content.decode()
    assert "问题 3 个" in client.get(pages[1]).content.decode()


def test_a_round_of_many_findings_counts_them_all_and_shows_them_by_pages(
    find, round_, client, jian, django_assert_max_num_queries
):
    for n in range(51):
        find(key=f"k{n}")
    client.force_login(jian)
    url = reverse("inspections:round", args=(round_.pk,))
    with django_assert_max_num_queries(20):
        html = client.get(url).content.decode()
    assert "问题 51 个" in html
    assert html.count("三份合同没有备案") == 50
    assert client.get(url, {"page": 2}).content.decode().count("三份合同没有备案") == 1


def test_a_finding_whose_task_was_dropped_comes_back_with_its_task(find, jian, chen, gao):
    finding = find()
    task = hand_out(finding, jian)
    actions_of_tasks.drop(task_id=task.pk, words="下达错了", by=chen, now=NOON)
    assert word(finding, jian) == "待交办"
    with pytest.raises(Blocked, match="重新打开"):
        hand_out(finding, jian)
    actions_of_tasks.send_back(task_id=task.pk, step="reopen", words="撤错了", by=gao, now=NOON)
    assert word(finding, jian) == "整改中"
