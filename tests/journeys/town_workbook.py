"""The clerk's part of the journey: mending the marked cells of her own workbook."""

from pathlib import Path

from openpyxl import load_workbook

from sanzi.kernel.codes import check_resident_id

MESSY = Path(__file__).parents[2] / "examples" / "messy.xlsx"


def mend(marked: Path, cells: list[tuple[str, str]], target: Path) -> list[str]:
    """Correct the named cells (sheet, address) of the workbook handed back; answers what they said.

    The mistakes of examples/messy.xlsx: an identity number a digit short, a thirtieth of February,
    an amount with three decimals.
    """
    workbook = load_workbook(marked)
    said = []
    for sheet, address in cells:
        cell = workbook[sheet][address]
        said.append(str(cell.value))
        cell.value = _right(str(cell.value))
    workbook.save(target)
    return said


def _right(wrong: str) -> str:
    if "-" in wrong:
        return wrong.replace("-30", "-28")
    if "." in wrong:
        return wrong[:-1]
    return next(wrong + digit for digit in "0123456789X" if not check_resident_id(wrong + digit))
