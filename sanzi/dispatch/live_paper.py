"""The dispatch sheet as the paper form in xlsx."""

from decimal import Decimal
from pathlib import Path

from sanzi.web.asked import WAN, YUAN
from sanzi.web.paper import PaperColumn, write_paper

from .form import COLUMNS, RANK_AT, FormColumn
from .levels import LEVEL_WORDS
from .live import Sheet
from .ranking import FLAG_WORDS

_KINDS = {"元": "money", "率": "percent"}
_TEN_THOUSAND = Decimal(10_000)


def write_sheet(path: Path, title: str, sheet: Sheet) -> None:
    """Every line with its figures exact in the sheet's unit; the region's own as the total."""
    figures = [
        PaperColumn(column.title, _KINDS.get(column.unit, "integer"), group=column.group, width=9.5)
        for column in COLUMNS
    ]
    ranks = [PaperColumn("排名", "integer", width=6), PaperColumn("红黄旗", width=7)]
    write_paper(
        path,
        title,
        f"金额单位：{sheet.unit}",
        [
            PaperColumn("序号", "integer", width=6),
            PaperColumn(LEVEL_WORDS[sheet.level], width=14),
            *figures[:RANK_AT],
            *ranks,
            *figures[RANK_AT:],
        ],
        (
            (
                number,
                line.name,
                *_shown(sheet, line.values)[:RANK_AT],
                line.rank,
                FLAG_WORDS[line.flag] if line.flag else "",
                *_shown(sheet, line.values)[RANK_AT:],
            )
            for number, line in enumerate(sheet.lines, 1)
        ),
        [
            None,
            "合计",
            *_shown(sheet, sheet.total)[:RANK_AT],
            None,
            "",
            *_shown(sheet, sheet.total)[RANK_AT:],
        ],
        issued=f"截至 {sheet.as_of}，上期 {sheet.since}",
    )


def _shown(sheet: Sheet, values: tuple[Decimal | int | None, ...]) -> list[Decimal | int | None]:
    return [_in_unit(c, v, sheet.unit) for c, v in zip(COLUMNS, values, strict=True)]


def _in_unit(column: FormColumn, value: Decimal | int | None, unit: str) -> Decimal | int | None:
    if isinstance(value, Decimal) and column.unit == YUAN and unit == WAN:
        return value / _TEN_THOUSAND
    return value
