"""The five contracts of five million yuan and more, the sixteen-year dispute first."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tools.examples.places import Village
from tools.examples.shares import money

from .sound import Draft, Writer

# Village, title, trade, signing, end, total, codes, and what is unlike a sound contract.
_LARGE: tuple[tuple[str, str, str, date, date, str, tuple[str, ...], dict[str, Any]], ...] = (
    (
        "张马村", "煤矿资产经营及股份分红承包", "煤业", date(2006, 5, 8), date(2035, 12, 31),
        "134,000,000.00", ("P06", "P12"),
        {
            "legal_nature": "其他",
            "issuer": "中村镇人民政府（代张马、中村、南河、上峪、松峪五村）",
            "issuer_kind": "乡镇政府",
            "procedure": "无",
            "special_clauses": "煤矿重组后控股方多次变更，股份分红中断，违约最长达16年",
            "remark": "2022年5月由镇政府和五个村与承包方重新签订承包协议书",
        },
    ),
    (
        "下川村", "景区服务设施租赁", "文旅开发", date(2011, 9, 15), date(2031, 9, 30),
        "9,500,000.00", ("P06",), {"procedure": "两委会"},
    ),
    (
        "中村村", "洗煤厂场地租赁", "洗煤", date(2013, 3, 20), date(2033, 3, 31),
        "6,800,000.00", ("P06", "P22"),
        {"procedure": "无", "filed_on": None, "archive_number": None},
    ),
    (
        "南河村", "石料厂场地租赁", "建材", date(2009, 6, 10), date(2049, 6, 30),
        "5,600,000.00", ("P02",), {},
    ),
    (
        "上峪村", "原水泥厂厂区租赁", "水泥制品", date(2016, 10, 8), date(2036, 10, 31),
        "5,000,000.00", ("P22",), {"filed_on": None, "archive_number": None},
    ),
)  # fmt: skip


def large_contracts(writer: Writer, villages: Mapping[str, Village]) -> list[Draft]:
    """The five large contracts, each with the codes it is meant to show."""
    drafts = []
    for name, title, trade, signed_on, ends_on, total, codes, unlike in _LARGE:
        draft = writer.serve(villages[name], 0, signed_on)
        party = writer.register.firm(trade)
        starts_on = date(signed_on.year, signed_on.month + 1, 1)
        draft.row |= {
            "title": f"{name}{title}合同",
            "category": "资产类",
            "legal_nature": "租赁",
            "contractor": party.name,
            "contractor_id": party.number,
            "contractor_phone": party.phone,
            "is_member": False,
            "starts_on": starts_on,
            "ends_on": ends_on,
            "total_amount": money(total),
            "due_amount": None,
            "paid_amount": None,
            "sublet": "无",
            "township_approval": f"中政发〔{signed_on.year}〕{signed_on.month}号",
            "discovered_by": "查会计账簿、查合同文本",
            "location": f"{name}工矿区",
            **unlike,
        }
        if draft.row["procedure"] in ("无", "两委会"):
            counts = ("expected_count", "present_count", "approval_count", "met_on")
            draft.row |= dict.fromkeys(counts)
        draft.party, draft.codes = party, codes
        drafts.append(draft)
    return drafts
