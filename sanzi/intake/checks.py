"""What can be wrong between the cells of a row, and between the rows of a file."""

import re
from collections.abc import Mapping, Sequence
from itertools import repeat

from .cells.verdict import Value
from .dictionary import Sheet
from .masking import shown
from .problems import Log, Severity
from .tables import ColumnMatch, Workbook

Columns = Mapping[str, Sequence[Value]]
Matches = Mapping[str, ColumnMatch]

# (register, earlier, later, severity): the later day may not come before the earlier.
_ORDERS: tuple[tuple[str, str, str, Severity], ...] = (
    ("contracts", "starts_on", "ends_on", "error"),
    ("tasks", "starts_on", "due_on", "error"),
    ("receivables", "formed_on", "due_on", "warning"),
    ("debts", "formed_on", "due_on", "warning"),
)
# (smaller, larger, severity): heads counted at a meeting.
_COUNTS: tuple[tuple[str, str, Severity], ...] = (
    ("present_count", "expected_count", "error"),
    ("approval_count", "present_count", "warning"),
)
# Whose identity number stands in which column, by register.
_IDENTITIES = {
    "contracts": ("contractor_id", "contractor"),
    "receivables": ("debtor_id", "debtor"),
    "debts": ("creditor_id", "creditor"),
}
_CASH = "库存现金"
_PERSON = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,10}·[\u4e00-\u9fff·]{1,15}")
_ORGANISATION = re.compile(r"[社会村组户所站局院校厂店部]|公司|集体|政府|银行|中心|专项|资金")


class Checks:
    """Sees every row of a workbook once, in file order, and remembers what must be compared."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._keys: dict[str, dict[tuple[Value, ...], tuple[str, int]]] = {}
        self._ordinals: dict[tuple[Value, ...], int] = {}
        self._people: dict[str, tuple[str, str, int]] = {}
        self.unsound: set[int] = set()

    def see(
        self,
        name: str,
        sheet: Sheet,
        numbers: list[int],
        columns: Columns,
        matches: Matches,
    ) -> dict[str, list[Value]]:
        """Check a stretch of rows of one sheet; returns the columns it adds (`ordinal`)."""
        self.unsound = set()
        self._check_orders(name, sheet, numbers, columns, matches)
        self._check_counts(name, numbers, columns, matches)
        self._check_identities(name, sheet, numbers, columns, matches)
        if sheet.register == "accounts":
            self._check_holders(name, numbers, columns, matches)
        if "ordinal" in sheet.key:
            return {"ordinal": self._count(sheet, numbers, columns)}
        self._check_keys(name, sheet, numbers, columns, matches)
        return {}

    def _key_columns(
        self, fields: Sequence[str], numbers: list[int], columns: Columns
    ) -> list[Sequence[Value]]:
        blank = list(repeat(None, len(numbers)))
        return [columns.get(field, blank) for field in fields]

    def _count(self, sheet: Sheet, numbers: list[int], columns: Columns) -> list[Value]:
        fields = [field for field in sheet.key if field != "ordinal"]
        ordinals: list[Value] = []
        for key in zip(*self._key_columns(fields, numbers, columns), strict=True):
            self._ordinals[key] = ordinal = self._ordinals.get(key, 0) + 1
            ordinals.append(ordinal)
        return ordinals

    def _check_keys(
        self, name: str, sheet: Sheet, numbers: list[int], columns: Columns, matches: Matches
    ) -> None:
        seen = self._keys.setdefault(sheet.title, {})
        keys = zip(*self._key_columns(sheet.key, numbers, columns), strict=True)
        for row, key in zip(numbers, keys, strict=True):
            if None in key:
                continue
            first = seen.setdefault(key, (name, row))
            if first != (name, row):
                self._tell_duplicate(name, sheet, row, key, first, matches)

    def _tell_duplicate(
        self,
        name: str,
        sheet: Sheet,
        row: int,
        key: tuple[Value, ...],
        first: tuple[str, int],
        matches: Matches,
    ) -> None:
        other = f"第 {first[1]} 行" if first[0] == name else f"工作表“{first[0]}”第 {first[1]} 行"
        match = matches[sheet.key[-1]]
        same = "同一村的编号不能重复" if len(key) > 1 else "每村只能有一行"
        if sheet.key[-1] == "year":
            same = "同一村同一年度只能有一行"
        message = (
            f"第 {row} 行“{match.header}”：“{shown(key[-1])}”与{other}重复（{same}），"
            "请改正编号或删除重复的一行"
        )
        self._error(name, "duplicate-key", message, row, match)

    def _check_orders(
        self, name: str, sheet: Sheet, numbers: list[int], columns: Columns, matches: Matches
    ) -> None:
        for register, earlier, later, severity in _ORDERS:
            if register != sheet.register or not {earlier, later} <= columns.keys():
                continue
            triples = zip(numbers, columns[earlier], columns[later], strict=True)
            for row, start, end in triples:
                if start is not None and end is not None and end < start:  # type: ignore[operator]
                    message = (
                        f"第 {row} 行“{matches[later].header}”：“{end}”早于"
                        f"“{matches[earlier].header}”“{start}”，请核对两个日期"
                    )
                    self._say(name, "dates-reversed", severity, message, row, matches[later])

    def _check_counts(
        self, name: str, numbers: list[int], columns: Columns, matches: Matches
    ) -> None:
        for smaller, larger, severity in _COUNTS:
            if not {smaller, larger} <= columns.keys():
                continue
            for row, few, many in zip(numbers, columns[smaller], columns[larger], strict=True):
                if few is not None and many is not None and few > many:  # type: ignore[operator]
                    message = (
                        f"第 {row} 行“{matches[smaller].header}”：{few} 人多于"
                        f"“{matches[larger].header}”{many} 人，请核对会议记录"
                    )
                    self._say(name, "heads-impossible", severity, message, row, matches[smaller])

    def _check_identities(
        self, name: str, sheet: Sheet, numbers: list[int], columns: Columns, matches: Matches
    ) -> None:
        identity, holder = _IDENTITIES.get(sheet.register, ("", ""))
        if identity not in columns or holder not in columns:
            return
        people = self._people
        triples = zip(numbers, columns[identity], columns[holder], strict=True)
        for row, number, who in triples:
            if number is None or who is None:
                continue
            known = people.setdefault(str(number), (str(who), name, row))
            if known[0] != who:
                self._tell_two_names(name, row, str(number), str(who), known, matches[identity])

    def _tell_two_names(
        self,
        name: str,
        row: int,
        number: str,
        who: str,
        known: tuple[str, str, int],
        match: ColumnMatch,
    ) -> None:
        other = f"第 {known[2]} 行" if known[1] == name else f"工作表“{known[1]}”第 {known[2]} 行"
        message = (
            f"第 {row} 行“{match.header}”：“{shown(number, 'party_id')}”与{other}相同，"
            f"但姓名不同（“{shown(who)}”与“{shown(known[0])}”），请核对证件"
        )
        why = "同一证件号用了不同姓名，请核对证件"
        self._log.warn(
            name, "identity-two-names", message,
            row=row, column=match.header, letter=match.letter, why=why,
        )  # fmt: skip

    def _check_holders(
        self, name: str, numbers: list[int], columns: Columns, matches: Matches
    ) -> None:
        """村集体资金 may not lie in a person's account."""
        if "account_name" not in columns:
            return
        kinds = columns.get("kind", [None] * len(numbers))
        for row, holder, kind in zip(numbers, columns["account_name"], kinds, strict=True):
            if holder is None or kind == _CASH:
                continue
            if _PERSON.fullmatch(str(holder)) and not _ORGANISATION.search(str(holder)):
                match = matches["account_name"]
                message = (
                    f"第 {row} 行“{match.header}”：“{shown(holder)}”像是个人姓名，"
                    "集体资金不得存入个人账户；请填集体账户的户名，公款私存须先清理"
                )
                self._error(name, "personal-account", message, row, match)

    def _say(
        self, name: str, code: str, severity: Severity, message: str, row: int, match: ColumnMatch
    ) -> None:
        if severity == "error":
            self._error(name, code, message, row, match)
        else:
            self._log.add(
                name, code, severity, message, row=row, column=match.header, letter=match.letter
            )

    def _error(self, name: str, code: str, message: str, row: int, match: ColumnMatch) -> None:
        self.unsound.add(row)
        self._log.add(
            name, code, "error", message, row=row, column=match.header, letter=match.letter
        )


def check_references(book: Workbook, log: Log) -> None:
    """Dispositions act on a row of this file, and every row's village is in 村情, where it has one.

    Warnings only: the row may have been imported before.
    """
    present = {table.sheet for table in book.tables if table.sheet and table.rows}
    known: dict[str, set[tuple[Value, Value]]] = {
        sheet: {(row.values["village"], row.values["number"]) for row in book.rows_of(sheet)}
        for sheet in ("合同", "债权", "债务", "资源", "资产")
        if sheet in present
    }
    villages = {row.values["village"] for row in book.rows_of("村情")}
    for table in book.tables:
        headers = {match.field: match for match in table.columns}
        strangers: set[Value] = set()
        for row in table.rows:
            village = row.values["village"]
            if villages and village is not None and village not in villages | strangers:
                strangers.add(village)
                _tell_stranger(log, table.name, row.row, village, headers["village"])
            if table.sheet == "处置记录":
                target = (village, row.values["target_number"])
                kind = row.values["kind"]
                if None not in target and target not in known.get(str(kind), {target}):
                    match = headers["target_number"]
                    message = (
                        f"第 {row.row} 行“{match.header}”：“{shown(target[1])}”"
                        f"在本文件的“{kind}”表中没有，请核对编号和区划代码"
                    )
                    log.warn(
                        table.name, "reference-missing", message, row=row.row, column=match.header,
                        letter=match.letter, why=f"在本文件的“{kind}”表中没有对应的编号",
                    )  # fmt: skip


def _tell_stranger(log: Log, name: str, row: int, village: Value, match: ColumnMatch) -> None:
    message = (
        f"第 {row} 行“{match.header}”：“{village}”不在本文件的“村情”表中，"
        "请核对区划代码或在村情表补上该村"
    )
    log.add(
        name, "village-not-listed", "warning", message,
        row=row, column=match.header, letter=match.letter,
    )  # fmt: skip
