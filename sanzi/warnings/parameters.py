"""An office's numbers for a rule: read from what people type, laid over the shipped ones. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from sanzi.kernel.refusals import Invalid

from . import admission, raising
from .rules import RULE_OF, RULES, Rule
from .rules.rule import Parameter

SETTABLE_LANES = ("warn", "digest")
# What an office sets besides rules: how warnings are handled. Title and numbers.
PROCESSES: dict[str, tuple[str, tuple[Parameter, ...]]] = {
    admission.CODE: ("预警预算和办理期限", admission.PARAMETERS),
    raising.CODE: (raising.TITLE, raising.PARAMETERS),
}


@dataclass(frozen=True)
class Effective:
    """A rule as it judges somewhere: its numbers, lane and whether it is on; 0: as shipped."""

    values: Mapping[str, Decimal]
    lane: str
    is_on: bool = True
    version: int = 0


def shipped() -> dict[str, Effective]:
    """Every rule and process as this product ships them."""
    found = {rule.code: Effective(rule.defaults(), rule.lane) for rule in RULES}
    for code, (_, parameters) in PROCESSES.items():
        found[code] = Effective({one.name: one.default for one in parameters}, "warn")
    return found


def parameters_of(code: str) -> tuple[Parameter, ...]:
    """The numbers an office may set of a rule or a process. Raises Invalid."""
    if code in PROCESSES:
        return PROCESSES[code][1]
    if code not in RULE_OF:
        raise Invalid("warnings.rule", "没有这条预警规则")
    return RULE_OF[code].parameters


def title_of(code: str) -> str:
    """A rule's title; processes have one too."""
    return PROCESSES[code][0] if code in PROCESSES else RULE_OF[code].title


def read(code: str, typed: Mapping[str, str]) -> dict[str, str]:
    """Numbers as they are stored. Raises Invalid, saying which one may be what."""
    found = {one.name: _read_one(one, typed.get(one.name, "")) for one in parameters_of(code)}
    if code in RULE_OF:
        _in_order(RULE_OF[code], {name: Decimal(text) for name, text in found.items()})
    return found


def _read_one(one: Parameter, text: str) -> str:
    text = text.strip().replace(",", "").replace("，", "")
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise Invalid("warnings.number", f"“{one.title}”请填数字") from None
    if not number.is_finite() or not one.least <= number <= one.most:
        raise Invalid("warnings.range", f"“{one.title}”须在 {one.least} 到 {one.most} 之间")
    if number != round(number, 2):
        raise Invalid("warnings.places", f"“{one.title}”最多两位小数")
    return str(number)


def _in_order(rule: Rule, values: Mapping[str, Decimal]) -> None:
    """A worse line lies further out than a milder one. Raises Invalid."""
    lines: Iterable[Decimal] = [values[name] for _, name in rule.ladder]
    rising = rule.compare in (">=", ">")
    for milder, worse in zip(lines, list(lines)[1:], strict=False):
        if (worse <= milder) if rising else (worse >= milder):
            way = "大" if rising else "小"
            raise Invalid("warnings.order", f"颜色越重，线应越{way}；请核对各条线的先后")


def laid_over(
    base: Effective, stored: Mapping[str, str], lane: str, is_on: bool, version: int
) -> Effective:
    """The shipped rule with an office's numbers in place of its own."""
    values = {**base.values, **{k: Decimal(v) for k, v in stored.items() if k in base.values}}
    return Effective(values, lane or base.lane, is_on, version)
