"""冲转议事规则: from which amount a village's meeting decides first; what holds, and a new row."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now

from sanzi.kernel.refusals import Invalid
from sanzi.netting.actions import ruling
from sanzi.netting.forms import RuleForm
from sanzi.netting.law import SHIPPED
from sanzi.netting.models import ResolutionRule
from sanzi.orgs.tree import names_of
from sanzi.web.frame import chosen_code
from sanzi.web.pages import onward, page, person_of, show


@page("registers.view")
def rules(request: HttpRequest) -> HttpResponse:
    """Every row that holds in this region or above it, the latest first, and the shipped one."""
    may = person_of(request).can(ruling.RULE)
    return _shown(request, RuleForm() if may else None)


@page(ruling.RULE, methods=("POST",))
def enter_rule(request: HttpRequest) -> HttpResponse:
    region, form = chosen_code(request), RuleForm(request.POST)
    if form.is_valid():
        try:
            ruling.enter_rule(region=region, by=person_of(request), now=now(), **form.cleaned_data)
        except Invalid as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "已登记")
            return onward(request, "netting:rules")
    return _shown(request, form)


def _shown(request: HttpRequest, form: RuleForm | None) -> HttpResponse:
    person, region = person_of(request), chosen_code(request)
    held = ResolutionRule.objects.visible_to(person).select_related("entered_by")
    rows = list(held.order_by("-from_on", "-pk"))
    names = names_of({row.region for row in rows} | {region})
    context = {
        "title": "冲转议事规则",
        "place": names.get(region, region),
        "rows": [(row, names.get(row.region, row.region)) for row in rows],
        "shipped": SHIPPED.told,
        "form": form,
    }
    wrong = form is not None and form.errors
    return show(request, "netting/rules.html", context, status=422 if wrong else 200)
