"""报账 → 提交 → 民主理财 → 审核 → 制单 → 复核 → (出纳签章) → 记账, and every way back, as a table.

Conditions are asked of a Matter (matter.py): a draft as one person faces it.
"""

from collections.abc import Callable
from typing import Any

from sanzi.kernel.workflow import Step, Workflow

from .duties import CASH, OVERSEE, POST, PREPARE, REPORT, REVIEW, VERIFY
from .stages import WAY, Stage

S = Stage


def apart(duty: str) -> Callable[[Any], str | None]:
    """Nobody takes two incompatible duties in one matter (duties.py)."""
    return lambda matter: matter.bar_to(duty)


def no_papers(matter: Any) -> str | None:
    return None if matter.has_papers else "没有附件：请上传原始凭证，或填写附件张数"


def no_lines(matter: Any) -> str | None:
    return None if matter.has_lines else "还没有分录，请先制单"


def unsigned(matter: Any) -> str | None:
    waits = matter.stage == S.REVIEWED and matter.draft.moves_money
    return "动用现金或银行存款，出纳签章后才能记账" if waits else None


def no_money(matter: Any) -> str | None:
    return None if matter.draft.moves_money else "不动用现金和银行存款，无需出纳签章"


def not_reporter(matter: Any) -> str | None:
    return None if matter.is_reporter else "只能由报账人本人撤回；需要更正请退回村里"


def not_preparer(matter: Any) -> str | None:
    return None if matter.is_preparer else "只能由制单人本人撤回；需要更正请由复核人退回"


def from_village(matter: Any) -> str | None:
    return None if matter.draft.by_agency else "这是村里报来的事项，请退回村里，由村里作废"


def from_agency(matter: Any) -> str | None:
    return "这是代理中心自办的事项，没有报账人可退" if matter.draft.by_agency else None


FORWARD = (
    Step("submit", "提交", (S.DRAFTING,), S.SUBMITTED, REPORT, (no_papers, apart(REPORT))),
    Step("oversee", "民主理财同意", (S.SUBMITTED,), S.OVERSEEN, OVERSEE, (apart(OVERSEE),)),
    Step("verify", "审核通过", (S.OVERSEEN,), S.VERIFIED, VERIFY, (apart(VERIFY),)),
    Step("prepare", "制单", (S.VERIFIED,), S.PREPARED, PREPARE, (apart(PREPARE),)),
    Step("review", "复核通过", (S.PREPARED,), S.REVIEWED, REVIEW, (no_lines, apart(REVIEW))),
    Step("sign", "出纳签章", (S.REVIEWED,), S.SIGNED, CASH, (no_money, apart(CASH))),
    Step("post", "记账", (S.REVIEWED, S.SIGNED), S.POSTED, POST, (unsigned, apart(POST))),
)
# Each needs a reason.
BACK = (
    Step("decline", "退回村里", (S.SUBMITTED,), S.DRAFTING, OVERSEE),
    Step("return_papers", "退回村里补正", (S.OVERSEEN,), S.DRAFTING, VERIFY),
    Step("return_matter", "退回村里补正", (S.VERIFIED,), S.DRAFTING, PREPARE, (from_agency,)),
    Step("return_verifying", "退回审核", (S.VERIFIED,), S.OVERSEEN, PREPARE, (from_agency,)),
    Step("return_preparing", "退回制单", (S.PREPARED,), S.VERIFIED, REVIEW),
    Step("dispute", "退回复核", (S.REVIEWED,), S.PREPARED, CASH, (no_money,)),
    Step("return_reviewing", "退回复核", (S.REVIEWED, S.SIGNED), S.PREPARED, POST),
)
WITHDRAWN = (
    Step("withdraw", "撤回", (S.SUBMITTED,), S.DRAFTING, REPORT, (not_reporter,)),
    Step("take_back", "撤回制单", (S.PREPARED,), S.VERIFIED, PREPARE, (not_preparer,)),
)
# What is reported may be changed until it is handed on.
KEPT = (Step("amend", "修改", (S.DRAFTING,), S.DRAFTING, REPORT),)
# Nothing is deleted: a voided matter stays where it can be read.
VOIDED = (
    Step("void", "作废", (S.DRAFTING,), S.VOIDED, REPORT),
    Step("scrap", "作废", (S.VERIFIED,), S.VOIDED, PREPARE, (from_village,)),
)

MATTERS = Workflow(steps=(*FORWARD, *BACK, *WITHDRAWN, *KEPT, *VOIDED))

WITH_REASON = frozenset(step.name for step in (*BACK, *VOIDED))
# The duty a step is an exercise of; going back is none.
DUTY_OF: dict[str, str] = {"report": REPORT, **{step.name: step.needs for step in FORWARD}}
# How a matter begins, which is no step: a village's report, or the agency's own.
BEGUN: dict[str, str] = {"report": "报账", "begin": "自办"}
# What a step is called where it is still to come: 待审核, not 待审核通过.
NOUNS: dict[str, str] = {
    **BEGUN,
    **{step.name: step.label for step in MATTERS.steps},
    "oversee": "民主理财",
    "verify": "审核",
    "review": "复核",
}
# Taken through an action of their own: lines come with 制单, a voucher with 记账.
BY_ITS_OWN_ACTION = frozenset({"prepare", "post", "amend"})
# At which stage, and by whose duty, papers may still be added.
PAPERS_BY: dict[Stage, str] = {S.DRAFTING: REPORT, S.OVERSEEN: VERIFY, S.VERIFIED: PREPARE}


def undone_by(target: str) -> frozenset[str]:
    """The steps that must be taken again once a matter stands at this stage."""
    place = WAY.index(Stage(target))
    undone = {step.name for step in FORWARD if WAY.index(Stage(step.target)) > place}
    return frozenset(undone)
