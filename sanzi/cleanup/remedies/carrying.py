"""What was carried out, as somebody tells it: checked, kept as text, and brought into force later.

实施 writes nothing but its own step; the contract changes when another person has accepted it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sanzi.cleanup.keeping import FIELDS
from sanzi.cleanup.rules import inspect
from sanzi.contracts.queries import terms_on
from sanzi.contracts.terms import terms_of
from sanzi.contracts.wording import AMENDABLE, COLUMNS, read, written
from sanzi.kernel.refusals import Invalid

from .paths import Path

# What a revision agrees anew most often; the page offers these.
REVISED = (
    "starts_on", "ends_on", "contract_area_mu", "unit_price", "yearly_amount", "total_amount",
    "payment_mode", "agreed_use", "contractor",
)  # fmt: skip
# A revision that leaves the term unlawful or open is none.
_MUST_BE_MENDED = ("P02", "P03")
_LONGEST = 200


@dataclass(frozen=True, kw_only=True)
class Work:
    """What was carried out. `on`: signed, ended or filed, by the way; `changes`: terms by field."""

    on: date
    effective_on: date | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)
    # 备案: number, day and whose stamp; of a suit its number, and the court.
    number: str = ""
    filed_on: date | None = None
    body: str = ""
    words: str = ""

    @property
    def facts(self) -> dict[str, Any]:
        """As kept with the step: text only."""
        told = {
            "on": self.on.isoformat(),
            "effective_on": self.effective_on.isoformat() if self.effective_on else "",
            "changes": {name: written(value) for name, value in self.changes.items()},
            "number": self.number,
            "filed_on": self.filed_on.isoformat() if self.filed_on else "",
            "body": self.body,
        }
        return {name: value for name, value in told.items() if value}


def work_of(facts: Mapping[str, Any]) -> Work:
    """Read back what a step kept."""

    def day(name: str) -> date | None:
        return date.fromisoformat(facts[name]) if facts.get(name) else None

    on = day("on")
    assert on is not None, "work has a day"
    changes = {name: read(name, text) for name, text in facts.get("changes", {}).items()}
    return Work(
        on=on,
        effective_on=day("effective_on"),
        changes=changes,
        number=facts.get("number", ""),
        filed_on=day("filed_on"),
        body=facts.get("body", ""),
    )


def check(work: Work, path: Path, contract: Any, today: date) -> None:
    """Raises Invalid for work that cannot be true, or mends nothing."""
    days = [day for day in (work.on, work.filed_on) if day]
    if late := [day for day in days if day > today]:
        raise Invalid("work.ahead", f"日期 {late[0]} 还没有到，请在办完以后登记")
    if any(len(text) > _LONGEST for text in (work.number, work.body)):
        raise Invalid("work.long", f"编号和机关名称最多 {_LONGEST} 个字")
    if path.change == "suit" and not (work.number and work.body):
        raise Invalid("work.suit", "请填写受理机关和案号")
    if path.change == "end":
        _check_end(work, path, contract)
    if path.change == "amend":
        _check_revision(work, path, contract)


def _check_end(work: Work, path: Path, contract: Any) -> None:
    terms = terms_on(contract, date.max)
    first, last = terms.get("starts_on") or terms.get("signed_on"), terms.get("ends_on")
    if first and work.on < first:
        raise Invalid("work.end", f"终止日期早于合同起始日 {first}")
    if path.kind == "expiry" and last and work.on < last:
        raise Invalid("work.expiry", f"合同 {last} 到期，到期以前请改用协议解除或通知解除")


def _check_revision(work: Work, path: Path, contract: Any) -> None:
    if not (work.number and work.filed_on and work.body):
        raise Invalid("work.filing", "请填写备案编号、备案日期和备案机关")
    if work.filed_on < work.on:
        raise Invalid("work.filing", "备案日期早于签订日期，请核对")
    if path.kind == "procedure":
        return
    if unknown := [name for name in work.changes if name not in AMENDABLE]:
        raise Invalid("work.field", f"“{unknown[0]}”不能用补充协议变更")
    before = terms_on(contract, date.max)
    changed = {n: v for n, v in work.changes.items() if written(before.get(n)) != written(v)}
    if not changed:
        raise Invalid("work.nothing", "没有任何条款与现行约定不同，请填写修订后的内容")
    _check_term(work, {**before, **changed}, contract)


def _check_term(work: Work, after: Mapping[str, Any], contract: Any) -> None:
    effective, last = work.effective_on or work.on, after.get("ends_on")
    first = contract.signed_on or contract.starts_on
    if first and effective < first:
        raise Invalid("work.effective", f"生效日期早于合同签订日 {first}")
    if last and last < effective:
        raise Invalid("work.term", "修订后的终止日期早于生效日期；提前结束合同请改用解除")
    terms = terms_of({**{name: getattr(contract, name) for name in FIELDS}, **after})
    left = [found for found in inspect(terms) if found.rule in _MUST_BE_MENDED]
    if left:
        raise Invalid("work.unlawful", f"修订后仍有“{left[0].title}”：{left[0].evidence}")


def said(work: Work, path: Path) -> str:
    """One line for the history."""
    parts = [f"{path.title} {work.on}"]
    parts += [f"{COLUMNS[n].title}改为{written(v) or '空'}" for n, v in work.changes.items()]
    if work.number:
        parts.append(f"{'备案' if path.change == 'amend' else '案号'} {work.number}")
    return "，".join(parts)
