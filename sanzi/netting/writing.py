"""The papers of netting written: who gets which, with what in it. Runs inside actions."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sanzi.access.models import Person
from sanzi.kernel.money import ZERO
from sanzi.letters.models import Letter
from sanzi.letters.writing import Draft, write, write_many

from .papers import AGREEMENT, DECLARED, RECEIPT, SLIP, SUMMARY
from .signing import agreements


def write_slips(
    proposal: Any,
    consents: Sequence[Any],
    parts: Mapping[str, Sequence[Any]],
    *,
    by: Person,
    now: datetime,
) -> list[Letter]:
    """A slip for each of these parties; it takes the place of the one it had. In an action."""
    drafts = [
        Draft(
            values={
                "as_of": proposal.as_of,
                "relieved": one.amount,
                "digest": one.digest[:16],
                "items": [_item(row, one.member) for row in parts[one.member]],
            },
            on=proposal,
            village=one.village,
            addressee=one.name,
            supersedes=one.slip if one.slip is not None and one.slip.ended is None else None,
        )
        for one in consents
    ]
    return write_many(SLIP, drafts, by=by, now=now) if drafts else []


def _item(row: Any, member: str) -> dict[str, Any]:
    owes = row.debtor == member
    return {
        "role": "应付" if owes else "应收",
        "other": row.creditor_name if owes else row.debtor_name,
        **_amounts(row),
    }


def _amounts(row: Any) -> dict[str, Decimal]:
    return {"before": row.amount, "cancelled": row.cancelled, "after": row.left}


def write_agreements(
    proposal: Any, circles: Sequence[Any], consents: Sequence[Any], *, by: Person, now: datetime
) -> list[Letter]:
    """An agreement for each set of parties, or one for all who hang together. In an action."""
    ways = {one.member: one.get_way_display() for one in consents}
    names = {key: name for one in circles for key, name in zip(one.members, one.names, strict=True)}
    shared = agreements([one.members for one in circles], is_one_paper=proposal.is_one_paper)
    papers = [([circles[at] for at in paper.circles], paper.members) for paper in shared]
    drafts = [
        Draft(
            values={
                "as_of": proposal.as_of,
                "total": sum((one.total for one in mine), ZERO),
                "parties": len(members),
                "circles": [_chain(one) for one in mine],
                "signers": [
                    {"name": names[key], "consent": ways[key], "sign": ""} for key in members
                ],
            },
            on=proposal,
            addressee="、".join(names[key] for key in members)[:200],
        )
        for mine, members in papers
    ]
    return write_many(AGREEMENT, drafts, by=by, now=now)


def _chain(circle: Any) -> dict[str, Any]:
    return {"chain": " → ".join([*circle.names, circle.names[0]]), "each": circle.amount}


def write_summary(
    proposal: Any,
    circles: Sequence[Any],
    rows: Sequence[Any],
    consents: Sequence[Any],
    *,
    by: Person,
    now: datetime,
) -> Letter:
    """What was settled, whole, for the office's file. Runs inside an action."""
    values = {
        "as_of": proposal.as_of,
        "total": sum((row.cancelled for row in rows), ZERO),
        "parties": len(consents),
        "circles": [_chain(one) for one in circles],
        "items": [
            {"debtor": row.debtor_name, "creditor": row.creditor_name, **_amounts(row)}
            for row in rows
        ],
        "signers": [
            {"name": one.name, "amount": one.amount, "consent": one.get_way_display()}
            for one in consents
        ],
    }
    return write(SUMMARY, values, on=proposal, by=by, now=now)


def write_receipts(
    proposal: Any, rows: Sequence[Any], netting_id: str, *, by: Person, now: datetime
) -> list[Letter]:
    """For both parties of each private debt what it was and what it is now. In an action."""
    drafts = [
        Draft(
            values={
                "number": row.private.number, "debtor": row.debtor_name,
                "creditor": row.creditor_name, "netting": netting_id, **_amounts(row),
            },
            on=proposal,
            village=row.private.village,
            addressee=name,
        )
        for row in rows
        if row.private is not None
        for name in (row.debtor_name, row.creditor_name)
    ]  # fmt: skip
    return write_many(RECEIPT, drafts, by=by, now=now) if drafts else []


def write_confirmation(debt: Any, *, by: Person, now: datetime) -> Letter:
    """The letter that asks the other side of a private debt, with its link. In an action."""
    names = ("debtor", "creditor", "teller", "amount", "formed_on", "due_on", "words", "evidence")
    values = {name: getattr(debt, name) for name in names}
    return write(DECLARED, values, on=debt, addressee=debt.other, by=by, now=now)
