"""What one party is asked: the list for the office that brings the answers, one with its debts."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate, now

from sanzi.journal.recorder import key
from sanzi.journal.timeline import timeline
from sanzi.kernel.refusals import Invalid
from sanzi.netting.actions import consenting
from sanzi.netting.forms import HereForm
from sanzi.netting.law import MATTER
from sanzi.netting.meetings import outgrown, rule_for
from sanzi.netting.models import Consent
from sanzi.netting.queries import part_of
from sanzi.netting.registers import ASKED
from sanzi.netting.stages import ASKING
from sanzi.netting.workflow import PROPOSE
from sanzi.orgs.tree import names_of
from sanzi.resolutions.queries import state_of
from sanzi.web.pages import onward, page, person_of, show
from sanzi.web.registers import register_page

ANSWER = "netting.answer"


@page("registers.view")
def asked(request: HttpRequest) -> HttpResponseBase:
    return register_page(request, ASKED)


@page("registers.view")
def part(request: HttpRequest, pk: int) -> HttpResponse:
    """By how much one party would owe and be owed less, and whether its meeting must decide."""
    person, today = person_of(request), localdate()
    mine = Consent.objects.visible_to(person).select_related("proposal", "slip")
    found = get_object_or_404(mine, pk=pk)
    is_open = found.proposal.stage in ASKING and found.is_asked and not found.answer
    is_own = found.is_village and found.village == person.region_code
    rule = rule_for(found.village, today)
    needs = found.is_village and rule.asks(found.amount)
    state = state_of(key(found), MATTER, person) if needs else None
    held = None if state is None or state.reason else state.resolution
    context = {
        "title": f"{found.name}：{found.proposal.title}",
        "row": found,
        "place": names_of([found.village]).get(found.village, found.village),
        "items": part_of(found),
        "rule": rule.told if found.is_village else "",
        "decision": state,
        "gap": outgrown(found, held) if held else None,
        "may_answer": is_open and is_own and person.can(ANSWER) and not found.is_left_out,
        "may_enter": is_open and person.can(PROPOSE) and not found.is_left_out,
        "history": timeline(found, person),
    }
    return show(request, "netting/part.html", context)


@page(ANSWER, methods=("POST",))
def answer_here(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(Consent.objects.visible_to(person_of(request)), pk=pk)
    form = HereForm(request.POST)
    if not form.is_valid():
        raise Invalid("netting.answer", "请选择同意或不同意")
    done = consenting.answer_here(
        consent_id=pk, given=form.cleaned_data["given"], by=person_of(request), now=now()
    )
    messages.success(request, f"已登记：{done.get_answer_display()}")
    return onward(request, "netting:part", pk)
