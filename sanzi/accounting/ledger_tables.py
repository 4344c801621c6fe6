"""总账, 明细账, 日记账 and 往来余额 as tables of their paper forms."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from sanzi.kernel.money import ZERO
from sanzi.web.paper import PaperColumn

from .book_tables import NUMBER, money, sides
from .books import two_sided
from .dues import AGES, UNDATED, Due
from .folios import Folio
from .lines import LedgerRow
from .tables import Cell, Row, Table, Value


def standing(net: Decimal) -> tuple[str, Decimal]:
    """A net balance as the side it stands on and its amount: 借, 贷 or 平."""
    return ("借" if net > 0 else "贷" if net < 0 else "平"), abs(net)


def general_table(
    issued: str,
    pages: Mapping[str, Folio],
    names: Mapping[str, str],
    months: Sequence[int],
    link: Callable[[str, int], str],
    *,
    about: str = "",
) -> Table:
    """总账: for every account what was brought forward and each month's totals."""
    lines: list[tuple[Sequence[Cell], bool]] = []
    for code, folio in pages.items():
        net = folio.between(months[0], months[-1]).opening
        head = (Cell(code), Cell(names.get(code, "")))
        lines.append(((*head, Cell(), Cell("期初余额"), Cell(), Cell(), *_balance(net)), True))
        for month in months:
            debit, credit = folio.month(month)
            if not debit and not credit:
                continue
            net += debit - credit
            url = link(code, month)
            moved = (Cell(debit, url), Cell(credit, url))
            lines.append(
                ((*head, Cell(month_word(month)), Cell("本月合计"), *moved, *_balance(net)), False)
            )
            year = (Cell(value) for value in folio.year(month))
            lines.append(
                ((*head, Cell(month_word(month)), Cell("本年累计"), *year, *_balance(net)), False)
            )
    return Table(
        title="总账",
        issued=issued,
        columns=(
            NUMBER,
            PaperColumn("科目编码", width=11),
            PaperColumn("科目名称", width=20),
            PaperColumn("月份", width=10),
            PaperColumn("摘要", width=12),
            money("借方"),
            money("贷方"),
            PaperColumn("方向", width=6),
            money("余额"),
        ),
        rows=[Row((Cell(at), *cells), bold) for at, (cells, bold) in enumerate(lines, start=1)],
        is_counted=True,
        about=about,
    )


def _balance(net: Decimal) -> tuple[Cell, Cell]:
    side, amount = standing(net)
    return Cell(side), Cell(amount)


def month_word(period: int) -> str:
    """2024-03."""
    return f"{period // 100}-{period % 100:02}"


def ledger_table(
    title: str,
    issued: str,
    rows: Sequence[LedgerRow],
    names: Mapping[str, str],
    link: Callable[[int], str],
    *,
    first_number: int = 1,
    with_others: bool = False,
    about: str = "",
) -> Table:
    """明细账, or a day book when the accounts on the other side are shown."""
    lines = []
    number = first_number
    for row in rows:
        is_line = row.kind == "line"
        url = link(row.voucher) if row.voucher else ""
        code = "、".join(row.against) if with_others else row.account
        words = "、".join(f"{c} {names.get(c, '')}".strip() for c in code.split("、") if c)
        cells: list[Value] = [
            number if is_line else None,
            row.dated or month_word(row.period),
            f"记-{row.number}" if is_line else None,
            "　".join((row.memo, *row.names)) if is_line else row.memo,
            words,
        ]
        moved = (Cell(row.debit, url), Cell(row.credit, url))
        linked = [Cell(value, url if at == 2 else "") for at, value in enumerate(cells)]
        lines.append(Row((*linked, *moved, *_balance(row.balance)), row.kind != "line"))
        number += is_line
    return Table(
        title=title,
        issued=issued,
        columns=(
            NUMBER,
            PaperColumn("日期", "date", width=12),
            PaperColumn("凭证号", width=10),
            PaperColumn("摘要", width=34),
            PaperColumn("对方科目" if with_others else "科目", width=22),
            money("借方"),
            money("贷方"),
            PaperColumn("方向", width=6),
            money("余额"),
        ),
        rows=lines,
        is_counted=True,
        about=about,
    )


def dues_table(
    issued: str,
    rows: Sequence[Due],
    total: Sequence[Due],
    link: Callable[[int], str],
    *,
    first_number: int = 1,
    about: str = "",
) -> Table:
    """往来余额 by counterparty with the age of what is open."""
    ages = (*AGES, UNDATED)
    lines = []
    for at, due in enumerate(rows, start=first_number):
        url = link(due.key)
        values = [*_due_figures(due), *(due.ages.get(age) for age in ages)]
        lines.append(Row((Cell(at), Cell(due.name, url), *(Cell(value, url) for value in values))))
    figures = [_due_figures(due) for due in total]
    sums = [sum((row[at] or ZERO for row in figures), ZERO) for at in range(6)]
    aged = [sum((due.ages.get(age, ZERO) for due in total), ZERO) for age in ages]
    return Table(
        title="往来余额表",
        issued=issued,
        columns=(
            NUMBER,
            PaperColumn("往来单位或个人", width=26),
            *sides("期初余额"),
            *sides("本期发生额"),
            *sides("期末余额"),
            *(money(age, "期末账龄（借方为正）") for age in ages),
        ),
        rows=lines,
        totals=(
            Cell(),
            Cell("合计"),
            *(Cell(value) for value in sums or [ZERO] * 6),
            *map(Cell, aged),
        ),
        is_counted=True,
        about=about,
    )


def _due_figures(due: Due) -> list[Decimal | None]:
    balance = due.balance
    moved = (balance.debit or None, balance.credit or None)
    return [*two_sided(balance.opening), *moved, *two_sided(balance.closing)]
