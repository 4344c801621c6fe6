"""The demonstration's town finding its circles of debt: a proposal that waits for its parties.

Villagers owe their villages, the villages owe contractors, and the contractors owe villagers for
work: the last debts stand in no register and are told here by one side and confirmed by the other.
Nothing here moves a figure; a visitor who brings in the answers and settles sees claims, debts and
books move together.
"""

import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from sanzi.access.models import Person
from sanzi.netting.actions import consenting, private, proposing
from sanzi.netting.actions.private import Told
from sanzi.netting.models import Consent, PrivateDebt, Proposal
from sanzi.netting.qualifying import CLAIM, DEBT, Pair
from sanzi.netting.queries import scope_of
from sanzi.netting.stages import Stage

from .demo_cast import REPORTS, TOWN, VILLAGE, acting

CLERK = "zc-jingban"
NEXT = f"{TOWN}202"
TITLE = "三角债冲转（第一批）"
# What the contractor owes the villager, in yuan, by village; the last two cross the border.
OWED = {VILLAGE: ("1860.00", "2340.00", "2715.50"), NEXT: ("3120.00", "1980.00")}
ACROSS = ("1500.00", "1425.00")
WORDS = ("修渠人工费", "砌护坡人工费", "拉运沙石款", "租用三轮车款", "工地伙食款")

Tell = Callable[[str], None]


def wait_for_netting(*, tell: Tell) -> None:
    """Enter the private debts, propose and ask, if nobody has yet."""
    by = Person.objects.get(username=CLERK)
    if Proposal.objects.visible_to(by).within(TOWN).exists():
        return
    began = time.monotonic()
    debts = list(_declare(by, localdate()))
    for one in debts[:-1]:
        private.answer_debt(
            letter=one.asked, given="yes", signed_as="公司经办人", by=None,
            now=acting(CLERK)["now"],
        )  # fmt: skip
    proposal = proposing.propose(
        region=TOWN, title=TITLE, key="demo-netting", with_unconfirmed=True, **acting(CLERK)
    )
    proposing.send(proposal_id=proposal.pk, **acting(CLERK))
    _answer(proposal)
    tell(
        f"三角债冲转：{len(debts)} 笔民间欠款，可冲转 {proposal.cancelled:,} 元，"
        f"用时 {time.monotonic() - began:.1f} 秒"
    )


def _declare(by: Person, today: date) -> Iterator[PrivateDebt]:
    """Triangles within two villages, one circle of six across them, and one not confirmed yet."""
    ends = {village: _ends_in(by, village, today) for village in OWED}
    told = []
    for village, amounts in OWED.items():
        owing, owed = ends[village]
        told += [(village, owed[at], owing[at], yuan) for at, yuan in enumerate(amounts)]
    # A contractor of one village owes a villager of the other, and the other way round.
    for (home, away), yuan in zip(((VILLAGE, NEXT), (NEXT, VILLAGE)), ACROSS, strict=True):
        told.append((away, ends[home][1][3], ends[away][0][3], yuan))
    told.append((VILLAGE, ends[VILLAGE][1][4], ends[VILLAGE][0][4], "1200.00"))
    for at, (village, contractor, villager, yuan) in enumerate(told):
        yield private.declare(
            village=village, debtor=contractor, creditor=villager, told_by="creditor",
            amount=Decimal(yuan), formed_on=today - timedelta(400 + 17 * at), due_on=None,
            words=WORDS[at % len(WORDS)], evidence="欠条", key=f"demo-private-{at}",
            **acting(CLERK),
        )  # fmt: skip


def _ends_in(by: Person, village: str, today: date) -> tuple[list[Told], list[Told]]:
    """Villagers who owe the village and contractors it owes, whose debts qualify."""
    scope = scope_of(by, village, today, with_unconfirmed=True)

    def told(pair: Pair, kind: str) -> Told:
        row: Any = scope.rows[kind, pair.items[0].pk]
        side = "debtor" if kind == CLAIM else "creditor"
        number = getattr(row, f"{side}_id").reveal()
        return Told(getattr(row, side), getattr(row, f"{side}_kind"), number)

    def of(kind: str, who: str) -> list[Told]:
        found: dict[str, Told] = {}
        for pair in sorted(scope.pairs, key=lambda pair: (pair.left, pair.debtor, pair.creditor)):
            row: Any = scope.rows[pair.items[0].kind, pair.items[0].pk]
            side = "debtor" if kind == CLAIM else "creditor"
            if pair.items[0].kind != kind or getattr(row, f"{side}_kind") != who:
                continue
            if pair.left > Decimal(5000) and getattr(row, f"{side}_id") is not None:
                one = told(pair, kind)
                found.setdefault(one.number, one)
        return list(found.values())

    return of(CLAIM, "农户"), of(DEBT, "企业")


def _answer(proposal: Proposal) -> None:
    """The shown village and one contractor have agreed; the others are still being asked."""
    asked = Consent.objects.filter(proposal=proposal, amount__gt=0).order_by("pk")
    own = asked.get(member=f"village:{VILLAGE}")
    consenting.answer_here(consent_id=own.pk, given="yes", **acting(REPORTS))
    builder = asked.filter(name__endswith="公司").first()
    assert builder is not None
    assert builder.slip is not None
    assert Proposal.objects.get(pk=proposal.pk).stage == Stage.SENT
    consenting.answer(
        letter=builder.slip, given="yes", signed_as="公司经办人", by=None,
        now=acting(CLERK)["now"],
    )  # fmt: skip
