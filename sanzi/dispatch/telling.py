"""What a frozen sheet tells an office's layout, and the Word form the tags belong to."""

from typing import Any

from sanzi.letters.blocks import Paragraph
from sanzi.letters.form import Field, LetterForm

from .body import BodyLine
from .form import FORMS
from .layout_tags import OF_A_LINE, ONCE, TOTAL, Cell, Told, exact, in_words
from .printed import Printed

LINES = "各村"


def told(printed: Printed) -> Told:
    """Words and numbers by tag, in the sheet's unit."""
    head = printed.body.head
    values = (
        head["title"], head["region_name"], head["cut_off_on"], head["since"], printed.unit,
        head["made_by"], head["made_at"], head["rule"], head["note"],
        f"第 {head['edition']} 版",
    )  # fmt: skip
    lines = [_line(printed, one, at) for at, one in enumerate(printed.body.lines, 1)]
    total = _line(printed, printed.body.total, None)
    return Told(dict(zip(ONCE, values, strict=True)), total, lines)


def _line(printed: Printed, line: BodyLine, at: int | None) -> dict[str, Cell]:
    own: tuple[Cell, ...] = (at, line.name, line.rank, line.flag)
    found: dict[str, Cell] = dict(zip(OF_A_LINE, own, strict=True))
    for column, value in zip(printed.body.columns, line.values, strict=True):
        found[column.tag] = exact(value, column.unit, printed.unit)
    return found


def word_form(kind: str) -> LetterForm:
    """A sheet as a form for Word: its tags are checked and filled as those of any letter."""
    names = [*OF_A_LINE, *(column.tag for column in FORMS[kind])]
    columns = tuple(Field(f"c{at}", name, required=False) for at, name in enumerate(names))
    return LetterForm(
        code=f"dispatch.{kind}",
        title="调度表",
        series="DDB",
        fields=(
            *(
                Field(f"o{at}", name, required=False)
                for at, name in enumerate(ONCE)
                if name != "标题"
            ),
            *(Field(f"t{at}", f"{TOTAL}{n}", required=False) for at, n in enumerate(names)),
            Field("lines", LINES, "list", columns=columns, required=False),
        ),
        blocks=(Paragraph("{title}"),),
    )


def word_values(printed: Printed) -> dict[str, Any]:
    """What the Word tags print: everything in words."""
    head, sheet = printed.body.head, printed.sheet
    found: dict[str, Any] = {
        "serial": f"{sheet.region}-{sheet.kind}-{head['cut_off_on']}-{head['edition']}",
        "title": head["title"], "addressee": "", "issuer": head["region_name"],
        "village": head["region_name"], "dated": head["cut_off_on"], "token": "",
    }  # fmt: skip
    once = told(printed).once
    found |= {f"o{at}": once[name] for at, name in enumerate(ONCE) if name != "标题"}
    words = _words(printed, printed.body.total, None)
    found |= {f"t{at}": word for at, word in enumerate(words)}
    found["lines"] = [
        {f"c{at}": word for at, word in enumerate(_words(printed, line, number))}
        for number, line in enumerate(printed.body.lines, 1)
    ]
    return found


def _words(printed: Printed, line: BodyLine, at: int | None) -> list[str]:
    own = [str(at or ""), line.name, str(line.rank or ""), line.flag]
    pairs = zip(printed.body.columns, line.values, strict=True)
    return [*own, *(in_words(value, column.unit, printed.unit) for column, value in pairs)]
