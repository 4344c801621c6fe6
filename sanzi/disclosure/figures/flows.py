"""收支明细, 收益 and 专项资金: what came in and what went out, entry by entry."""

from collections.abc import Sequence
from decimal import Decimal

from sanzi.disclosure.catalogue import Item
from sanzi.disclosure.ledger import ZERO, Fact, Ledger
from sanzi.disclosure.table import NOTHING, Column, Table, draw

from .plain import Sources

INCOME = {"2023": ("501", "502", "503", "504"), "2004": ("501", "511", "521", "522", "531", "561")}
EXPENSE = {"2023": ("511", "512", "513", "514", "515", "521"), "2004": ("502", "541", "551")}


def flows(sources: Sources, item: Item, lines: Sequence[tuple[Fact, Decimal]]) -> Table:
    """收支明细: date, voucher, summary, amount, counterparty, handler, approver."""
    ledger, masks = sources.ledger, sources.masks
    assert ledger is not None, "lines come from a ledger"
    word = {"in": "收入", "out": "支出"}.get(item.drawn, "分配金额")
    columns = [
        Column("日期", "date", aside=True),
        Column("凭证号", aside=True),
        Column("摘要"),
        Column(word, "money"),
        Column("对方", aside=True),
        Column("经手人", aside=True),
        Column("审批人", aside=True),
    ]
    officer = (lambda name: name) if sources.show_officers else masks.name
    rows = (
        [
            fact.dated,
            fact.voucher,
            masks.text(fact.memo),
            amount,
            masks.name(ledger.dimensions.get(fact.counterparty or 0, "")),
            officer(fact.handler),
            officer(fact.approver),
        ]
        for fact, amount in lines
    )
    return draw(columns, rows)


def projects(sources: Sources, ledger: Ledger) -> Table:
    """一事一议 and 专项资金 by project: raised, granted, used, left."""
    columns = [
        Column("项目"),
        Column("期初结余", "money", aside=True),
        Column("筹资", "money", aside=True),
        Column("拨入", "money", aside=True),
        Column("使用", "money", aside=True),
        Column("结余", "money"),
    ]
    rows = []
    for (code, project), moved in ledger.by_dimension(("231", "241"), "project").items():
        name = ledger.dimensions.get(project) or ledger.accounts.get(code, code)
        raised = (moved.credit, ZERO) if code.startswith("231") else (ZERO, moved.credit)
        left = -moved.closing
        rows.append([sources.masks.text(name), -moved.opening, *raised, moved.debit, left])
    return draw(columns, rows)


def result(ledger: Ledger) -> Table:
    """收益总额: income less expenses of the span and of the year, closing entries apart."""
    columns = [Column("项目"), Column("本期", "money"), Column("本年累计", "money")]
    signs = dict.fromkeys(INCOME[ledger.scheme], -1) | dict.fromkeys(EXPENSE[ledger.scheme], 1)
    sums: dict[str, list[Decimal]] = {}
    for fact in ledger.facts:
        top = fact.account[:3]
        if top in signs and fact.kind != "closing":
            held = sums.setdefault(top, [ZERO, ZERO])
            amount = fact.net * signs[top]
            held[1] += amount
            if fact.period >= ledger.span.first:
                held[0] += amount
    rows = [[ledger.accounts.get(top, top), *sums[top]] for top in sorted(sums)]
    if not rows:
        return Table(columns, [], state=NOTHING)
    now, year = (
        sum((-signs[top] * held[place] for top, held in sums.items()), ZERO) for place in (0, 1)
    )
    drawn = draw(columns, rows)
    return Table(columns, drawn.rows, ["收益总额", f"{now:.2f}", f"{year:.2f}"])
