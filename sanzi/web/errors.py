"""How the house says no on a page: one sentence, what to do next, and never a stack trace."""

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from sanzi.kernel.refusals import Forbidden, Invalid, Missing, Refusal

_log = logging.getLogger(__name__)


class Unsupported(Invalid):
    """The address asks for something this page does not offer."""

    status = 400


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The refusal as a page; for HTMX as a line that lands in #notice and leaves the rest alone."""
    user = getattr(request, "user", None)
    fragment = request.headers.get("HX-Request") == "true"
    signed_in = user is not None and user.is_authenticated
    context = {
        "refusal": refusal,
        "layout": "web/base.html" if signed_in else "web/public.html",
    }
    template = "web/parts/refusal.html" if fragment else "web/refusal.html"
    response = render(request, template, context, status=refusal.status)
    return _in_notice(response) if fragment else response


def method_refused(request: HttpRequest, allowed: list[str]) -> HttpResponse:
    """405: the address exists, but not for this kind of request."""
    refusal = Refusal("page.method", "这个地址不能这样打开，请从页面上的按钮进入")
    refusal.status = 405
    response = refused(request, refusal)
    response["Allow"] = ", ".join(allowed)
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400"""
    return refused(
        request, Unsupported("page.bad_request", "请求的内容不完整或不合规范，请返回重试")
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler403"""
    return refused(request, Forbidden("page.forbidden", "您的岗位无权查看此页"))


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404"""
    return refused(request, Missing("page.missing", "没有找到这个页面，或它不在您的辖区内"))


def bad_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW"""
    _log.warning("cross-site token refused: %s", reason)
    message = "这个页面放得太久，或不是从本系统打开的。内容没有保存，请刷新后再提交一次"
    return refused(request, Forbidden("page.token", message))


def broken(request: HttpRequest) -> HttpResponse:
    """handler500: touches neither the database nor the session, for either may be what broke."""
    context = {"request_id": getattr(request, "request_id", "")}
    if request.headers.get("HX-Request") == "true":
        refusal = Refusal("page.broken", "系统出错了，这一次的操作没有保存，请稍后再试")
        text = render_to_string("web/parts/refusal.html", {"refusal": refusal, **context})
        return _in_notice(HttpResponse(text, status=500))
    return HttpResponse(render_to_string("web/broken.html", context), status=500)


def _in_notice(response: HttpResponse) -> HttpResponse:
    response["HX-Retarget"] = "#notice"
    response["HX-Reswap"] = "innerHTML show:#notice:top"
    # A boosted search that was refused must not leave its address behind.
    response["HX-Push-Url"] = "false"
    return response
