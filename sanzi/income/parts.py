"""What a year's income is made of, and where each part stands: account by scheme, register column.

A code means nothing without its scheme (accounting.md 1.8), so every account is named by both;
a test holds the table against the charts. Amounts are whole fen. No framework.
"""

from collections.abc import Mapping
from dataclasses import dataclass

INCOME, EXPENSE = "income", "expense"


@dataclass(frozen=True)
class Part:
    """One line of income or expense: its national account by scheme, and the register's column.

    A column is empty where 年度收入 does not ask for the part.
    """

    key: str
    label: str
    category: str
    accounts: Mapping[str, str]
    column: str = ""


PARTS: tuple[Part, ...] = (
    Part("operating", "经营收入", INCOME, {"2023": "501", "2004": "501"}, "operating_income"),
    Part("contracted", "发包及上交收入", INCOME, {"2004": "511"}),
    Part("investment", "投资收益", INCOME, {"2023": "502", "2004": "561"}, "investment_income"),
    Part("subsidy", "补助收入", INCOME, {"2023": "503", "2004": "522"}, "subsidy_income"),
    Part("tax_refund", "农业税附加返还收入", INCOME, {"2004": "521"}),
    Part("other_income", "其他收入", INCOME, {"2023": "504", "2004": "531"}, "other_income"),
    Part("operating_expense", "经营支出", EXPENSE, {"2023": "511", "2004": "502"},
         "operating_expense"),
    Part("duties", "税金及附加", EXPENSE, {"2023": "512"}),
    Part("management", "管理费用", EXPENSE, {"2023": "513", "2004": "541"}, "management_expense"),
    Part("welfare", "公益支出", EXPENSE, {"2023": "514"}),
    Part("other_expense", "其他支出", EXPENSE, {"2023": "515", "2004": "551"}),
    Part("income_tax", "所得税费用", EXPENSE, {"2023": "521"}),
)  # fmt: skip

# What stands on no account of the year's movement: read from balances and distributions.
BEGUN, TRANSFERRED, DISTRIBUTED = "begun", "transferred", "distributed"
OTHERS = {BEGUN: "年初未分配收益", TRANSFERRED: "其他转入", DISTRIBUTED: "本年分配"}

LABELS: dict[str, str] = {part.key: part.label for part in PARTS} | OTHERS
INCOME_PARTS = tuple(part for part in PARTS if part.category == INCOME)

_BY_ACCOUNT = {
    (scheme, account): part for part in PARTS for scheme, account in part.accounts.items()
}


def part_of(scheme: str, account: str) -> Part | None:
    """The part an account (a leaf or a national one) belongs to; None for any other account."""
    return _BY_ACCOUNT.get((scheme, account[:3]))


def nothing() -> dict[str, int]:
    """A set of books in which nothing happened: every part is known, and zero."""
    return {part.key: 0 for part in PARTS}


def of_register(row: Mapping[str, int | None]) -> dict[str, int]:
    """The parts a row of 年度收入 tells, in fen; a blank cell is unknown, not zero."""
    told = {part.key: row.get(part.column) for part in PARTS if part.column}
    return {key: value for key, value in told.items() if value is not None}
