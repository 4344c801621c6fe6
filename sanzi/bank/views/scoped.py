"""The account of an address, and what the heading of its pages says."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from sanzi.bank.models import BankAccount
from sanzi.web.pages import person_of


def account_of(request: HttpRequest, pk: int) -> BankAccount:
    """The account, if it is in the person's part of the tree; otherwise 404."""
    mine = BankAccount.objects.visible_to(person_of(request))
    found = mine.select_related("book__collective", "account", "holding")
    return get_object_or_404(found, pk=pk)


def about(account: BankAccount) -> dict[str, Any]:
    """What the heading of every page of an account says."""
    return {"account": account, "book": account.book}
