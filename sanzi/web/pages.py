"""The one way in: every view is a @page that names the permission it needs."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from sanzi.access.models import Person
from sanzi.kernel.refusals import Forbidden

from .errors import method_refused

ANYONE: Final = "anyone"
SIGNED_IN: Final = "signed-in"

PASSWORD_PAGE = "administration:password"
# A person who must choose a new password may still do that, or leave.
OPEN_BEFORE_PASSWORD = frozenset({PASSWORD_PAGE, "administration:sign-out"})

View = Callable[..., HttpResponseBase]


def page(needs: str, *, methods: tuple[str, ...] = ("GET",)) -> Callable[[View], View]:
    """Guard a view: `needs` is a permission, SIGNED_IN, or ANYONE."""
    allowed = {*methods, "HEAD"} if "GET" in methods else set(methods)

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if needs != ANYONE:
                if not request.user.is_authenticated:
                    return _to_sign_in(request)
                if _must_change_password(request):
                    return onward(request, PASSWORD_PAGE)
                if needs != SIGNED_IN and not request.user.can(needs):
                    raise Forbidden(
                        "page.role", "您的岗位无权查看此页；如工作需要，请找系统管理员调整岗位"
                    )
            if request.method not in allowed:
                return method_refused(request, sorted(allowed))
            return view(request, *args, **kwargs)

        guarded.needs = needs  # type: ignore[attr-defined]
        return guarded

    return decorate


def person_of(request: HttpRequest) -> Person:
    """Who is signed in; for views, which run only after @page has made sure that someone is."""
    assert isinstance(request.user, Person), "a page for anyone has no person"
    return request.user


def _must_change_password(request: HttpRequest) -> bool:
    match = request.resolver_match
    name = match.view_name if match else ""
    return person_of(request).must_change_password and name not in OPEN_BEFORE_PASSWORD


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    # Only a page that can be opened again is worth coming back to: never the target of a POST.
    back = request.get_full_path() if request.method == "GET" else ""
    if not is_fragment(request):
        return redirect_to_login(back) if back else redirect(settings.LOGIN_URL)
    # HTMX would follow a redirect quietly and put the sign-in form inside the page.
    parts = urlsplit(request.headers.get("HX-Current-URL", ""))
    back = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return HttpResponseClientRedirect(
        redirect_to_login(back).url if back else resolve_url(settings.LOGIN_URL)
    )


def is_fragment(request: HttpRequest) -> bool:
    """Whether HTMX asks for a part of the page; a boosted or restored page is a whole one."""
    asks = request.headers.get
    return (
        asks("HX-Request") == "true"
        and asks("HX-Boosted") != "true"
        and asks("HX-History-Restore-Request") != "true"
    )


def show(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    part: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the page, or only its part when HTMX asks.

    `part` is the template the page itself includes (`cleanup/parts/progress.html`), so the words
    exist once. Without it HTMX gets the whole page, like everybody else.
    """
    chosen = part if part and is_fragment(request) else template
    response = render(request, chosen, dict(context), status=status)
    patch_vary_headers(response, ("HX-Request",))
    return response


def show_part(
    request: HttpRequest, part: str, context: Mapping[str, Any], *, back_url: str, back_word: str
) -> HttpResponse:
    """A part that its page fetches when it has loaded (components/part.html): bare for HTMX.

    A reader without scripts follows the link in its place and gets the same part in the frame,
    with the way back; `context` holds the `title` it then carries.
    """
    framed = {**context, "part": part, "back_url": back_url, "back_word": back_word}
    return show(request, "web/part.html", framed, part=part)


def onward(request: HttpRequest, to: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    """After a POST: go to another page, with or without HTMX."""
    url = resolve_url(to, *args, **kwargs)
    return HttpResponseClientRedirect(url) if is_fragment(request) else redirect(url)


def local_path(request: HttpRequest, given: str | None, otherwise: str) -> str:
    """`given` if it is an address on this site, else `otherwise`: nobody is sent elsewhere."""
    if given and url_has_allowed_host_and_scheme(
        given, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return given
    return otherwise
