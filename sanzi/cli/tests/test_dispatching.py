"""`sanzi dispatch`: sheets by a timer, once a period."""

import json

import pytest

from sanzi.cli.main import main
from sanzi.dispatch.models import Sheet
from tests.world import COUNTY


@pytest.fixture
def ready(places, monkeypatch):
    monkeypatch.setattr("sanzi.cli.dispatching.start", lambda: None)


ASKED = ["dispatch", "--region", COUNTY, "--kind", "biweekly", "--on", "2022-12-31", "--below"]


def test_a_county_s_sheet_and_those_of_its_towns_are_frozen_at_one_moment(ready, capsys):
    assert main([*ASKED, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["sheets"]
    assert [one["region"] for one in told] == ["999901", "999901001", "999901002"]
    assert len({(s.last_share, s.last_past) for s in Sheet.objects.all()}) == 1
    assert {s.made_by.username for s in Sheet.objects.all()} == {"system_dispatch"}


def test_the_same_period_twice_changes_nothing(ready, capsys):
    main(ASKED)
    main(ASKED)
    assert Sheet.objects.count() == 3
    assert "999901 双周调度表 2022-12-31" in capsys.readouterr().out


def test_a_village_has_no_sheet(ready, capsys):
    assert main(["dispatch", "--region", "999901001201", "--kind", "daily"]) == 2
    assert "乡镇、县或市" in capsys.readouterr().err
