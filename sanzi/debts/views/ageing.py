"""账龄分析 of debts, and the debts behind each cell."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from sanzi.access.models import Person
from sanzi.debts.models import Debt
from sanzi.dispositions.ageing import DEBTS
from sanzi.dispositions.ageing_page import ageing_page, cell_page
from sanzi.web.pages import page


def _rows(person: Person) -> Any:
    return Debt.objects.visible_to(person)


@page("registers.view")
def ageing(request: HttpRequest) -> HttpResponseBase:
    return ageing_page(request, _rows, DEBTS, cells="debts:aged", moved="debts.resolved")


@page("registers.view")
def aged(request: HttpRequest) -> HttpResponseBase:
    return cell_page(request, _rows, DEBTS, slug="aged-debts", page="debts:debt")
