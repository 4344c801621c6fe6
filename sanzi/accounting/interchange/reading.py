"""Reading a file of vouchers from other software: every problem by its line. No framework.

Columns: date, voucher, summary, account, debit, credit, counterparty, or the same in Chinese;
UTF-8 or GB 18030.
"""

import csv
import io
from collections.abc import Iterator
from hashlib import sha256

from sanzi.accounting.keys import LINES_MAX
from sanzi.intake.cells.verdict import Flaw
from sanzi.kernel.money import from_fen, grouped

from .cells import LABEL_MAX, MEMO_MAX, NAME_MAX, account_of, day_of, fen_of, shortened, words_of
from .vouchers import COLUMNS, FileLine, FileVoucher, Problem, Reading

TITLES = ("日期", "凭证号", "摘要", "科目", "借方", "贷方", "往来单位或个人")
Vouchers = dict[tuple[int, str], FileVoucher]


def read_vouchers(content: bytes) -> Reading:
    """The vouchers of a CSV file in order, and all that is wrong with it. Nothing is guessed."""
    problems: list[Problem] = []
    vouchers: Vouchers = {}
    text = _decoded(content, problems)
    if text is not None:
        for line, row in _rows(text, problems):
            _take(row, line, vouchers, problems)
        if not vouchers and not problems:
            problems.append(Problem(1, "文件里没有凭证，请核对是否导出了数据"))
        for voucher in vouchers.values():
            problems.extend(Problem(voucher.lines[0].line, why) for why in _against(voucher))
    problems.sort(key=lambda problem: problem.line)
    return Reading(list(vouchers.values()), problems, sha256(content).hexdigest())


def _decoded(content: bytes, problems: list[Problem]) -> str | None:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        line = content.count(b"\n", 0, broken.start) + 1
    try:
        return content.decode("gb18030")
    except UnicodeDecodeError:
        problems.append(
            Problem(line, f"第 {line} 行起既不是 UTF-8 也不是 GB 18030 编码，请另存为 UTF-8 的 CSV")
        )
        return None


def _rows(text: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """Rows after the header, with the line of the file each begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    try:
        if not _is_header(next(reader, []), problems):
            return
        begins = reader.line_num + 1
        for row in reader:
            if any(cell and not cell.isspace() for cell in row):
                yield begins, row
            begins = reader.line_num + 1
    except csv.Error:
        problems.append(
            Problem(begins, f"第 {begins} 行起不是合规的 CSV（引号不成对或单元格过长），请重新导出")
        )


def _is_header(row: list[str], problems: list[Problem]) -> bool:
    named = tuple(cell.strip().lower() for cell in row)
    if named in (COLUMNS, TITLES):
        return True
    problems.append(
        Problem(
            1,
            f"第一行应依次为 {'、'.join(TITLES)}（或 {','.join(COLUMNS)}），"
            f"当前为“{shortened(','.join(row), 80)}”",
        )
    )
    return False


def _take(row: list[str], line: int, vouchers: Vouchers, problems: list[Problem]) -> None:
    """Put a row into its voucher; what cannot be read of it becomes problems."""
    if len(row) != len(COLUMNS):
        problems.append(Problem(line, f"第 {line} 行有 {len(row)} 列，应为 {len(COLUMNS)} 列"))
        return
    flaws: list[str] = []
    voucher = _voucher_of(row[0].strip(), row[1], vouchers, flaws)
    taken = _line_of(row, line, flaws)
    if voucher is not None:
        voucher.is_flawed |= bool(flaws)
        voucher.lines.append(taken)
        if voucher.dated != day_of(row[0].strip()):
            flaws.append(
                f"日期 {row[0].strip()} 与同一凭证 {voucher.label} "
                f"第 {voucher.lines[0].line} 行的 {voucher.dated} 不同，一张凭证只能有一个日期"
            )
    problems.extend(Problem(line, f"第 {line} 行：{flaw}") for flaw in flaws)


def _voucher_of(day: str, label: str, vouchers: Vouchers, flaws: list[str]) -> FileVoucher | None:
    try:
        dated, name = day_of(day), words_of(label, LABEL_MAX, "凭证号")
    except Flaw as flaw:
        flaws.append(flaw.why)
        return None
    if not name:
        flaws.append("没有凭证号，请填写如 记-12")
        return None
    key = (dated.year * 100 + dated.month, name)
    found = vouchers.get(key)
    if found is None:
        found = vouchers[key] = FileVoucher(name, dated)
    return found


def _line_of(row: list[str], line: int, flaws: list[str]) -> FileLine:
    _, _, summary, account, debit, credit, counterparty = row
    code = name = memo = whom = ""
    debit_fen = credit_fen = 0
    try:
        code, name = account_of(account)
    except Flaw as flaw:
        flaws.append(flaw.why)
    try:
        debit_fen, credit_fen = fen_of(debit.strip()), fen_of(credit.strip())
        if debit_fen and credit_fen:
            flaws.append("借方、贷方都填了金额，只能填一方")
        elif not debit_fen and not credit_fen:
            flaws.append("没有金额，请填借方或贷方")
    except Flaw as flaw:
        flaws.append(flaw.why)
    try:
        memo = words_of(summary, MEMO_MAX, "摘要")
        whom = words_of(counterparty, NAME_MAX, "往来单位或个人")
    except Flaw as flaw:
        flaws.append(flaw.why)
    return FileLine(line, code, name, debit_fen, credit_fen, memo, whom)


def _against(voucher: FileVoucher) -> Iterator[str]:
    """What speaks against a voucher as a whole (reliability.md C36)."""
    if not voucher.memo:
        yield f"{voucher.span}没有摘要，请写明事由"
    count = len(voucher.lines)
    if count < 2:
        yield f"{voucher.span}只有 {count} 行分录，至少要一借一贷两行"
    elif count > LINES_MAX:
        yield f"{voucher.span}有 {count} 行分录，最多 {LINES_MAX} 行，请分成几张凭证"
    elif not voucher.is_flawed:
        debits = sum(line.debit for line in voucher.lines)
        credits_ = sum(line.credit for line in voucher.lines)
        if debits != credits_:
            said = [grouped(from_fen(fen)) for fen in (debits, credits_, abs(debits - credits_))]
            yield (f"{voucher.span}借贷不平：借方 {said[0]}，贷方 {said[1]}，差 {said[2]} 元")
