"""The history of one thing in words, for the 经过 of its page."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model

from sanzi.access.models import Person

from .history import history
from .models import Entry


@dataclass(frozen=True)
class Line:
    """One thing that happened: when, what, who, and what there is to add."""

    at: datetime
    title: str
    who: str
    note: str


def timeline(thing: Model | str, person: Person) -> list[Line]:
    """What happened to a thing, as far as this person may read it, oldest first; one query."""
    return [
        Line(entry.at, entry.label, _who(entry), _note(entry)) for entry in history(thing, person)
    ]


def _who(entry: Entry) -> str:
    # The name of a system user already says what it is.
    is_system = entry.role.startswith("system_")
    return entry.actor_name if is_system else f"{entry.actor_name} {entry.role_title}".strip()


def _note(entry: Entry) -> str:
    facts = entry.facts
    parts = [str(facts[name]) for name in ("subject", "reason") if facts.get(name)]
    if fields := facts.get("fields"):
        parts.append(f"改了{'、'.join(map(str, fields))}")
    if source := str(facts.get("source") or ""):
        parts.append(f"{_workbook(source)}第 {facts.get('row')} 行")
    return "；".join(parts)


def _workbook(source: str) -> str:
    kind, _, name = source.partition(":")
    return f"工作簿“{name}”" if kind == "file" else f"第 {name} 号上传的工作簿"
