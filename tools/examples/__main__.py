"""Write the example workbooks: `python -m tools.examples`; the same seed, the same content."""

from pathlib import Path

from .yangquan.city import yangquan
from .zhongcun.town import zhongcun

FOLDER = Path(__file__).parents[2] / "examples"


def main() -> None:
    (FOLDER / "yangquan").mkdir(parents=True, exist_ok=True)
    zhongcun().write(FOLDER / "zhongcun.xlsx")
    for county, book in yangquan().items():
        name = f"{county}.xlsx"
        book.write(FOLDER / "yangquan" / name, blank_columns=False)


if __name__ == "__main__":
    main()
