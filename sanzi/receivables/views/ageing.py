"""账龄分析 of claims, and the claims behind each cell."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from sanzi.access.models import Person
from sanzi.dispositions.ageing import CLAIMS
from sanzi.dispositions.ageing_page import ageing_page, cell_page
from sanzi.receivables.models import Claim
from sanzi.web.pages import page


def _rows(person: Person) -> Any:
    return Claim.objects.visible_to(person)


@page("registers.view")
def ageing(request: HttpRequest) -> HttpResponseBase:
    return ageing_page(
        request, _rows, CLAIMS, cells="receivables:aged", moved="receivables.recovered"
    )


@page("registers.view")
def aged(request: HttpRequest) -> HttpResponseBase:
    return cell_page(request, _rows, CLAIMS, slug="aged-claims", page="receivables:claim")
