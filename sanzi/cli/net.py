"""`sanzi net`: circles in a file of debts, without a database."""

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sanzi.kernel.refusals import Invalid, Refusal

if TYPE_CHECKING:
    from sanzi.netting.engine.clearing import Cleared
    from sanzi.netting.engine.network import Network
    from sanzi.netting.engine.reading import Debts
    from sanzi.netting.engine.relief import Funded, Step

SHOWN = 20
LISTED = 1000


@dataclass(frozen=True)
class Asked:
    """What is asked of `sanzi net`: limits, who takes part, how papers are written, a fund."""

    longest: int | None = None
    prefer: str = ""
    signers: int | None = None
    is_one_paper: bool = False
    only: Path | None = None
    within_county: bool = False
    # Yuan as typed; empty: no fund.
    relief: str = ""


def run(path: Path, asked: Asked, *, as_json: bool) -> int:
    """Net a file. Answers 0, or 1 when rows were refused; a file that cannot be read is 2."""
    began = time.perf_counter()
    from sanzi.netting.engine.clearing import clear
    from sanzi.netting.engine.reading import read_debts, read_names

    loaded = time.perf_counter()
    try:
        debts = read_debts(path)
        if debts.problems:
            return _refused(debts, as_json=as_json)
        fund = _fund(asked.relief)
        only = None if asked.only is None else read_names(asked.only)
        taking = debts.taking_part(only, within_county=asked.within_county)
        network = debts.network(asked.prefer)
        read = time.perf_counter()
        cleared = clear(network.only(taking), longest=asked.longest, signers=asked.signers)
    except Refusal as refusal:
        if as_json:
            _dump({"ok": False, "problems_count": 1,
                   "problems": [{"row": None, "message": refusal.message}]})  # fmt: skip
        raise
    cleared.seconds.update(load=loaded - began, read=read - loaded)
    cleared = _whole(cleared, network, taking)
    relief = None if fund is None else _relief(cleared, fund)
    if as_json:
        _dump(document(debts, cleared, asked, relief))
    else:
        _print(debts, cleared, asked, relief)
    return 0


def _whole(cleared: "Cleared", network: "Network", taking: Any) -> "Cleared":
    """The plan told on every debt of the file, also on those that took no part."""
    import numpy as np

    cancelled = np.zeros(len(network.amount), np.int64)
    cancelled[taking] = cleared.cancelled
    return replace(cleared, network=network, cancelled=cancelled)


def _fund(text: str) -> int | None:
    """A fund in fen from yuan as typed. Raises Invalid."""
    if not text:
        return None
    try:
        fen = Decimal(text.replace(",", "")) * 100
    except InvalidOperation:
        raise Invalid("netting.fund", f"资金“{text}”不是数字") from None
    if not fen.is_finite() or fen <= 0 or fen % 1 or fen > 10**16:
        raise Invalid("netting.fund", f"资金“{text}”应大于零，最多两位小数")
    return int(fen)


@dataclass(frozen=True)
class Relief:
    """What a fund clears of what the plan leaves, and the curve it lies on."""

    funded: "Funded"
    steps: "list[Step]"


def _relief(cleared: "Cleared", fund: int) -> Relief:
    from sanzi.netting.engine.relief import acyclic, curve, funded

    left = acyclic(cleared.network, cleared.cancelled)
    return Relief(funded(cleared.network, left, fund), curve(cleared.network, left))


def papers_of(cleared: "Cleared", *, is_one_paper: bool) -> tuple[int, int]:
    """How many agreements there are to sign, and how many signatures they ask for."""
    from sanzi.netting.engine.circles import connected_groups, papers_and_signatures

    circles = cleared.circles
    return connected_groups(circles) if is_one_paper else papers_and_signatures(circles)


def document(
    debts: "Debts", cleared: "Cleared", asked: Asked, relief: Relief | None = None
) -> dict[str, Any]:
    """The JSON document; amounts are decimal strings in yuan."""
    names, network = debts.names, cleared.network
    total, cancelled = network.total, cleared.total_cancelled
    left = (network.amount - cleared.cancelled).tolist()
    pairs = zip(debts.debtor, debts.creditor, left, strict=True)
    papers, signatures = papers_of(cleared, is_one_paper=asked.is_one_paper)
    told = {
        "ok": True,
        "total": yuan(total),
        "cancelled": yuan(cancelled),
        "share": f"{cancelled / total:.6f}" if total else "0.000000",
        "optimal": cleared.optimal,
        "max_length": asked.longest,
        "max_signers": asked.signers,
        "prefer": asked.prefer or None,
        "certificate": {
            "bound": yuan(cleared.bound),
            "unrestricted": yuan(cleared.optimum),
            "passes": cleared.certificate.passes,
            "checked": _checked(asked.longest),
        },
        "agreements": {
            "way": "connected" if asked.is_one_paper else "circle",
            "papers": papers,
            "signatures": signatures,
            "signers": len(set(cleared.circles.member.tolist())),
        },
        "circles": [
            {"amount": yuan(amount), "members": [names[party] for party in members]}
            for amount, members in cleared.circles.largest_first()
        ],
        "residual": [
            {"debtor": debtor, "creditor": creditor, "amount": yuan(fen)}
            for debtor, creditor, fen in pairs
            if fen
        ],
        "parties": len(names),
        "obligations": len(left),
        "seconds": {phase: round(took, 4) for phase, took in cleared.seconds.items()},
    }
    if relief is not None:
        told["relief"] = _told_relief(relief, names)
    return told


def _told_relief(relief: Relief, names: list[str]) -> dict[str, Any]:
    return {
        "fund": yuan(relief.funded.fund),
        "cleared": yuan(relief.funded.cleared),
        "used": yuan(relief.funded.used),
        "paid_to": [
            {"debtor": names[who], "amount": yuan(fen)} for who, fen in relief.funded.paid_to
        ],
        "curve": [
            {"times": one.times, "fund": yuan(one.fund), "cleared": yuan(one.cleared)}
            for one in relief.steps
        ],
    }


def _checked(longest: int | None) -> str:
    dual = (
        "给每一方一个数，由线性规划对偶得到任何冲转都不能超过的上限；与实际冲转额逐分相等，即证明最优。"
        "该数由独立于求解器的最长路检查得出，同时证明剩余网络中没有可增加的圈"
    )
    if longest is None:
        return dual
    return (
        f"不限人数的最优值按下述方法证明：{dual}。每圈不超过 {longest} 方的上限，"
        "是对全部这样的圈作线性规划的对偶值与不限人数最优值中较小的一个"
    )


def yuan(fen: int) -> str:
    """Fen as yuan with two decimals."""
    return f"{fen // 100}.{fen % 100:02d}"


def _refused(debts: "Debts", *, as_json: bool) -> int:
    count = len(debts.problems)
    if as_json:
        _dump({
            "ok": False,
            "problems_count": count,
            "problems": [
                {"row": row, "message": message} for row, message in debts.problems[:LISTED]
            ],
        })  # fmt: skip
        return 1
    for _, message in debts.problems[:SHOWN]:
        print(f"  ✗ {message}")
    if count > SHOWN:
        print(f"  ……还有 {count - SHOWN} 行，加 --json 看更多")
    print(f"有 {count} 行不能用，没有计算。请改正后再试。")
    return 1


def _print(debts: "Debts", cleared: "Cleared", asked: Asked, relief: Relief | None) -> None:
    network, names = cleared.network, debts.names
    total, cancelled = network.total, cleared.total_cancelled
    print(f"{len(names):,} 方，{len(network.amount):,} 笔债务，共 {money(total)} 元")
    share = f"，占 {cancelled / total:.1%}" if total else ""
    print(f"可冲转 {money(cancelled)} 元{share}；每一方的净债权债务不变，没有一笔债务增加")
    print(_how_good(cleared, asked))
    papers, signatures = papers_of(cleared, is_one_paper=asked.is_one_paper)
    print(f"协议 {papers:,} 份，共签 {signatures:,} 处")
    circles = list(cleared.circles.largest_first())
    for amount, members in circles[:SHOWN]:
        ring = " → ".join(names[party] for party in [*members, members[0]])
        print(f"  {len(members)} 方各少欠 {money(amount)} 元：{ring}")
    if len(circles) > SHOWN:
        print(f"  ……还有 {len(circles) - SHOWN:,} 个圈，加 --json 看全部")

    if relief is not None:
        told = relief.funded
        print(f"投入 {money(told.fund)} 元资金，最多再清 {money(told.cleared)} 元，先付给：")
        for who, fen in told.paid_to[:SHOWN]:
            print(f"  {names[who]} {money(fen)} 元")


def _how_good(cleared: "Cleared", asked: Asked) -> str:
    best = f"（不限时最多 {money(cleared.optimum)} 元）"
    if asked.signers is not None and not cleared.optimal:
        return f"最多 {asked.signers:,} 方签字，按每签一个字冲得多的先选，不保证最优{best}"
    if asked.longest is None:
        return f"这是最大值，已证明：任何冲转都不能超过 {money(cleared.bound)} 元"
    return f"每圈不超过 {asked.longest} 方，上限 {money(cleared.bound)} 元{best}"


def money(fen: int) -> str:
    """Fen as yuan with thousands separated."""
    return f"{fen // 100:,}.{fen % 100:02d}"


def _dump(document: dict[str, Any]) -> None:
    """Print JSON piece by piece: a million debts are not held as one text."""
    for piece in _pieces(document):
        sys.stdout.write(piece)
    sys.stdout.write("\n")


def _pieces(document: dict[str, Any]) -> Iterator[str]:
    from json import JSONEncoder

    encoder = JSONEncoder(ensure_ascii=False)
    yield "{"
    for index, (key, value) in enumerate(document.items()):
        yield f'{"," if index else ""}\n "{key}": '
        if isinstance(value, list):
            yield "["
            for place, one in enumerate(value):
                yield ("," if place else "") + "\n  " + encoder.encode(one)
            yield "\n ]"
        else:
            yield encoder.encode(value)
    yield "\n}"
