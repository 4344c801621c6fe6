"""Which claims and debts may be netted, and why each other may not. No framework.

More than two parties rest on the written consent of all of them, with no seizure pending
(domain/netting.md, Law; 民法典 545, 546, 551, 569). What a household draws from its land never
enters (kernel/protections.py).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sanzi.kernel.money import ZERO
from sanzi.kernel.protections import LAND_INCOME, against_setting_off

CLAIM, DEBT, PRIVATE = "claim", "debt", "private"
# Words a register uses for money that belongs to a household or to the state's purpose.
_PROTECTED = (
    *((word, word) for word in sorted(LAND_INCOME)),
    ("征占地补偿", "征地补偿"), ("征地", "征地补偿"), ("土地补偿", "土地补偿款"),
    ("安置补助", "征地补偿"), ("青苗", "征地补偿"), ("流转费", "流转收益"), ("流转款", "流转收益"),
    ("补贴", "地力保护补贴"), ("补助款", "地力保护补贴"),
)  # fmt: skip
_OUT_BY_KIND = {
    "侵占挪用": "侵占、挪用形成的债权应当追回，不得冲转",
    "在建工程虚拟债权": "在建工程虚拟债权不是真实欠款，请先按“虚拟债权转工程成本”办理",
    "税费尾欠": "税费尾欠按政策先锁定、核实，不参加冲转",
    "或有": "或有债务还没有确定，不能冲转",
}
_GONE = {
    "死亡有继承人": "债务人已死亡，请先由继承人确认并更正台账",
    "死亡无继承人": "债务人已死亡，没有人能签字同意",
    "注销": "债务人已注销，没有人能签字同意",
    "失联": "债务人失联，没有人能签字同意",
}
_UNCONFIRMED = {
    CLAIM: "还没有对账确认",
    DEBT: "没有原始凭据，债权人也没有对账确认",
    # No register of a village vouches for it: nothing but the other side's own word will do.
    PRIVATE: "对方还没有确认这笔民间欠款",
}


@dataclass(frozen=True, kw_only=True)
class Item:
    """One open claim or debt of a register, as plain values; amounts in yuan.

    `other` is the key of the party on the other side, empty when nobody knows who it is; of a debt
    between private parties it is the creditor's and `debtor` the debtor's. `words` is what the
    register says about it (nature, purpose, cause). `waits` is what else is under way.
    """

    kind: str
    pk: int
    village: str
    number: str
    other: str
    name: str
    left: Decimal
    debtor: str = ""
    due_on: date | None = None
    formed_on: date | None = None
    put_aside: Decimal = ZERO
    is_confirmed: bool = True
    is_off_books: bool = False
    nature: str = ""
    words: str = ""
    status: str = ""
    security: str = ""
    waits: tuple[str, ...] = ()

    def age(self, as_of: date) -> int | None:
        """Days since it fell due, or since it was formed."""
        since = self.due_on or self.formed_on
        return None if since is None else max((as_of - since).days, 0)


def reasons(one: Item, as_of: date, *, with_unconfirmed: bool = False) -> list[str]:
    """Why this claim or debt takes no part on this day; empty when it does.

    `with_unconfirmed`: what a village's register holds and was never reconciled is confirmed by the
    signed consent instead.
    """
    found = [*one.waits]
    if not one.other:
        found.append("台账没有写对方是谁，无法识别")
    if one.due_on is not None and one.due_on > as_of:
        found.append(f"{one.due_on} 才到期，未到期的不能冲转")
    if one.put_aside:
        found.append("已打包封存，请先解封")
    if one.is_off_books:
        found.append("账外债权，请先“账外补记入账”")
    if one.nature in _OUT_BY_KIND:
        found.append(_OUT_BY_KIND[one.nature])
    if one.status in _GONE:
        found.append(_GONE[one.status])
    if one.security.strip() and one.security.strip() not in ("无", "否"):
        found.append("有抵押担保，涉及第三人")
    if ban := protection_of(one):
        found.append(ban)
    if not one.is_confirmed and (one.kind == PRIVATE or not with_unconfirmed):
        found.append(_UNCONFIRMED[one.kind])
    return found


def protection_of(one: Item) -> str:
    """The ban on netting money of this kind, with its article; empty when there is none."""
    told = f"{one.nature} {one.words}"
    for word, means in _PROTECTED:
        if word in told:
            return str(against_setting_off(means))
    return ""


@dataclass(frozen=True)
class Pair:
    """One obligation between parties: a claim, a debt, or both books' rows of the same one."""

    debtor: str
    creditor: str
    left: Decimal
    items: tuple[Item, ...]


VILLAGE = "village:"


def obligations(items: list[Item]) -> tuple[list[Pair], list[tuple[Item, str]]]:
    """Obligations among parties, and the items left out with the reason.

    Between two villages the same obligation stands in both registers: claim and debt of the same
    amount are one; what has no counterpart is left out, or it would be netted on one side only.
    """
    found: list[Pair] = []
    out: list[tuple[Item, str]] = []
    between: dict[tuple[str, str], tuple[list[Item], list[Item]]] = {}
    for one in items:
        debtor, creditor = _ends(one)
        if one.kind == PRIVATE:
            found.append(Pair(debtor, creditor, one.left, (one,)))
        elif debtor == creditor:
            out.append((one, "对方就是本村集体自己，请核对台账"))
        elif one.other.startswith(VILLAGE):
            sides = between.setdefault((debtor, creditor), ([], []))
            sides[one.kind == DEBT].append(one)
        else:
            found.append(Pair(debtor, creditor, one.left, (one,)))
    for (debtor, creditor), (claims, debts) in sorted(between.items()):
        for claim in list(claims):
            same = next((debt for debt in debts if debt.left == claim.left), None)
            if same is not None:
                claims.remove(claim)
                debts.remove(same)
                found.append(Pair(debtor, creditor, claim.left, (claim, same)))
        out += [(one, "对方村的债务台账里没有金额一致的一笔，请两村先对账") for one in claims]
        out += [(one, "对方村的债权台账里没有金额一致的一笔，请两村先对账") for one in debts]
    return found, out


def _ends(one: Item) -> tuple[str, str]:
    if one.kind == PRIVATE:
        return one.debtor, one.other
    mine = VILLAGE + one.village
    return (one.other, mine) if one.kind == CLAIM else (mine, one.other)
