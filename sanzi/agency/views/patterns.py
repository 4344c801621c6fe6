"""凭证模板: the vouchers a book has again and again, used from here, put away and taken back."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import now

from sanzi.agency.actions import entering
from sanzi.agency.lookups import accounts_of
from sanzi.agency.models import VoucherTemplate
from sanzi.orgs.tree import names_of
from sanzi.web.pages import onward, page, person_of, show

from .entering import book_of

PER_PAGE = 50


@page("books.prepare")
def templates(request: HttpRequest, pk: int) -> HttpResponse:
    """The templates of a book."""
    book = book_of(request, pk)
    mine = VoucherTemplate.objects.visible_to(person_of(request)).of(book)
    rows = Paginator(mine.order_by("-is_active", "name"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    names = {account.code: str(account) for account in accounts_of(book)}
    context = {
        "title": "凭证模板",
        "book": book,
        "village": names_of([book.village]).get(book.village, ""),
        "rows": rows,
        "told": [(template, _lines(template, names)) for template in rows],
    }
    return show(request, "agency/templates.html", context)


def _lines(template: Any, names: dict[str, str]) -> list[str]:
    """借 513 管理费用 100.00, one for each line."""
    return [
        f"{'贷' if line['side'] == 'credit' else '借'} "
        f"{names.get(line['account'], line['account'])} {line['amount']}".strip()
        for line in template.lines
    ]


@page("books.prepare", methods=("POST",))
def set_state(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a template away, or take it back."""
    mine = VoucherTemplate.objects.visible_to(person_of(request))
    template = get_object_or_404(mine, pk=pk)
    entering.set_template_active(
        template_id=pk,
        is_active=request.POST.get("is_active") == "1",
        by=person_of(request),
        now=now(),
    )
    return onward(request, "agency:templates", template.book_id)
