"""What somebody asks the clock on a page: plain fields of an address, as the JSON the clock reads.

Nothing is kept and nothing is signed in for: the address is the question, so an answer can be
opened again, printed, or handed to a lawyer.
"""

from collections.abc import Mapping
from typing import Any

ROWS_MIN, ROWS_MAX = 4, 40
STARTS = {
    "due": "约定的到期日",
    "grace_end": "催收时给的宽限期届满日",
    "refused_on": "第一次被要求时拒绝的日期",
    "instalments": "分期履行，各期到期日",
}
_PARTS = ("date", "kind", "evidence", "ended_on")


def rows_of(asked: Mapping[str, str]) -> list[dict[str, str]]:
    """The rows of the table of events as they were typed, with empty ones to go on with."""
    given = str(asked.get("rows", ""))[:3]
    wanted = int(given) if given.isascii() and given.isdecimal() else ROWS_MIN
    count = min(max(wanted, ROWS_MIN), ROWS_MAX)
    rows = ((str(n), _row(asked, n)) for n in range(1, count + 1))
    return [{"n": n, **row} for n, row in rows]


def document_of(asked: Mapping[str, str], today: str) -> dict[str, Any]:
    """The question as the clock's JSON (`read_facts`): empty fields left out."""
    start, begins = asked.get("start", "due"), asked.get("begins", "").strip()
    found: dict[str, Any] = {
        "nature": asked.get("nature", "other"),
        "as_of": asked.get("as_of", "").strip() or today,
    }
    if asked.get("harm_on", "").strip():
        found["harm_on"] = asked["harm_on"].strip()
    if start == "instalments":
        found["instalments"] = _days(asked.get("instalments", ""))
    elif begins:
        found[start if start in STARTS else "due"] = begins
    found["events"] = [
        {name: row[name] for name in _PARTS if row[name]}
        for row in rows_of(asked)
        if row["date"] or row["kind"]
    ]
    return found


def _row(asked: Mapping[str, str], n: int) -> dict[str, str]:
    return {name: asked.get(f"{name}_{n}", "").strip()[:20] for name in _PARTS}


def _days(text: str) -> list[str]:
    """Days parted by lines, commas or spaces."""
    for mark in ("，", "、", ",", ";", "；"):
        text = text.replace(mark, " ")
    return text.split()[:400]
