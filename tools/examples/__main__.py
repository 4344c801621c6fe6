"""Write the example workbooks: `python -m tools.examples`; the same seed, the same content."""

import csv
from pathlib import Path

from .messy import write_messy
from .places import regions
from .yangquan.city import yangquan
from .zhongcun.town import zhongcun
from .zhongcun.vouchers import write_vouchers

FOLDER = Path(__file__).parents[2] / "examples"


def main() -> None:
    (FOLDER / "yangquan").mkdir(parents=True, exist_ok=True)
    town = zhongcun()
    town.write(FOLDER / "zhongcun.xlsx")
    write_vouchers(town, FOLDER / "zhongcun-books")
    for county, book in yangquan().items():
        name = f"{county}.xlsx"
        book.write(FOLDER / "yangquan" / name, blank_columns=False)
    write_messy(FOLDER / "messy.xlsx")
    with (FOLDER / "regions.csv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(("code", "name", "level"))
        writer.writerows(regions())


if __name__ == "__main__":
    main()
