"""The day each town's bases were locked: read by all, moved by whoever may, for a reason."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import now

from sanzi.campaigns.models import Base
from sanzi.orgs.tree import names_of
from sanzi.web.pages import onward, page, person_of, show

from . import actions
from .forms import BaseForm

PER_PAGE = 50


@page("figures.view")
def bases(request: HttpRequest) -> HttpResponse:
    found = Base.objects.visible_to(person_of(request)).select_related("locked_by").order_by("town")
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    names = names_of(base.town for base in shown)
    context = {
        "title": "基准日",
        "bases": shown,
        "lines": [(base, names.get(base.town, base.town)) for base in shown],
        "may_move": person_of(request).can("base.lock"),
    }
    return show(request, "workbooks/bases.html", context)


@page("base.lock", methods=("GET", "POST"))
def base(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Base.objects.visible_to(person_of(request)), pk=pk)
    form = BaseForm(request.POST or None, initial={"locked_on": found.locked_on})
    if request.method == "POST" and form.is_valid():
        actions.move_base(base_id=pk, by=person_of(request), now=now(), **form.cleaned_data)
        return onward(request, "workbooks:bases")
    town = names_of([found.town]).get(found.town, found.town)
    context = {"title": f"改动{town}的基准日", "base": found, "form": form}
    return show(request, "workbooks/base.html", context, status=422 if form.errors else 200)
