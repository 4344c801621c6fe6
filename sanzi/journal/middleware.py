"""Tells the recorder which request it is answering."""

import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from sanzi.access.address import address_of

from .trace import RequestFacts, current


class RequestTrace:
    """Gives each request an id, which the journal keeps and the answer carries."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = getattr(request, "request_id", None) or secrets.token_hex(8)
        request.request_id = request_id  # type: ignore[attr-defined]
        token = current.set(RequestFacts(request_id, address_of(request)))
        try:
            response = self.get_response(request)
        finally:
            current.reset(token)
        response["X-Request-Id"] = request_id
        return response
