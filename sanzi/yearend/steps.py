"""The order of a year end as a table (accounting.md 1.4). No framework.

Each step refuses until the one before it is done; the last one taken can be undone until the
year is locked.
"""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One step: what it is called, who takes it, what a person is told before it."""

    name: str
    label: str
    needs: str
    hint: str
    # Taken by a person's word; the others by what arithmetic or a plan makes.
    is_stated: bool = False


STEPS: tuple[Step, ...] = (
    Step(
        "stocktake", "财产清查、核对债权债务", "books.prepare",
        "盘点库存物资、资产和生物资产，逐户核对往来（财务制度第29条）。写明盘点人、日期和结果。",
        is_stated=True,
    ),
    Step(
        "accrue", "计提应收未收的承包费、租金", "books.prepare",
        "到期未收的承包费、租金借记应收款或内部往来，贷记经营收入，经报账流程记账；没有的也写明。",
        is_stated=True,
    ),
    Step(
        "clear", "待处理财产损溢清零", "books.prepare",
        "盘盈盘亏按批准的意见转入其他收入或其他支出，年末余额必须为零。",
    ),
    Step(
        "close", "收支结转本年收益", "books.close",
        "各收入、支出科目的余额转入本年收益。",
    ),
    Step(
        "profit", "本年收益结转未分配收益", "books.close",
        "本年收益转入收益分配的未分配收益，亏损作相反分录。",
    ),
    Step(
        "distribute", "收益分配", "books.close",
        "先弥补亏损，再提取公积公益金，然后向成员分配（财务制度第28条）；一人拟定，另一人确认。",
    ),
    Step(
        "roll", "各项分配结转未分配收益", "books.close",
        "收益分配的各项分配转入未分配收益，年末无余额。",
    ),
    Step(
        "carry", "结账并结转下年", "books.close",
        "12 月结账，余额结转下年年初；审计后由监督检查岗位锁定。",
    ),
)  # fmt: skip

NAMES = tuple(step.name for step in STEPS)
BY_NAME = {step.name: step for step in STEPS}


def next_step(done: Collection[str]) -> Step | None:
    """The step that may be taken now; None when all are done."""
    return next((step for step in STEPS if step.name not in done), None)


def last_step(done: Collection[str]) -> Step | None:
    """The step that may be undone now: the last one taken."""
    return next((step for step in reversed(STEPS) if step.name in done), None)


def reason_against(name: str, done: Collection[str]) -> str | None:
    """Why a step cannot be taken now, or None."""
    step = BY_NAME[name]
    if name in done:
        return f"“{step.label}”已经办过；要重办，请先撤销"
    first = next_step(done)
    if first is not None and first.name != name:
        return f"请先办“{first.label}”，再办“{step.label}”"
    return None


def reason_against_undoing(name: str, done: Collection[str]) -> str | None:
    """Why a step cannot be undone now, or None."""
    step = BY_NAME[name]
    if name not in done:
        return f"“{step.label}”还没有办，不用撤销"
    last = last_step(done)
    if last is not None and last.name != name:
        return f"请先撤销后面的“{last.label}”，再撤销“{step.label}”"
    return None


def source(book: int, year: int, step: str, run: int = 1, part: int = 1) -> str:
    """What a voucher of a step names as its origin, so that no step is booked twice."""
    again = f"#{run}" if run > 1 else ""
    sheet = f"/{part}" if part > 1 else ""
    return f"yearend:{book}:{year}:{step}{again}{sheet}"
