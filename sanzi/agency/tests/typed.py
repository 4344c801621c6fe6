"""The form of the grid as a browser sends it, and vouchers to fill it with."""

from collections.abc import Sequence
from typing import Any

from sanzi.agency.models import Draft, DraftLine, Handling

RENT = [("收鱼塘租金", "102", "", "100", ""), ("", "501", "", "", "100")]
PAID = "借 513 100.00\n贷 102 100.00"


def form(rows: Sequence[tuple[str, ...]], **more: str) -> dict[str, Any]:
    """The form as a browser sends it: five fields a row, empty rows too."""
    rows = [*rows, *[("",) * 5] * (8 - len(rows))]
    columns = zip(*rows, strict=True)
    told = dict(zip(("memo", "account", "named", "debit", "credit"), columns, strict=True))
    return {"dated": "2024-03-05", "attachments": "1", "do": "save", **told, **more}


def nothing_written() -> bool:
    return not (Draft.objects.exists() or DraftLine.objects.exists() or Handling.objects.exists())
