"""财务公开 as the town watches it: village by village, the catalogue, the rules, hidden words."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate, now

from sanzi.access.scope import covers
from sanzi.disclosure import queries
from sanzi.disclosure.actions import sheets as acts
from sanzi.disclosure.catalogue import REGULATION, RHYTHMS, SOURCES, groups
from sanzi.disclosure.forms import WordForm
from sanzi.disclosure.models import HiddenWord
from sanzi.disclosure.policy import policy, standard
from sanzi.disclosure.span import last_finished, recent, span_of
from sanzi.kernel.refusals import Missing
from sanzi.orgs.tree import names_of
from sanzi.web.frame import place
from sanzi.web.pager import Pager
from sanzi.web.pages import onward, page, person_of, show

_VILLAGES, _WORDS = 50, 50


@page("books.view")
def overview(request: HttpRequest) -> HttpResponse:
    """Village by village: how complete, published or not, how many days late."""
    here, today = place(request), localdate()
    given = request.GET.get("span", "").strip()
    span = span_of(given) if given else last_finished(today)
    only = request.GET.get("only", "")
    pager = Pager.over(queries.villages_of(here.code, span, only), request.GET, size=_VILLAGES)
    context = {
        "title": "财务公开",
        "span": span,
        "spans": sorted({span, *recent(today)}, reverse=True),
        "only": only,
        "rows": queries.progress(pager.rows, span, today),
        "pager": pager,
        "done": queries.published_villages(here.code, span),
        "region": here,
    }
    return show(request, "disclosure/overview.html", context)


@page("books.view")
def catalogue(request: HttpRequest) -> HttpResponse:
    """The 44 items: what, how often, from where."""
    context = {
        "title": "财务公开目录",
        "groups": groups(),
        "rhythms": RHYTHMS,
        "sources": SOURCES,
        "regulation": REGULATION,
    }
    return show(request, "disclosure/catalogue.html", context)


@page("books.view", methods=("GET", "POST"))
def rules(request: HttpRequest) -> HttpResponse:
    """The sample rules as they stand here; whoever publishes may set them for the own region."""
    person = person_of(request)
    if request.method == "POST":
        made = acts.set_rule(
            name=request.POST.get("name", ""),
            value=request.POST.get("value", ""),
            by=person,
            now=now(),
        )
        messages.success(request, f"已保存：{standard()[made.name].title}")
        return onward(request, "disclosure:rules")
    held = policy(person.region_code or "")
    context = {
        "title": "公开规则",
        "rules": [(rule, held.values[name]) for name, rule in standard().items()],
        "may_set": person.can("disclosure.publish"),
    }
    return show(request, "disclosure/rules.html", context)


@page("disclosure.publish", methods=("GET", "POST"))
def words(request: HttpRequest, village: str) -> HttpResponse:
    """Names and words this village's sheets never show."""
    person = person_of(request)
    if len(village) != 12 or not covers(person, village):
        raise Missing("place.missing", "没有找到这个村，或它不在您的辖区内")
    form = WordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        acts.hide_word(village=village, word=form.cleaned_data["word"], by=person, now=now())
        messages.success(request, "已增加；下次公开时遮盖")
        return onward(request, "disclosure:words", village)
    held = HiddenWord.objects.visible_to(person).filter(village=village, removed_at=None)
    context = {
        "title": f"{names_of([village]).get(village, village)}：公开时遮盖的字样",
        "form": form,
        "village_code": village,
        "words": Pager.over(held.order_by("-pk"), request.GET, size=_WORDS),
    }
    return show(request, "disclosure/words.html", context, status=422 if form.errors else 200)


@page("disclosure.publish", methods=("POST",))
def remove_word(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop hiding a word."""
    word = acts.show_word(word_id=pk, by=person_of(request), now=now())
    messages.success(request, "已取消遮盖")
    return onward(request, "disclosure:words", word.village)
