"""The wizard of a statement: hand in, correct the columns, read what is wrong, bring in once."""

import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import now

from sanzi.bank.actions import statements as actions
from sanzi.bank.checking import read_for
from sanzi.bank.forms import StatementForm
from sanzi.bank.models import BankAccount, Statement
from sanzi.bank.reading.columns import IGNORED, MEANINGS
from sanzi.bank.reading.grid import SIZE_MAX
from sanzi.bank.reading.rows import DATE_FORMATS
from sanzi.bank.reading.statement import Reading
from sanzi.journal.timeline import timeline
from sanzi.kernel.refusals import Blocked, Invalid, NotAWorkbook
from sanzi.web.pages import onward, page, person_of, show


@page("books.cash", methods=("POST",))
def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    mine = BankAccount.objects.visible_to(person_of(request)).select_related("account", "holding")
    account = get_object_or_404(mine, pk=pk)
    form = StatementForm(request.POST, request.FILES)
    if not form.is_valid():
        context = {"title": "导入对账单", "account": account, "book": account.book, "form": form}
        return show(request, "bank/hand_in.html", context, status=422)
    file: UploadedFile = form.cleaned_data["file"]
    if (file.size or 0) > SIZE_MAX:
        raise NotAWorkbook("too-large", "对账单文件超过 10 MB，请按月分成几个文件再传", 413)
    with tempfile.NamedTemporaryFile() as draft:
        for chunk in file.chunks():
            draft.write(chunk)
        draft.flush()
        path = Path(draft.name)
        statement = actions.hand_in(
            account_id=pk,
            file=path,
            file_name=file.name or "",
            reading=read_for(account, path, {}),
            by=person_of(request),
            now=now(),
        )
    return onward(request, "bank:statement", statement.pk)


def _statement_of(request: HttpRequest, pk: int) -> Statement:
    mine = Statement.objects.visible_to(person_of(request))
    found = mine.select_related(
        "bank_account__book", "bank_account__account", "bank_account__holding", "uploaded_by"
    )
    return get_object_or_404(found, pk=pk)


@page("books.view")
def statement(request: HttpRequest, pk: int) -> HttpResponse:
    found = _statement_of(request, pk)
    person = person_of(request)
    account = found.bank_account
    context = {
        "title": found.file_name,
        "statement": found,
        "account": account,
        "book": account.book,
        "found": found.found,
        "meanings": MEANINGS,
        "ignored": IGNORED,
        "date_formats": DATE_FORMATS,
        "may_import": person.can("books.cash"),
        "history": timeline(found, person),
    }
    return show(request, "bank/statement.html", context)


@page("books.cash", methods=("POST",))
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    found = _statement_of(request, pk)
    labels = [label for label, _ in found.found.get("labels", [])]
    chosen = {
        label: answer
        for place, label in enumerate(labels)
        if (answer := request.POST.get(f"column-{place}", ""))
    }
    date_format = request.POST.get("date_format", "")
    merged = {"columns": {**found.chosen.get("columns", {}), **chosen}, "date_format": date_format}
    actions.choose_columns(
        statement_id=pk,
        columns=chosen,
        date_format=date_format,
        reading=_read(found, merged),
        by=person_of(request),
        now=now(),
    )
    return onward(request, "bank:statement", pk)


def _day(given: str) -> date | None:
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise Invalid("bank.to_on", "截止日期应写成 2024-01-31") from None


def _read(found: Statement, chosen: Mapping[str, Any]) -> Reading:
    if not found.file.exists():
        raise Blocked("bank.no_file", "这份对账单的文件已不在，请重新上传")
    return read_for(found.bank_account, found.file, chosen)


@page("books.cash", methods=("POST",))
def bring_in(request: HttpRequest, pk: int) -> HttpResponse:
    found = _statement_of(request, pk)
    actions.bring_in(
        statement_id=pk,
        reading=_read(found, found.chosen),
        to_on=_day(request.POST.get("to_on", "")),
        by=person_of(request),
        now=now(),
    )
    return onward(request, "bank:statement", pk)


@page("books.cash", methods=("POST",))
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    found = actions.drop(statement_id=pk, by=person_of(request), now=now())
    return onward(request, "bank:account", found.bank_account_id)
