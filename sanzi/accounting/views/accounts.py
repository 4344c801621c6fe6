"""The accounts and dimensions of one set: registers, and what may be added or taken out of use."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.timezone import now

from sanzi.accounting import asked
from sanzi.accounting.actions.sets import add_account, add_dimension, set_account_active
from sanzi.accounting.chart import DEPTH_MAX, level
from sanzi.accounting.forms import AccountForm, DimensionForm
from sanzi.accounting.models import Account, Book, Dimension
from sanzi.accounting.registers import accounts_of, aux_words, dimensions_of
from sanzi.accounting.shelf import beside
from sanzi.kernel.refusals import Invalid, Refusal
from sanzi.web.pages import onward, page, person_of, show
from sanzi.web.registers import register_page


@page("books.view")
def accounts(request: HttpRequest, book: int) -> HttpResponseBase:
    return register_page(request, accounts_of(asked.book_of(request, book)))


@page("books.view")
def account(request: HttpRequest, book: int, pk: int) -> HttpResponse:
    found = asked.book_of(request, book)
    return _account(request, found, _account_of(request, found, pk), AccountForm(), 200)


def _account_of(request: HttpRequest, book: Book, pk: int) -> Account:
    mine = Account.objects.visible_to(person_of(request)).of(book)
    found: Account = get_object_or_404(mine, pk=pk)
    return found


def _account(
    request: HttpRequest, book: Book, account: Account, form: AccountForm, status: int
) -> HttpResponse:
    mine = Account.objects.visible_to(person_of(request)).of(book)
    context = beside(request, book) | {
        "title": str(account),
        "account": account,
        "form": form,
        "below": mine.filter(code__startswith=account.code).exclude(pk=account.pk).order_by("code"),
        "can_grow": level(account.code) < DEPTH_MAX,
        "facts": [
            ("类别", account.get_category_display()),
            ("余额方向", account.get_side_display()),
            ("辅助核算", aux_words(account.aux) or "无"),
            ("末级科目", "是" if account.is_leaf else "否"),
            ("状态", "启用" if account.is_active else "已停用"),
        ],
    }
    return show(request, "accounting/account.html", context, status=status)


@page("books.manage", methods=("POST",))
def grow(request: HttpRequest, book: int, pk: int) -> HttpResponse:
    """Add a sub-account below this one."""
    found = asked.book_of(request, book)
    above = _account_of(request, found, pk)
    form = AccountForm(request.POST)
    status = 422
    if form.is_valid():
        try:
            made = add_account(
                book_id=found.pk,
                parent=above.code,
                by=person_of(request),
                now=now(),
                **form.cleaned_data,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.message)
            status = refusal.status
        else:
            messages.success(request, f"已增设科目 {made}")
            return onward(request, "accounting:account", found.pk, above.pk)
    return _account(request, found, above, form, status)


@page("books.manage", methods=("POST",))
def switch(request: HttpRequest, book: int, pk: int) -> HttpResponse:
    """Take an account out of use, or back."""
    account = _account_of(request, asked.book_of(request, book), pk)
    changed = set_account_active(
        account_id=account.pk,
        is_active=request.POST.get("active") == "1",
        by=person_of(request),
        now=now(),
    )
    messages.success(request, f"科目 {changed} 已{'启用' if changed.is_active else '停用'}")
    return onward(request, "accounting:account", book, pk)


@page("books.view")
def dimensions(request: HttpRequest, book: int) -> HttpResponseBase:
    may_add = person_of(request).can("books.manage")
    return register_page(request, dimensions_of(asked.book_of(request, book), may_add=may_add))


@page("books.manage", methods=("GET", "POST"))
def new_dimension(request: HttpRequest, book: int) -> HttpResponse:
    found = asked.book_of(request, book)
    form, status = DimensionForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = _add(request, found, form)
            except Refusal as refusal:
                form.add_error(None, refusal.message)
                status = refusal.status
            else:
                messages.success(request, f"已增设{made.get_kind_display()}“{made}”")
                return onward(request, "accounting:dimensions", found.pk)
    context = beside(request, found) | {"title": "增设辅助核算", "form": form}
    return show(request, "accounting/new_dimension.html", context, status=status)


def _add(request: HttpRequest, book: Book, form: DimensionForm) -> Dimension:
    given = form.cleaned_data
    made: Dimension = add_dimension(
        book_id=book.pk,
        kind=given["kind"],
        name=given["name"],
        code=given["code"],
        parent_id=_owner(request, book, given["owner"]),
        due_on=given["due_on"],
        by=person_of(request),
        now=now(),
    )
    return made


def _owner(request: HttpRequest, book: Book, name: str) -> int | None:
    if not name:
        return None
    mine = Dimension.objects.visible_to(person_of(request)).of(book).filter(kind="counterparty")
    found = mine.filter(name=name).first()
    if found is None:
        raise Invalid("dimension.owner", f"没有往来单位“{name}”，请先增设它，或核对名称")
    return int(found.pk)
