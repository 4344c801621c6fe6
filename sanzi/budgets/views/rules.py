"""How single payments are watched in this region."""

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate, now

from sanzi.budgets import queries
from sanzi.budgets.actions import rules as writes
from sanzi.budgets.forms import RuleForm
from sanzi.web.frame import place
from sanzi.web.pages import onward, page, person_of, show


@page("books.view")
def rules(request: HttpRequest) -> HttpResponse:
    return _show(request)


@page("budgets.approve", methods=("POST",))
def set_rule(request: HttpRequest) -> HttpResponse:
    form = RuleForm(request.POST)
    if not form.is_valid():
        return _show(request, form)
    here = place(request)
    writes.set_rule(region=here.code, by=person_of(request), now=now(), **form.cleaned_data)
    return onward(request, f"/budgets/rules/?region={here.code}")


def _show(request: HttpRequest, wrong: RuleForm | None = None) -> HttpResponse:
    here, today = place(request), localdate()
    policy = queries.policy_for(here.code, today)
    initial = {
        "from_on": today,
        "report_above": policy.report_above,
        "unplanned": policy.unplanned.value,
    }
    context = {
        "title": "支出规定",
        "here": here,
        "policy": policy,
        "rules": queries.rules_over(here.code),
        "form": wrong or RuleForm(initial=initial),
        "may_set": person_of(request).can("budgets.approve"),
    }
    return show(request, "budgets/rules.html", context, status=422 if wrong else 200)
