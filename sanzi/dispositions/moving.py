"""How what is owed changes: movements appended inside an action, balances and figures with them.

Written once for claims and debts; each names its table and what keeps its rows. Order inside an
action: claim the rows, post the vouchers, then `move`, then `record`. Roll-ups of upper regions are
shared by many writers, so they come late.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate

from sanzi.access.models import Person
from sanzi.access.scope import Record
from sanzi.kernel.money import ZERO, grouped
from sanzi.kernel.refusals import Blocked, Invalid

from . import movements
from .balances import is_in_base, left_on, moved_by, opening_of, sealed_on
from .models import NOTICE, Disposition
from .movements import Movement, mirror_of
from .queries import acts_on


@dataclass(frozen=True)
class Mover:
    """The movements of one kind of thing owed.

    `kind` is its word in the register of dispositions, `paid` the column of what was paid before
    the base; `keep` brings balances and figures up to date as of a day. Where things can be sealed
    (打包封存) nothing is taken off the sealed part.
    """

    kind: str
    model: type[Record]
    paid: str
    keep: Callable[[Sequence[Any], date], None]
    can_be_sealed: bool = False

    def move(
        self,
        thing: Any,
        method: str,
        amount: Decimal | None,
        dated: date,
        *,
        source: str,
        voucher: int | None = None,
        note: str = "",
        document_number: str = "",
        handled_by: str = "",
        by: Person,
        now: datetime,
    ) -> Disposition:
        """Append one movement; see `move_all`."""
        one = Movement(
            thing=thing,
            method=method,
            amount=amount,
            dated=dated,
            source=source,
            voucher=voucher,
            note=note,
            document_number=document_number,
            handled_by=handled_by,
        )
        return self.move_all([one], by=by, now=now)[0]

    def move_all(
        self, moves: Sequence[Movement], *, by: Person, now: datetime
    ) -> list[Disposition]:
        """Append movements to things the caller has claimed: all of them or none.

        `method` is a word of the register of dispositions (专人清收, 抵顶, 打包封存 …); the
        figure follows from it. Raises Blocked when more would be taken off than is left or than
        is not sealed, or the event moved something before; Invalid for a day of the base, a day
        ahead, or no amount.
        """
        for pk, thing in self._locked(moves, by).items():
            mine = [one for one in moves if one.thing.pk == pk]
            for one in mine:
                self.check_day(one, thing)
            self._check_left(thing, mine)
        written = movements.append(self.kind, moves, by=by, now=now)
        self.keep([one.thing for one in moves], localdate(now))
        return written

    def reverse(
        self,
        thing: Any,
        movement: Disposition,
        *,
        dated: date,
        reason: str,
        source: str,
        voucher: int | None = None,
        by: Person,
        now: datetime,
    ) -> Disposition:
        """Take one movement back by its mirror image; `voucher` is its red letter."""
        assert (movement.village, movement.target_number) == (thing.village, thing.number)
        mirror = mirror_of(
            movement, thing, dated=dated, reason=reason, source=source, voucher=voucher
        )
        return self.move_all([mirror], by=by, now=now)[0]

    def balance_of(self, thing: Any, as_of: date) -> Decimal:
        """What was owed at the end of a day, in yuan; one query."""
        row = {name: getattr(thing, name) for name in ("balance", "principal", self.paid)}
        acts = acts_on(self.kind, [thing.village], [thing.number])
        mine = acts.get((thing.village, thing.number), [])
        return left_on(as_of, opening_of(row, self.paid), thing.formed_on, thing.base_on, mine)

    def open_items(self, person: Person) -> QuerySet[Any]:
        """The things of this person's region on which something is left, oldest due first.

        `left` (and `put_aside`, where there is such a thing) is in yuan and true as of now.
        """
        mine = self.model.objects.visible_to(person).filter(left__gt=0)
        return mine.order_by("village", "due_on", "pk")

    def check_day(self, one: Movement, thing: Any) -> None:
        """Raises Invalid for a day before the thing or one that its base holds already."""
        base_on, formed_on = thing.base_on, thing.formed_on
        if formed_on is not None and one.dated < formed_on:
            raise Invalid(
                "movement.dated", f"日期 {one.dated} 早于{self.kind}形成的日期 {formed_on}"
            )
        is_old = base_on is not None and one.dated <= base_on
        if is_old and is_in_base(formed_on, base_on) and one.method != NOTICE:
            raise Invalid(
                "movement.base",
                f"日期 {one.dated} 不在基准日 {base_on} 之后，已包含在锁定的余额里，请核对日期",
            )

    def _locked(self, moves: Sequence[Movement], by: Person) -> dict[int, Any]:
        """The rows again, locked in one order: whoever forgot to claim them has to wait here."""
        ids = {one.thing.pk for one in moves}
        return {pk: self.model.objects.claim(pk, by) for pk in sorted(ids)}

    def _check_left(self, thing: Any, moves: Iterable[Movement]) -> None:
        """Never more off a thing than is left of it, nor off the part that is put aside."""
        name, left = f"{self.kind} {thing.number}", thing.left or ZERO
        acts = [{"method": one.method, "amount": one.amount, "dated": one.dated} for one in moves]
        off = sum((moved_by(act) for act in acts), ZERO)
        if off > 0 and off > left:
            raise Blocked(
                "movement.overdrawn",
                f"{name} 尚欠 {grouped(left)} 元，不能登记 {grouped(off)} 元，请核对金额",
            )
        if self.can_be_sealed:
            aside, sealed = thing.put_aside or ZERO, sealed_on(date.max, acts)
            _check_sealed(name, left - off, aside, sealed, is_taken=off > 0)


def _check_sealed(
    name: str, left: Decimal, aside: Decimal, sealed: Decimal, *, is_taken: bool
) -> None:
    """`left` is what would be left, `aside` what is sealed so far, `sealed` what would join it."""
    if aside + sealed < 0:
        raise Blocked("movement.sealed", f"{name} 已封存 {grouped(aside)} 元，不能解封更多")
    if (is_taken or sealed > 0) and aside + sealed > left:
        raise Blocked(
            "movement.sealed",
            f"{name} 办理后只剩 {grouped(left)} 元，其中 {grouped(aside)} 元已打包封存；"
            "请先解封，或只办理未封存的部分",
        )
