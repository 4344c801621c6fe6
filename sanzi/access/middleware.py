"""Who acts, and from which post, is decided anew on every request."""

from collections.abc import Callable

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

SESSION_POST = "post"


class ActingPost:
    """Puts the chosen post on the person; a deactivated person is signed out at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = request.user
        if person.is_authenticated:
            if person.is_active:
                person.act_from(request.session.get(SESSION_POST))  # type: ignore[union-attr]
            else:
                logout(request)
        return self.get_response(request)
