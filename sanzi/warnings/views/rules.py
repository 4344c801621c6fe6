"""预警规则: the catalogue, one rule with its numbers and dry runs, numbers on their way."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate, now

from sanzi.journal.timeline import timeline
from sanzi.kernel.refusals import Invalid
from sanzi.kernel.workflow import Offer, Step
from sanzi.orgs.tree import names_of
from sanzi.warnings import catalogue, queries
from sanzi.warnings.actions import settings as writes
from sanzi.warnings.forms import RuleForm
from sanzi.warnings.models import Setting
from sanzi.warnings.parameters import PROCESSES, parameters_of, title_of
from sanzi.warnings.precision import FLOOR, HANDLED_MIN
from sanzi.warnings.rules import ABSENT, GATES, RULE_OF, TOPICS
from sanzi.warnings.rules.rule import COLOUR_RULE
from sanzi.warnings.standards import Standards
from sanzi.web.frame import Place, place
from sanzi.web.pages import onward, page, person_of, show

HISTORY_MAX = 50


@page("warnings.view")
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule of the table: how it judges here, and whether it can be believed."""
    here, person, today = place(request), person_of(request), localdate()
    standards = Standards(today).over(here.code)
    lines = catalogue.lines(standards, queries.tallies(person, here.code, today))
    context = {
        "title": "预警规则",
        "here": here,
        "topics": [
            (topic, mine)
            for topic in TOPICS
            if (mine := [line for line in lines if line.rule.topic == topic])
        ],
        "count": len(lines),
        "gates": GATES,
        "absent": ABSENT,
        "processes": catalogue.processes(standards),
        "proposed": [line for line in lines if line.is_unbelievable],
        "floor": FLOOR,
        "handled_min": HANDLED_MIN,
        "colour_rule": COLOUR_RULE,
        "may_manage": person.can("warnings.manage"),
    }
    return show(request, "warnings/rules.html", context)


@page("warnings.view")
def rule(request: HttpRequest, code: str) -> HttpResponse:
    return _rule(request, code)


def _rule(request: HttpRequest, code: str, wrong: RuleForm | None = None) -> HttpResponse:
    _known(code)
    here, person, today = place(request), person_of(request), localdate()
    effective = Standards(today).over(here.code)[code]
    laid_down = Setting.objects.visible_to(person).filter(rule=code).select_related("made_by")
    context = {
        "title": f"{code} {title_of(code)}" if code in RULE_OF else title_of(code),
        "here": here,
        "code": code,
        "rule": RULE_OF.get(code),
        "effective": effective,
        "numbers": [(one, effective.values[one.name]) for one in parameters_of(code)],
        "ladder": catalogue.ladder(code, effective),
        "tally": queries.tallies(person, here.code, today).get(code),
        "laid_down": [
            (one, catalogue.badge(one)) for one in laid_down.order_by("-pk")[:HISTORY_MAX]
        ],
        "form": wrong or RuleForm(code, effective, initial={"from_on": today}),
        "may_manage": person.can("warnings.manage"),
        "may_here": _may_here(here),
    }
    return show(request, "warnings/rule.html", context, status=422 if wrong else 200)


@page("warnings.manage", methods=("POST",))
def propose(request: HttpRequest, code: str) -> HttpResponse:
    """Write down other numbers, with the dry run of them."""
    _known(code)
    region = place(request).code
    effective = Standards(localdate()).over(region)[code]
    form = RuleForm(code, effective, request.POST)
    if form.is_valid():
        asked = form.cleaned_data
        values = {one.name: asked[one.name] for one in parameters_of(code)}
        try:
            made = writes.propose(
                region=region, rule=code, values=values, lane=asked["lane"], is_on=asked["is_on"],
                from_on=asked["from_on"], basis=asked["basis"], by=person_of(request), now=now(),
            )  # fmt: skip
        except Invalid as refusal:
            form.add_error(None, refusal.message)
        else:
            return onward(request, "warnings:setting", made.pk)
    return _rule(request, code, form)


@page("warnings.manage")
def setting(request: HttpRequest, pk: int) -> HttpResponse:
    """Numbers on their way: what they are, what they would have done, who does what next."""
    person = person_of(request)
    found = get_object_or_404(
        Setting.objects.visible_to(person).select_related("made_by", "live_by", "withdrawn_by"),
        pk=pk,
    )
    trial = found.trial or {}
    own = person.region_code or ""
    listed = [row for row in trial.get("listed", []) if row[0].startswith(own)]
    names = names_of({row[0] for row in listed} | {found.region})
    context = {
        "title": f"{found.rule} {title_of(found.rule)}",
        "setting": found,
        "badge": catalogue.badge(found),
        "region": names.get(found.region, found.region),
        "numbers": [
            (one, found.values.get(one.name, one.default)) for one in parameters_of(found.rule)
        ],
        "trial": trial,
        "listed": [(names.get(row[0], row[0]), *row[1:6]) for row in listed],
        "offers": _offers(found, person),
        "history": timeline(found, person),
    }
    return show(request, "warnings/setting.html", context)


def _offers(found: Setting, person: Any) -> list[Offer]:
    """Going live or giving up, live or grey; none once it has gone either way."""
    is_below = found.region.startswith(person.region_code or "")
    if found.live_at or found.withdrawn_at or not person.can("warnings.manage") or not is_below:
        return []
    reason = writes.why_not_live(found, person, localdate())
    return [
        Offer(Step("live", "启用", (), "", "warnings.manage"), [reason] if reason else []),
        Offer(Step("withdraw", "作废", (), "", "warnings.manage"), []),
    ]


@page("warnings.manage", methods=("POST",))
def live(request: HttpRequest, pk: int) -> HttpResponse:
    writes.put_in_force(setting_id=pk, by=person_of(request), now=now())
    messages.success(request, "已启用，从下一次评估起按新标准")
    return onward(request, "warnings:setting", pk)


@page("warnings.manage", methods=("POST",))
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    writes.withdraw(setting_id=pk, by=person_of(request), now=now())
    return onward(request, "warnings:setting", pk)


def _known(code: str) -> None:
    if code not in RULE_OF and code not in PROCESSES:
        raise Http404


def _may_here(here: Place) -> bool:
    return 2 <= len(here.code) <= 6
