"""扫码答复: a party answers its slip on a phone; the token is the permission."""

from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now

from sanzi.access.address import address_of
from sanzi.kernel.money import grouped
from sanzi.kernel.refusals import Blocked, Invalid
from sanzi.letters.models import letter_of
from sanzi.netting.actions import consenting, private
from sanzi.netting.answering import consent_of, debt_of, short_name
from sanzi.netting.forms import AnswerForm, ConfirmForm
from sanzi.netting.models import PrivateDebt
from sanzi.receivables.answering import TooMany
from sanzi.web.formats import day
from sanzi.web.pages import ANYONE, page, show


@page(ANYONE, methods=("GET", "POST"))
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """What this party would owe and be owed less, names masked; two answers."""
    letter = letter_of(token)
    consent = consent_of(letter)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    status = 200
    if not consent.answer and form.is_valid():
        try:
            consent = consenting.answer(
                letter=letter, address=address_of(request), by=None, now=now(), **form.cleaned_data
            )
        except Invalid as refusal:
            form.add_error(None, refusal.message)
        except (Blocked, TooMany) as refusal:
            form.add_error(None, refusal.message)
            status = refusal.status
    if not consent.answer and form.errors:
        status = 422 if status == 200 else status
    told = letter.told()
    context = {
        "title": letter.title,
        "letter": letter,
        "consent": consent,
        "facts": [
            ("收件人", short_name(letter.addressee)),
            ("编号", letter.serial),
            ("截至", told.get("as_of", "")),
            ("少付、少收各", f"{grouped(Decimal(told.get('relieved') or 0))} 元"),
        ],
        "items": [
            {**row, "other": short_name(row["other"]), **_figures(row)}
            for row in told.get("items") or []
        ],
        "form": form,
    }
    return show(request, "netting/public_answer.html", context, status=status)


def _figures(row: dict[str, str]) -> dict[str, Decimal]:
    return {name: Decimal(row[name]) for name in ("before", "cancelled", "after")}


@page(ANYONE, methods=("GET", "POST"))
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A debt as the other side told it, names masked; whether it is so."""
    letter = letter_of(token)
    debt = debt_of(letter)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    status, is_open = 200, debt.stage == PrivateDebt.Stage.DECLARED
    if is_open and form.is_valid():
        try:
            debt = private.answer_debt(
                letter=letter, address=address_of(request), by=None, now=now(), **form.cleaned_data
            )
        except (Invalid, Blocked, TooMany) as refusal:
            form.add_error(None, refusal.message)
            status = refusal.status
    if is_open and form.errors:
        status = 422 if status == 200 else status
    context = {
        "title": letter.title,
        "letter": letter,
        "debt": debt,
        "facts": [
            ("收件人", short_name(letter.addressee)),
            ("欠款方", short_name(debt.debtor)),
            ("被欠方", short_name(debt.creditor)),
            ("欠款", f"{grouped(debt.amount)} 元"),
            ("形成日期", day(debt.formed_on)),
            ("事由", debt.words),
            ("凭据", debt.evidence),
        ],
        "form": form,
        "is_open": debt.stage == PrivateDebt.Stage.DECLARED,
    }
    return show(request, "netting/public_debt.html", context, status=status)
