"""The tree of regions, kept by whoever keeps people and posts."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import now

from sanzi.administration.actions import regions as actions
from sanzi.administration.forms import MergeForm, RegionForm, RenameForm
from sanzi.orgs.models import Region
from sanzi.web.frame import place
from sanzi.web.pages import onward, page, person_of, show


@page("regions.manage")
def regions(request: HttpRequest) -> HttpResponse:
    return _show_region(request, place(request).region)


@page("regions.manage", methods=("GET", "POST"))
def new_region(request: HttpRequest) -> HttpResponse:
    here = place(request)
    form = RegionForm(request.POST or None, initial={"code": here.code})
    if form.is_valid():
        region = actions.add_region(by=person_of(request), now=now(), **form.cleaned_data)
        messages.success(request, f"已添加：{region.name}")
        return onward(request, _url(region))
    context = {"title": f"在{here}下添加地区", "form": form}
    return show(request, "administration/new_region.html", context)


@page("regions.manage", methods=("POST",))
def names(request: HttpRequest, pk: int) -> HttpResponse:
    region, form = _get(request, pk), RenameForm(request.POST)
    if not form.is_valid():
        return _show_region(request, region, rename_form=form, status=422)
    region = actions.rename_region(
        region_id=pk, by=person_of(request), now=now(), **form.cleaned_data
    )
    messages.success(request, f"已更名为：{region.name}")
    return onward(request, _url(region))


@page("regions.manage", methods=("POST",))
def succession(request: HttpRequest, pk: int) -> HttpResponse:
    region, form = _get(request, pk), MergeForm(request.POST)
    if not form.is_valid():
        return _show_region(request, region, merge_form=form, status=422)
    region = actions.merge_region(
        region_id=pk, by=person_of(request), now=now(), **form.cleaned_data
    )
    messages.success(request, f"已撤并：{region.name}")
    return onward(request, _url(region))


def _get(request: HttpRequest, pk: int) -> Region:
    return get_object_or_404(Region.objects.visible_to(person_of(request)), pk=pk)


def _url(region: Region) -> str:
    return f"{reverse('administration:regions')}?region={region.code}"


def _show_region(
    request: HttpRequest, region: Region, *, status: int = 200, **forms: Any
) -> HttpResponse:
    below = region.children.select_related("succeeded_by").order_by("code")
    context = {
        "title": f"区划：{region.name}",
        "region": region,
        "below": below,
        "former_names": region.former_names.order_by("-until_on"),
        "may_change": region.code != person_of(request).region_code,
        "rename_form": RenameForm(),
        "merge_form": MergeForm(),
        **forms,
    }
    return show(request, "administration/regions.html", context, status=status)
