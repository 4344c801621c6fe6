"""The catalogue of rules as its page shows it: how each judges here, and how far it is believed."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sanzi.web.register import Badge

from .models import Setting
from .parameters import PROCESSES, Effective
from .precision import Tally
from .registers import TONES
from .rules import RULE_OF, RULES, Rule
from .rules.rule import COMPARED, LANES, WORDS, spell


@dataclass(frozen=True)
class Line:
    """One rule as it stands in a region."""

    rule: Rule
    effective: Effective
    tally: Tally

    @property
    def lane(self) -> str:
        return LANES[self.effective.lane]

    @property
    def state(self) -> Badge:
        return Badge("启用", "done") if self.effective.is_on else Badge("停用")

    @property
    def lines(self) -> list[Badge]:
        """The ladder in words, each line in its colour."""
        return ladder(self.rule.code, self.effective)

    @property
    def is_unbelievable(self) -> bool:
        """Proposed for the digest: too many of its warnings were false alarms."""
        return self.tally.is_unbelievable and self.effective.lane == "warn"


def lines(standards: Mapping[str, Effective], tallies: Mapping[str, Tally]) -> list[Line]:
    """Every rule in the order of the table."""
    return [Line(rule, standards[rule.code], tallies.get(rule.code, Tally())) for rule in RULES]


def ladder(code: str, effective: Effective) -> list[Badge]:
    """The lines of a rule with their numbers; a process has none."""
    rule = RULE_OF.get(code)
    if rule is None:
        return []
    return [
        Badge(
            f"{WORDS[level]} {COMPARED[rule.compare]} {spell(effective.values[name])} {rule.unit}",
            TONES[level],
        )
        for level, name in rule.ladder
    ]


@dataclass(frozen=True)
class Process:
    """How warnings are handled here, whatever the rule: its numbers as title, number, unit."""

    code: str
    title: str
    is_on: bool
    numbers: list[tuple[str, Decimal, str]]


def processes(standards: Mapping[str, Effective]) -> list[Process]:
    """The budget with its limits, and the ladder."""
    return [
        Process(
            code, title, standards[code].is_on,
            [(one.title, standards[code].values[one.name], one.unit) for one in parameters],
        )
        for code, (title, parameters) in PROCESSES.items()
    ]  # fmt: skip


def badge(setting: Setting) -> Badge:
    """Where numbers on their way stand."""
    if setting.withdrawn_at:
        return Badge("已作废")
    return Badge("已启用", "done") if setting.live_at else Badge("拟定，未启用", "warn")
