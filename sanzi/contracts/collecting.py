"""Lists about rent: every due with what has come in, contracts near their end, money that waits."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Exists, ExpressionWrapper, F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from sanzi.access.models import Person
from sanzi.store.fields import MoneyField

from .models import Accrual, Allocation, Amendment, Arrear, Contract, Due, Ending, Payment, Stage

# Lead times in days, longest first: who can act is told this early.
EXPIRY_LEADS = (180, 90, 30)
DUE_LEAD = 15

_MONEY = MoneyField()
_NOTHING = Value(Decimal("0.00"), output_field=_MONEY)


def dues_for(person: Person) -> QuerySet[Any]:
    """The live dues in a person's region, each with `paid`, `claimed` and `owed` in yuan."""
    posted = Allocation.objects.filter(due=OuterRef("pk"), payment__stage=Stage.POSTED)
    paid = posted.order_by().values("due").annotate(sum=Sum("amount")).values("sum")
    claimed = Arrear.objects.filter(due=OuterRef("pk")).values("amount")
    return (
        Due.objects.visible_to(person)
        .live()
        .select_related("contract")
        .annotate(
            paid=Coalesce(Subquery(paid, output_field=_MONEY), _NOTHING),
            claimed=Coalesce(Subquery(claimed, output_field=_MONEY), _NOTHING),
        )
        .annotate(
            # Without being told, the difference of two amounts is a number of fen.
            owed=ExpressionWrapper(F("amount") - F("paid") - F("claimed"), output_field=_MONEY)
        )
    )


def overdue(dues: QuerySet[Any], today: date) -> QuerySet[Any]:
    """Of these, what is past its day and still owed here."""
    return dues.filter(due_on__lt=today, owed__gt=0)


def coming(dues: QuerySet[Any], today: date, days: int = DUE_LEAD) -> QuerySet[Any]:
    """Of these, what falls due from today within some days."""
    return dues.filter(due_on__gte=today, due_on__lte=today + timedelta(days=days), owed__gt=0)


def running_for(person: Person) -> QuerySet[Any]:
    """The contracts nobody has ended, each with the last day of its term as it now stands."""
    latest = Amendment.objects.filter(contract=OuterRef("pk"), ends_on__isnull=False)
    last_day = latest.order_by("-ordinal").values("ends_on")[:1]
    ended = Ending.objects.filter(contract=OuterRef("pk"))
    return (
        Contract.objects.visible_to(person)
        .filter(~Exists(ended))
        .annotate(last_day=Coalesce(Subquery(last_day), F("ends_on")))
    )


def expiring(contracts: QuerySet[Any], today: date, days: int) -> QuerySet[Any]:
    """Of these, what ends from today within some days."""
    return contracts.filter(last_day__gte=today, last_day__lte=today + timedelta(days=days))


def expired(contracts: QuerySet[Any], today: date) -> QuerySet[Any]:
    """Of these, what is past its term: nobody has renewed it or taken the thing back."""
    return contracts.filter(last_day__lt=today)


def unfiled_for(person: Person) -> QuerySet[Any]:
    """Amendments the town has not filed."""
    return Amendment.objects.visible_to(person).filter(filing=None)


def waiting_payments(person: Person) -> QuerySet[Any]:
    """Payments that wait for their second hand."""
    mine = Payment.objects.visible_to(person).filter(stage=Stage.PROPOSED)
    return mine.select_related("contract", "proposed_by").order_by("received_on", "pk")


def waiting_accruals(person: Person) -> QuerySet[Any]:
    """Accruals that wait for their second hand."""
    mine = Accrual.objects.visible_to(person).filter(stage=Stage.PROPOSED)
    return mine.select_related("due__contract", "proposed_by").order_by("dated", "pk")
