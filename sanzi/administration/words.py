"""The facts of an entry in words, for whoever reads the log."""

from dataclasses import dataclass
from typing import Any

from sanzi.intake.dictionary import register
from sanzi.journal.models import Entry
from sanzi.workbooks.binding import TABLES

_WORDS = {
    "account": "账号",
    "code": "区划代码",
    "entries": "涉及条目",
    "from": "原名称",
    "from_on": "任职日期",
    "into": "并入",
    "into_code": "并入代码",
    "name": "姓名或名称",
    "on": "日期",
    "post": "岗位",
    "reason": "理由",
    "to": "新名称",
    "to_on": "离任日期",
    "wrong": "同一网络 15 分钟内错误次数",
}
# What people call the things that are no rows of a register.
_THINGS = {
    "access.person": "人员",
    "access.post": "岗位",
    "campaigns.base": "基准日",
    "orgs.region": "区划",
    "parties.party": "往来方",
    "workbooks.upload": "上传的工作簿",
    "file": "工作簿",
}
_THINGS |= {model._meta.label_lower: register(slug).title for slug, model in TABLES.items()}
# Said by the label already, or a code for machines.
_UNTOLD = frozenset({"label", "role"})


@dataclass(frozen=True)
class Line:
    """One entry and what it says."""

    entry: Entry
    told: str

    @property
    def thing(self) -> str:
        """What it was done to: 合同 12, 人员 3."""
        label, _, number = self.entry.object.partition(":")
        return f"{_THINGS.get(label, label)} {number}".strip()

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
    facts = ((name, value) for name, value in entry.facts.items() if name not in _UNTOLD)
    return Line(entry, "；".join(f"{_WORDS.get(name, name)}：{_said(v)}" for name, v in facts))


def _said(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(_said(part) for part in value)
    if isinstance(value, dict):
        return "，".join(f"{name} {_said(part)}" for name, part in value.items())
    return "" if value is None else str(value)
