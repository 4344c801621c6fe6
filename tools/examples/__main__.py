"""Write the example workbooks: `python -m tools.examples`; the same seed, the same content."""

from pathlib import Path

from .zhongcun.town import zhongcun

FOLDER = Path(__file__).parents[2] / "examples"


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    zhongcun().write(FOLDER / "zhongcun.xlsx")


if __name__ == "__main__":
    main()
