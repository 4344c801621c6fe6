"""The pages everybody has: signing in and out, one's own password, one's acting post."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.timezone import now

from sanzi.access.middleware import SESSION_POST
from sanzi.administration import entrance
from sanzi.administration.forms import PasswordForm, SignInForm
from sanzi.administration.queries import demo_posts
from sanzi.kernel.refusals import Missing
from sanzi.web.pages import ANYONE, SIGNED_IN, local_path, onward, page, person_of, show


def _next(request: HttpRequest) -> str:
    given = request.POST.get("next") or request.GET.get("next")
    return local_path(request, given, resolve_url(settings.LOGIN_REDIRECT_URL))


@page(ANYONE, methods=("GET", "POST"))
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.method != "POST" and request.user.is_authenticated:
        return redirect(_next(request))
    form, status = SignInForm(request.POST or None), 200
    if form.is_valid():
        refusal = entrance.admit(request, now=now(), **form.cleaned_data)
        if refusal is None:
            return onward(request, _next(request))
        form.add_error(None, refusal.message)
        status = refusal.status
    context = {
        "title": "登录",
        "form": form,
        "next": _next(request),
        "demo_posts": demo_posts() if entrance.offers_demo(request) else [],
    }
    return show(request, "administration/sign_in.html", context, status=status)


@page(ANYONE, methods=("POST",))
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    given = request.POST.get("post", "")
    post_id = int(given) if given.isascii() and given.isdigit() and len(given) < 18 else 0
    entrance.admit_as(request, post_id, now())
    return onward(request, _next(request))


@page(ANYONE, methods=("POST",))
def sign_out(request: HttpRequest) -> HttpResponse:
    entrance.leave(request, now())
    return onward(request, settings.LOGIN_URL)


@page(SIGNED_IN, methods=("GET", "POST"))
def password(request: HttpRequest) -> HttpResponse:
    form, status = PasswordForm(person_of(request), request.POST or None), 200
    if form.is_valid():
        given = form.cleaned_data
        refusal = entrance.change_password(request, old=given["old"], new=given["new"], now=now())
        if refusal is None:
            messages.success(request, "密码已修改，其他地方的登录已全部退出")
            return onward(request, settings.LOGIN_REDIRECT_URL)
        form.add_error("old", refusal.message)
        status = refusal.status
    context = {"title": "修改密码", "form": form}
    return show(request, "administration/password.html", context, status=status)


@page(SIGNED_IN, methods=("POST",))
def switch_post(request: HttpRequest) -> HttpResponse:
    given = request.POST.get("post", "")
    post = next((post for post in person_of(request).posts if str(post.pk) == given), None)
    if post is None:
        raise Missing("posts.not_held", "您目前不在这个岗位上")
    request.session[SESSION_POST] = post.pk
    return onward(request, _next(request))
