"""How a book stands at the end of one of its years: the accounts the year end works on."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from sanzi.accounting.models import Account, Book
from sanzi.accounting.pages import Balance, balances
from sanzi.kernel.money import ZERO
from sanzi.kernel.refusals import Blocked

from .closing import Held, Proposed, emptied, results
from .groups import held
from .sharing import Pot

RESULT, ALLOTTED, UNDISTRIBUTED, RESERVE = "321", "32201", "32202", "311"


@dataclass
class Standing:
    """A book in one of its years, read when asked."""

    book: Book
    year: int

    @property
    def december(self) -> int:
        """The last period, YYYYMM."""
        return self.year * 100 + 12

    @cached_property
    def accounts(self) -> dict[str, Account]:
        """The leaf accounts, by code."""
        mine = Account.objects.of(self.book).filter(is_leaf=True)
        return {account.code: account for account in mine.order_by("code")}

    def of(self, *categories: str) -> frozenset[str]:
        """The leaves of these categories."""
        return frozenset(c for c, a in self.accounts.items() if a.category in categories)

    def under(self, code: str) -> list[str]:
        """The leaves of an account, itself if it is one."""
        return [leaf for leaf in self.accounts if leaf.startswith(code)]

    def leaf(self, code: str) -> str:
        """The leaf that stands for an account. Raises Blocked when none is in use."""
        found = [leaf for leaf in self.under(code) if self.accounts[leaf].is_active]
        if not found:
            raise Blocked("year.account", f"账套里没有可用的科目 {code}，请先启用或增设")
        return found[0]

    @cached_property
    def pages(self) -> dict[str, Balance]:
        """Every account over the whole year, closing entries included."""
        return balances(self.book.pk, self.year * 100 + 1, self.december)

    @cached_property
    def unclosed(self) -> dict[str, Balance]:
        """The same without closing entries."""
        return balances(self.book.pk, self.year * 100 + 1, self.december, closing=False)

    def net(self, codes: Iterable[str]) -> Decimal:
        """What these leaves hold at the year's end; a debit balance is positive."""
        return sum((self.pages[code].closing for code in codes if code in self.pages), ZERO)

    @property
    def is_flowing(self) -> bool:
        """Whether an income or expense account still holds something."""
        return any(self.pages[c].closing for c in self._flows if c in self.pages)

    @property
    def _flows(self) -> frozenset[str]:
        return self.of("income", "expense")

    @property
    def pending(self) -> Decimal:
        """待处理财产损溢; the 2004 scheme has none."""
        return self.net(self.under("181")) if self.book.scheme == "2023" else ZERO

    @property
    def pot(self) -> Pot:
        """What the year made, and what earlier years left of 未分配收益."""
        made = sum((b.closing for c, b in self.unclosed.items() if c in self._flows), ZERO)
        brought = sum((b.opening for c, b in self.unclosed.items() if c.startswith(RESULT)), ZERO)
        left = (b.closing for c, b in self.unclosed.items() if c.startswith(UNDISTRIBUTED))
        return Pot(ZERO - made - brought, ZERO - sum(left, ZERO))

    def proposed(self, step: str) -> list[Proposed]:
        """The vouchers of a step that arithmetic alone decides; none when nothing is left."""
        if step == "close":
            return self._results()
        if step == "profit":
            into, memo = self.leaf(UNDISTRIBUTED), f"结转{self.year}年本年收益"
            return emptied(self._held(RESULT), into, memo)
        if step == "roll":
            into, memo = self.leaf(UNDISTRIBUTED), f"结转{self.year}年各项分配"
            return emptied(self._held(ALLOTTED), into, memo)
        return []

    def _results(self) -> list[Proposed]:
        brought = [c for c in sorted(self._flows) if c in self.pages and self.pages[c].opening]
        if brought:
            raise Blocked(
                "year.before",
                f"科目 {brought[0]} 有上年结转来的余额，说明上年收支没有结平；请先办上年的年终结转",
            )
        flows = self._flows
        lines = held(self.book.pk, self.year * 100 + 1, self.december, sorted(flows))
        income, expense = self.of("income"), self.of("expense")
        found = results(lines, income, expense, self.leaf(RESULT), self.year)
        assert sum((h.amount for h in lines), ZERO) == self.net(flows), "the pages are the journal"
        return found

    def _held(self, code: str) -> list[Held]:
        first = self.book.begins // 100 * 100
        return held(self.book.pk, first, self.december, self.under(code))
