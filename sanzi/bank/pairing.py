"""Writing a match: what a person declared to be the same money. Runs inside an action."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from sanzi.access.models import Person
from sanzi.accounting.models import Line
from sanzi.kernel.money import ZERO, grouped
from sanzi.kernel.refusals import Blocked, Invalid, Missing

from .flows import ITEM, JOURNAL, LINE, Piece, piece_of_item, piece_of_line, pieces_of_lines
from .models import BankAccount, BankLine, Match, MatchedRow, OpeningItem

_CHUNK = 500
COLUMN = {LINE: "bank_line_id", JOURNAL: "line_id", ITEM: "opening_item_id"}


@dataclass(frozen=True, slots=True)
class Group:
    """Keys of the flows that belong together: b12, j34, o5."""

    keys: tuple[str, ...]


def pair(
    account: BankAccount, groups: Sequence[Group], how: str, *, by: Person, now: datetime
) -> list[Match]:
    """Match every group or none. Raises Missing, Blocked (matched before), Invalid (sums differ).

    A group's flows add up to the same on both sides; flows of one side alone add up to nothing.
    """
    assert transaction.get_connection().in_atomic_block, "a match commits with its rows"
    wanted = [key for group in groups for key in group.keys]
    if len(set(wanted)) < len(wanted):
        raise Invalid("match.twice", "同一笔流水或分录选了两次，请每笔只选一次")
    pieces = _claimed(account, wanted)
    for place, group in enumerate(groups, start=1):
        _check([pieces[key] for key in group.keys], f"第 {place} 组" if len(groups) > 1 else "")
    matches = Match.objects.bulk_create(
        [_match(account, how, by=by, now=now) for _ in groups], batch_size=_CHUNK
    )
    MatchedRow.objects.bulk_create(
        [
            _row(match, pieces[key])
            for match, group in zip(matches, groups, strict=True)
            for key in group.keys
        ],
        batch_size=_CHUNK,
    )
    mark(account, wanted, is_matched=True)
    return matches


def _match(account: BankAccount, how: str, *, by: Person, now: datetime) -> Match:
    match = Match(
        village=account.village, bank_account=account, how=how, matched_by=by, matched_at=now
    )
    match.place()
    return match


def _row(match: Match, piece: Piece) -> MatchedRow:
    named = {COLUMN[piece.key[0]]: int(piece.key[1:])}
    return MatchedRow(
        match=match, is_bank=piece.is_bank, dated=piece.dated, amount=piece.amount, **named
    )


def numbers(keys: Sequence[str], kind: str) -> list[int]:
    """The numbers of the keys of one kind."""
    return [int(key[1:]) for key in keys if key[0] == kind]


def _chunks(found: Sequence[int]) -> list[Sequence[int]]:
    return [found[start : start + _CHUNK] for start in range(0, len(found), _CHUNK)]


def _claimed(account: BankAccount, keys: Sequence[str]) -> Mapping[str, Piece]:
    """The named flows of this account, none of them matched yet."""
    pieces: dict[str, Piece] = {}
    for chunk in _chunks(numbers(keys, LINE)):
        lines = BankLine.objects.of(account).filter(pk__in=chunk, is_matched=False)
        pieces |= {f"{LINE}{line.pk}": piece_of_line(line) for line in lines}
    for chunk in _chunks(numbers(keys, ITEM)):
        items = OpeningItem.objects.of(account).filter(pk__in=chunk, is_matched=False)
        pieces |= {f"{ITEM}{item.pk}": piece_of_item(item) for item in items}
    for chunk in _chunks(numbers(keys, JOURNAL)):
        pieces |= {piece.key: piece for piece in _free_lines(account, chunk)}
    if missing := [key for key in keys if key not in pieces]:
        if _is_known(account, missing):
            raise Blocked("match.before", "其中有的已被勾对，没有改动任何一笔；请刷新页面再选")
        raise Missing("scope.missing", "没有找到该记录")
    return pieces


def _free_lines(account: BankAccount, chunk: Sequence[int]) -> list[Piece]:
    taken = set(
        MatchedRow.objects.filter(line__in=chunk, is_current=True).values_list("line", flat=True)
    )
    lines: Any = Line.objects.of(account.book).filter(account=account.account.code, pk__in=chunk)
    lines = lines.select_related("counterparty")
    return [p for p in pieces_of_lines(lines) if int(p.key[1:]) not in taken]


def _is_known(account: BankAccount, keys: Sequence[str]) -> bool:
    """Whether the keys name rows of this account that are merely matched."""
    lines = numbers(keys, LINE)[:_CHUNK]
    journal = numbers(keys, JOURNAL)[:_CHUNK]
    items = numbers(keys, ITEM)[:_CHUNK]
    own = Line.objects.of(account.book).filter(account=account.account.code)
    return (
        BankLine.objects.of(account).filter(pk__in=lines).count() == len(lines)
        and own.filter(pk__in=journal).count() == len(journal)
        and OpeningItem.objects.of(account).filter(pk__in=items).count() == len(items)
    )


def _check(pieces: Sequence[Piece], where: str) -> None:
    banks = sum((piece.amount for piece in pieces if piece.is_bank), ZERO)
    ours = sum((piece.amount for piece in pieces if not piece.is_bank), ZERO)
    if len(pieces) < 2:
        raise Invalid("match.alone", f"{where}只选了一笔，请至少选两笔能对上的")
    if banks != ours:
        raise Invalid(
            "match.sum",
            f"{where}银行一方合计 {grouped(banks)}，账面一方合计 {grouped(ours)}，"
            f"差 {grouped(banks - ours)} 元；两方合计相等才能勾对",
        )


def mark(account: BankAccount, keys: Sequence[str], *, is_matched: bool) -> None:
    """Keep what lists filter by true to the matches."""
    assert transaction.get_connection().in_atomic_block, "a mark commits with its match"
    for chunk in _chunks(numbers(keys, LINE)):
        BankLine.objects.of(account).filter(pk__in=chunk).update(is_matched=is_matched)
    for chunk in _chunks(numbers(keys, ITEM)):
        OpeningItem.objects.of(account).filter(pk__in=chunk).update(is_matched=is_matched)


def release(match: Match) -> list[str]:
    """Take the rows of a match out of force; the keys that are free again."""
    assert transaction.get_connection().in_atomic_block, "rows are released with their match"
    keys = []
    for row in match.rows.filter(is_current=True):
        kind = LINE if row.bank_line_id else JOURNAL if row.line_id else ITEM
        keys.append(f"{kind}{row.bank_line_id or row.line_id or row.opening_item_id}")
    match.rows.update(is_current=False)
    mark(match.bank_account, keys, is_matched=False)
    return keys
