"""One flow for one line: where only one fits, or where the order of days decides. No framework."""

from collections.abc import Mapping

from .candidates import Scored, candidates, ranked
from .flow import CHOICES, CLEAR_LEAD, NEAR, Flow, Proposal, Proposals, apart, are_alike, buckets

Free = dict[int, Flow]
# Rounds of pairing within one amount; each leaves fewer flows in question.
PASSES = 5


def pairs(free_bank: Free, free_book: Free, proposals: Proposals) -> None:
    """Pair what can be paired, amount by amount."""
    by_amount = buckets(free_bank.values())
    for amount, books in buckets(free_book.values()).items():
        banks = by_amount.get(amount)
        if banks:
            _settle_bucket(banks, books, free_bank, free_book, proposals)


def _settle_bucket(
    banks: list[Flow],
    books: list[Flow],
    free_bank: Free,
    free_book: Free,
    proposals: Proposals,
) -> None:
    """Pair the flows of one amount: the closest first, and only where the lead is clear."""
    scored, vague = candidates(banks, books)
    by_bank, by_book = ranked(scored, 0), ranked(scored, 1)
    scored = [s for s in scored if s[1].key not in vague]
    scored.sort(key=lambda s: (-s[0], s[1].key, s[2].key))
    for _ in range(PASSES):
        # A pair made may leave another flow with one candidate only.
        before = len(proposals.found)
        for score, bank, book in scored:
            if bank.key not in free_bank or book.key not in free_book:
                continue
            if _leads(score, book.key, by_bank[bank.key], free_book) and _leads(
                score, bank.key, by_book[book.key], free_bank
            ):
                del free_bank[bank.key], free_book[book.key]
                proposals.found.append(_pair(bank, book))
        if len(proposals.found) == before:
            break
    _in_order(scored, free_bank, free_book, proposals)
    for key, fitting in by_bank.items():
        if key in free_bank and (left := [k for _, k in fitting if k in free_book]):
            proposals.choices[key] = left[:CHOICES]


def _pair(bank: Flow, book: Flow) -> Proposal:
    late = (book.dated - bank.dated).days
    is_alike = are_alike(bank, book)
    days = "同一天" if not late else f"入账{'晚' if late > 0 else '早'} {abs(late)} 天"
    why = f"金额相同，{days}{'，摘要或户名相符' if is_alike else ''}"
    is_certain = is_alike or abs(late) <= NEAR
    return Proposal((bank.key,), (book.key,), bank.amount, is_certain, why)


def _leads(score: int, key: int, fitting: list[tuple[int, int]], free: Mapping[int, Flow]) -> bool:
    """Whether every other candidate still free is clearly worse."""
    for other, candidate in fitting:
        if score - other >= CLEAR_LEAD:
            return True
        if candidate != key and candidate in free:
            return False
    return True


def _in_order(
    scored: list[Scored],
    free_bank: Free,
    free_book: Free,
    proposals: Proposals,
) -> None:
    """The same payer and amount again and again, as often on both sides: the first is the first.

    Which is which changes nothing, for it is the same money from the same hands.
    """
    for banks, books in _circles(scored, free_bank, free_book):
        couples = list(zip(banks, books, strict=False))
        if len(banks) != len(books) or any(apart(*couple) > NEAR for couple in couples):
            continue
        why = f"同一对方同一金额共 {len(banks)} 笔，按日期先后对应"
        for bank, book in couples:
            del free_bank[bank.key], free_book[book.key]
            proposals.found.append(Proposal((bank.key,), (book.key,), bank.amount, True, why))


def _circles(
    scored: list[Scored], free_bank: Mapping[int, Flow], free_book: Mapping[int, Flow]
) -> list[tuple[list[Flow], list[Flow]]]:
    """Free flows that are alike and near, directly or through others, by day."""
    head: dict[tuple[bool, int], tuple[bool, int]] = {}

    def root(of: tuple[bool, int]) -> tuple[bool, int]:
        while head.setdefault(of, of) != of:
            head[of] = head[head[of]]
            of = head[of]
        return of

    for _, bank, book in scored:
        is_free = bank.key in free_bank and book.key in free_book
        if is_free and apart(bank, book) <= NEAR and are_alike(bank, book):
            head[root((True, bank.key))] = root((False, book.key))
    found: dict[tuple[bool, int], tuple[list[Flow], list[Flow]]] = {}
    for is_bank, key in head:
        banks, books = found.setdefault(root((is_bank, key)), ([], []))
        if is_bank:
            banks.append(free_bank[key])
        else:
            books.append(free_book[key])
    for sides in found.values():
        for side in sides:
            side.sort(key=lambda flow: (flow.dated, flow.key))
    return list(found.values())
