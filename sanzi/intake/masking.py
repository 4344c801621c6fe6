"""How a bad value is quoted in a message: recognisable to its owner, useless to anyone else."""

import re
from datetime import date, datetime
from typing import Any

from sanzi.kernel.codes import mask_account, mask_id, mask_phone

LENGTH_MAX = 40

# Any long run of digits may be a card, a phone or an identity number typed into the wrong column.
_LONG_DIGITS = re.compile(r"[0-9]{11}|[0-9]{13,}[0-9Xx]?")
# A region code is no secret, and all its twelve digits are needed to correct it.
_REGION = re.compile(r"(?<![0-9])[0-9]{12}(?![0-9])")


def plain(cell: Any) -> str:
    """A cell as its owner would read it aloud: whole numbers without a decimal point."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e21:
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == cell.time().min:
        cell = cell.date()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


_MASKS = {"party_id": mask_id, "phone": mask_phone, "bank_account": mask_account}


def shown(cell: Any, kind: str = "text") -> str:
    """The value for a message, masked by the type of its column and cut to a readable length."""
    text = "".join(c if c.isprintable() else "□" for c in plain(cell)).strip()
    if kind in _MASKS:
        return _MASKS[kind](text)[:LENGTH_MAX]
    if not _REGION.search(text):
        text = _LONG_DIGITS.sub(lambda found: mask_id(found.group()), text)
    return text if len(text) <= LENGTH_MAX else f"{text[:LENGTH_MAX]}…"
