"""交接: who to whom, the list before, the handover with its paper, the handovers so far."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.timezone import now

from sanzi.access.models import Person
from sanzi.journal.timeline import timeline
from sanzi.kernel.refusals import Missing, Refusal
from sanzi.kernel.regions import trim
from sanzi.orgs.tree import names_of
from sanzi.responsibility.actions.handover import hand_over
from sanzi.responsibility.choosing import choices_of
from sanzi.responsibility.forms import ChooseForm, HandoverForm
from sanzi.responsibility.hands import Holding, holding_of
from sanzi.responsibility.models import Handover
from sanzi.responsibility.registers import HANDOVERS
from sanzi.web.pages import onward, page, person_of, show
from sanzi.web.registers import register_page


@page("registers.view")
def handovers(request: HttpRequest) -> HttpResponseBase:
    return register_page(request, HANDOVERS)


@page("handover.run")
def choose(request: HttpRequest) -> HttpResponse:
    """Who hands over to whom; with both chosen, the list of what would change hands."""
    people = choices_of(person_of(request), former=True)
    if "giver_id" not in request.GET:
        form = ChooseForm(people=people)
        context = {"title": "办理交接", "form": form}
        return show(request, "responsibility/handing.html", context)
    chosen = ChooseForm(request.GET, people=people)
    if not chosen.is_valid():
        context = {"title": "办理交接", "form": chosen}
        return show(request, "responsibility/handing.html", context, status=422)
    held = _held(request, chosen.cleaned_data["giver_id"])
    form = HandoverForm(people=people, initial={**chosen.cleaned_data, "digest": held.digest})
    return _list(request, form, held, None)


@page("handover.run", methods=("POST",))
def run(request: HttpRequest) -> HttpResponse:
    people = choices_of(person_of(request), former=True)
    form = HandoverForm(request.POST, people=people)
    refused: Refusal | None = None
    if form.is_valid():
        try:
            done = hand_over(by=person_of(request), now=now(), **form.cleaned_data)
            return onward(request, "responsibility:handover", done.pk)
        except Refusal as refusal:
            if refusal.status in (403, 404):
                raise
            refused = refusal
    giver = form.cleaned_data.get("giver_id")
    if giver is None:
        context = {"title": "办理交接", "form": ChooseForm(request.POST, people=people)}
        return show(request, "responsibility/handing.html", context, status=422)
    return _list(request, form, _held(request, giver), refused)


def _held(request: HttpRequest, giver_id: int) -> Holding:
    person = person_of(request)
    giver = Person.objects.visible_to(person).filter(pk=giver_id).first()
    if giver is None:
        raise Missing("people.missing", "没有找到这个人，或不在您的辖区内")
    return holding_of(giver, person.region_code or "")


def _list(
    request: HttpRequest, form: HandoverForm, held: Holding, refused: Refusal | None
) -> HttpResponse:
    names = names_of({trim(thing.village) for thing in held.things})
    people = dict(form.fields["giver_id"].choices)  # type: ignore[attr-defined]
    pair = [form[name].value() for name in ("giver_id", "taker_id")]
    who = " → ".join(people.get(int(pk), "") for pk in pair if str(pk).isdecimal())
    context = {
        "title": "办理交接",
        "form": form,
        "held": held,
        "who": who,
        "parts": [
            (hand.title, [(thing, names.get(trim(thing.village), "")) for thing in things])
            for hand, things in held.parts
        ],
        "refused": refused,
    }
    status = refused.status if refused else 422 if form.errors else 200
    return show(request, "responsibility/handing.html", context, status=status)


@page("registers.view")
def handover(request: HttpRequest, pk: int) -> HttpResponse:
    mine = Handover.objects.visible_to(person_of(request))
    found: Handover = get_object_or_404(
        mine.select_related("giver", "taker", "witness", "letter"), pk=pk
    )
    lines = list(found.lines.order_by("pk"))
    names = names_of({trim(line.village) for line in lines})
    context = {
        "title": f"交接：{found}",
        "one": found,
        "lines": [(line, names.get(trim(line.village), "")) for line in lines],
        "history": timeline(found, person_of(request)),
    }
    return show(request, "responsibility/handover.html", context)
