"""What anyone holding a paper may ask: is it real, and does it still hold?"""

from django.http import HttpRequest, HttpResponse

from sanzi.letters.models import letter_of, plain_token
from sanzi.web.pages import ANYONE, onward, page, show


@page(ANYONE)
def ask(request: HttpRequest) -> HttpResponse:
    """A field for the code printed on the paper, for whoever cannot scan."""
    given = plain_token(request.GET.get("token", ""))
    if given:
        return onward(request, "letters:check", given)
    return show(request, "letters/public/ask.html", {"title": "文书查验"})


@page(ANYONE)
def check(request: HttpRequest, token: str) -> HttpResponse:
    """Serial, kind, issuer, date, whether it holds; nothing about any person."""
    found = letter_of(token)
    answer = show(request, "letters/public/check.html", {"title": "文书查验", "letter": found})
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer
