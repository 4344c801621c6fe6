"""Which column of a bank's file means what: found by name, corrected by a person, remembered."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sanzi.intake.headers import HEADER_ROWS, fold_header
from sanzi.intake.masking import plain

# What a column may mean, in the order a person is offered them.
MEANINGS: dict[str, str] = {
    "dated": "交易日期",
    "summary": "摘要",
    "income": "收入",
    "expense": "支出",
    "debit": "借方（银行口径）",
    "credit": "贷方（银行口径）",
    "amount": "金额（一列）",
    "direction": "收支或借贷标志",
    "balance": "余额",
    "counterparty": "对方户名",
    "counterparty_account": "对方账号",
    "serial": "流水号",
    "own_account": "本方账号",
}

# The names banks use, the surest first. A name said outright beats what brackets add.
_NAMES: dict[str, str] = {
    "dated": "交易日期 记账日期 记帐日期 入账日期 业务日期 会计日期 发生日期 交易日 日期 交易时间",
    "summary": "摘要 交易摘要 业务摘要 摘要说明 用途 交易用途 附言 备注 交易说明",
    "income": "收入 收入金额 存入 存入金额 转入 转入金额 收款金额 来账金额 贷方金额收入",
    "expense": "支出 支出金额 支取 支取金额 转出 转出金额 付款金额 往账金额 借方金额支出",
    "debit": "借方发生额 借方金额 借方 借方发生金额 借",
    "credit": "贷方发生额 贷方金额 贷方 贷方发生金额 贷",
    "amount": "交易金额 发生额 金额 交易额 发生金额 收支金额",
    "direction": "借贷标志 借贷标记 借贷方向 收支标志 收支方向 收支类型 交易方向 借贷 收支 收/支"
    " 借/贷 来往账标志 方向",
    "balance": "余额 账户余额 账面余额 交易后余额 本次余额 当前余额 账户结余 结余",
    "counterparty": "对方户名 对方账户名称 对方账户名 对方名称 对方单位名称 对方单位 对手户名"
    " 对手方名称 交易对方名称 交易对手名称 交易对手 收付款人名称 收/付款人名称 对方姓名 对方",
    "counterparty_account": "对方账号 对方帐号 对方账户 对方账户号 对手账号 对手方账号 交易对方账号"
    " 交易对手账号 对方卡号 收/付款人账号",
    "serial": "流水号 交易流水号 交易流水 业务流水号 核心流水号 日志号 柜员流水号 交易序号 凭证号"
    " 凭证号码",
    "own_account": "本方账号 本方帐号 我方账号 查询账号 交易账号 账号 帐号 卡号",
}
_KNOWN = {
    fold_header(name): (meaning, rank)
    for meaning, names in _NAMES.items()
    for rank, name in enumerate(names.split())
}
_BRACKETS = re.compile(r"[(（\[【]([^)）\]】]*)[)）\]】]")
_UNIT = re.compile(r"(人民币|单位)?[:：]?(元|rmb|cny)$", re.IGNORECASE)
_INSIDE = {"收入": "income", "存入": "income", "转入": "income", "支出": "expense",
           "支取": "expense", "转出": "expense"}  # fmt: skip
IGNORED = "-"


@dataclass(slots=True)
class Heading:
    """The header of a file, understood. `data_row` counts from 0."""

    data_row: int
    labels: dict[int, str]
    columns: dict[str, int] = field(default_factory=dict)

    @property
    def meanings(self) -> dict[str, str]:
        """Every header of the file with what it was taken for, "" for nothing: what is kept."""
        taken = {index: meaning for meaning, index in self.columns.items()}
        return {label: taken.get(index, "") for index, label in self.labels.items()}

    @property
    def missing(self) -> list[str]:
        """What a statement cannot do without, in words."""
        has = self.columns
        wanted = [MEANINGS[name] for name in ("dated", "balance") if name not in has]
        pairs = ("income", "expense"), ("debit", "credit")
        if not any(all(name in has for name in pair) for pair in pairs) and "amount" not in has:
            wanted.append("金额（收入和支出两列，或一列金额）")
        return wanted


def find_heading(rows: Sequence[Sequence[Any]], chosen: Mapping[str, str]) -> Heading | None:
    """The header row of a statement, None when nothing looks like one.

    `chosen` says what a header means (IGNORED: nothing), as a person or an earlier file said it.
    """
    best: Heading | None = None
    for at, row in enumerate(rows[:HEADER_ROWS]):
        for height in (1, 2):
            below = rows[at + 1] if height == 2 and at + 1 < len(rows) else None
            found = _heading(at + height, row, below, chosen)
            if found and (best is None or len(found.columns) > len(best.columns)):
                best = found
    return best


def _heading(
    data_row: int, row: Sequence[Any], below: Sequence[Any] | None, chosen: Mapping[str, str]
) -> Heading | None:
    labels = _labels(row)
    if below is not None:
        under = _labels(below)
        if len(under) < 2:
            return None
        labels = {**labels, **under}
    if len(labels) < 3:
        return None
    heading = Heading(data_row, dict(sorted(labels.items())))
    ranks: dict[str, int] = {}
    for index, label in heading.labels.items():
        found = meaning_of(label, chosen)
        if found and (found[0] not in ranks or found[1] < ranks[found[0]]):
            heading.columns[found[0]], ranks[found[0]] = index, found[1]
    is_header = "dated" in ranks or "balance" in ranks
    return heading if is_header and len(ranks) >= 3 else None


def _labels(row: Sequence[Any]) -> dict[int, str]:
    return {
        index: " ".join(plain(cell).split())[:60]
        for index, cell in enumerate(row)
        if isinstance(cell, str) and cell.strip()
    }


def meaning_of(label: str, chosen: Mapping[str, str]) -> tuple[str, int] | None:
    """What a header means, and how sure that is (less is surer)."""
    if meaning := chosen.get(label):
        return (meaning, -1) if meaning in MEANINGS else None
    inside = "".join(_BRACKETS.findall(label))
    for word, flow in _INSIDE.items():
        if word in inside:
            return flow, 0
    for text in (label, _BRACKETS.sub("", label)):
        folded = _UNIT.sub("", fold_header(text))
        if folded in _KNOWN:
            return _KNOWN[folded]
    return None
