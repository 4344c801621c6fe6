"""What accounts hold by everything they are analysed by at once, added up from the journal.

The pages know each dimension by itself; a closing entry or an opening balance needs them together.
"""

from collections.abc import Collection

from django.db.models import Sum

from sanzi.accounting.keys import lines_between
from sanzi.accounting.models import Line

from .closing import Held

_BY = ("account", "counterparty", "project", "object", "item")


def held(book: int, first: int, last: int, accounts: Collection[str] | None = None) -> list[Held]:
    """The net movements of a book's periods YYYYMM (month 0 included), zeros left out.

    Work grows with the lines of those months; one query.
    """
    lines = Line.objects.filter(pk__range=lines_between(book, first, last))
    if accounts is not None:
        lines = lines.filter(book=book, account__in=accounts)
    sums = lines.values_list(*_BY).annotate(Sum("debit"), Sum("credit")).order_by(*_BY)
    return [
        Held(account, debit - credit, counterparty, project, thing, item)
        for account, counterparty, project, thing, item, debit, credit in sums
        if debit != credit
    ]
