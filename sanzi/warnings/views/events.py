"""预警: the list, one warning, what is mine, and what people do with them."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate, now

from sanzi.journal.timeline import timeline
from sanzi.kernel.refusals import Invalid
from sanzi.orgs.tree import names_of
from sanzi.warnings import admission, queries
from sanzi.warnings.actions import handling, looking
from sanzi.warnings.forms import DispatchForm, SnoozeForm, StepForm
from sanzi.warnings.keeping import WHOLE
from sanzi.warnings.leading import page_of, work_of
from sanzi.warnings.models import Event, Look
from sanzi.warnings.registers import EVENTS, colour_badge, stage_badge
from sanzi.warnings.rules import RULE_OF
from sanzi.warnings.rules.rule import COLOUR_RULE, spell
from sanzi.warnings.standards import Standards
from sanzi.warnings.workflow import HANDLING_STEPS, WORDED
from sanzi.web.formats import money, number
from sanzi.web.frame import place
from sanzi.web.pager import Pager
from sanzi.web.pages import local_path, onward, page, person_of, show
from sanzi.web.registers import register_page


@page("warnings.view")
def events(request: HttpRequest) -> HttpResponseBase:
    links = (("我的预警", reverse("warnings:mine")), ("预警规则", reverse("warnings:rules")),
             ("周摘要", reverse("warnings:digest")))  # fmt: skip
    return register_page(request, replace(EVENTS, actions=links))


@page("warnings.view")
def mine(request: HttpRequest) -> HttpResponse:
    """What this person should look at today, what is kept for the digest, and the two rates."""
    return _mine(request)


def _mine(
    request: HttpRequest, dispatch: DispatchForm | None = None, snooze: SnoozeForm | None = None
) -> HttpResponse:
    here, person, today = place(request), person_of(request), localdate()
    pager = Pager.over(queries.listed(person, here.code, today), request.GET)
    rows = pager.rows
    names = names_of({event.village for event in rows})
    may_dispatch = person.can("warnings.dispatch")
    people = queries.handlers_for(person, [here.full_code], today) if may_dispatch else []
    everything = Event.objects.visible_to(person).within(here.code)
    look = Look.objects.visible_to(person).within(here.code).order_by("on_day").first()
    context = {
        "title": "我的预警",
        "here": here,
        "pager": pager,
        "rows": [_line(event, names, today, person) for event in rows],
        "held": queries.held(person, here.code, today),
        "tally": queries.tally(everything),
        "look": look,
        "limits": Standards(today).over(here.code)[admission.CODE].values,
        "dispatch_form": dispatch or DispatchForm(people=people),
        "snooze_form": snooze or SnoozeForm(),
        "may_dispatch": may_dispatch,
        "may_look": person.can("warnings.evaluate") and len(here.code) >= 6,
        "colour_rule": COLOUR_RULE,
        "whole": WHOLE,
    }
    wrong = dispatch or snooze
    return show(request, "warnings/mine.html", context, status=422 if wrong else 200)


def _line(event: Any, names: dict[str, str], today: Any, person: Any) -> dict[str, Any]:
    return {
        "event": event,
        "village": names.get(event.village, event.village),
        "colour": colour_badge(event),
        "stage": stage_badge(event),
        "late": event.late(today),
        "raised": event.raised(today),
        "is_mine": event.dispatched_to_id == person.pk,
    }


@page("warnings.view")
def event(request: HttpRequest, pk: int) -> HttpResponse:
    """One warning: the number and the line it crossed, the rows behind, what was done with it."""
    return _event(request, pk)


def _event(request: HttpRequest, pk: int, fault: str = "") -> HttpResponse:
    person, today = person_of(request), localdate()
    found = get_object_or_404(
        Event.objects.visible_to(person).select_related(
            "dispatched_to", "dispatched_by", "doubted_by", "judged_by", "setting"
        ),
        pk=pk,
    )
    rule = RULE_OF.get(found.rule)
    offers = HANDLING_STEPS.offers(handling.standing(found, person, today), person)
    people = queries.handlers_for(person, [found.village], today, restricted=found.is_restricted)
    context = {
        "title": found.title,
        "event": found,
        "rule": rule,
        "village": names_of([found.village]).get(found.village, found.village),
        "colour": colour_badge(found),
        "stage": stage_badge(found),
        "late": found.late(today),
        "raised": found.raised(today),
        "facts": _facts(found, rule),
        "rows": [
            (name, money(amount_of(amount)), page_of(key)) for key, name, amount in found.rows
        ],
        "more": found.rows_count - len(found.rows),
        "work_url": work_of(found),
        "offers": [one for one in offers if one.step.name not in ("dispatch", "snooze")],
        "people": people,
        "may_dispatch": any(one.step.name == "dispatch" for one in offers),
        "needs_words": any(one.step.name in WORDED for one in offers),
        "step_form": StepForm(),
        "dispatch_form": DispatchForm(people=people, initial={"events": [found.pk]}),
        "snooze_form": SnoozeForm(initial={"events": [found.pk]}),
        "fault": fault,
        "history": timeline(found, person),
        "may_look": person.can("warnings.evaluate"),
    }
    return show(request, "warnings/event.html", context, status=422 if fault else 200)


def amount_of(text: str) -> Any:
    """An amount as a warning keeps it, nothing when it is nought."""
    return Decimal(text) or None


def _facts(event: Any, rule: Any) -> list[tuple[str, str]]:
    unit = f" {rule.unit}" if rule else ""
    facts = [
        ("事项", event.name),
        ("实际", f"{rule.measures if rule else ''} {spell(event.value)}{unit}"),
        ("界线", f"{spell(event.threshold)}{unit}"),
        ("涉及金额", f"{money(event.money)} 元" if event.money else "不涉及"),
        ("首次发现", str(event.first_on)),
        ("最近发现", f"{event.last_on}，共 {number(event.seen)} 次，算一条"),
        ("依据", rule.basis if rule else ""),
        ("判定标准", f"第 {event.setting_id} 版（本县设定）" if event.setting_id else "出厂示例"),
    ]
    if event.dispatched_to:
        facts.append(("交办", f"{event.dispatched_to.name}，限 {event.handle_by_on} 前办结"))
    if event.gone_on:
        facts.append(("消除", f"{event.gone_on} 复评时已经没有这一情形"))
    return facts


@page("warnings.view", methods=("POST",))
def step(request: HttpRequest, pk: int) -> HttpResponse:
    form = StepForm(request.POST)
    if not form.is_valid():
        return _event(request, pk, "请选择要办的步骤；说明最多 300 个字")
    try:
        handling.take_step(event_id=pk, by=person_of(request), now=now(), **form.cleaned_data)
    except Invalid as refusal:
        return _event(request, pk, refusal.message)
    return onward(request, "warnings:event", pk)


@page("warnings.dispatch", methods=("POST",))
def dispatch(request: HttpRequest) -> HttpResponse:
    """Give the ticked warnings to one person."""
    person = person_of(request)
    people = queries.handlers_for(person, [place(request).full_code], localdate())
    form = DispatchForm(request.POST, people=_and_chosen(people, request))
    if form.is_valid():
        asked = form.cleaned_data
        try:
            count = handling.dispatch(
                event_ids=asked["events"], username=asked["username"], by=person, now=now()
            )
        except Invalid as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"已交办 {count} 条")
            return onward(request, _back(request))
    return _mine(request, dispatch=form)


def _and_chosen(people: list[tuple[str, str]], request: HttpRequest) -> list[tuple[str, str]]:
    """The choices of the page the form came from; the action asks whether the person may."""
    chosen = request.POST.get("username", "")
    return people if chosen in dict(people) or not chosen else [*people, (chosen, chosen)]


@page("warnings.dispatch", methods=("POST",))
def snooze(request: HttpRequest) -> HttpResponse:
    """Put the ticked warnings off."""
    form = SnoozeForm(request.POST)
    if form.is_valid():
        asked = form.cleaned_data
        try:
            count = handling.snooze(
                event_ids=asked["events"], until=asked["until"], reason=asked["reason"],
                by=person_of(request), now=now(),
            )  # fmt: skip
        except Invalid as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"已暂缓 {count} 条，到期后重新列出")
            return onward(request, _back(request))
    return _mine(request, snooze=form)


def _back(request: HttpRequest) -> str:
    return local_path(request, request.POST.get("back"), reverse("warnings:mine"))


@page("warnings.evaluate", methods=("POST",))
def look(request: HttpRequest) -> HttpResponse:
    """Look at a village, or all of a town or county, again now."""
    here = place(request)
    told = looking.look_again(region=here.code, by=person_of(request), now=now())
    words = f"已重新评估{here}：新增 {told.opened} 条，仍在 {told.repeated} 条，消除 {told.gone} 条"
    if told.later:
        messages.warning(request, f"{here}已评估到更晚的日期，没有改动")
    else:
        messages.success(request, words)
    return onward(request, f"{reverse('warnings:mine')}?region={here.code}")
