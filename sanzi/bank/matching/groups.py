"""One flow for several lines, several flows for one, and what cancels itself. No framework."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from .flow import GROUP_MAX, NEAR, WINDOW, Flow, Proposal, Proposals, apart, are_alike, buckets


def one_to_many(
    free_bank: dict[int, Flow], free_book: dict[int, Flow], proposals: Proposals
) -> None:
    """One flow for all lines of a voucher, or one line for a day's flows with the same words."""
    index = buckets(free_bank.values())
    for group in _by_voucher(free_book.values()):
        if flow := _alone(group, index, free_bank):
            keys = tuple(line.key for line in group)
            why = f"一笔流水对同一张凭证的 {len(keys)} 行"
            proposals.found.append(Proposal((flow.key,), keys, flow.amount, True, why))
            _take([flow], free_bank)
            _take(group, free_book)
    index = buckets(free_book.values())
    for group in _by_day_and_words(free_bank.values()):
        if line := _alone(group, index, free_book):
            keys = tuple(flow.key for flow in group)
            why = f"同日同摘要的 {len(keys)} 笔流水对一行分录"
            proposals.found.append(Proposal(keys, (line.key,), line.amount, False, why))
            _take(group, free_bank)
            _take([line], free_book)


def _take(flows: Iterable[Flow], free: dict[int, Flow]) -> None:
    for flow in flows:
        del free[flow.key]


def _by_voucher(flows: Iterable[Flow]) -> list[list[Flow]]:
    found: dict[int, list[Flow]] = defaultdict(list)
    for flow in flows:
        if flow.group:
            found[flow.group].append(flow)
    return [group for group in found.values() if 1 < len(group) <= GROUP_MAX]


def _by_day_and_words(flows: Iterable[Flow]) -> list[list[Flow]]:
    found: dict[tuple[date, str], list[Flow]] = defaultdict(list)
    for flow in flows:
        found[flow.dated, flow.text].append(flow)
    return [group for group in found.values() if 1 < len(group) <= GROUP_MAX]


def _alone(
    group: list[Flow], index: Mapping[int, list[Flow]], free: Mapping[int, Flow]
) -> Flow | None:
    """The only free flow of the group's sum near its day."""
    total = sum(flow.amount for flow in group)
    found = [
        flow for flow in index.get(total, ()) if flow.key in free and apart(flow, group[0]) <= NEAR
    ]
    return found[0] if total and len(found) == 1 else None


def red_letters(free_book: dict[int, Flow], proposals: Proposals) -> None:
    """A voucher and its red letter: no money moved, so the bank will never tell of either."""
    by_voucher: dict[tuple[int, int], list[Flow]] = defaultdict(list)
    for flow in free_book.values():
        by_voucher[flow.group, flow.amount].append(flow)
    for red in [flow for flow in free_book.values() if flow.undoes]:
        if taken_back := by_voucher.get((red.undoes, -red.amount)):
            keys = (taken_back.pop().key, red.key)
            proposals.found.append(Proposal((), keys, 0, True, "凭证与注销它的红字凭证"))
            for key in keys:
                del free_book[key]


def cancelled(free: dict[int, Flow], proposals: Proposals, *, is_bank: bool) -> None:
    """A flow and its own reversal on one side: together nothing, so nothing is outstanding."""
    by_amount = buckets(free.values())
    for amount in [a for a in by_amount if a > 0 and -a in by_amount]:
        for flow, back in zip(by_amount[amount], by_amount[-amount], strict=False):
            if apart(flow, back) <= WINDOW and are_alike(flow, back):
                keys = (flow.key, back.key)
                banks, books = (keys, ()) if is_bank else ((), keys)
                proposals.found.append(Proposal(banks, books, 0, False, "同一方一正一负，互相抵销"))
                del free[flow.key], free[back.key]
