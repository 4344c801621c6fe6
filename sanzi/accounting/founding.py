"""Writing a new account set and new sub-accounts: shared by the actions that make them."""

from collections.abc import Mapping

from django.db import transaction

from sanzi.kernel.refusals import Invalid
from sanzi.orgs.models import Collective

from .chart import chart, parent_of
from .letters import initials
from .models import Account, Book
from .periods import open_year


def found_book(
    collective: Collective, scheme: str, begins: int, name: str, before: Book | None
) -> Book:
    """A set with the national chart and its first year open. Runs inside an action.

    `begins` is YYYYMM; `before` is the organisation's latest set, which an earlier one precedes.
    """
    assert transaction.get_connection().in_atomic_block, "a set is founded with its cause"
    if len(collective.region.code) < 12:
        raise Invalid("book.level", "账套属于村或组的集体经济组织或村委会")
    if not (1990 <= begins // 100 <= 2100 and 1 <= begins % 100 <= 12):
        raise Invalid("book.begins", "启用期间应写成 202401 这样的年月")
    accounts = chart(scheme)
    book = Book.objects.create(
        village=collective.region.code[:12],
        collective=collective,
        name=name.strip() or collective.name,
        scheme=scheme,
        begins=begins,
        predecessor=before if before and before.begins < begins else None,
    )
    parents = {a.parent for a in accounts.values()}
    Account.objects.bulk_create(
        Account(
            book=book,
            code=a.code,
            name=a.name,
            side=a.side,
            category=a.category,
            is_leaf=a.code not in parents,
            is_split=a.is_split,
            aux=a.aux,
            pinyin=initials(a.name),
        )
        for a in accounts.values()
    )
    open_year(book, begins // 100)
    return book


def add_sub_accounts(book: Book, names: Mapping[str, str]) -> None:
    """Add sub-accounts by code, each taking after the account above it. Runs inside an action.

    The caller has seen to it that every account above is there or named too, and carries no line.
    """
    assert transaction.get_connection().in_atomic_block, "accounts are made with their cause"
    held = {account.code: account for account in Account.objects.of(book)}
    for code in sorted(names):
        above = held[parent_of(code)]
        held[code] = Account(
            book=book,
            code=code,
            name=names[code],
            side=above.side,
            category=above.category,
            is_split=above.is_split,
            aux=above.aux,
            pinyin=initials(names[code]),
        )
        above.is_leaf = False
    Account.objects.bulk_create(held[code] for code in sorted(names))
    above_them = {parent_of(code) for code in names}
    Account.objects.of(book).filter(code__in=above_them).update(is_leaf=False)
