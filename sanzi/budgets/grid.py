"""A budget's grid as typed, row by row, read into lines; nothing is guessed silently.

No framework: what the book knows is handed in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sanzi.kernel.money import yuan
from sanzi.kernel.refusals import Invalid

from .control import Control
from .execution import Planned

LINES_MAX = 300
NAME_MAX, NOTE_MAX = 100, 200
FIELDS = ("account", "project", "name", "amount", "control", "note")


@dataclass(frozen=True, slots=True)
class Choice:
    """An account a line may name."""

    code: str
    name: str
    pinyin: str
    direction: str
    is_active: bool

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


@dataclass(slots=True)
class Typed:
    """One row of the form, as typed; `faults` are sentences by field."""

    account: str = ""
    project: str = ""
    name: str = ""
    amount: str = ""
    control: str = "warn"
    note: str = ""
    faults: dict[str, str] = field(default_factory=dict)
    last_year: Decimal | None = None

    @property
    def is_blank(self) -> bool:
        """Whether nothing worth keeping stands in it."""
        return not any((self.account, self.project, self.name, self.amount, self.note))


@dataclass(frozen=True)
class Known:
    """What a row may name: accounts by code, projects by name or number."""

    accounts: Mapping[str, Choice]
    projects: Mapping[str, tuple[int, str]]


def read(rows: Sequence[Typed], known: Known) -> list[Planned]:
    """The lines of the rows that are not blank; each row's `faults` say what is wrong with it.

    Raises Invalid for too many rows.
    """
    filled = [row for row in rows if not row.is_blank]
    if len(filled) > LINES_MAX:
        raise Invalid("budget.lines", f"预算最多 {LINES_MAX} 行，现有 {len(filled)} 行，请合并小项")
    lines = []
    seen: dict[tuple[str, int | None], int] = {}
    for place, row in enumerate(filled, start=1):
        line = _line(row, known)
        if line is None:
            continue
        key = (line.account, line.project)
        if key in seen:
            row.faults["account"] = f"与第 {seen[key]} 行是同一科目和项目，请合并成一行"
        seen[key] = place
        lines.append(line)
    return lines


def faults_of(rows: Sequence[Typed]) -> list[str]:
    """Every fault in words, with the number of its row."""
    filled = [row for row in rows if not row.is_blank]
    return [
        f"第 {place} 行{words}"
        for place, row in enumerate(filled, start=1)
        for words in row.faults.values()
    ]


def _line(row: Typed, known: Known) -> Planned | None:
    account = _account(row, known.accounts)
    project = _project(row, known.projects)
    amount = _amount(row)
    if row.control not in (Control.WARN, Control.BLOCK):
        row.faults["control"] = "控制方式只能选提醒或禁止"
    for name, title, most in (("name", "预算项目", NAME_MAX), ("note", "说明", NOTE_MAX)):
        if len(getattr(row, name)) > most:
            row.faults[name] = f"{title}最多 {most} 个字"
    if account is None or amount is None or row.faults:
        return None
    return Planned(
        direction=account.direction,
        account=account.code,
        project=project[0] if project else None,
        name=row.name or (project[1] if project else account.name),
        amount=amount,
        control=Control(row.control),
        note=row.note,
        project_name=project[1] if project else "",
    )


def _account(row: Typed, accounts: Mapping[str, Choice]) -> Choice | None:
    """By code (with or without the name behind it), by name, or by initials."""
    typed = row.account.strip()
    if not typed:
        row.faults["account"] = "没有科目，请填科目编码或名称"
        return None
    found = accounts.get(typed.split()[0])
    if found is None:
        by_name = [a for a in accounts.values() if typed in (a.name, a.pinyin)]
        found = by_name[0] if len(by_name) == 1 else None
    if found is None:
        row.faults["account"] = (
            f"的科目“{typed[:30]}”不能编预算或不存在，请从列表中选收入、支出科目"
        )
    elif not found.is_active:
        row.faults["account"] = f"的科目 {found} 已停用，请选用其他科目"
    return found


def _project(row: Typed, projects: Mapping[str, tuple[int, str]]) -> tuple[int, str] | None:
    typed = row.project.strip()
    if not typed:
        return None
    if typed not in projects:
        row.faults["project"] = f"的项目“{typed[:30]}”在本账套中没有，请先在账套中增设该项目"
    return projects.get(typed)


def _amount(row: Typed) -> Decimal | None:
    typed = row.amount.replace(",", "").replace("，", "").strip()
    if not typed:
        row.faults["amount"] = "没有预算数，请填金额；不安排的填 0"
        return None
    try:
        amount = yuan(typed)
    except Invalid as refusal:
        row.faults["amount"] = f"的预算数{refusal.message}"
        return None
    if amount < 0:
        row.faults["amount"] = "的预算数不能是负数，收入和支出都填正数"
        return None
    return amount
