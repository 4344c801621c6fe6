"""Opening the new book from its working paper: guarded actions one after the other.

Each changes nothing the second time, so that one that stopped half way is simply begun again.
"""

from datetime import datetime

from sanzi.access.models import Person
from sanzi.accounting.actions.sets import open_book, set_opening
from sanzi.accounting.models import Book
from sanzi.kernel.refusals import Blocked, Missing

from .actions.transitions import complete, furnish
from .carried import new_codes, new_totals, opening_sides, pairs, paper_of
from .models import Transition
from .transition import NEW


def open_successor(*, old_id: int, by: Person, now: datetime) -> Transition:
    """The new account set with its opening balances locked. Raises Blocked while a row waits."""
    old = Book.objects.visible_to(by).filter(pk=old_id).first()
    paper = paper_of(old) if old is not None else None
    if old is None or paper is None:
        raise Missing("scope.missing", "没有找到该账套的衔接底稿")
    if paper.new_id is not None:
        raise Blocked("transition.done", "衔接已经完成，不能重复建账")
    new_codes(paper)
    new = _new_book(old, paper, by, now)
    furnished = furnish(old_id=old.pk, new_id=new.pk, by=by, now=now)
    if furnished.opened_at is None:
        set_opening(
            book_id=new.pk,
            sides=opening_sides(paper, pairs(paper, new)),
            totals=new_totals(paper),
            source=f"yearend:{old.pk}:transition",
            by=by,
            now=now,
        )
    return complete(old_id=old.pk, new_id=new.pk, by=by, now=now)


def _new_book(old: Book, paper: Transition, by: Person, now: datetime) -> Book:
    mine = Book.objects.visible_to(by).filter(collective=old.collective, scheme=NEW)
    found: Book | None = mine.first()
    if found is not None:
        return found
    year, month = divmod(paper.period, 100)
    begins = (year + 1) * 100 + 1 if month == 12 else paper.period + 1
    name = old.name
    return open_book(
        collective_id=old.collective_id, scheme=NEW, begins=begins, name=name, by=by, now=now
    )
