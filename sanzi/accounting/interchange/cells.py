"""Cells of a voucher file: days, amounts in fen, accounts, words. Each raises Flaw saying why."""

import re
from datetime import date
from functools import lru_cache

from sanzi.intake.cells.dates import date_parser
from sanzi.intake.cells.text import check_characters, folded, tidied
from sanzi.intake.cells.verdict import Flaw, Noted
from sanzi.kernel.money import MONEY_MAX, grouped, to_fen

LABEL_MAX = 60
MEMO_MAX = 200
NAME_MAX = 60

_AMOUNT = re.compile(r"([+-]?)([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.([0-9]+))?")
_PLAIN = re.compile(r"-?[0-9]{1,13}\.[0-9]{2}")
_FEN_MAX = to_fen(MONEY_MAX)
_ACCOUNT = re.compile(r"([0-9][0-9.\-]*)(?:[\s:：]+(\S.*))?", re.DOTALL)
_DIGITS = re.compile(r"[0-9]{3}(?:[0-9]{2}){0,3}")
_LEVELS = re.compile(r"[0-9]{3}(?:([.\-])[0-9]{2}(?:\1[0-9]{2}){0,2})?")
# A spreadsheet would run these as formulas; files written for one carry an apostrophe before them.
_ODD = re.compile(r"^[\s']|\s$|\s\s")
_FORMULA = re.compile(r"[=+\-@\t\r＝]")

_read_day = date_parser("dated")


@lru_cache(maxsize=5000)
def day_of(cell: str) -> date:
    """2024-01-05, 2024/1/5, 2024年1月5日 or 20240105."""
    found = _read_day(cell)
    value = found.value if isinstance(found, Noted) else found
    if not isinstance(value, date):
        raise Flaw("date-missing", "没有日期，请填写如 2024-01-05")
    return value


def fen_of(cell: str) -> int:
    """An amount in fen: at most two decimals, negative for a red letter; an empty cell is 0."""
    if not cell:
        return 0
    if _PLAIN.fullmatch(cell):
        return int(cell[:-3] + cell[-2:])
    found = _AMOUNT.fullmatch(cell) or _AMOUNT.fullmatch(folded(cell))
    if found is None:
        raise Flaw("amount", f"“{shortened(cell)}”不是金额，请填数字，如 1234.56")
    sign, whole, decimals = found.groups()
    rest = (decimals or "").rstrip("0")
    if len(rest) > 2:
        raise Flaw("amount", f"“{shortened(cell)}”超过两位小数，请核对到分")
    fen = int(whole.replace(",", "")) * 100 + int(rest.ljust(2, "0"))
    if fen > _FEN_MAX:
        raise Flaw("amount", f"超过 {grouped(MONEY_MAX)}")
    return -fen if sign == "-" else fen


@lru_cache(maxsize=5000)
def account_of(cell: str) -> tuple[str, str]:
    """Digits and name of `10201`, `102-01`, `102.01` or `10201 农商行` (three digits, then two)."""
    text = tidied(cell)
    found = _ACCOUNT.fullmatch(text)
    if found is None:
        raise Flaw("account", f"“{shortened(text)}”没有科目编码，请写成 10201 或 10201 农商行")
    code, name = found.group(1), found.group(2) or ""
    if not _DIGITS.fullmatch(code) and not _LEVELS.fullmatch(code):
        raise Flaw("account", f"科目编码 {shortened(code)} 应为三位一级加每级两位，最多四级")
    check_characters(name)
    return re.sub(r"[.\-]", "", code), name


def words_of(cell: str, most: int, what: str) -> str:
    """Words: trimmed and on one line, at most so many characters."""
    if not cell or (cell.isprintable() and len(cell) <= most and not _ODD.search(cell)):
        return cell
    check_characters(cell)
    text = " ".join(tidied(cell).split())
    if text.startswith("'") and _FORMULA.match(text[1:]):
        text = text[1:]
    if len(text) > most:
        raise Flaw("text-too-long", f"{what}共 {len(text)} 个字，超过上限 {most} 个字，请精简")
    return text


def shortened(text: str, most: int = 30) -> str:
    """What a message repeats of a cell."""
    return text if len(text) <= most else text[:most] + "…"
