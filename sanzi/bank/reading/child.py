"""Reads one workbook and prints its first visible sheet as JSON: `python -m … FILE`.

A process of its own, limited in memory and time, so that a hostile file harms nobody else.
"""

import json
import resource
import signal
import sys
from datetime import date, datetime
from typing import Any

MEMORY_MAX = 1024**3
SECONDS_MAX = 25
WIDTH_MAX = 256


def main(path: str) -> None:
    """Print {"sheet", "rows", "merged"}; {} when every sheet is hidden or empty."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MAX, MEMORY_MAX))
    signal.alarm(SECONDS_MAX)
    import python_calamine as calamine

    with calamine.load_workbook(path) as book:
        for meta in book.sheets_metadata:
            visible = meta.visible == calamine.SheetVisibleEnum.Visible
            if not visible or meta.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(meta.name)
            if sheet.start is not None:
                json.dump(_told(sheet), sys.stdout, ensure_ascii=True)
                return
    print("{}")


def _told(sheet: Any) -> dict[str, Any]:
    # Rows begin at the sheet's first, columns at the first used one.
    left = [""] * sheet.start[1]
    rows = [left + [_cell(cell) for cell in row[:WIDTH_MAX]] for row in sheet.iter_rows()]
    merged = [[*first, *last] for first, last in sheet.merged_cell_ranges or []]
    return {"sheet": sheet.name, "rows": rows, "merged": merged}


def _cell(cell: Any) -> Any:
    if isinstance(cell, datetime):
        return {"at": cell.isoformat()}
    if isinstance(cell, date):
        return {"on": cell.isoformat()}
    return cell if isinstance(cell, str | int | float | bool) else str(cell)


if __name__ == "__main__":
    main(sys.argv[1])
