"""One organisation's sheet on its way: what is missing, what the public would see, who said so."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate, now

from sanzi.disclosure.actions import sheets as acts
from sanzi.disclosure.catalogue import SOURCES, groups
from sanzi.disclosure.catalogue import item as item_of
from sanzi.disclosure.completeness import missing, shown
from sanzi.disclosure.drawing import draw_sheet
from sanzi.disclosure.facts import facts_of, statements_of
from sanzi.disclosure.forms import PublishForm, ReviewForm, TellForm
from sanzi.disclosure.layout import Reading
from sanzi.disclosure.models import Publication, Review
from sanzi.disclosure.organisations import organisation_of, village_of
from sanzi.disclosure.publishing import NOT_REVIEWED, standing
from sanzi.disclosure.span import recent, span_of
from sanzi.kernel.refusals import Invalid, Missing
from sanzi.orgs.models import Collective
from sanzi.web.frame import place
from sanzi.web.pages import onward, page, person_of, show


def _named(organisation: Collective, span: Any) -> dict[str, Any]:
    return {
        "title": f"{organisation.name} {span.title}财务公开",
        "organisation": organisation,
        "village_code": village_of(organisation),
        "span": span,
        "unmarked": NOT_REVIEWED,
    }


@page("books.view")
def sheet(request: HttpRequest, organisation: int, span: str) -> HttpResponse:
    """Completeness item by item, versions and opinions."""
    person, months = person_of(request), span_of(span)
    found = organisation_of(organisation, person)
    place(request)
    facts = facts_of([found], months)[found.pk]
    absent = missing(facts, months)
    of_these = {"organisation": found, "first": months.first, "last": months.last}
    published = Publication.objects.visible_to(person).filter(**of_these).defer("content")
    reviews = Review.objects.visible_to(person).filter(**of_these).select_related("by")
    context = _named(found, months) | {
        "shown": shown(absent),
        "groups": [
            (name, [(item, absent.get(item.code), item.code in facts.told) for item in listed])
            for name, listed in groups().items()
        ],
        "sources": SOURCES,
        "spans": sorted({months, *recent(localdate())}, reverse=True),
        "months": [span_of(str(month)) for month in months.months],
        "versions": published.select_related("published_by", "review").order_by("-version")[:20],
        "reviews": reviews.order_by("-pk")[:20],
        "may_tell": person.can("books.report"),
        "may_publish": person.can("disclosure.publish"),
    }
    return show(request, "disclosure/sheet.html", context)


@page("books.view")
def preview(request: HttpRequest, organisation: int, span: str) -> HttpResponse:
    """群众看到的样子: drawn anew, masked, with the hash an opinion or a publication will name."""
    person, months = person_of(request), span_of(span)
    found = organisation_of(organisation, person)
    place(request)
    drawn = draw_sheet(found, months)
    context = _named(found, months) | {
        "drawn": drawn,
        "reading": Reading(drawn.content, request.GET),
        "stands": standing(found, months, drawn.sha256),
        "review_form": ReviewForm() if person.can("books.oversee") else None,
        "publish_form": PublishForm() if person.can("disclosure.publish") else None,
    }
    return show(request, "disclosure/preview.html", context)


@page("books.oversee", methods=("POST",))
def review(request: HttpRequest, organisation: int, span: str) -> HttpResponse:
    """民主理财小组 says yes or no to what it looked at."""
    months = span_of(span)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        raise Invalid("review.form", "请选择审核结论，意见最多 500 个字")
    acts.review(
        organisation_id=organisation,
        span=months,
        sha256=request.POST.get("sha256", ""),
        agrees=form.cleaned_data["agrees"] == "1",
        words=form.cleaned_data["words"],
        by=person_of(request),
        now=now(),
    )
    messages.success(request, "审核意见已记录")
    return onward(request, "disclosure:sheet", organisation, months.key)


@page("disclosure.publish", methods=("POST",))
def publish(request: HttpRequest, organisation: int, span: str) -> HttpResponse:
    """Make public what was looked at."""
    months = span_of(span)
    form = PublishForm(request.POST)
    if not form.is_valid():
        raise Invalid("publish.form", "更正说明最多 200 个字")
    made = acts.publish(
        organisation_id=organisation,
        span=months,
        sha256=request.POST.get("sha256", ""),
        reason=form.cleaned_data["reason"],
        by=person_of(request),
        now=now(),
    )
    messages.success(request, f"已公开，第 {made.version} 版；群众现在就能看到")
    return onward(request, "disclosure:sheet", organisation, months.key)


@page("books.report", methods=("GET", "POST"))
def tell(request: HttpRequest, organisation: int, span: str, item: str) -> HttpResponse:
    """Fill in what the books do not hold: plans, levies in labour, what was decided."""
    person, months = person_of(request), span_of(span)
    found, known = organisation_of(organisation, person), item_of(item)
    if known is None or not known.may_be_told:
        raise Missing("disclosure.item", "没有这个可以填写的公开项目")
    place(request)
    before = statements_of([found], months).get(found.pk, {}).get(known.code, "")
    form = TellForm(request.POST if request.method == "POST" else None, initial={"text": before})
    if request.method == "POST" and form.is_valid():
        acts.tell(
            organisation_id=found.pk,
            span=months,
            item=known.code,
            text=form.cleaned_data["text"],
            by=person,
            now=now(),
        )
        messages.success(request, f"已保存：{known.title}")
        return onward(request, "disclosure:sheet", found.pk, months.key)
    context = _named(found, months) | {"title": known.title, "item": known, "form": form}
    return show(request, "disclosure/tell.html", context, status=422 if form.errors else 200)
