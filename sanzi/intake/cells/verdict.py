"""What a cell parser answers when it does not simply answer with a value."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from sanzi.intake.problems import Severity

# What a spreadsheet holds, and what a typed row holds. Absent is None, never "".
Cell = str | float | int | bool | date | datetime | time | timedelta | object
Value = str | int | bool | Decimal | date | tuple[str, ...] | None


class Flaw(Exception):
    """The cell cannot be read: a stable code, and why not and what to do about it."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(why)
        self.code = code
        self.why = why


@dataclass(frozen=True, slots=True)
class Noted:
    """A value that was read with something to tell; an error carries None."""

    value: Value
    severity: Severity
    code: str
    why: str


def corrected(value: Value, code: str, why: str) -> Noted:
    return Noted(value, "corrected", code, why)


class Trouble:
    """A cell that holds no value of its own: put by the reader in place of the blank it shows."""

    def __init__(self, code: str, seen: str, why: str) -> None:
        self.code = code
        self.seen = seen
        self.why = why

    def __str__(self) -> str:
        return self.seen


ERROR_CELL = Trouble(
    "formula-error", "#", "该格是公式错误值（如 #DIV/0!、#N/A），请改正公式或直接填写数值"
)
UNCALCULATED = Trouble(
    "formula-no-value", "=", "公式没有计算结果，请在 Excel 中打开后“粘贴为数值”再保存"
)
FORMULA_KEY = Trouble(
    "formula-in-key", "=", "编号类的列不能用公式，请“复制—选择性粘贴—数值”后再保存"
)
MERGED = Trouble(
    "merged-cells", "合并", "金额、面积、证件号和编号不能合并单元格，请取消合并后逐行填写"
)
