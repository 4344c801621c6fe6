"""A frozen sheet as the paper form in xlsx: the same sheet gives the same bytes."""

from pathlib import Path
from typing import Any

from django.utils.timezone import localtime

from sanzi.web.paper import PaperColumn, write_paper

from .body import BodyLine
from .printed import Printed


def write_sheet(path: Path, printed: Printed) -> None:
    """Every line exact in the sheet's unit; the region's own as the total; rule and note below."""
    body, figures = printed.body, printed.paper_columns
    head = body.head
    ranks = [PaperColumn("排名", "integer", width=6), PaperColumn("红黄旗", width=7)]
    at = printed.split
    columns = [
        PaperColumn("序号", "integer", width=6),
        PaperColumn(head["level_word"], width=14),
        *figures[:at],
        *(ranks if printed.ranks else []),
        *figures[at:],
    ]
    edition = "" if head["edition"] == 1 else f"　第 {head['edition']} 版（{head['reason']}）"
    write_paper(
        path,
        head["title"],
        f"金额单位：{printed.unit}",
        columns,
        ((number, *_cells(printed, line)) for number, line in enumerate(body.lines, 1)),
        [None, *_cells(printed, body.total)],
        issued=f"截至 {head['cut_off_on']}，上期 {head['since']}{edition}",
        created=localtime(printed.sheet.made_at).replace(tzinfo=None),
    )


def _cells(printed: Printed, line: BodyLine) -> list[Any]:
    values, at = printed.exact(line), printed.split
    middle = [line.rank, line.flag] if printed.ranks else []
    return [line.name, *values[:at], *middle, *values[at:]]
