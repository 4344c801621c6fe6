import json

import pytest
from django.urls import reverse

from sanzi.receivables.limitation.answer import document
from sanzi.receivables.limitation.clock import read
from sanzi.receivables.limitation.facts import read_facts

URL = reverse("limitation:clock")
pytestmark = pytest.mark.django_db

# clean-up.md 2.5, vectors (a)–(g): the facts as typed and the last day they lead to.
VECTORS = {
    "a": ("loan", "2019-12-31", [("2022-06-10", "demand", "signed")], "2025-06-10"),
    "b": ("loan", "2012-12-31", [("2022-05-20", "repayment_plan", "signed")], "2025-05-20"),
    "b-ticked": (
        "loan",
        "2012-12-31",
        [("2022-05-20", "amount_confirmed", "signed")],
        "2014-12-31",
    ),
    "c": ("other", "2016-03-01", [], "2019-03-01"),
    "d": ("rent", "2016-05-01", [], "2017-05-02"),
    "g": ("loan", "2022-01-01", [("2023-03-01", "demand", "signed")], "2026-03-02"),
    "g-made-up": ("loan", "2022-01-01", [("2023-02-28", "demand", "signed")], "2026-02-28"),
}


def _asked(nature, due, events):
    asked = {"nature": nature, "start": "due", "begins": due, "as_of": "2024-06-30"}
    for n, (day, kind, evidence) in enumerate(events, start=1):
        asked |= {f"date_{n}": day, f"kind_{n}": kind, f"evidence_{n}": evidence}
    return asked


@pytest.mark.parametrize(("nature", "due", "events", "last"), VECTORS.values(), ids=VECTORS)
def test_anybody_learns_the_last_day_and_why(client, nature, due, events, last):
    html = client.get(URL, _asked(nature, due, events)).content.decode()
    assert f"<b>{last}</b>" in html
    assert "第" in html.split("<ol>")[1].split("</ol>")[0]


def test_unbroken_demands_end_at_twenty_years(client):
    years = (2003, 2005, 2007, 2009, 2011, 2013, 2015, 2017, 2020)
    events = [(f"{year}-09-01", "demand", "signed") for year in years]
    html = client.get(URL, {**_asked("loan", "2001-11-01", events), "rows": "9"}).content.decode()
    assert "<b>2021-11-01</b>" in html
    assert "已超过二十年" in html


def test_the_page_and_the_command_give_one_answer(client):
    asked = _asked("loan", "2019-12-31", [("2022-06-10", "demand", "signed")])
    told = json.loads(client.get(URL, {**asked, "format": "json"}).content)
    given = {
        "nature": "loan",
        "due": "2019-12-31",
        "as_of": "2024-06-30",
        "events": [{"date": "2022-06-10", "kind": "demand", "evidence": "signed"}],
    }
    assert told == document(read(read_facts(given)))
    assert {"last_day", "status", "days_left", "reasoning"} <= set(told)


def test_instalments_are_typed_line_by_line(client):
    asked = {"start": "instalments", "instalments": "2020-12-31\n2022-12-31", "as_of": "2023-06-01"}
    html = client.get(URL, asked).content.decode()
    assert "该期单独计算到" in html


def test_an_empty_page_asks_and_answers_nothing(client):
    html = client.get(URL).content.decode()
    assert "最后一日" not in html
    assert "起算日" in html


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"begins": "2020-13-01"}, "起算日 应写成"),
        (
            {"begins": "2020-01-01", "date_1": "2021-02-30", "kind_1": "demand"},
            "第 1 项日期 应写成",
        ),
        ({"begins": "2020-01-01", "date_2": "2021-02-03"}, "第 1 项事项 应为"),
        ({"begins": "2020-01-01", "as_of": "soon"}, "截至日期 应写成"),
    ],
)
def test_what_is_typed_wrong_is_named_as_the_form_names_it(client, wrong, said):
    answer = client.get(URL, {"nature": "loan", "start": "due", **wrong})
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_rows_can_be_added_but_not_without_end(client):
    assert 'name="date_8"' in client.get(URL, {"rows": "8"}).content.decode()
    assert 'name="date_41"' not in client.get(URL, {"rows": "999"}).content.decode()
