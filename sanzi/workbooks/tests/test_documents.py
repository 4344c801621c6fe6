"""The published JSON is what its schema says, down to the last field."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, ValidationError

from sanzi.access.system import system_person
from sanzi.intake.reading import read_workbook
from sanzi.metrics.catalogue import METRICS
from sanzi.workbooks.actions import commit_file
from sanzi.workbooks.check import check_file
from sanzi.workbooks.output import check_document, report_document
from sanzi.workbooks.report import make_report
from tests.sheets import CLAIM, LEASE, write_workbook
from tests.world import NOON, QINGSHUI, SHANGTIAN

SCHEMAS = Path(__file__).parents[3] / "docs" / "schema"


def validator(name):
    return Draft202012Validator(json.loads((SCHEMAS / f"{name}.schema.json").read_text()))


@pytest.fixture
def workbook(tmp_path):
    return write_workbook(
        tmp_path / "town.xlsx",
        村情=[{"village": SHANGTIAN, "name": "上田村"}],
        合同=[{**LEASE, "number": "HT-1", "village": SHANGTIAN, "written": "口头"}],
        债权=[{**CLAIM, "number": "ZQ-1", "village": SHANGTIAN, "due_on": "2022-02-30"}],
    )


def test_check_keeps_its_schema(workbook):
    document = json.loads(json.dumps(check_document(check_file(workbook, as_of=NOON.date()))))

    validator("check").validate(document)
    assert document["ok"] is False
    assert document["findings"][0]["rule"] == "P01"
    assert [line["metric"] for line in document["figures"]] == [metric.id for metric in METRICS]


def test_report_keeps_its_schema(workbook, places, tmp_path):
    sound = write_workbook(
        tmp_path / "sound.xlsx",
        村情=[{"village": SHANGTIAN, "name": "上田村"}],
        债权=[{**CLAIM, "number": "ZQ-1", "village": SHANGTIAN}],
    )
    by = system_person("system_import")
    commit_file(workbook=read_workbook(sound), name="sound.xlsx", by=by, now=NOON)
    document = json.loads(json.dumps(report_document(make_report(QINGSHUI, NOON.date()))))

    validator("report").validate(document)
    by_metric = {line["metric"]: line["value"] for line in document["figures"]}
    assert Decimal(by_metric["receivables.locked"]) == Decimal("5000.00")
    assert by_metric["receivables.recovery_rate"] == "0.0000"
    assert document["villages"][0]["figures"]["receivables.count"] == 1


def test_a_field_nobody_promised_is_refused(workbook):
    document = check_document(check_file(workbook, as_of=NOON.date()))
    document["figures"][0]["hint"] = "x"

    with pytest.raises(ValidationError):
        validator("check").validate(document)
