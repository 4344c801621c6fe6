"""典型案例: the list, one case, and its release."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.timezone import now

from sanzi.access.scope import covers
from sanzi.contracts.actions import cases as actions
from sanzi.contracts.models import ModelCase
from sanzi.contracts.registers import CASES
from sanzi.web.pages import onward, page, person_of, show
from sanzi.web.registers import register_page


@page("registers.view")
def cases(request: HttpRequest) -> HttpResponseBase:
    return register_page(request, CASES)


@page("registers.view")
def case(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_of(request)
    mine = ModelCase.objects.visible_to(person).select_related("contract", "told_by", "released_by")
    found = get_object_or_404(mine, pk=pk)
    is_own = covers(person, found.village)
    context = {
        "title": found.title,
        "case": found,
        "is_own": is_own,
        "may_release": is_own and person.can("contracts.file") and found.released_at is None,
        "is_teller": found.told_by_id == person.pk,
    }
    return show(request, "contracts/case.html", context)


@page("contracts.file", methods=("POST",))
def release(request: HttpRequest, pk: int) -> HttpResponse:
    actions.release_case(case_id=pk, by=person_of(request), now=now())
    messages.success(request, "案例已发布，全县可查")
    return onward(request, "contracts:case", pk)
