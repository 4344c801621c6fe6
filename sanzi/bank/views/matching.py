"""The proposals of an account, confirmed by a person: those chosen, or all that are certain."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now

from sanzi.bank.actions import matches as actions
from sanzi.bank.models import Match
from sanzi.bank.pairing import Group
from sanzi.bank.proposing import groups_from, offers_of
from sanzi.kernel.refusals import Blocked
from sanzi.web.pager import Pager
from sanzi.web.pages import onward, page, person_of, show

from .scoped import about, account_of


@page("books.view")
def offers(request: HttpRequest, pk: int) -> HttpResponse:
    account = account_of(request, pk)
    found = offers_of(account)
    context = about(account) | {
        "title": f"{account.name} 勾对",
        "found": found,
        "certain": len(found.certain),
        "pager": Pager.over(found.offers, request.GET),
        "unclear": Pager.over(found.unclear, request.GET, "unclear"),
        "may_match": person_of(request).can("books.verify"),
    }
    return show(request, "bank/matching.html", context)


@page("books.verify", methods=("POST",))
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    account = account_of(request, pk)
    if "all" in request.POST:
        certain = offers_of(account).certain
        if not certain:
            raise Blocked("match.nothing", "没有可以直接确认的建议，请刷新页面")
        groups = [Group(tuple(offer.value.split(","))) for offer in certain]
    else:
        groups = groups_from(request.POST.getlist("group"))
    made = actions.match(
        account_id=pk, groups=groups, how=Match.How.PROPOSED, by=person_of(request), now=now()
    )
    messages.success(request, f"已勾对 {len(made)} 组")
    return onward(request, "bank:matching", pk)
