"""A proposal in plain words and pictures: what its page tells."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString

from sanzi.kernel.money import grouped

from .models import Circle, Obligation, Proposal
from .picture import FEW, MEMBERS_MAX, Arrow, ring
from .signing import agreements, signatures

_COUNTS = {2: "双方", 3: "三方", 4: "四方", 5: "五方", 6: "六方", 7: "七方", 8: "八方", 9: "九方"}


def answer(proposal: Proposal, circles: Sequence[Circle], parties: int) -> str:
    """The one sentence at the top of the page."""
    if not circles:
        return "没有首尾相接的欠款，无可冲转"
    return (
        f"{parties} 方之间找到 {len(circles)} 个圈，可冲转 {grouped(proposal.cancelled)} 元，"
        f"占参加欠款 {grouped(proposal.owed)} 元的 {share(proposal)}，谁都没有多欠"
    )


def share(proposal: Proposal) -> str:
    """What of the debts that take part is cancelled."""
    if not proposal.owed:
        return "0.0%"
    return f"{proposal.cancelled / proposal.owed * 100:.1f}%"


def proof(proposal: Proposal) -> str:
    """How good the plan is, and how that is known."""
    if proposal.longest is None and proposal.signers_max is None:
        return "已证明：按现在参加的欠款，没有能冲得更多的办法"
    lost = proposal.optimum - proposal.cancelled
    said = []
    if proposal.longest is not None:
        said.append(f"每圈最多 {proposal.longest} 方")
    if proposal.signers_max is not None:
        said.append(f"最多请 {proposal.signers_max} 方签字")
    if proposal.is_best:
        said.append("已证明这是最优")
    elif proposal.signers_max is None:
        said.append(f"该圈长最多不超过 {grouped(proposal.bound)} 元")
    else:
        said.append("按每签一个字冲得多的先选，不保证是限制签字下的最优")
    words = "；".join(said)
    if lost:
        return f"{words}；不限时可冲 {grouped(proposal.optimum)} 元，少冲 {grouped(lost)} 元"
    return f"{words}，与不限时一样多"


def papers_told(proposal: Proposal, circles: Sequence[Circle]) -> str:
    """How many agreements and signatures the plan asks for, and with the other way of writing."""
    members = [one.members for one in circles]
    if not members:
        return ""
    mine, other = (
        agreements(members, is_one_paper=way)
        for way in (proposal.is_one_paper, not proposal.is_one_paper)
    )
    other_way = "分圈签" if proposal.is_one_paper else "连在一起的各方合签一份"
    return (
        f"协议 {len(mine)} 份，共签 {signatures(mine)} 处；"
        f"若{other_way}，为 {len(other)} 份、{signatures(other)} 处"
    )


def words_of(circle: Circle) -> str:
    """五方各少欠 3,000.00 元，谁都没有多欠."""
    count = len(circle.members)
    return f"{_COUNTS.get(count, f'{count} 方')}各少欠 {grouped(circle.amount)} 元，谁都没有多欠"


@dataclass(frozen=True)
class Drawn:
    """Before and after, how many circles are in the pictures, and among how many parties."""

    pictures: list[tuple[str, SafeString]]
    circles: int
    parties: int

    @property
    def is_wide(self) -> bool:
        """Whether the two stand one above the other."""
        return self.parties > FEW


def pictures(circles: Sequence[Circle], rows: Sequence[Obligation]) -> Drawn:
    """Before and after, of the first circles that fit a picture; empty without any."""
    # As few parties as a telephone can show; where every circle is longer, one that is.
    names, count = _fitting(circles, FEW)
    if not names:
        names, count = _fitting(circles, MEMBERS_MAX)
    if not names:
        return Drawn([], 0, 0)
    before: dict[tuple[str, str], Decimal] = {}
    after: dict[tuple[str, str], Decimal] = {}
    for row in rows:
        ends = (row.debtor, row.creditor)
        if row.debtor in names and row.creditor in names and row.cancelled:
            before[ends] = before.get(ends, Decimal(0)) + row.amount
            after[ends] = after.get(ends, Decimal(0)) + row.left
    drawn = [
        (title, ring(names, [Arrow(*ends, amount) for ends, amount in told.items()], title))
        for title, told in (("冲转前", before), ("冲转后", after))
    ]
    return Drawn(drawn, count, len(names))


def _fitting(circles: Sequence[Circle], most: int) -> tuple[dict[str, str], int]:
    """Parties of the first circles that together are no more than so many, and how many circles."""
    names: dict[str, str] = {}
    count = 0
    for circle in circles:
        more = dict(zip(circle.members, circle.names, strict=True))
        if len({*names, *more}) <= most:
            names |= more
            count += 1
    return names, count


def per_party(rows: Sequence[Obligation]) -> dict[str, dict[str, Any]]:
    """For each party what it owed and was owed among these debts, before and after, in yuan."""
    found: dict[str, dict[str, Any]] = {}
    zero = Decimal("0.00")
    for row in rows:
        for key, side in ((row.debtor, "owes"), (row.creditor, "is_owed")):
            one = found.setdefault(
                key, {"owes": zero, "owes_after": zero, "is_owed": zero, "is_owed_after": zero}
            )
            one[side] += row.amount
            one[f"{side}_after"] += row.left
    return found
