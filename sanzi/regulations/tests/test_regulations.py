from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection
from django.urls import reverse

from sanzi.journal.models import Entry
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from sanzi.regulations import actions
from sanzi.regulations.articles import read
from sanzi.regulations.models import Regulation, RegulationVersion
from sanzi.regulations.queries import bases_of, in_force
from tests.world import BAIYAN, NOON, QINGSHUI

JAN, JUNE = date(2026, 1, 1), date(2026, 6, 1)


def release(version, by):
    return actions.release(version_id=version.pk, seen=version.seen, by=by, now=NOON)


@pytest.fixture
def filing(chen):
    """The slot of 合同备案 in Qingshui's system."""
    actions.lay_out(region=QINGSHUI, by=chen, now=NOON)
    return Regulation.objects.get(region=QINGSHUI, ordinal=1)


@pytest.fixture
def enter(filing, chen):
    def entered(text="第一条　签订后十日内备案。", **told):
        told = {"title": "合同备案制度", "number": "清政〔2026〕1号", "adopted_on": JAN,
                "from_on": JAN, "until_on": None, "by": chen, **told}  # fmt: skip
        return actions.enter(regulation_id=filing.pk, articles=read(text), now=NOON, **told)

    return entered


@pytest.fixture
def released(enter, gao):
    def made(*args, **told):
        return release(enter(*args, **told), gao)

    return made


def test_eleven_slots_are_laid_out_once(filing, chen, luo, lin):
    actions.lay_out(region=QINGSHUI, by=chen, now=NOON)
    assert Regulation.objects.filter(region=QINGSHUI).count() == 11
    assert str(Regulation.objects.get(region=QINGSHUI, ordinal=9)) == "待录入"
    with pytest.raises(Missing):
        actions.lay_out(region=QINGSHUI, by=luo, now=NOON)
    with pytest.raises(Forbidden):
        actions.lay_out(region=QINGSHUI, by=lin, now=NOON)


def test_a_text_is_released_by_another_than_who_entered_it(enter, gao, shi, chen, luo):
    version = enter()
    with pytest.raises(Forbidden):
        release(version, chen)
    own = enter(by=shi, from_on=JUNE)
    with pytest.raises(Forbidden, match="录入的人不能自己发布"):
        release(own, shi)
    done = release(version, gao)
    assert done.letter.values["text"] == "第一条　签订后十日内备案。"
    assert Entry.objects.filter(action="regulations.release").count() == 1
    with pytest.raises(Blocked, match="已经发布"):
        release(version, gao)


def test_what_was_released_stands(released, chen, enter):
    version = released()
    with pytest.raises(Blocked, match="不能修改"):
        enter("第一条 改了", version_id=version.pk)
    with pytest.raises(IntegrityError, match="不能修改"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE regulations_regulationversion SET title='x' WHERE id=%s", [version.pk]
        )


def test_a_draft_may_be_corrected(enter):
    version = enter()
    assert enter("第一条 七日内", version_id=version.pk).pk == version.pk
    assert RegulationVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"from_on": date(2025, 12, 31)}, "早于通过日期"),
        ({"until_on": date(2025, 12, 31)}, "有效期早于"),
        ({"title": "《》"}, "制度名称"),
        ({"text": "第一条 甲\n第一条 乙"}, "条号重复：第一条"),
    ],
)
def test_what_makes_no_sense_is_refused(enter, told, said):
    with pytest.raises(Invalid, match=said):
        enter(**told)


def test_the_latest_text_that_has_begun_is_in_force(released, filing):
    first = released()
    second = released(from_on=JUNE, until_on=date(2026, 12, 31))
    every = list(filing.versions.all())
    assert in_force(every, date(2025, 12, 31)) is None
    assert in_force(every, date(2026, 5, 31)) == first
    assert in_force(every, JUNE) == second
    assert in_force(every, date(2026, 12, 31)) == second
    # Its term ran out: the text before it does not come back to life.
    assert in_force(every, date(2027, 1, 1)) is None


def test_a_draft_binds_nobody(enter, filing):
    enter()
    assert in_force(filing.versions.all(), JUNE) is None


def test_a_screen_prints_the_article_it_follows(
    released, filing, chen, lin, luo, client, django_assert_max_num_queries
):
    released()
    made = actions.apply(
        regulation_id=filing.pk, article="第一条", screen="disclosure:overview", by=chen, now=NOON
    )
    with pytest.raises(Blocked, match="已经关联"):
        actions.apply(regulation_id=filing.pk, article="第一条", screen="disclosure:overview",
                      by=chen, now=NOON)  # fmt: skip
    with pytest.raises(Invalid, match="没有“第九条”"):
        actions.apply(regulation_id=filing.pk, article="第九条", screen="disclosure:overview",
                      by=chen, now=NOON)  # fmt: skip
    assert lin.posts
    with django_assert_max_num_queries(2):
        (basis,) = bases_of("disclosure:overview", lin)
    assert str(basis.version) == "《合同备案制度》"
    client.force_login(lin)
    assert "《合同备案制度》第一条" in client.get(reverse("disclosure:overview")).content.decode()
    assert bases_of("disclosure:overview", luo) == []
    actions.unapply(application_id=made.pk, by=chen, now=NOON)
    with pytest.raises(Blocked):
        actions.unapply(application_id=made.pk, by=chen, now=NOON)


def test_the_pages_lay_out_enter_release_and_compare(filing, chen, gao, client):
    client.force_login(chen)
    told = {"title": "合同备案制度", "number": "1号", "adopted_on": "2026-01-01",
            "from_on": "2026-01-01", "text": "第一条 十日内"}  # fmt: skip
    url = reverse("regulations:enter", args=(filing.pk,))
    first = client.post(url, told)
    assert first.status_code == 302, first.content.decode()[-800:]
    assert "录入的人不能自己发布" in client.get(first.url).content.decode()
    second = client.post(url, {**told, "number": "2号", "from_on": "2026-06-01",
                               "text": "第一条 七日内"})  # fmt: skip
    client.force_login(gao)
    one, two = (RegulationVersion.objects.get(number=n).pk for n in ("1号", "2号"))
    for pk in (one, two):
        shown = client.get(reverse("regulations:version", args=(pk,))).content.decode()
        seen = {"seen": shown.partition('name="seen" value="')[2].partition('"')[0]}
        assert client.post(reverse("regulations:release", args=(pk,)), seen).status_code == 302
    html = client.get(reverse("regulations:compared", args=(two, one))).content.decode()
    assert "<del>十</del>日内" in html
    assert "<ins>七</ins>日内" in html
    assert "1 条不同" in html
    assert "第一条" in client.get(second.url, {"format": "print"}).content.decode()


def test_the_list_says_what_is_still_to_be_entered(
    released, chen, lin, luo, client, django_assert_max_num_queries
):
    version = released()
    client.force_login(lin)
    with django_assert_max_num_queries(20):
        html = client.get(reverse("regulations:regulations")).content.decode()
    assert html.count("待录入</span>") == 10
    assert "施行中" in html
    assert client.get(reverse("regulations:version", args=(version.pk,))).status_code == 200
    client.force_login(luo)
    assert client.get(reverse("regulations:version", args=(version.pk,))).status_code == 404
    assert "合同备案制度" not in client.get(reverse("regulations:regulations")).content.decode()
    with pytest.raises(Missing):
        actions.lay_out(region=BAIYAN, by=chen, now=NOON)


def test_a_village_does_not_see_a_draft(enter, lin, gao, client):
    version = enter()
    client.force_login(lin)
    assert client.get(reverse("regulations:version", args=(version.pk,))).status_code == 404
    client.force_login(gao)
    assert client.get(reverse("regulations:version", args=(version.pk,))).status_code == 200


def test_a_text_corrected_after_it_was_read_is_not_released(enter, gao):
    version = enter()
    actions.enter(
        regulation_id=version.regulation_id, version_id=version.pk, title="合同备案制度",
        number="清政〔2026〕1号", adopted_on=JAN, from_on=JAN, until_on=None,
        articles=read("第一条　不用备案。"), by=version.entered_by, now=NOON + timedelta(minutes=1),
    )  # fmt: skip
    with pytest.raises(Blocked, match="又改过"):
        release(version, gao)
    version.refresh_from_db()
    assert release(version, gao).released_by == gao


def test_an_old_text_says_that_another_holds(released, client, chen):
    old = released()
    new = released("第一条　七日内备案。", from_on=date(2026, 2, 1), number="2号")
    later = released("第一条　三日内备案。", from_on=date(2999, 1, 1), number="3号")
    client.force_login(chen)
    texts = [
        client.get(reverse("regulations:version", args=(one.pk,))).content.decode()
        for one in (old, new, later)
    ]
    assert "这一版现在不再施行" in texts[0]
    assert reverse("regulations:version", args=(new.pk,)) in texts[0]
    assert "不再施行" not in texts[1]
    assert "这一版还没有施行" in texts[2]
