"""What the limitation clock is told of a claim, as plain values, and how it is read from JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sanzi.kernel.refusals import Invalid

NATURES = {"loan": "借款", "rent": "租金", "other": "其他债权"}
EVIDENCE = ("signed", "delivered", "none")

# What the creditor does, what the debtor does, what an authority is asked for.
CREDITORS = {"demand": "催收"}
DEBTORS = {
    "part_payment": "部分履行",
    "acknowledgement": "承认债务并同意履行",
    "repayment_plan": "签订还款计划",
    "extension_request": "请求延期",
    "security": "提供担保",
    "new_agreement": "达成新的协议",
}
PROCEDURES = {
    "suit": "起诉",
    "arbitration": "申请仲裁",
    "payment_order": "申请支付令",
    "mediation_request": "请求调解",
    "enforcement": "申请执行",
}
CONFIRMED = {"amount_confirmed": "只核对了金额"}
OBSTACLES = {"obstacle_start": "出现障碍", "obstacle_end": "障碍消除"}
KINDS = {**CREDITORS, **DEBTORS, **PROCEDURES, **CONFIRMED, **OBSTACLES}


@dataclass(frozen=True)
class Event:
    """Something that happened to a claim, and how well it can be proved."""

    on: date
    kind: str
    evidence: str = "none"
    # The day a procedure ended.
    ended_on: date | None = None

    @property
    def words(self) -> str:
        """As a sentence calls it."""
        return KINDS[self.kind]


@dataclass(frozen=True)
class Facts:
    """A claim for the clock: `begins_on` is the day its limitation starts from, and `begun` why."""

    nature: str
    begins_on: date
    begun: str
    harm_on: date
    as_of: date
    instalments: tuple[date, ...] = ()
    events: tuple[Event, ...] = ()


def read_facts(given: Any) -> Facts:
    """The facts in a JSON document. Raises Invalid that names the field and how to mend it."""
    if not isinstance(given, Mapping):
        raise Invalid("limitation.shape", "文件内容应是一个 JSON 对象：{…}")
    nature = given.get("nature", "other")
    if nature not in NATURES:
        raise Invalid("limitation.nature", f"nature 应为 {'、'.join(NATURES)} 之一")
    instalments = tuple(sorted(_instalments(given.get("instalments"))))
    begins_on, begun = _begin(given, instalments)
    as_of = _day(given, "as_of")
    if as_of is None:
        raise Invalid("limitation.as_of", "缺少 as_of（截至日期），请写成 2025-06-10")
    events = given.get("events") or []
    if not isinstance(events, list):
        raise Invalid("limitation.events", "events 应是列表：[…]")
    return Facts(
        nature=nature,
        begins_on=begins_on,
        begun=begun,
        harm_on=_day(given, "harm_on") or begins_on,
        as_of=as_of,
        instalments=instalments,
        events=tuple(_event(event, place) for place, event in enumerate(events)),
    )


def _begin(given: Mapping[str, Any], instalments: tuple[date, ...]) -> tuple[date, str]:
    """Due day; without one, the refusal or the end of the grace given (时效规定 第4条)."""
    for name, words in (
        ("due", "履行期限届满"),
        ("refused_on", "债务人第一次被要求时拒绝"),
        ("grace_end", "宽限期届满"),
    ):
        if day := _day(given, name):
            return day, words
    if instalments:
        return instalments[-1], "最后一期履行期限届满"
    raise Invalid(
        "limitation.due", "缺少起算日：请填写 due（到期日）、grace_end（宽限期止）或 refused_on"
    )


def _instalments(given: Any) -> list[date]:
    if given is None:
        return []
    if not isinstance(given, list):
        raise Invalid("limitation.instalments", "instalments 应是各期到期日的列表")
    found = []
    for place, one in enumerate(given):
        row = one if isinstance(one, Mapping) else {"due": one}
        day = _day(row, "due", f"instalments[{place}].")
        if day is None:
            raise Invalid("limitation.instalments", f"instalments[{place}] 缺少 due（到期日）")
        found.append(day)
    return found


def _event(given: Any, place: int) -> Event:
    where = f"events[{place}]"
    if not isinstance(given, Mapping):
        raise Invalid("limitation.event", f"{where} 应是一个对象：{{…}}")
    kind, evidence = given.get("kind"), given.get("evidence", "none")
    if kind not in KINDS:
        raise Invalid("limitation.kind", f"{where}.kind 应为 {'、'.join(KINDS)} 之一")
    if evidence not in EVIDENCE:
        raise Invalid("limitation.evidence", f"{where}.evidence 应为 {'、'.join(EVIDENCE)} 之一")
    day = _day(given, "date", f"{where}.")
    if day is None:
        raise Invalid("limitation.date", f"{where} 缺少 date（日期）")
    ended_on = _day(given, "ended_on", f"{where}.")
    if ended_on is not None and ended_on < day:
        raise Invalid("limitation.ended_on", f"{where}.ended_on 早于 date，请核对")
    return Event(day, kind, evidence, ended_on)


def _day(given: Mapping[str, Any], name: str, where: str = "") -> date | None:
    value = given.get(name)
    if value is None or value == "":
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise Invalid(
            f"limitation.{name}", f"{where}{name} 应写成 2025-06-10，当前为“{value}”"
        ) from None
