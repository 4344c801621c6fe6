"""扫码回函: a debtor answers a reconciliation letter on a phone; the token is the permission."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now

from sanzi.access.address import address_of
from sanzi.documents.kinds import UnfitPaper
from sanzi.kernel.money import grouped
from sanzi.kernel.refusals import Blocked, Invalid
from sanzi.letters.models import Letter, letter_of
from sanzi.receivables.actions import replies
from sanzi.receivables.answering import TooMany, claim_of, standing_reply
from sanzi.receivables.casework_forms import PhoneAnswerForm
from sanzi.web.pages import ANYONE, page, show

# Longer names are units, which have nothing to hide.
PERSONAL_NAME = 4


@page(ANYONE, methods=("GET", "POST"))
def reply(request: HttpRequest, token: str) -> HttpResponse:
    """The letter as it may be shown, four answers, and once answered only that it was."""
    letter = letter_of(token)
    claim_of(letter)
    given = standing_reply(letter)
    form = PhoneAnswerForm(
        request.POST if request.method == "POST" else None, request.FILES or None
    )
    status = 200
    if given is None and form.is_valid():
        try:
            given = replies.answer(
                letter=letter, address=address_of(request), by=None, now=now(),
                **form.cleaned_data,
            )  # fmt: skip
        except (Invalid, UnfitPaper) as refusal:
            form.add_error(None, refusal.message)
        except (Blocked, TooMany) as refusal:
            form.add_error(None, refusal.message)
            status = refusal.status
    if given is None and form.errors:
        status = 422 if status == 200 else status
    context = {
        "title": f"{letter.issuer}对账函",
        "letter": letter,
        "facts": _shown(letter),
        "items": _items(letter),
        "given": given,
        "form": form,
    }
    return show(request, "receivables/public_reply.html", context, status=status)


def _shown(letter: Letter) -> list[tuple[str, Any]]:
    """What the letter says, its personal values masked."""
    told = letter.told()
    return [
        ("收件人", short_name(letter.addressee)),
        ("函号", letter.serial),
        ("截至", told.get("as_of", "")),
        ("尚欠", f"{grouped(Decimal(told.get('owed') or 0))} 元"),
        ("回函期限", told.get("reply_by", "")),
    ]


def _items(letter: Letter) -> list[tuple[str, str]]:
    """Each matter and what is still owed for it."""
    rows = letter.told().get("items") or []
    return [(row["cause"], grouped(Decimal(row["owed"]))) for row in rows]


def short_name(name: str) -> str:
    """A person's name as a page for anybody may show it: 张＊＊; a unit's name stays."""
    return name[:1] + "＊" * (len(name) - 1) if len(name) <= PERSONAL_NAME else name
