"""Balances carried from an old book to a new one: read, laid out as parts, made opening lines."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from sanzi.accounting.chart import chart
from sanzi.accounting.entry import Side
from sanzi.accounting.models import Account, Book, Dimension
from sanzi.accounting.opening import Totals, added_up
from sanzi.kernel.money import ZERO
from sanzi.kernel.refusals import Blocked

from .closing import Held, line
from .groups import held
from .models import Transition, TransitionPart
from .transition import ADDED, ADDED_NAME, NEW, leaves, rules, target

KINDS = ("counterparty", "project", "object", "item")


@dataclass
class Balances:
    """What an old book holds at the end of a month."""

    accounts: list[Account]
    held: list[Held]

    @property
    def nets(self) -> dict[str, Decimal]:
        """By account, net yuan."""
        found: dict[str, Decimal] = {}
        for one in self.held:
            found[one.account] = found.get(one.account, ZERO) + one.amount
        return found


def old_balances(book: Book, period: int) -> Balances:
    """The closing trial balance of a month, by everything its lines are analysed by."""
    accounts = list(Account.objects.of(book).order_by("code"))
    return Balances(accounts, held(book.pk, book.begins // 100 * 100, period))


def old_sides(lines: Iterable[Held]) -> list[Side]:
    """Balances as opening lines of the old book, for the three numbers."""
    return [line(one.account, one.amount, "", one) for one in lines]


def parts_of(
    paper: Transition, lines: Sequence[Held], names: Mapping[str, str]
) -> list[TransitionPart]:
    """One part for each balance, with its new account where no judgement is needed."""
    return [
        TransitionPart(
            transition=paper, place=place, account=one.account, name=names.get(one.account, ""),
            counterparty_id=one.counterparty, project_id=one.project, object_id=one.object,
            item_id=one.item, amount=one.amount, becomes=target(one.account),
            words="" if target(one.account) else rules()[one.account[:3]].words,
        )
        for place, one in enumerate(lines, start=1)
    ]  # fmt: skip


def paper_of(book: Book) -> Transition | None:
    """The working paper of an old book, if it was drawn up."""
    found: Transition | None = Transition.objects.filter(old=book).select_related("new").first()
    return found


def new_codes(paper: Transition) -> dict[str, str]:
    """The leaf of the new book each planned account is booked to. Raises Blocked if any waits."""
    waiting = paper.parts.filter(becomes="").count()
    if waiting:
        raise Blocked("transition.undecided", f"还有 {waiting} 行没有确定新科目，请先逐行确定")
    return leaves(set(paper.parts.values_list("becomes", flat=True)))


def missing_accounts(paper: Transition, new: Book) -> dict[str, str]:
    """The sub-accounts the new book lacks, by code, each level above them too, with their names."""
    standing = set(Account.objects.of(new).values_list("code", flat=True))
    old = dict(Account.objects.of(paper.old).values_list("code", "name"))
    sources = dict(paper.parts.values_list("becomes", "account"))
    found: dict[str, str] = {}
    for becomes, leaf in new_codes(paper).items():
        if leaf.endswith(ADDED) and leaf != becomes:
            found[leaf] = ADDED_NAME
        for length in range(5, len(becomes) + 1, 2):
            code = becomes[:length]
            found[code] = old.get(sources[becomes][:length], ADDED_NAME)
    return {code: name for code, name in found.items() if code not in standing}


def opening_sides(paper: Transition, things: Mapping[int, int]) -> list[Side]:
    """The opening lines of the new book; `things` are its dimensions by the old one's."""
    codes = new_codes(paper)
    found = []
    for part in paper.parts.order_by("place", "pk"):
        one = Held(
            codes[part.becomes],
            part.amount,
            *(things.get(getattr(part, f"{kind}_id")) for kind in KINDS),
        )
        found.append(line(one.account, one.amount, "期初余额", one))
    return found


def new_totals(paper: Transition) -> Totals:
    """The three numbers the new book must open with: the old ones, moved by what was reclassified.

    A liability that becomes equity leaves one and joins the other.
    """
    before, after = (_categories(paper, scheme) for scheme in ("old", "new"))
    old = added_up(before[0], before[1])
    new = added_up(after[0], after[1])
    return Totals(
        paper.assets + new.assets - old.assets,
        paper.liabilities + new.liabilities - old.liabilities,
        paper.equity + new.equity - old.equity,
    )


def _categories(paper: Transition, which: str) -> tuple[list[Side], dict[str, str]]:
    accounts = chart(paper.old.scheme if which == "old" else NEW)
    sides, categories = [], {}
    for part in paper.parts.all():
        code = (part.account if which == "old" else part.becomes)[:3]
        sides.append(line(code, part.amount, ""))
        categories[code] = accounts[code].category
    return sides, categories


def copy_dimensions(paper: Transition, new: Book) -> None:
    """Make the old book's dimensions in the new one where missing, open items under theirs."""
    assert transaction.get_connection().in_atomic_block, "dimensions are made with their cause"
    made = pairs(paper, new)
    for one in _dimensions(paper):
        if one.pk not in made:
            made[one.pk] = Dimension.objects.create(
                book=new, kind=one.kind, code=one.code, name=one.name, pinyin=one.pinyin,
                begun_on=one.begun_on, due_on=one.due_on, ref=one.ref,
                parent_id=made.get(one.parent_id) if one.parent_id else None,
            ).pk  # fmt: skip


def pairs(paper: Transition, new: Book) -> dict[int, int]:
    """The new book's dimension of each of the old one's, by kind and code."""
    held = {
        (kind, code): pk
        for pk, kind, code in Dimension.objects.of(new).values_list("pk", "kind", "code")
    }
    return {
        one.pk: held[one.kind, one.code]
        for one in _dimensions(paper)
        if (one.kind, one.code) in held
    }


def _dimensions(paper: Transition) -> list[Dimension]:
    """The dimensions the working paper names and the counterparties above open items, first."""
    wanted: set[int] = set()
    for row in paper.parts.values_list(*(f"{kind}_id" for kind in KINDS)):
        wanted |= {key for key in row if key is not None}
    mine = Dimension.objects.of(paper.old)
    found = {one.pk: one for one in mine if one.pk in wanted}
    above = {one.parent_id for one in found.values() if one.parent_id} - found.keys()
    found |= {one.pk: one for one in mine if one.pk in above}
    return sorted(found.values(), key=lambda one: (one.parent_id is not None, one.pk))
