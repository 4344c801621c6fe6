"""周摘要 as a paper: one text for page, PDF and Word, kept as it was issued."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse

from sanzi.kernel.refusals import Forbidden, Invalid, Missing
from sanzi.letters.models import Letter
from sanzi.letters.printing import docx
from sanzi.warnings.actions.digests import issue_digest
from sanzi.warnings.models import Event
from tests.world import COUNTY, NOON, QINGSHUI, SHANGTIAN

from .conftest import ON

pytestmark = pytest.mark.django_db


@pytest.fixture
def week(see):
    """Seven warnings of Shangtian in one week: five shown, two kept back by the budget."""
    see(*(("W-35", f"c:{n}", 31, 100 * n) for n in range(7)))


def issue(by, region=QINGSHUI, last=ON):
    return issue_digest(region=region, last=last, by=by, now=NOON)


def word(letter):
    return ZipFile(BytesIO(docx(letter, "http://x"))).read("word/document.xml").decode()


def test_it_says_the_week_in_numbers_and_by_rule(week, chen):
    letter = issue(chen)
    told = letter.told()
    assert (told["new"], told["standing"], told["gone"], told["held"]) == ("7", "7", "0", "2")
    assert told["issuer"] == "清水镇"
    (line,) = told["lines"]
    assert line["rule"].startswith("W-35")
    assert line["worst"].startswith("上田村：最久逾期 31 天")
    assert [row["village"] for row in told["kept"]] == ["上田村", "上田村"]
    text = word(letter)
    assert "本周新增预警 7 条，消除 0 条，仍在 7 条" in text
    assert "因预算压下 2 条" in text


def test_the_page_leads_to_it_and_it_is_read_as_pdf_and_word(client, week, chen):
    client.force_login(chen)
    asked = {"region": QINGSHUI, "week": ON.isoformat()}
    assert "制发（PDF、Word）" in client.get(reverse("warnings:digest"), asked).content.decode()
    url = f"{reverse('warnings:issue-digest')}?region={QINGSHUI}"
    answer = client.post(url, {"week": ON.isoformat()}, follow=True)
    letter = Letter.objects.get()
    assert letter.serial in answer.content.decode()
    assert client.get(reverse("letters:docx", args=[letter.pk])).status_code == 200
    page = client.get(reverse("warnings:digest"), asked).content.decode()
    assert f"已制发 {letter.serial}" in page
    assert client.post(url, {"week": "x"}).status_code == 400


def test_what_only_some_may_see_is_neither_listed_nor_counted(week, gao):
    Event.objects.filter(cause__in=("c:6", "c:0")).update(is_restricted=True)
    assert issue(gao).told()["new"] == "5"


def test_issued_again_it_takes_the_place_of_the_first(week, see, chen):
    first = issue(chen)
    see(on=ON + timedelta(days=1))
    second = issue(chen)
    first = Letter.objects.get(pk=first.pk)
    assert first.ended.successor == second
    assert first.told()["standing"] == "7"
    assert second.told()["standing"] == "0"


def test_a_week_without_warnings_says_so(people, chen):
    assert "本周没有预警。" in word(issue(chen))


def test_it_is_issued_by_the_office_for_its_own_region_and_a_week_gone_by(week, chen, lin, luo):
    with pytest.raises(Forbidden):
        issue(lin, SHANGTIAN)
    with pytest.raises(Missing):
        issue(luo)
    with pytest.raises(Missing):
        issue(chen, COUNTY)
    with pytest.raises(Invalid):
        issue(chen, last=ON + timedelta(days=1))


def test_a_neighbour_and_a_village_do_not_read_the_town_s(client, week, chen, luo, lin):
    letter = issue(chen)
    for person in (luo, lin):
        client.force_login(person)
        assert client.get(reverse("letters:letter", args=[letter.pk])).status_code == 404
