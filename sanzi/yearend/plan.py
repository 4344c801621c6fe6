"""A year's plan of distribution beside the arithmetic: read, asked, turned into vouchers."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction

from sanzi.access.models import Person
from sanzi.accounting.dimensions import ensure
from sanzi.accounting.entry import Entry
from sanzi.accounting.models import Book, Dimension
from sanzi.kernel.money import ZERO
from sanzi.kernel.refusals import Blocked, Missing

from .closing import Proposed
from .models import Distribution
from .sharing import Accounts, Shares, Wish, shared, sides
from .standing import ALLOTTED, RESERVE, UNDISTRIBUTED, Standing
from .steps import source

# Where what is owed to the members may stand, and what others get, by scheme.
MEMBERS = {"2023": ("113", "211"), "2004": ("113", "202")}
OTHERS = {"2023": ("211", "221", "241"), "2004": ("202", "212", "221", "241")}


def current(book: Book, year: int) -> Distribution | None:
    """The plan of the year, drafted or confirmed."""
    plans = Distribution.objects.filter(book=book, year=year, is_current=True)
    found: Distribution | None = plans.select_related("prepared_by", "confirmed_by").first()
    return found


def choices(standing: Standing, tops: Sequence[str]) -> list[tuple[str, str]]:
    """The leaves under these accounts, for a form."""
    return [(c, str(standing.accounts[c])) for top in tops for c in standing.under(top)]


def wish_of(plan: Distribution) -> Wish:
    """What the assembly decided, as plain values."""
    return Wish(
        plan.from_reserve,
        plan.reserve_rate,
        plan.members + plan.remainder,
        plan.heads,
        plan.other,
    )


def entries_of(plan: Distribution, shares: Shares, run: int, by: Person) -> list[Entry]:
    """The vouchers of a plan another person confirms. Runs inside an action."""
    assert transaction.get_connection().in_atomic_block, "a plan is booked inside an action"
    standing = Standing(plan.book, plan.year)
    who = f"成员分红（{plan.year}年）"
    members = ensure(plan.book_id, Dimension.Kind.COUNTERPARTY, [who])[who]
    to = Accounts(
        standing.leaf(ALLOTTED),
        standing.leaf(UNDISTRIBUTED),
        plan.reserve_account,
        plan.members_account,
        plan.other_account,
    )
    return [
        Entry(
            book=plan.book_id,
            dated=date(plan.year, 12, 31),
            memo=lines[0].memo if len(lines) == 2 else f"{plan.year}年收益分配",
            sides=lines,
            source=source(plan.book_id, plan.year, "distribute", run, part),
            prepared_by=plan.prepared_by_id,
            reviewed_by=by.pk,
            attachments=plan.sheets,
            name="收益分配凭证",
        )
        for part, lines in enumerate(sides(shares, to, members, plan.year), start=1)
    ]


def fund_of(standing: Standing) -> Decimal:
    """What stands in 公积公益金."""
    return ZERO - standing.net(standing.under(RESERVE))


def preview(plan: Distribution, standing: Standing) -> list[Proposed]:
    """The vouchers a drafted plan would post, for the eye of the one who confirms it."""
    to = Accounts(
        standing.leaf(ALLOTTED),
        standing.leaf(UNDISTRIBUTED),
        plan.reserve_account,
        plan.members_account,
        plan.other_account,
    )
    lines = sides(shared(standing.pot, wish_of(plan)), to, None, plan.year)
    return [Proposed(found[0].memo, tuple(found)) for found in lines]


def withdrawn(book: Book, year: int, by: Person, *, needs_two: bool) -> Distribution:
    """The plan taken back: asked for by one person, done by another. Raises Blocked."""
    plan = current(book, year)
    if plan is None:
        raise Missing("plan.missing", f"{year} 年还没有收益分配方案")
    if needs_two and plan.recalled_by_id is None:
        raise Blocked(
            "plan.recall", "收益分配已记账，请代理会计先申请撤回并写明原因，再由另一人撤销"
        )
    if needs_two and plan.recalled_by_id == by.pk:
        raise Blocked("plan.duties", "申请撤回和撤销的是同一人，请由另一人撤销")
    plan.is_current = False
    plan.save(update_fields=["is_current"])
    return plan
