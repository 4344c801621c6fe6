"""`sanzi limitation`: JSON in, the last day and the reasoning out."""

import json

import pytest

from sanzi.cli.main import main

CLAIM = {
    "nature": "loan",
    "due": "2019-12-31",
    "as_of": "2025-01-01",
    "events": [{"date": "2022-06-10", "kind": "demand", "evidence": "signed"}],
}


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "claim.json"
    path.write_text(json.dumps(CLAIM), encoding="utf-8")
    return path


def test_the_answer_is_json(file, capsys):
    assert main(["limitation", str(file)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["last_day"], told["status"], told["days_left"]) == ("2025-06-10", "warning", 160)
    assert all(isinstance(sentence, str) for sentence in told["reasoning"])


def test_sentences_for_people(file, capsys):
    assert main(["limitation", str(file), "--text"]) == 0
    assert "最后一日：2025-06-10" in capsys.readouterr().out


def test_a_broken_file_is_refused_by_its_line(file, capsys):
    file.write_text("{\n  nature", encoding="utf-8")
    assert main(["limitation", str(file)]) == 2
    assert "第 2 行" in capsys.readouterr().err
