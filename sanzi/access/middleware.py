"""Who acts, and from which post, is decided anew on every request."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now

from . import sessions

SESSION_POST = "post"


class ActingPost:
    """Puts the chosen post on the person; a deactivated person is signed out at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            if why := self._over(request):
                logout(request)
                messages.warning(request, why)
            else:
                request.user.act_from(request.session.get(SESSION_POST))
        response = self.get_response(request)
        if request.user.is_authenticated:
            sessions.seen(request, response, now())
        return response

    def _over(self, request: HttpRequest) -> str | None:
        if not request.user.is_active:
            return "账号已停用，请找安全管理员"
        return sessions.why_over(request, now())
