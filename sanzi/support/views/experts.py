"""The list of experts, a new one, one with what they help with."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.timezone import now

from sanzi.access.scope import covers
from sanzi.journal.timeline import timeline
from sanzi.kernel.refusals import Refusal
from sanzi.orgs.tree import names_of
from sanzi.support.actions import experts as writes
from sanzi.support.actions import revealing
from sanzi.support.forms import ExpertForm, ReasonForm, RosterForm, SkillsForm
from sanzi.support.matching.terms import LEVELS
from sanzi.support.models import Expert, Help
from sanzi.support.queries import with_deeds
from sanzi.support.registers import experts_register
from sanzi.support.skills import title_of
from sanzi.web.frame import place
from sanzi.web.pages import onward, page, person_of, show
from sanzi.web.registers import register_page

from .choosing import places_of

_TYPED = ("name", "unit", "title", "field", "base", "phone", "load_max", "conflicts")


@page("support.view")
def experts(request: HttpRequest) -> HttpResponseBase:
    return register_page(request, experts_register(person_of(request)))


@page("support.run", methods=("GET", "POST"))
def new_expert(request: HttpRequest) -> HttpResponse:
    here, is_post = place(request), request.method == "POST"
    form = ExpertForm(request.POST if is_post else None, bases=places_of(here.code))
    refused: Refusal | None = None
    if is_post and form.is_valid():
        given = {name: form.cleaned_data[name] for name in _TYPED}
        try:
            made = writes.list_expert(
                region=here.code, skills=form.skills, by=person_of(request), now=now(), **given
            )
            return onward(request, "support:expert", made.pk)
        except Refusal as refusal:
            refused = refusal
    status = refused.status if refused else 422 if form.errors else 200
    context = {"title": "列入专家", "form": form, "refused": refused, "here": here}
    return show(request, "support/new_expert.html", context, status=status)


@page("support.run", methods=("GET", "POST"))
def paste_experts(request: HttpRequest) -> HttpResponse:
    here, is_post = place(request), request.method == "POST"
    form = RosterForm(request.POST if is_post else None)
    refused: Refusal | None = None
    if is_post and form.is_valid():
        try:
            rows = form.cleaned_data["text"]
            writes.list_experts(region=here.code, rows=rows, by=person_of(request), now=now())
            return onward(request, "support:experts")
        except Refusal as refusal:
            refused = refusal
    status = refused.status if refused else 422 if form.errors else 200
    context = {"title": "粘贴专家名单", "form": form, "refused": refused, "here": here}
    return show(request, "support/new_expert.html", context, status=status)


def _expert_of(request: HttpRequest, pk: int) -> Expert:
    found: Expert = get_object_or_404(Expert.objects.visible_to(person_of(request)), pk=pk)
    return found


@page("support.view")
def expert(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, _expert_of(request, pk))


def _show(request: HttpRequest, found: Expert, **wrong: object) -> HttpResponse:
    person = person_of(request)
    helps = list(with_deeds(Help.objects.visible_to(person).filter(expert=found)).order_by("-pk"))
    names = names_of({found.base, found.region, *(help.village for help in helps)})
    may_run = person.can("support.run") and covers(person, found.region)
    skills = {f"skill-{code}": level for code, level in found.skills.items()}
    lines = "\n".join(f"{code}={reason}" for code, reason in found.conflicts.items())
    context = {
        "title": found.name,
        "expert": found,
        "base": names.get(found.base, found.base),
        "region": names.get(found.region, found.region),
        "skills": [(title_of(code), LEVELS[level]) for code, level in found.skills.items()],
        "helps": [(help, names.get(help.village, help.village)) for help in helps],
        "may_run": may_run and found.retired_at is None,
        "may_reveal": person.can("sealed.reveal") and found.phone is not None
        and covers(person, found.region),
        "skills_form": SkillsForm(
            initial={"load_max": found.load_max, "conflicts": lines, **skills}
        ),
        "reason_form": ReasonForm(),
        "history": timeline(found, person),
    } | wrong  # fmt: skip
    return show(request, "support/expert.html", context, status=422 if wrong else 200)


@page("support.run", methods=("POST",))
def change_expert(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _expert_of(request, pk), SkillsForm(request.POST)
    if not form.is_valid():
        return _show(request, found, skills_form=form)
    given = form.cleaned_data
    writes.change_expert(
        expert_id=pk, skills=form.skills, load_max=given["load_max"],
        conflicts=given["conflicts"], by=person_of(request), now=now(),
    )  # fmt: skip
    return onward(request, "support:expert", pk)


@page("support.run", methods=("POST",))
def retire_expert(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _expert_of(request, pk), ReasonForm(request.POST)
    if not form.is_valid():
        return _show(request, found, reason_form=form)
    writes.retire_expert(expert_id=pk, by=person_of(request), now=now(), **form.cleaned_data)
    return onward(request, "support:expert", pk)


@page("sealed.reveal", methods=("POST",))
def reveal(request: HttpRequest, of: str, pk: int) -> HttpResponse:
    clear = revealing.reveal(
        of=of, thing_id=pk, reason=request.POST.get("reason", ""), by=person_of(request), now=now()
    )
    response = show(request, "support/revealed.html", {"title": "联系方式", "clear": clear})
    # Said here too, not only by the middleware: this answer must never be kept anywhere.
    response["Cache-Control"] = "no-store"
    return response
