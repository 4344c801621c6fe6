"""One posted voucher and its lines: what must hold of them by themselves."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from sanzi.accounting.interchange.journal import LineRow, VoucherRow
from sanzi.accounting.keys import LINES_MAX, voucher_key
from sanzi.kernel.money import from_fen, grouped

ALONE = frozenset({"imported", "opening", "closing"})
ANALYSED = ("counterparty", "project", "object", "item")


def faults_of(
    voucher: VoucherRow,
    lines: Sequence[LineRow],
    leaves: Collection[str],
    dimensions: Mapping[int, str],
) -> Iterator[str]:
    """Why a voucher cannot have come through the posting gate as it stands."""
    if voucher.key != voucher_key(voucher.book, voucher.period, voucher.number):
        yield "键与账套、期间、凭证号不符"
    month = 0 if voucher.kind == "opening" else voucher.dated.month
    if voucher.period != voucher.dated.year * 100 + month:
        yield f"日期 {voucher.dated} 不在其期间 {voucher.period}"
    if voucher.kind not in ALONE and voucher.reviewed_by in (None, voucher.prepared_by):
        yield "制单与复核没有分开"
    hands = (voucher.prepared_by, voucher.reviewed_by, voucher.posted_by)
    if voucher.cashier is not None and voucher.cashier in hands:
        yield "出纳兼任了制单、复核或记账"
    if voucher.kind == "red" and voucher.reverses is None:
        yield "红字凭证没有写明冲销哪一张"
    yield from _sums(voucher, lines)
    for line in lines:
        yield from _of_line(line, voucher, leaves, dimensions)


def _sums(voucher: VoucherRow, lines: Sequence[LineRow]) -> Iterator[str]:
    if [line.key % (LINES_MAX + 1) for line in lines] != list(range(1, len(lines) + 1)):
        yield "分录序号不连续"
    if len(lines) != voucher.lines_count or len(lines) < 2:
        yield f"应有 {voucher.lines_count} 行分录，实有 {len(lines)} 行"
    debits = sum(line.debit for line in lines)
    credits_ = sum(line.credit for line in lines)
    if debits != credits_:
        yield f"借贷不平：借方 {_said(debits)}，贷方 {_said(credits_)}"
    if debits != voucher.total:
        yield f"合计 {_said(voucher.total)} 与借方分录之和 {_said(debits)} 不符"


def _of_line(
    line: LineRow,
    voucher: VoucherRow,
    leaves: Collection[str],
    dimensions: Mapping[int, str],
) -> Iterator[str]:
    where = f"第 {line.key % (LINES_MAX + 1)} 行"
    if line.book != voucher.book:
        yield f"{where}写着另一个账套"
    if line.account not in leaves:
        yield f"{where}的科目 {line.account} 不是本账套的末级科目"
    if bool(line.debit) == bool(line.credit):
        yield f"{where}应只有借方或贷方一个金额"
    for kind in ANALYSED:
        key = getattr(line, kind)
        if key is not None and dimensions.get(key) != kind:
            yield f"{where}的辅助核算不属于本账套"


def _said(fen: int) -> str:
    return grouped(from_fen(fen))
