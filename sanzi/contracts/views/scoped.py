"""The contract of an address, and what the heading of its pages says."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from sanzi.contracts.models import Contract
from sanzi.orgs.tree import names_of
from sanzi.web.pages import person_of


def contract_of(request: HttpRequest, pk: int) -> Any:
    """The contract, if it is in the person's part of the tree; otherwise 404."""
    return get_object_or_404(Contract.objects.visible_to(person_of(request)), pk=pk)


def about(contract: Any, title: str) -> dict[str, Any]:
    """What the heading of every page of a contract says."""
    village = names_of([contract.village]).get(contract.village, contract.village)
    return {"title": title, "contract": contract, "village": village}
