"""Drafting a year's budget, writing its lines, adjusting it by a new version."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.accounting.models import Book
from sanzi.budgets.execution import Planned
from sanzi.budgets.grid import Typed, faults_of, read
from sanzi.budgets.keeping import known_of, refuse_decided, write_lines
from sanzi.budgets.models import Budget, Stage
from sanzi.budgets.queries import actuals, planned
from sanzi.journal.recorder import record
from sanzi.kernel.money import grouped
from sanzi.kernel.refusals import Blocked, Invalid

REASON_MIN, REASON_MAX = 2, 500


@action("budgets.manage")
def draft(*, book_id: int, year: int, by: Person, now: datetime) -> Budget:
    """Begin a year's first budget, filled in with what the year before came to.

    Raises Blocked: the year has a budget already, or the books do not reach that year.
    """
    book = Book.objects.claim(book_id, by)
    _refuse_strange_year(book, year, localdate(now).year)
    if there := _standing(book, year, by):
        what = "请继续编制" if there.is_open else "如需改动，请在其页面上编制调整预算"
        raise Blocked("budget.exists", f"{there}{there.get_stage_display()}，不能另编；{what}")
    budget = _begin(book, year, by, now)
    write_lines(budget, _from_last_year(book, year))
    label = f"编制 {budget}"
    record(budget, "budgets.draft", by=by, at=now, label=label, public={"year": year})
    return budget


def _refuse_strange_year(book: Book, year: int, today: int) -> None:
    first = book.begins // 100
    if not first <= year <= today + 1:
        raise Invalid("budget.year", f"年度应在 {first} 年到 {today + 1} 年之间，请核对")


def _standing(book: Book, year: int, by: Person) -> Budget | None:
    mine = Budget.objects.visible_to(by).filter(book=book, year=year)
    found: Budget | None = mine.filter(stage__in=(Stage.DRAFTING, Stage.APPROVED)).first()
    return found


def _begin(book: Book, year: int, by: Person, now: datetime) -> Budget:
    last = Budget.objects.visible_to(by).filter(book=book, year=year).order_by("version").last()
    budget = Budget.objects.create(
        village=book.village,
        book=book,
        year=year,
        version=last.version + 1 if last else 1,
        drafted_by=by,
        drafted_at=now,
    )
    budget.writers.add(by)
    return budget


def _from_last_year(book: Book, year: int) -> list[Planned]:
    """A line for every account of income or expense that moved, in the order of the chart.

    Lasting things and costs of production are planned afresh every year.
    """
    known = known_of(book, ()).accounts
    shown = actuals(book, year - 1)
    wanted = sorted(
        (code for code, amount in shown.items() if amount > 0 and code in known),
        key=lambda code: (known[code].direction != "income", code),
    )
    return [
        Planned(known[code].direction, code, None, known[code].name, shown[code]) for code in wanted
    ]


@action("budgets.manage")
def fill(
    *, budget_id: int, revision: int, rows: Sequence[Typed], by: Person, now: datetime
) -> Budget:
    """Put the rows of the grid in place of a draft's lines.

    Raises Blocked when the draft was decided or saved by somebody else meanwhile, Invalid with
    every fault of the rows.
    """
    budget = Budget.objects.claim(budget_id, by)
    refuse_decided(budget)
    if budget.revision != revision:
        raise Blocked(
            "budget.revised", "这份预算已在别处保存过，您的改动没有保存；请刷新后对照着再改"
        )
    lines = read(rows, known_of(budget.book, [row.project for row in rows]))
    if faults := faults_of(rows):
        raise Invalid("budget.rows", "；".join(faults))
    write_lines(budget, lines)
    budget.writers.add(by)
    label = f"填写 {budget}：收入 {grouped(budget.income)} 元，支出 {grouped(budget.expense)} 元"
    record(budget, "budgets.fill", by=by, at=now, label=label, public={"revision": budget.revision})
    return budget


@action("budgets.manage")
def adjust(*, budget_id: int, reason: str, by: Person, now: datetime) -> Budget:
    """Begin a new version of an approved budget, with its lines; the old one stays as decided."""
    old = Budget.objects.claim(budget_id, by)
    reason = _reason(reason)
    if old.stage != Stage.APPROVED:
        raise Blocked(
            "budget.not_in_force", f"{old}{old.get_stage_display()}，只能调整已批准的预算"
        )
    mine = Budget.objects.visible_to(by).filter(book=old.book, year=old.year)
    if there := mine.filter(stage=Stage.DRAFTING).first():
        raise Blocked("budget.exists", f"{there}正在编制，请继续编制，不必另开一版")
    budget = _begin(old.book, old.year, by, now)
    budget.adjusts, budget.reason = old, reason
    budget.save(update_fields=["adjusts", "reason"])
    write_lines(budget, planned(old))
    label = f"编制调整预算 {budget}"
    record(budget, "budgets.adjust", by=by, at=now, label=label, public={"reason": reason})
    return budget


@action("budgets.manage")
def drop(*, budget_id: int, reason: str, by: Person, now: datetime) -> Budget:
    """Give up a draft; it stays readable."""
    budget = Budget.objects.claim(budget_id, by)
    reason = _reason(reason)
    refuse_decided(budget)
    budget.stage = Stage.DROPPED
    budget.save(update_fields=["stage"])
    label = f"放弃 {budget}"
    record(budget, "budgets.drop", by=by, at=now, label=label, public={"reason": reason})
    return budget


def _reason(reason: str) -> str:
    reason = reason.strip()
    if not REASON_MIN <= len(reason) <= REASON_MAX:
        raise Invalid("budget.reason", f"请写明理由，{REASON_MIN} 到 {REASON_MAX} 个字")
    return reason
