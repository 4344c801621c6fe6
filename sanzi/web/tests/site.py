"""A small site for these tests: this package's pages, one register, and stand-ins for the pages of
floors above that the frame links to."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import include, path

from sanzi.contracts.models import Contract
from sanzi.kernel.refusals import Blocked
from sanzi.web.pages import ANYONE, SIGNED_IN, onward, page, show
from sanzi.web.register import Badge, Narrowing, Register, RegisterColumn
from sanzi.web.registers import register_page


def _state(row: Any) -> list[Badge]:
    return [Badge(row.note, "warn")] if row.note else []


def _decorate(rows: Sequence[Any]) -> None:
    owing = set(
        Contract.objects.filter(pk__in=[r.pk for r in rows], paid_amount=None).values_list(
            "pk", flat=True
        )
    )
    for row in rows:
        row.note = "未收款" if row.pk in owing else ""


def _marked(rows, value, params):
    return rows.filter(number__endswith=value)


CONTRACTS = Register(
    slug="contracts",
    title="合同台账",
    noun="份合同",
    rows=lambda person: Contract.objects.visible_to(person),
    columns=(
        RegisterColumn("number", "合同编号", width="narrow", searchable=True),
        RegisterColumn("village_name", "村", kind="village", width="narrow"),
        RegisterColumn("title", "合同名称", width="wide", searchable=True),
        RegisterColumn(
            "category", "类别", kind="choice", width="narrow", choices=("资源类", "资产类", "其他")
        ),
        RegisterColumn("contractor", "承包方", searchable=True),
        RegisterColumn("contractor_id", "承包方证件号", kind="sealed"),
        RegisterColumn(
            "written", "书面形式", kind="choice", choices=("书面", "口头"), width="narrow"
        ),
        RegisterColumn("signed_on", "签订日期", kind="date", width="narrow"),
        RegisterColumn("is_member", "本村成员", kind="boolean", width="narrow"),
        RegisterColumn("contract_area_mu", "面积亩", kind="area", total=True),
        RegisterColumn("total_amount", "合同总价元", kind="money", total=True),
        RegisterColumn("paid_amount", "累计已交元", kind="money", total=True, default=False),
        RegisterColumn("state", "状态", kind="badge", value=_state, width="narrow"),
    ),
    narrowings=(
        Narrowing("ending", "编号结尾", _marked, also=("as_of",)),
        Narrowing("half", "单双号", _marked, options=(("1", "一号"),)),
    ),
    url=lambda row: f"/contracts/{row.pk}/",
    sort=("village", "number"),
    decorate=_decorate,
    empty="请先导入工作簿",
)


@page("registers.view")
def contracts(request: HttpRequest) -> HttpResponseBase:
    return register_page(request, CONTRACTS)


@page(ANYONE)
def hello(request: HttpRequest) -> HttpResponse:
    return show(request, "web/public.html", {"title": "登录"})


@page(SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    context = {"title": "今天"}
    return show(request, "web/base.html", context, part="components/pager.html")


@page(SIGNED_IN, methods=("GET", "POST"))
def password(request: HttpRequest) -> HttpResponse:
    return HttpResponse("password")


@page("people.manage")
def people(request: HttpRequest) -> HttpResponse:
    return HttpResponse("people")


@page(SIGNED_IN, methods=("POST",))
def step(request: HttpRequest) -> HttpResponse:
    if "refuse" in request.POST:
        raise Blocked("workflow.moved", "该事项已不在可办环节，<b>请刷新</b>")
    return onward(request, "dashboards:home")


@page(SIGNED_IN, methods=("POST",))
def sign_out(request: HttpRequest) -> HttpResponse:
    return HttpResponse("bye")


@page(ANYONE)
def crash(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("secret 4711")


_administration = (
    [
        path("sign-in/", hello, name="sign-in"),
        path("sign-out/", sign_out, name="sign-out"),
        path("password/", password, name="password"),
        path("people/", people, name="people"),
    ],
    "administration",
)
_dashboards = ([path("", home, name="home"), path("search/", home, name="search")], "dashboards")
_registers = ([path("<slug:slug>/", contracts, name="register")], "registers")

urlpatterns = [
    path("", include(_dashboards)),
    path("", include(_administration)),
    path("places/", include("sanzi.web.urls")),
    path("contracts/", contracts),
    path("registers/", include(_registers)),
    path("step/", step),
    path("crash/", crash),
]
handler400 = "sanzi.web.errors.bad_request"
handler403 = "sanzi.web.errors.forbidden"
handler404 = "sanzi.web.errors.missing"
handler500 = "sanzi.web.errors.broken"
