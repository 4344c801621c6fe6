"""新旧制度衔接: the old books, the working paper of one, and the new book it opens."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import now

from sanzi.access.scope import scope
from sanzi.accounting.chart import chart
from sanzi.accounting.models import Book, Period
from sanzi.orgs.tree import names_of
from sanzi.web.frame import place as place_of
from sanzi.web.pager import Pager
from sanzi.web.pages import onward, page, person_of, show
from sanzi.yearend.actions import transitions as actions
from sanzi.yearend.carried import new_totals, paper_of
from sanzi.yearend.carrying import open_successor
from sanzi.yearend.checks import month_name
from sanzi.yearend.forms import DivideForm, TransitionForm
from sanzi.yearend.models import Transition
from sanzi.yearend.transition import NEW, OLD, collisions, options, rules
from sanzi.yearend.views.months import heading, mine_of

SIZE = 50


@page("books.view")
def transitions(request: HttpRequest) -> HttpResponse:
    here = place_of(request)
    mine = Book.objects.visible_to(person_of(request)).filter(**scope(here.code), scheme=OLD)
    pager = Pager(request.GET, mine.count(), SIZE)
    waiting = mine.filter(successor=None).count()
    shown = list(
        mine.select_related("transition__new").order_by("village", "pk")[pager.start : pager.stop]
    )
    names = names_of(book.village for book in shown)
    context = {
        "title": "新旧制度衔接",
        "rows": [(names.get(book.village, book.village), book) for book in shown],
        "pager": pager,
        "waiting": waiting,
        "collisions": collisions(),
        "rules": [
            (rule, chart(OLD)[rule.old].name, [(c, chart(NEW)[c].name) for c in rule.choices])
            for rule in rules().values()
        ],
    }
    return show(request, "yearend/transitions.html", context)


@page("books.view", methods=("GET", "POST"))
def transition(request: HttpRequest, book: int) -> HttpResponse:
    """The working paper; a POST draws it up."""
    mine = mine_of(request, book)
    form = TransitionForm(request.POST or None, initial={"period": _last(request, mine)})
    if request.method == "POST" and form.is_valid():
        actions.begin_transition(
            book_id=book, by=person_of(request), now=now(), **form.cleaned_data
        )
        return onward(request, "yearend:transition", book)
    paper = paper_of(mine)
    status = 422 if request.method == "POST" else 200
    context: dict[str, Any] = {
        **heading(request, mine),
        "title": f"{mine} 新旧制度衔接",
        "paper": paper,
        "form": form,
        "may_manage": person_of(request).can("books.manage"),
    }
    if paper is not None:
        context |= _laid_out(request, paper)
    return show(request, "yearend/transition.html", context, status=status)


@page("books.manage", methods=("GET", "POST"))
def divide(request: HttpRequest, book: int, place: int) -> HttpResponse:
    mine = mine_of(request, book)
    paper = get_object_or_404(Transition.objects.visible_to(person_of(request)), old=mine)
    parts = list(paper.parts.filter(place=place).order_by("pk"))
    first: Any = get_object_or_404(paper.parts.filter(place=place)[:1])
    new = chart(NEW)
    choices = [(code, new[code[:3]].name) for code in options(first.account)]
    held = {f"to_{part.becomes}": part.amount for part in parts if part.becomes}
    initial = {**held, "words": first.words}
    form = DivideForm(request.POST or None, choices=choices, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.divide(
            book_id=book, place=place, parts=form.parts, words=form.cleaned_data["words"],
            by=person_of(request), now=now(),
        )  # fmt: skip
        return onward(request, "yearend:transition", book)
    context = {
        **heading(request, mine),
        "title": f"{first.account} {first.name} 转到哪里",
        "amount": sum(part.amount for part in parts),
        "part": first,
        "rule": rules()[first.account[:3]],
        "form": form,
    }
    status = 422 if request.method == "POST" else 200
    return show(request, "yearend/divide.html", context, status=status)


@page("books.manage", methods=("POST",))
def open_new(request: HttpRequest, book: int) -> HttpResponse:
    open_successor(old_id=book, by=person_of(request), now=now())
    return onward(request, "yearend:transition", book)


@page("books.view")
def paper(request: HttpRequest, book: int) -> HttpResponse:
    """The working paper as it is filed."""
    mine = mine_of(request, book)
    one = get_object_or_404(
        Transition.objects.visible_to(person_of(request)).select_related("old", "prepared_by"),
        old=mine,
    )
    context = {
        **heading(request, mine),
        "title": f"{mine.collective.name}新旧会计制度衔接工作底稿",
        "issued": f"{month_name(one.period)}末",
        "unit": "单位：元",
        "paper": one,
        "rows": _rows(one, one.parts.order_by("place", "pk")),
        "old_totals": one,
        "new_totals": None if _waiting(one) else new_totals(one),
    }
    return show(request, "yearend/transition_paper.html", context)


def _laid_out(request: HttpRequest, paper: Transition) -> dict[str, Any]:
    only = request.GET.get("only") == "waiting"
    parts = paper.parts.filter(becomes="") if only else paper.parts.all()
    pager = Pager(request.GET, parts.count(), SIZE)
    shown = parts.order_by("place", "pk")[pager.start : pager.stop]
    waiting = _waiting(paper)
    return {
        "rows": _rows(paper, shown),
        "pager": pager,
        "waiting": waiting,
        "only": only,
        "month": month_name(paper.period),
        "new_totals": None if waiting else new_totals(paper),
    }


def _waiting(paper: Transition) -> int:
    return paper.parts.filter(becomes="").count()


def _rows(paper: Transition, parts: Any) -> list[dict[str, Any]]:
    new = chart(NEW)
    named = parts.select_related("counterparty", "project", "object", "item")
    return [
        {
            "part": part,
            "who": "、".join(
                str(one) for one in (part.counterparty, part.project, part.object, part.item) if one
            ),
            "debit": part.amount if part.amount > 0 else None,
            "credit": -part.amount if part.amount < 0 else None,
            "new_name": new[part.becomes[:3]].name if part.becomes else "",
            "rule": rules()[part.account[:3]],
            "may_divide": len(options(part.account)) > 1 and paper.new_id is None,
        }
        for part in named
    ]


def _last(request: HttpRequest, book: Book) -> int:
    months = Period.objects.visible_to(person_of(request)).filter(book=book)
    closed = months.exclude(state=Period.State.OPEN).filter(period__gte=book.begins)
    last = closed.order_by("-period").first()
    return last.period if last else book.begins
