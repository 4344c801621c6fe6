"""One contract put together for its page: the answer, the way it has come, what it says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sanzi.contracts.models import Contract
from sanzi.contracts.terms import HOUSEHOLD
from sanzi.dispositions.models import Disposition
from sanzi.intake.dictionary import sheet
from sanzi.intake.facts import Group, group
from sanzi.journal.timeline import Line
from sanzi.kernel.money import grouped

from .figures import OUTCOMES, ROUTE
from .queries import Found, outcome_of
from .workflow import CONFIRMED, UNJUDGED

SHEET = sheet("合同")
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "身份",
        (
            "number", "village", "title", "category", "legal_nature", "written", "signed_on",
            "archive_number",
        ),
    ),
    (
        "主体",
        (
            "issuer", "issuer_kind", "contractor", "contractor_kind", "contractor_id",
            "contractor_phone", "is_member", "is_cadre_kin", "contractor_status",
        ),
    ),
    (
        "标的",
        (
            "object_number", "location", "boundaries", "land_class", "contract_area_mu",
            "measured_area_mu", "agreed_use", "actual_use",
        ),
    ),
    ("期限", ("starts_on", "ends_on")),
    (
        "价款",
        (
            "pricing", "unit_price", "yearly_amount", "total_amount", "payment_mode",
            "due_amount", "paid_amount",
        ),
    ),
    (
        "程序",
        (
            "procedure", "met_on", "expected_count", "present_count", "approval_count",
            "is_open_bid", "deal_number", "township_approval", "filed_on",
        ),
    ),
    ("履行", ("sublet", "sublet_known_on", "idle_since_on", "special_clauses")),
    ("清理", ("discovered_by", "remark")),
)  # fmt: skip


@dataclass(frozen=True)
class Stage:
    """One station of the stage track: done, now or still to come; who and when."""

    title: str
    state: str
    who: str = ""
    on: date | datetime | None = None


# Who with and about what stands at the side; what was agreed stands below the findings.
ASIDE = 3


def groups(contract: Contract) -> list[Group]:
    """Everything the register says of the contract, in the order a clerk reads it."""
    return [group(title, SHEET, contract, fields) for title, fields in GROUPS]


def answer(contract: Any, village: str, found: Sequence[Found], sums: Mapping[str, int]) -> str:
    """The page's first line: whose contract, what is wrong with it, what was done."""
    standing = [one for one in found if one.stands]
    said = [f"{village}与{contract.contractor}的{contract.category}合同"]
    if contract.total_amount is not None:
        said.append(f"总价 {grouped(contract.total_amount)} 元")
    if contract.legal_nature == HOUSEHOLD:
        said.append("家庭承包，不在清理范围")
    elif standing:
        confirmed = sum(one.stage == CONFIRMED for one in standing)
        said.append(f"有 {len(standing)} 项问题，已确认 {confirmed} 项")
    else:
        said.append("没有不规范问题")
    if outcome := outcome_of(sums):
        said.append(f"已{outcome}")
    elif sums.get("contracts.irregular"):
        said.append("尚未处置")
    return "，".join(said)


def stages(
    found: Sequence[Found], acts: Sequence[Disposition], history: Sequence[Line]
) -> list[Stage]:
    """Registered, inspected, judged, put right: each with who and when."""
    track = [_registered(history)]
    standing = [one for one in found if one.stands]
    taken: list[Any] = [act for act in acts if act.method in OUTCOMES or act.method == ROUTE]
    title = f"发现问题 {len(standing)} 项" if standing else "没有问题"
    track.append(Stage(title, "done"))
    if not standing and not taken:
        return track
    track.append(_judged(standing))
    track += [Stage(act.method, "done", act.handled_by, act.dated) for act in taken]
    if not any(act.method in OUTCOMES for act in taken):
        is_next = track[-1].state == "done"
        track.append(Stage("处置", "now" if is_next else ""))
    return track


def _registered(history: Sequence[Line]) -> Stage:
    if not history:
        return Stage("登记", "done")
    return Stage("登记", "done", history[0].who, history[0].at)


def _judged(standing: Sequence[Found]) -> Stage:
    words = [one.judgement for one in standing if one.judgement]
    left = sum(one.stage == UNJUDGED for one in standing)
    if left:
        return Stage(f"认定（还有 {left} 项）", "now")
    if not words:
        return Stage("认定", "done")
    last = max(words, key=lambda word: word.pk)
    return Stage("认定", "done", last.judged_by.name, last.judged_at)
