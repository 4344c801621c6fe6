"""The year-end package: final accounts, statements, distribution plan and notice in one archive."""

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import IO, Any

from sanzi.accounting import books
from sanzi.accounting.models import Book
from sanzi.accounting.statement_tables import statement_table
from sanzi.accounting.statements import Sheet
from sanzi.kernel.money import grouped
from sanzi.web.paper import PaperColumn, write_paper

from .notice import Notice
from .years import final_accounts


@dataclass(frozen=True)
class Part:
    """One paper of the package; `write` is None where there is nothing yet, and `missing` why."""

    title: str
    write: Callable[[IO[bytes]], object] | None
    missing: str = ""


def parts_of(book: Book, year: int) -> list[Part]:
    """The papers of a year in the order they are read."""
    last = year * 100 + 12
    balance = books.sheet(book, "balance", last, last)
    income = books.sheet(book, "income", books.january(last), last)
    return [
        # Worked out when it is packed: the page only lists it.
        Part(f"{year} 年度财务决算表", lambda target: final_accounts(book, year)[0].write(target)),
        _statement(book, balance, f"{year} 年 12 月 31 日"),
        _statement(book, income, f"{year} 年度"),
        _plan(book, year),
    ]


def _statement(book: Book, sheet: Sheet, when: str) -> Part:
    """A statement as its own pages hand it out, what is wrong with it said in its second line."""
    table = statement_table(sheet, f"编制单位：{book}　{when}", lambda *figure: "")
    failed = "；".join(f"{c.title}，相差 {grouped(c.gap)}" for c in table.failing)
    words = f"校验未通过：{failed}，请先核对账目" if failed else ""
    issued = "　".join([table.issued, *table.notes, *([words] if words else [])])

    def write(target: IO[bytes]) -> int:
        rows = ([cell.value for cell in row.cells] for row in table.rows)
        return write_paper(target, table.title, table.unit, table.columns, rows, issued=issued)

    return Part(table.title, write, words)


def _plan(book: Book, year: int) -> Part:
    """收益分配方案, where the floor of year ends keeps one.

    That floor stands above this one, so nothing of it is imported: the book itself leads there.
    """
    title = "收益分配方案"
    kept = getattr(book, "distributions", None)
    plan = kept.filter(year=year, is_current=True).first() if kept is not None else None
    if plan is None:
        return Part(title, None, "还没有拟定，请在“年终结转”中拟定后重新打包")

    def write(target: IO[bytes]) -> int:
        columns = (PaperColumn("项目", width=36), PaperColumn("金额", "money"))
        issued = f"编制单位：{book}　决议：{plan.decision} {plan.decided_on}"
        return write_paper(
            target, f"{year} 年收益分配方案", "单位：元", columns, _plan_rows(plan), issued=issued
        )

    waiting = "" if plan.confirmed_by_id else "尚未由另一人确认"
    return Part(title, write, waiting)


def _plan_rows(plan: Any) -> list[tuple[str, Decimal]]:
    return [
        ("公积公益金补亏", plan.from_reserve),
        ("提取公积公益金", plan.reserve),
        ("向成员分配", plan.members),
        (f"　按 {plan.heads} 人（股），每人（股）", plan.per_head),
        ("　分配尾差", plan.remainder),
        (f"其他分配{f'（{plan.other_words}）' if plan.other_words else ''}", plan.other),
    ]


def write_package(target: IO[bytes], parts: Sequence[Part], notice: Notice, on: date) -> None:
    """All parts that exist, the notice, and a list that names what is missing and why."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        listed = [f"{notice.organisation} {notice.year} 年终资料包", f"打包日期：{on}", ""]
        for at, part in enumerate(parts, start=1):
            note = f"（{part.missing}）" if part.missing else ""
            listed.append(f"{at}. {part.title}{note}")
            if part.write is not None:
                held = io.BytesIO()
                part.write(held)
                archive.writestr(_named(f"{at}-{part.title}.xlsx"), held.getvalue())
        archive.writestr(_named(f"{len(parts) + 1}-公开通知.txt"), _words(notice.text))
        listed.append(f"{len(parts) + 1}. 公开通知")
        archive.writestr("目录.txt", _words("\r\n".join(listed) + "\r\n"))


def _named(name: str) -> str:
    return name.replace("/", "-")


def _words(text: str) -> bytes:
    # With a mark of its encoding, or old office machines show signs instead of words.
    return text.encode("utf-8-sig")
