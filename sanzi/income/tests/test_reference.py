"""The reference city's two figures, from the rows of its workbooks and nothing else."""

from decimal import Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from sanzi.income.definitions import definition, value
from sanzi.income.parts import PARTS, of_register
from sanzi.income.tiers import at_least, counts, share
from sanzi.intake.dictionary import SHEETS
from sanzi.kernel.money import to_fen

EXAMPLES = Path(__file__).parents[3] / "examples" / "yangquan"
YEAR = 2022


@pytest.fixture(scope="module")
def incomes():
    """The collective income of every village of 2022, in fen, by its code."""
    (sheet,) = (one for one in SHEETS if one.register == "incomes")
    fields = {column.title: column.field for column in sheet.columns}
    found = {}
    for path in sorted(EXAMPLES.glob("*.xlsx")):
        head, *rows = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet.title).to_python()
        for row in (dict(zip(map(fields.get, head), row, strict=True)) for row in rows):
            if int(row["year"]) == YEAR:
                cells = {part.column: row.get(part.column, "") for part in PARTS if part.column}
                fen = {k: None if v == "" else to_fen(Decimal(str(v))) for k, v in cells.items()}
                found[row["village"]] = value(definition("collective"), of_register(fen))
    return found


def test_sixty_nine_villages_of_six_hundred_and_twenty_have_a_million(incomes):
    assert len(incomes) == 620
    assert at_least(incomes.values(), 100_000_000) == 69
    assert counts(incomes.values())[-1] == 69


def test_four_hundred_and_ninety_six_have_a_hundred_thousand_exactly_four_fifths(incomes):
    reached = at_least(incomes.values(), 10_000_000)
    assert (reached, share(reached, 620)) == (496, Decimal("0.8000"))
    assert sum(counts(incomes.values())[3:]) == 496
