"""余额调节表 on the page, on paper and as a workbook; and the ages of what is unmatched."""

import tempfile
from datetime import date

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate

from sanzi.bank.ageing import ageing
from sanzi.bank.flows import unmatched
from sanzi.bank.models import BankAccount
from sanzi.bank.paper import COLUMNS, SIGNED, Row, heading, rows_of
from sanzi.bank.standing import covered_until, month_end, standing
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid
from sanzi.web.errors import Unsupported
from sanzi.web.pager import Pager
from sanzi.web.pages import page, person_of, show
from sanzi.web.paper import write_paper
from sanzi.web.registers import PRINT_MAX

from .scoped import about, account_of

# Rows of the form on the page; the rest is told, printed and exported.
SHOWN_MAX = 200


@page("books.view")
def reconciliation(request: HttpRequest, pk: int) -> HttpResponseBase:
    account = account_of(request, pk)
    if account.is_cash:
        raise Blocked("bank.cash", "库存现金没有对账单，不编余额调节表；请看现金日记账")
    until = covered_until(account)
    period = _period(request, account, until)
    sheet = standing(account, period)
    rows = rows_of(sheet)
    title, issued, unit = heading(account, sheet.on)
    context = about(account) | {
        "title": title,
        "issued": issued,
        "unit": unit,
        "sheet": sheet,
        "rows": rows[:SHOWN_MAX] + rows[-1:] if len(rows) > SHOWN_MAX else rows,
        "hidden": max(0, len(rows) - 1 - SHOWN_MAX),
        "signatures": SIGNED,
        "period": period,
        "month": f"{period // 100}-{period % 100:02}",
        "is_covered": bool(until and until >= sheet.on),
        "until": until,
        "may_export": person_of(request).can("registers.export"),
    }
    asked = request.GET.get("format", "")
    if asked == "xlsx":
        return _workbook(request, account, context, rows)
    if asked == "print":
        if len(rows) > PRINT_MAX:
            raise Invalid("bank.print", f"共 {len(rows):,} 行，请先勾对，或导出后用表格软件打印")
        context["rows"] = rows
        return show(request, "bank/reconciliation_paper.html", context)
    if asked:
        raise Unsupported("bank.format", "不支持的格式")
    return show(request, "bank/reconciliation.html", context)


def _period(request: HttpRequest, account: BankAccount, until: date | None) -> int:
    """The month asked for, or the last one the statements cover to its end."""
    first = account.opened_on.year * 100 + account.opened_on.month
    asked = request.GET.get("month", "")
    if not asked:
        day = until or localdate()
        period = day.year * 100 + day.month
        if until and until < month_end(period):
            period = period - 1 if day.month > 1 else (day.year - 1) * 100 + 12
        return max(first, period)
    year, _, month = asked.partition("-")
    is_month = len(asked) == 7 and asked.isascii() and year.isdigit() and month.isdigit()
    if not (is_month and 1 <= int(month) <= 12 and 1990 <= int(year) <= 2100):
        raise Unsupported("bank.month", "月份应写成 2024-01")
    period = int(year) * 100 + int(month)
    if period < first:
        raise Invalid("bank.before", f"本账户从 {account.opened_on} 起核对，请选这个月以后的月份")
    return period


def _workbook(
    request: HttpRequest, account: BankAccount, context: dict[str, object], rows: list[Row]
) -> FileResponse:
    if not person_of(request).can("registers.export"):
        raise Forbidden("bank.export", "您的岗位只能查看，不能导出")
    # Closed, and with that deleted, by the response when it has been sent.
    file = tempfile.TemporaryFile()  # noqa: SIM115
    write_paper(
        file,
        str(context["title"]),
        str(context["unit"]),
        COLUMNS,
        [row.cells for row in rows],
        signatures=SIGNED,
        issued=str(context["issued"]),
    )
    file.seek(0)
    name = f"{context['title']}_{account.name}_{context['month']}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name)


@page("books.view")
def unmatched_page(request: HttpRequest, pk: int) -> HttpResponse:
    account = account_of(request, pk)
    today = localdate()
    banks, books = unmatched(account, today)
    side = request.GET.get("side", "bank")
    if side not in ("bank", "book"):
        raise Unsupported("bank.side", "只能看银行一方或账面一方")
    chosen = banks if side == "bank" else books
    context = about(account) | {
        "title": f"{account.name} 未达账项",
        "ages": ageing(banks, books, today),
        "side": side,
        "pager": Pager.over([(p, (today - p.dated).days) for p in chosen], request.GET),
    }
    return show(request, "bank/unmatched.html", context)
