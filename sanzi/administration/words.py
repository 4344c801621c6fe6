"""The facts of an entry in words, for whoever reads the log."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sanzi.intake.dictionary import register
from sanzi.journal.models import Entry
from sanzi.web.formats import yes_no
from sanzi.workbooks.binding import TABLES


def _read() -> dict[str, dict[str, str]]:
    """The words of log_words.csv by kind: what a thing is called, what a fact is called."""
    found: dict[str, dict[str, str]] = {"thing": {}, "fact": {}}
    with Path(__file__).with_name("log_words.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found[row["kind"]][row["name"]] = row["word"]
    return found


_READ = _read()
THINGS, FACTS = _READ["thing"], _READ["fact"]
# Said by the label already, or a code for machines.
UNTOLD = frozenset(
    {
        "body", "by_match", "digest", "head", "how", "kind", "label", "matter", "measure", "part",
        "role", "rule", "ruling", "skills", "source_code", "stage", "step", "way",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One entry and what it says."""

    entry: Entry
    told: str

    @property
    def thing(self) -> str:
        """What it was done to: 合同 12, 人员 3."""
        label, _, number = self.entry.object.partition(":")
        return f"{THINGS.get(label, label)} {number}".strip()

    @property
    def account(self) -> str:
        """Who signed in; a system user's name already says what it is."""
        return "" if self.entry.role.startswith("system_") else self.entry.actor

    @property
    def at(self) -> Any:
        return self.entry.at

    @property
    def title(self) -> str:
        return self.entry.label

    @property
    def who(self) -> str:
        return self.entry.actor_name

    @property
    def note(self) -> str:
        return self.told


def line(entry: Entry) -> Line:
    """The entry in the shape of the log's table and of components/timeline.html."""
    facts = ((name, value) for name, value in entry.facts.items() if name not in UNTOLD)
    return Line(entry, "；".join(f"{FACTS.get(name, name)}：{_said(v)}" for name, v in facts))


def _said(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(_said(part) for part in value)
    if isinstance(value, dict):
        return "，".join(f"{_word(name)} {_said(part)}" for name, part in value.items())
    if isinstance(value, bool):
        return yes_no(value)
    return "" if value is None else str(value)


def _word(name: str) -> str:
    """A fact's name, or a register's: what a workbook brought is counted by register."""
    return register(name).title if name in TABLES else FACTS.get(name, name)
