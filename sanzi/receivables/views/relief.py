"""付清优惠: what a claim costs today under the village's policy; and what heirs inherit."""

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate, now

from sanzi.documents.kinds import UnfitPaper
from sanzi.documents.papers import papers_on
from sanzi.kernel.refusals import Blocked, Invalid, Refusal
from sanzi.receivables.actions import steps
from sanzi.receivables.actions.estates import enter_estate
from sanzi.receivables.casework_forms import EstateForm
from sanzi.receivables.estates import ARTICLE, estate_of, rest_of
from sanzi.receivables.ledgers import choices_of_money
from sanzi.receivables.relief import confirmed_on, offer_on
from sanzi.receivables.views.steps import find_claim
from sanzi.web.inputs import DayInput, YuanInput
from sanzi.web.pages import onward, page, person_of, show


class EarlyForm(forms.Form):
    """The day the money came; what is waived follows from the policy."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=36)
    dated = DayInput(label="收款日期")
    money = forms.ChoiceField(label="收到哪里", required=False)
    estate = YuanInput(
        label="继承人所得遗产（元）",
        required=False,
        help_text="只在债务人死亡、由继承人清偿时填写；已登记遗产的不用填。",
    )

    def __init__(self, *args: Any, accounts: list[tuple[str, str]], **kwargs: Any) -> None:
        kwargs["initial"] = {"key": str(uuid4()), "dated": localdate()}
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["money"]
        chosen.choices = accounts or [("", "本村没有账套")]


@page("claims.work", methods=("GET", "POST"))
def early(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what settles the claim; a POST proposes it as 收款 with its waiver."""
    claim = find_claim(request, pk)
    given = request.POST if request.method == "POST" else None
    form = EarlyForm(given, accounts=choices_of_money(claim.village))
    found, refused = offer_on(claim, localdate()), None
    if form.is_valid():
        told = form.cleaned_data
        found = offer_on(claim, told["dated"], told["estate"])
        try:
            done = steps.propose(
                claim_id=pk, kind="cash", amount=claim.left, dated=told["dated"], key=told["key"],
                waived=found[1].waived if found else 0, facts={"money": told["money"]},
                by=person_of(request), now=now(),
            )  # fmt: skip
            return onward(request, "receivables:proposal", done.pk)
        except Refusal as refusal:
            refused = refusal
    context = {
        "title": "按清收优惠付清",
        "claim": claim,
        "policy": found[0] if found else None,
        "offer": found[1] if found else None,
        "confirmed_on": confirmed_on(claim),
        "form": form,
        "refused": refused,
    }
    status = refused.status if refused else 422 if form.errors else 200
    return show(request, "receivables/early.html", context, status=status)


@page("claims.work", methods=("GET", "POST"))
def estate(request: HttpRequest, pk: int) -> HttpResponse:
    """遗产登记: what the heirs of a dead debtor inherit, and what was entered before."""
    claim = find_claim(request, pk)
    form = EstateForm(request.POST if request.method == "POST" else None, request.FILES or None)
    if form.is_valid():
        try:
            enter_estate(claim_id=pk, by=person_of(request), now=now(), **form.cleaned_data)
        except (Blocked, Invalid, UnfitPaper) as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "已登记遗产；要求继承人还的不超过遗产")
            return onward(request, "receivables:claim", pk)
    known = estate_of(claim)
    context = {
        "title": f"遗产登记：{claim.debtor}",
        "claim": claim,
        "estate": known,
        "papers": papers_on(known) if known else (),
        "rest": rest_of(claim),
        "article": ARTICLE,
        "form": form,
    }
    return show(request, "receivables/estate.html", context, status=422 if form.errors else 200)
