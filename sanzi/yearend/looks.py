"""Each thing looked at before a month is closed, in reading order. No framework.

To add one: a function from facts to its answer, and its line in LOOKS.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sanzi.kernel.money import grouped

from .checks import BLOCK, OK, WARN, Check, Facts, month_name

# What a look answers: state, sentence, place, argument.
_Answer = tuple[str, str, str, str]


def _fine(sentence: str) -> _Answer:
    return OK, sentence, "", ""


def _time(f: Facts) -> _Answer:
    if not f.has_begun:
        return BLOCK, f"{month_name(f.period)}还没有开始，不能结账", "", ""
    if not f.is_over:
        return WARN, f"{month_name(f.period)}还没有过完，结账后当月不能再记账", "", ""
    return _fine("本月已结束")


def _order(f: Facts) -> _Answer:
    if f.open_before:
        names = "、".join(month_name(period) for period in f.open_before[:3])
        more = f"等 {len(f.open_before)} 个月" if len(f.open_before) > 3 else ""
        return BLOCK, f"{names}{more}还没有结账，请按月份先后结账", "month", str(f.open_before[0])
    return _fine("以前月份都已结账")


def _opening(f: Facts) -> _Answer:
    if not f.is_opening_locked:
        return WARN, "期初余额还没有录入并锁定；确实从零开账的可以不录", "opening", ""
    return _fine("期初余额已锁定")


def _posted(f: Facts) -> _Answer:
    if count := sum(f.under_way.values()):
        where = "，".join(f"{stage} {n} 笔" for stage, n in f.under_way.items())
        return BLOCK, f"本月还有 {count} 笔业务没有记账（{where}），请办完或作废", "agency", ""
    return _fine("本月业务全部记账")


def _numbers(f: Facts) -> _Answer:
    if not (f.counted == f.found == f.highest):
        return (
            BLOCK,
            f"凭证号不连续：应有 {f.counted} 张，查到 {f.found} 张，最大号 {f.highest}；"
            "请立即运行账簿核验并报告系统管理员",
            "",
            "",
        )
    return _fine(f"凭证号连续，共 {f.found} 张")


def _balanced(f: Facts) -> _Answer:
    if f.out_of_balance:
        return (
            BLOCK,
            f"全部科目余额借贷相差 {grouped(f.out_of_balance)} 元；请立即运行账簿核验",
            "balances",
            "",
        )
    return _fine("试算平衡")


def _negative(f: Facts) -> _Answer:
    overdrawn = [m for m in f.money if m.closing < 0]
    if overdrawn:
        named = "；".join(f"{m.code} {m.name} 月末 {grouped(m.closing)}" for m in overdrawn)
        return BLOCK, f"{named} 元，货币资金不能是负数，请查明更正", "ledger", overdrawn[0].code
    dipped = [m for m in f.money if m.lowest < 0]
    if dipped:
        named = "；".join(
            f"{m.code} {m.name} {m.lowest_on:%m月%d日} {grouped(m.lowest)}" for m in dipped
        )
        return WARN, f"月中出现过负数：{named} 元，请核对凭证日期", "ledger", dipped[0].code
    return _fine("现金、银行存款没有出现负数")


def _bank(f: Facts) -> _Answer:
    if f.bank is not None and f.bank:
        return (
            WARN,
            f"银行存款与对账单有 {grouped(f.bank)} 元差额未达账项解释不了，请查明",
            "bank",
            "",
        )
    if f.bank is not None:
        return _fine("银行存款与对账单调节后相符")
    if not f.has_bank:
        return _fine("没有银行存款")
    return WARN, "未导入对账单，银行存款没有核对", "bank", ""


def _cards(f: Facts) -> _Answer:
    if not f.has_cards and not any(gap.theirs for gap in f.cards):
        return _fine("没有固定资产")
    wrong = [gap for gap in f.cards if gap.difference]
    if wrong:
        named = "；".join(
            f"{gap.name}：资产卡片 {grouped(gap.ours)}，账面 {grouped(gap.theirs)}，"
            f"差 {grouped(gap.difference)}"
            for gap in wrong
        )
        return WARN, f"{named} 元，请核对资产台账与账簿", "assets", ""
    return _fine("资产卡片与账面相符")


def _names(f: Facts) -> _Answer:
    if f.nameless:
        named = "；".join(
            f"{code} {name} {grouped(amount)} 元" for code, name, amount in f.nameless
        )
        return WARN, f"明细合计与总账不符，没有记到往来户：{named}", "ledger", f.nameless[0][0]
    return _fine("往来明细合计与总账相符")


def _pending(f: Facts) -> _Answer:
    if f.pending and f.is_december:
        return (
            BLOCK,
            f"181 待处理财产损溢有余额 {grouped(f.pending)} 元，年末必须按批准意见处理完",
            "ledger",
            "181",
        )
    if f.pending:
        return (
            WARN,
            f"181 待处理财产损溢有余额 {grouped(f.pending)} 元，请尽快报批处理",
            "ledger",
            "181",
        )
    return _fine("没有待处理财产损溢")


def _produce(f: Facts) -> _Answer:
    if f.produce and f.is_december:
        return (
            WARN,
            f"401 生产（劳务）成本有余额 {grouped(f.produce)} 元；"
            "已完工的请先结转库存物资或经营支出，在产的可以留存",
            "ledger",
            "401",
        )
    return _fine("生产（劳务）成本无须结转")


def _year_end(f: Facts) -> _Answer:
    if f.waiting:
        return BLOCK, f"12 月随年终结转结账，请先办年终结转：{f.waiting}", "year", ""
    return _fine("年终结转已办" if f.is_december else "不是年末")


@dataclass(frozen=True)
class Look:
    """One thing looked at, in reading order."""

    name: str
    title: str
    at: Callable[[Facts], _Answer]


LOOKS: tuple[Look, ...] = (
    Look("time", "结账时间", _time),
    Look("order", "结账次序", _order),
    Look("opening", "期初余额", _opening),
    Look("posted", "业务全部记账", _posted),
    Look("numbers", "凭证号连续", _numbers),
    Look("balanced", "试算平衡", _balanced),
    Look("money", "货币资金", _negative),
    Look("bank", "银行对账", _bank),
    Look("cards", "资产卡片与账面", _cards),
    Look("names", "往来明细与总账", _names),
    Look("pending", "待处理财产损溢", _pending),
    Look("produce", "生产（劳务）成本", _produce),
    Look("year", "年终结转", _year_end),
)


def checklist(facts: Facts) -> list[Check]:
    """Everything looked at, in order."""
    return [Check(look.name, look.title, *look.at(facts)) for look in LOOKS]


def look_at(name: str, facts: Facts) -> Check:
    """One look by itself."""
    look = next(look for look in LOOKS if look.name == name)
    return Check(look.name, look.title, *look.at(facts))


def blocking(checks: Sequence[Check]) -> list[Check]:
    """What stands in the way of closing."""
    return [check for check in checks if check.state == BLOCK]
