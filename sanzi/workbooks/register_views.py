"""The eleven registers, the plain page any of their rows has, and the look at a sealed value."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import now

from sanzi.dispositions.models import Disposition
from sanzi.intake.columns import SEALED_TYPES
from sanzi.intake.dictionary import Column, Sheet
from sanzi.intake.dictionary import register as sheet_of
from sanzi.intake.facts import group, sealed_values
from sanzi.journal.timeline import timeline
from sanzi.kernel.refusals import Missing
from sanzi.orgs.tree import names_of
from sanzi.parties import actions
from sanzi.web.pages import page, person_of, show
from sanzi.web.registers import register_page

from .binding import TABLES
from .registers import CHOICES, REGISTERS, row_url

# Kinds of thing a disposition acts on, by the register they are kept in.
ACTED_ON = {
    "contracts": "合同",
    "receivables": "债权",
    "debts": "债务",
    "resources": "资源",
    "assets": "资产",
}


@page("registers.view")
def register(request: HttpRequest, slug: str) -> HttpResponseBase:
    return register_page(request, REGISTERS[_known(slug)])


@page("registers.view")
def row(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    if CHOICES[_known(slug)].page:
        return redirect(row_url(slug, pk))
    found: Any = get_object_or_404(TABLES[slug].objects.visible_to(person_of(request)), pk=pk)
    sheet = sheet_of(slug)
    village = names_of([found.village]).get(found.village, found.village)
    context = {
        "title": str(found) if slug != "incomes" else f"{village} {found.year} 年收入",
        "slug": slug,
        "register_title": CHOICES[slug].title,
        "row": found,
        "village": village,
        "groups": [group("登记内容", sheet, found)],
        "sealed": sealed_values(sheet, found),
        "may_reveal": person_of(request).can("sealed.reveal"),
        "is_acted_on": slug in ACTED_ON,
        "acts": _acts(request, slug, found),
        "contracts": _contracts(request, slug, found),
        "target": _target(request, slug, found),
        "history": timeline(found, person_of(request)),
    }
    return show(request, "workbooks/row.html", context)


@page("sealed.reveal", methods=("POST",))
def reveal(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    column = _sealed_column(sheet_of(_known(slug)), request.POST.get("field", ""))
    clear = actions.reveal(
        table=TABLES[slug],
        row_id=pk,
        column=column,
        reason=request.POST.get("reason", ""),
        by=person_of(request),
        now=now(),
    )
    context = {"title": column.title, "clear": clear, "back": row_url(slug, pk)}
    response = show(request, "workbooks/revealed.html", context)
    # Said here too, not only by the middleware: this answer must never be kept anywhere.
    response["Cache-Control"] = "no-store"
    return response


def _known(slug: str) -> str:
    if slug not in REGISTERS:
        raise Missing("register.missing", "没有这本台账")
    return slug


def _sealed_column(sheet: Sheet, field: str) -> Column:
    for column in sheet.columns:
        if column.field == field and column.type in SEALED_TYPES:
            return column
    raise Missing("reveal.field", "没有这一项加密信息")


def _acts(request: HttpRequest, slug: str, found: Any) -> list[Disposition]:
    if slug not in ACTED_ON:
        return []
    mine = Disposition.objects.visible_to(person_of(request))
    return list(mine.on(ACTED_ON[slug], found.village, found.number))


def _contracts(request: HttpRequest, slug: str, found: Any) -> list[Any]:
    """The contracts that let this resource or asset."""
    if slug not in ("resources", "assets"):
        return []
    mine = TABLES["contracts"].objects.visible_to(person_of(request))
    return list(
        mine.filter(village=found.village, object_number=found.number).order_by("starts_on", "pk")
    )


def _target(request: HttpRequest, slug: str, found: Any) -> tuple[str, str] | None:
    """What a disposition acted on, with its address."""
    if slug != "dispositions":
        return None
    kept_in = next(register for register, kind in ACTED_ON.items() if kind == found.kind)
    mine = TABLES[kept_in].objects.visible_to(person_of(request))
    target = mine.filter(village=found.village, number=found.target_number).first()
    return (f"{found.kind} {target}", row_url(kept_in, target.pk)) if target else None
