"""Lists of incomes as the paper forms an office files: merged headings, units, signature row."""

import tempfile
from collections.abc import Mapping, Sequence
from typing import IO, Any

from sanzi.kernel.money import ZERO, from_fen
from sanzi.web.paper import PaperColumn, write_paper

from .asked import Asked
from .calling import ASKED
from .models import Statement
from .parts import INCOME, INCOME_PARTS
from .rows import VillageRow
from .tiers import tiers

_UNIT = "单位：元"


def villages_paper(title: str, rows: Sequence[VillageRow], asked: Asked, issued: str) -> IO[bytes]:
    """Every village with its parts, its income, what is one-off and its tier; read from the top."""
    columns = [
        PaperColumn("序号", "integer", width=7),
        PaperColumn("村", width=16),
        *(PaperColumn(part.label, "money", "各项收入") for part in INCOME_PARTS),
        PaperColumn("全部", "money", asked.definition.label),
        PaperColumn("其中一次性", "money", asked.definition.label),
        PaperColumn("不含一次性", "money", asked.definition.label),
        PaperColumn("收入档次", width=20),
        PaperColumn("数据来源", width=14),
    ]
    names = {tier.ordinal: tier.label for tier in tiers(asked.tiers.edges)}
    body: list[list[Any]] = [_line(number, row, names) for number, row in enumerate(rows, start=1)]
    sums = [sum((line[at] or ZERO for line in body), ZERO) for at in range(2, len(columns) - 2)]
    # Closed, and with that deleted, by the response when it has been sent.
    file = tempfile.TemporaryFile()  # noqa: SIM115
    write_paper(
        file, title, _UNIT, columns, body, [None, f"共 {len(body)} 村", *sums, None, None],
        issued=issued,
    )  # fmt: skip
    file.seek(0)
    return file


def _line(number: int, row: VillageRow, names: dict[int, str]) -> list[Any]:
    amounts = row.held.amounts if row.held else {}
    parts = [from_fen(amounts[part.key]) if part.key in amounts else None for part in INCOME_PARTS]
    tier = "" if row.tier is None else names[row.tier]
    apart = None if row.income is None else row.one_off
    return [number, row.name, *parts, row.income, apart, row.lasting, tier, row.origin]


def statements_paper(
    target: IO[bytes],
    title: str,
    statements: Sequence[Statement],
    names: Mapping[str, str],
    issued: str,
) -> None:
    """The villages' statements as the paper form: 收入 and 支出 under one heading each, sums below.

    Who has not handed in stands in the list with blank figures.
    """
    columns = [
        PaperColumn("序号", "integer", width=7),
        PaperColumn("村", width=16),
        *(PaperColumn(p.label, "money", "收入" if p.category == INCOME else "支出") for p in ASKED),
        PaperColumn("状态", width=10),
        PaperColumn("差异说明", width=24),
    ]
    body: list[list[Any]] = [
        [number, names.get(one.village, one.village), *_told(one), one.get_stage_display(),
         one.explanation]
        for number, one in enumerate(statements, start=1)
    ]  # fmt: skip
    sums = [sum((line[at] or ZERO for line in body), ZERO) for at in range(2, len(columns) - 2)]
    write_paper(
        target, title, _UNIT, columns, body, [None, f"共 {len(body)} 村", *sums, None, None],
        issued=issued,
    )  # fmt: skip
    target.seek(0)


def _told(one: Statement) -> list[Any]:
    told = one.told if one.is_filed else {}
    return [from_fen(told[part.key]) if part.key in told else None for part in ASKED]
