"""What was never signed, and who uses without asking: entered here, handled like any contract."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now

from sanzi.cleanup.actions import entering, outlines
from sanzi.cleanup.forms import OutlinesForm, UnsignedForm
from sanzi.contracts.models import Contract
from sanzi.contracts.terms import UNCONTRACTED, UNSIGNED
from sanzi.holdings.models import Resource
from sanzi.kernel.refusals import Blocked, Invalid
from sanzi.villages.models import Profile
from sanzi.web.frame import place
from sanzi.web.pages import onward, page, person_of, show

VILLAGES_MAX = 500
USED_MAX = 50


@page("contracts.check", methods=("GET", "POST"))
def unsigned(request: HttpRequest) -> HttpResponse:
    person, here = person_of(request), place(request)
    villages = villages_of(request)
    form = UnsignedForm(request.POST or None, villages=villages, initial=_asked(request))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            made = entering.enter_unsigned(
                by=person, now=now(), issuer=_issuer(request, told["village"]), **told
            )
        except (Invalid, Blocked) as refusal:
            form.add_error(None, refusal.message)
        else:
            return onward(request, "cleanup:contract", made.pk)
    mine = Contract.objects.visible_to(person).within(here.code)
    context = {
        "title": "应签未签、无合同占用",
        "here": here,
        "form": form,
        "entered": mine.filter(written__in=(UNSIGNED, UNCONTRACTED)).order_by("-pk")[:USED_MAX],
        "used": _used(request, here.code),
        "has_villages": bool(villages),
    }
    return show(request, "cleanup/unsigned.html", context, status=422 if form.errors else 200)


def villages_of(request: HttpRequest) -> list[tuple[str, str]]:
    """The villages of this page's region by code, as a form offers them."""
    rows = Profile.objects.visible_to(person_of(request)).within(place(request).code)
    return [(row.village, row.name) for row in rows.order_by("village")[:VILLAGES_MAX]]


def _asked(request: HttpRequest) -> dict[str, str]:
    """What a link from the resource register has filled in already."""
    names = ("village", "contractor", "object_number", "location", "area_mu", "way")
    return {name: request.GET[name] for name in names if name in request.GET}


def _issuer(request: HttpRequest, village: str) -> str:
    mine = Profile.objects.visible_to(person_of(request)).filter(village=village).first()
    if mine is None:
        return ""
    return str(mine.collective_name or f"{mine.name}村民委员会")


def _used(request: HttpRequest, code: str) -> list[Any]:
    """Resources used without a contract that nobody has entered yet."""
    person = person_of(request)
    used = Resource.objects.visible_to(person).within(code).filter(use_status=UNCONTRACTED)
    mine = Contract.objects.visible_to(person).within(code)
    unsigned = mine.filter(written__in=(UNSIGNED, UNCONTRACTED))
    entered = set(unsigned.values_list("village", "object_number"))
    rows = used.order_by("village", "number")
    return [row for row in rows[:500] if (row.village, row.number) not in entered][:USED_MAX]


@page("contracts.check", methods=("GET", "POST"))
def parcels(request: HttpRequest) -> HttpResponse:
    """Outlines of parcels brought in from a file."""
    villages = villages_of(request)
    form = OutlinesForm(request.POST or None, request.FILES or None, villages=villages)
    brought = None
    if request.method == "POST" and form.is_valid():
        try:
            brought = outlines.bring_outlines(
                village=form.cleaned_data["village"],
                document=form.cleaned_data["file"].read(outlines.BYTES_MAX + 1),
                by=person_of(request),
                now=now(),
            )
        except Invalid as refusal:
            form.add_error("file", refusal.message)
    context = {
        "title": "导入地块边界",
        "form": form,
        "brought": brought,
        "has_villages": bool(villages),
    }
    return show(request, "cleanup/parcels.html", context, status=422 if form.errors else 200)
