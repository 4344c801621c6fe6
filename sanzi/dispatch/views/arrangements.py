"""How a region dispatches, and its own layouts of the sheets."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import now

from sanzi.dispatch.actions import arrangements, layouts
from sanzi.dispatch.arranging import Arranged, arranged
from sanzi.dispatch.forms import ArrangeForm, LayoutForm
from sanzi.dispatch.layout_file import blank_layout
from sanzi.dispatch.layout_tags import tags_of
from sanzi.dispatch.layouts import FILES, Layout, in_force
from sanzi.dispatch.models import Arrangement
from sanzi.dispatch.periods import KINDS
from sanzi.documents.store import path_of
from sanzi.journal.timeline import timeline
from sanzi.kernel.refusals import Forbidden, Invalid, Missing
from sanzi.kernel.regions import level
from sanzi.orgs.tree import names_of
from sanzi.web.pages import onward, page, person_of, show

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page("dispatch.arrange", methods=("GET", "POST"))
def arrangement(request: HttpRequest) -> HttpResponse:
    """The arrangement of one's own region, or what it works by until it has one."""
    person = person_of(request)
    code = person.region_code or ""
    if level(code) not in arrangements.OFFICES:
        raise Forbidden("arrangement.office", "调度安排由乡镇、县或市设定")
    own = Arrangement.objects.visible_to(person).filter(region=code).first()
    rule = arranged(code)
    if request.method == "POST":
        form = ArrangeForm(request.POST)
        if form.is_valid():
            given = dict(form.cleaned_data)
            arrangements.arrange(revision=given.pop("revision"), given=given, by=person, now=now())
            return onward(request, "dispatch:arrangement")
    else:
        form = ArrangeForm(initial=_initial(rule, own.revision if own else 0))
    context = {
        "title": "调度安排",
        "form": form,
        "source": names_of([rule.source]).get(rule.source, "") if rule.source != code else "",
        "is_own": own is not None,
        "sentence": rule.flags.sentence,
        "history": timeline(own, person) if own else [],
    }
    status = 422 if form.is_bound else 200
    return show(request, "dispatch/arrangement.html", context, status=status)


def _initial(rule: Arranged, revision: int) -> dict[str, object]:
    return {
        "revision": revision,
        "daily_at": rule.daily.at,
        "daily_working_days": rule.daily.working_days,
        "biweekly_first_on": rule.biweekly.first_on,
        "biweekly_every": rule.biweekly.every,
        "biweekly_at": rule.biweekly.at,
        "reds": rule.flags.reds,
        "yellows": rule.flags.yellows,
        "ties": rule.flags.ties,
        "town_days": rule.town_days,
        "county_days": rule.county_days,
        "city_days": rule.city_days,
    }


@page("dispatch.arrange", methods=("GET", "POST"))
def layout(request: HttpRequest, kind: str) -> HttpResponse:
    """One kind of sheet: its tags with their metrics, what is in force, a new layout handed in."""
    _check(kind)
    person, faults = person_of(request), list[str]()
    form = LayoutForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        faults = _put_in_force(request, kind, form)
        if not faults:
            return onward(request, "dispatch:layout", kind)
    versions = Layout.objects.visible_to(person).filter(kind=kind).order_by("-pk")[:50]
    names = names_of({one.region for one in versions})
    office = person.region_code or ""
    context = {
        "title": f"{KINDS[kind]}版式",
        "kind": kind,
        "kinds": KINDS,
        "form": form,
        "faults": faults,
        "tags": tags_of(kind),
        "in_force": [(f, t, in_force(person, kind, f)) for f, t in FILES.items()],
        "versions": [(one, names.get(one.region, "")) for one in versions],
        "office": office,
        "history": timeline(f"dispatch.layout:{office}.{kind}", person),
    }
    status = 422 if faults or form.errors else 200
    return show(request, "dispatch/layout.html", context, status=status)


def _check(kind: str) -> None:
    if kind not in KINDS:
        raise Missing("layout.kind", "没有这种调度表")


def _put_in_force(request: HttpRequest, kind: str, form: LayoutForm) -> list[str]:
    file = form.cleaned_data["file"]
    try:
        layouts.put_in_force(
            kind=kind, content=file.read(), name=file.name or "版式.xlsx",
            by=person_of(request), now=now(),
        )  # fmt: skip
    except Invalid as refusal:
        return refusal.message.split("；")
    return []


@page("dispatch.arrange", methods=("POST",))
def retire(request: HttpRequest, kind: str) -> HttpResponse:
    _check(kind)
    file = request.POST.get("file", "")
    if file not in FILES:
        raise Invalid("layout.file", "请选择停用哪一种版式")
    layouts.take_out_of_force(kind=kind, file=file, by=person_of(request), now=now())
    return onward(request, "dispatch:layout", kind)


@page("dispatch.arrange")
def blank(request: HttpRequest, kind: str) -> HttpResponse:
    """A plain sheet with every tag in its place, to begin from."""
    _check(kind)
    answer = HttpResponse(blank_layout(kind), content_type=_XLSX)
    answer["Content-Disposition"] = 'attachment; filename="layout.xlsx"'
    return answer


@page("dispatch.arrange")
def kept(request: HttpRequest, pk: int) -> FileResponse:
    """A version as it was handed in."""
    one = get_object_or_404(Layout.objects.visible_to(person_of(request)), pk=pk)
    if not one.sha256 or not path_of(one.sha256).exists():
        raise Missing("layout.file", "这一版没有文件")
    return FileResponse(path_of(one.sha256).open("rb"), as_attachment=True, filename=one.name)
