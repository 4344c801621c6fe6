"""Small workbooks in the house's own words: rows by field name, under the template's titles."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from sanzi.intake.dictionary import sheet

Rows = Sequence[Mapping[str, Any]]

LEASE = {
    "title": "村南鱼塘租赁合同",
    "category": "资源类",
    "legal_nature": "租赁",
    "written": "书面",
    "issuer": "上田村股份经济合作社",
    "issuer_kind": "村集体经济组织",
    "contractor": "赵某",
    "location": "村南",
    "contract_area_mu": "10",
    "agreed_use": "养鱼",
    "signed_on": "2015-03-01",
    "starts_on": "2015-03-01",
    "ends_on": "2034-12-31",
    "pricing": "年租金",
    "yearly_amount": "12000",
    "procedure": "村民代表会议",
    "met_on": "2015-02-01",
    "expected_count": "40",
    "present_count": "36",
    "approval_count": "36",
    "is_member": "是",
    "filed_on": "2015-03-05",
    "archive_number": "D-1",
}
CLAIM = {
    "debtor": "赵某",
    "nature": "往来借款",
    "book": "账内",
    "formed_on": "2015-03-01",
    "principal": "5000",
}
DEBT = {"creditor": "钱某", "kind": "民间借款", "formed_on": "2014-03-01", "principal": "8000"}


def write_workbook(path: Path, **registers: Rows) -> Path:
    """A workbook of the named sheets: `write_workbook(p, 合同=[{"number": "1", …}])`."""
    with xlsxwriter.Workbook(path) as book:
        for title, rows in registers.items():
            columns = sheet(title).columns
            page = book.add_worksheet(title)
            page.write_row(0, 0, [column.title for column in columns])
            for place, row in enumerate(rows, start=1):
                unknown = row.keys() - {column.field for column in columns}
                assert not unknown, f"no such field on {title}: {unknown}"
                for at, column in enumerate(columns):
                    if column.field in row:
                        page.write_string(place, at, str(row[column.field]))
    return path
