"""The seven linked steps of the town, claim by claim: the published sums come out exactly."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from tools.examples.people import Party
from tools.examples.places import Village
from tools.examples.shares import money, partly, uneven

from .contracts import LITIGATED
from .ledger import Claim, Ledger
from .sound import Draft

# Yuan, from the published case; what it does not say (the base, the parts of a sum) is invented.
LOCKED = money("38,181,333.33")
RECOVERED = money("28,636,000.00")
CASH = money("5,323,500.00")
SEALED = money("2,216,000.00")
SEALED_MINE = money("980,000.00")
SEALED_IRONWORKS = money("720,000.00")
ADJUSTED = money("12,360,000.00")
SET_OFF_COAL = money("112,600.00")
SET_OFF_OTHER = money("530,400.00")
WRITTEN_OFF = money("480,000.00")
MEDIATED_PAID = money("1,386,000.00")
MEDIATED_ADJUSTED = money("2,418,000.00")
LITIGATION = money("1,870,000.00")
UNCLASSIFIED = RECOVERED - sum(
    (CASH, ADJUSTED, SET_OFF_COAL, SET_OFF_OTHER, WRITTEN_OFF)
    + (MEDIATED_PAID, MEDIATED_ADJUSTED, LITIGATION)
)
# Still owed at the end of the year, by where it is owed.
LEFT_OF_CASH = money("900,000.00")
LEFT_IN_COURT = money("640,000.00")
LEFT_IN_MEDIATION = money("4,989,333.33")
LEFT_UNTOUCHED = LOCKED - RECOVERED - SEALED - LEFT_OF_CASH - LEFT_IN_COURT - LEFT_IN_MEDIATION

MEDIATION_CASES = 47
_NATURES = ("承包费租金", "往来借款", "承包费租金", "征占地补偿", "其他", "往来借款", "承包费租金")

# 640 + 60 + 80 + 48 + 421 = 1,249 written notices.
PAID_CLAIMS, PARTLY_PAID_CLAIMS = 490, 150
SET_OFF_COAL_CLAIMS, SET_OFF_OTHER_CLAIMS, WRITTEN_OFF_CLAIMS = 24, 36, 40
UNCLASSIFIED_CLAIMS = 80
UNTOUCHED_CLAIMS = 48
MEDIATED_PAID_CLAIMS, MEDIATED_ADJUSTED_CLAIMS, MEDIATED_OPEN_CLAIMS = 33, 61, 327
LITIGATED_CLAIMS = 12
SEALED_TAX_CLAIMS = 200


def recover(ledger: Ledger, villages: dict[str, Village], owing: Sequence[Draft]) -> None:
    """Every claim of the town and its year; `owing` are the contracts in arrears."""
    _collect(ledger)
    _seal(ledger, villages)
    _adjust(ledger, villages)
    _set_off(ledger, villages)
    _write_off(ledger)
    _mediate(ledger, [draft for draft in owing if draft.method != LITIGATED])
    _litigate(ledger, [draft for draft in owing if draft.method == LITIGATED])
    _rest(ledger)


def _collect(ledger: Ledger) -> None:
    count = PAID_CLAIMS + PARTLY_PAID_CLAIMS
    paid = uneven(CASH, count, ledger.chance)
    left = uneven(LEFT_OF_CASH, PARTLY_PAID_CLAIMS, ledger.chance)
    for place, amount in enumerate(paid):
        rest = left[place] if place < PARTLY_PAID_CLAIMS else Decimal(0)
        claim = ledger.claim(amount + rest, _NATURES[place % len(_NATURES)])
        ledger.notify(claim)
        ledger.pay(claim, amount)


def _seal(ledger: Ledger, villages: dict[str, Village]) -> None:
    works = (
        ("张马煤矿", SEALED_MINE, "股份分红上交款"),
        ("张马铁厂", SEALED_IRONWORKS, "往来借款"),
    )
    village = villages["张马村"]
    claims = [
        ledger.claim(
            amount, nature, village=village, debtor=Party(name, "企业"),
            formed_on=date(1998, 12, 20), debtor_status="注销", evidence="无",
        )
        for name, amount, nature in works
    ]  # fmt: skip
    taxes = SEALED - SEALED_MINE - SEALED_IRONWORKS
    for place, amount in enumerate(uneven(taxes, SEALED_TAX_CLAIMS, ledger.chance)):
        formed_on = date(1994 + place % 9, 12, 31)
        claims.append(ledger.claim(amount, "税费尾欠", formed_on=formed_on))
    for claim in claims:
        ledger.act(
            claim, date(2022, 6, 20), "打包封存", claim.balance, document="中村封存〔2022〕1号",
            remark="经四议两公开打包封存，不核销、不再清缴",
        )  # fmt: skip


def _adjust(ledger: Ledger, villages: dict[str, Village]) -> None:
    owners = ["中村村", "南河村", "下峪村", "中村村", "南河村", "上峪村", "松峪村"]
    amounts = uneven(ADJUSTED, len(owners), ledger.chance, unit=1_000, spread=3)
    for place, (name, amount) in enumerate(zip(owners, amounts, strict=True)):
        is_off_book = place >= 5
        claim = ledger.claim(
            amount,
            "征占地补偿" if is_off_book else "在建工程虚拟债权",
            village=villages[name],
            debtor=ledger.people.register.firm("建设工程"),
            book="账外" if is_off_book else "账内",
            account_code=None if is_off_book else "112",
        )
        remark = "账外债权核实入账并结清" if is_off_book else "税费免除后开票入账，冲减预付工程款"
        day = date(2022, 8, 5) + timedelta(days=9 * place)
        document = f"记-2022-08-{place + 1:02d}"
        ledger.act(claim, day, "账务调整", amount, document=document, remark=remark)


def _set_off(ledger: Ledger, villages: dict[str, Village]) -> None:
    ends = (date(2022, 10, 31), date(2022, 11, 30), date(2022, 12, 31))
    for place, amount in enumerate(uneven(SET_OFF_COAL, SET_OFF_COAL_CLAIMS, ledger.chance)):
        claim = ledger.claim(amount, "往来借款", village=villages["张马村"])
        ledger.notify(claim)
        third = amount // 30 * 10
        for turn, part in enumerate((third, third, amount - 2 * third)):
            ledger.act(
                claim, ends[turn], "冲转", part, document=f"张马煤款扣-{turn + 1}-{place + 1:02d}",
                remark="从村民年底应得煤款中分批次扣除",
            )  # fmt: skip
    for place, amount in enumerate(uneven(SET_OFF_OTHER, SET_OFF_OTHER_CLAIMS, ledger.chance)):
        claim = ledger.claim(amount, "往来借款")
        ledger.notify(claim)
        remark = "股份分红款抵扣" if place % 2 else "“三角债务”协商冲转"
        day = date(2022, 7, 4) + timedelta(days=3 * place)
        ledger.act(claim, day, "冲转", amount, document=f"冲转-2022-{place + 1:03d}", remark=remark)


def _write_off(ledger: Ledger) -> None:
    for place, amount in enumerate(uneven(WRITTEN_OFF, WRITTEN_OFF_CLAIMS, ledger.chance)):
        is_firm = place % 4 == 3
        claim = ledger.claim(
            amount,
            "其他" if is_firm else "承包费租金",
            debtor=ledger.people.register.firm("商贸") if is_firm else None,
            debtor_status="注销" if is_firm else "死亡无继承人",
            formed_on=date(2000 + place % 8, 6, 30),
        )
        remark = f"{'主体消失' if is_firm else '债务人死亡、无继承人'}，四议两公开程序核销"
        day = date(2022, 9, 1) + timedelta(days=place)
        ledger.act(claim, day, "冲销", amount, document=f"冲销-2022-{place + 1:03d}", remark=remark)


def _mediate(ledger: Ledger, owing: Sequence[Draft]) -> None:
    paid = uneven(MEDIATED_PAID, MEDIATED_PAID_CLAIMS, ledger.chance)
    adjusted = uneven(MEDIATED_ADJUSTED, MEDIATED_ADJUSTED_CLAIMS, ledger.chance)
    claims: list[tuple[Claim, Decimal | None, str]] = [
        (ledger.claim(amount, "承包费租金"), amount, "达成调解，已收回") for amount in paid
    ]
    claims += [
        (ledger.claim(amount, "往来借款"), amount, "达成调解，账务调整") for amount in adjusted
    ]
    arrears = [_arrears_claim(ledger, draft) for draft in owing]
    rest = LEFT_IN_MEDIATION - sum(claim.balance for claim in arrears)
    more = uneven(rest, MEDIATED_OPEN_CLAIMS - len(arrears), ledger.chance)
    open_claims = arrears + [
        ledger.claim(amount, _NATURES[place % len(_NATURES)]) for place, amount in enumerate(more)
    ]
    claims += [(claim, None, "已受理，调解中") for claim in open_claims]
    for place, (claim, amount, remark) in enumerate(claims):
        ledger.notify(claim)
        case = place % MEDIATION_CASES
        day = date(2022, 7, 11) + timedelta(days=3 * case)
        document = f"中村诉调〔2022〕{case + 1}号"
        ledger.act(claim, day, "诉前调解", amount, document=document, remark=remark)


def _litigate(ledger: Ledger, owing: Sequence[Draft]) -> None:
    claims = [_arrears_claim(ledger, draft) for draft in owing]
    rest = LITIGATION + LEFT_IN_COURT - sum(claim.balance for claim in claims)
    for amount in uneven(rest, LITIGATED_CLAIMS - len(claims), ledger.chance, unit=100, spread=3):
        firm = ledger.people.register.firm("矿业")
        claims.append(ledger.claim(amount, "股份分红上交款", debtor=firm))
    got = partly([claim.balance for claim in claims], LITIGATION)
    for place, (claim, amount) in enumerate(zip(claims, got, strict=True)):
        day = date(2022, 9, 15) + timedelta(days=6 * place)
        document = f"（2022）沁中村执{place + 1}号"
        ledger.act(claim, day, "依法追缴", amount, document=document, remark="判决生效后执行到位")


def _rest(ledger: Ledger) -> None:
    """What the published parts do not explain, and what nobody has touched yet."""
    for place, amount in enumerate(uneven(UNCLASSIFIED, UNCLASSIFIED_CLAIMS, ledger.chance)):
        claim = ledger.claim(amount, _NATURES[place % len(_NATURES)])
        ledger.notify(claim)
        day = date(2022, 12, 1) + timedelta(days=place % 28)
        ledger.act(claim, day, "未分项", amount, remark="清收方式未单列")
    for amount in uneven(LEFT_UNTOUCHED, UNTOUCHED_CLAIMS, ledger.chance):
        ledger.notify(ledger.claim(amount, "承包费租金"))


def _arrears_claim(ledger: Ledger, draft: Draft) -> Claim:
    """The claim for what a contractor owes under his contract."""
    row = draft.row
    return ledger.claim(
        row["due_amount"] - row["paid_amount"],
        "承包费租金",
        village=draft.village,
        debtor=draft.party,
        contract_number=row["number"],
        formed_on=date(2021, 12, 31),
        due_on=date(2021, 12, 31),
        evidence="有",
    )
