"""`sanzi check`: judge a workbook and print what was found, for a person or for a program."""

import gc
import json
import sys
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sanzi.intake.annotate import annotate
from sanzi.kernel.refusals import NotAWorkbook
from sanzi.metrics.catalogue import Figure
from sanzi.workbooks.check import Checked, check_file
from sanzi.workbooks.output import check_document, plain, refused_document

SHOWN = 50
_BEIJING = timedelta(hours=8)


def today() -> date:
    """The date in China now."""
    return (datetime.now(UTC) + _BEIJING).date()


def run(path: Path, as_of: date | None, *, as_json: bool, out: Path | None) -> int:
    """Check a file and print. Answers 0 when clean, 1 with errors in it; refusals are 2."""
    # A short life full of live objects: the collector would walk millions of cells in vain.
    gc.disable()
    day = as_of or today()
    try:
        checked = check_file(path, as_of=day)
    except NotAWorkbook as refusal:
        if as_json:
            dump(refused_document(refusal, day))
        raise
    if out is not None:
        annotate(path, checked.problems, out)
    if as_json:
        dump(check_document(checked))
    else:
        _print(checked, out)
    return 0 if checked.ok else 1


def dump(document: dict[str, Any]) -> None:
    """Print a document as JSON."""
    json.dump(document, sys.stdout, ensure_ascii=False, indent=1)
    print()


def _print(checked: Checked, out: Path | None) -> None:
    for table in checked.workbook.tables:
        known = table.sheet or "未识别"
        print(f"{table.name} → {known}，表头第 {table.header_row or '—'} 行，{len(table.rows)} 行")
        if table.unmatched:
            print(f"  未对应的列：{'、'.join(table.unmatched)}")
    _print_problems(checked)
    by_rule = Counter((f.finding.rule, f.finding.title) for f in checked.findings)
    print(f"\n认定的问题：{len(checked.findings)} 处（截至 {checked.as_of}）")
    for (rule, title), count in sorted(by_rule.items()):
        print(f"  {rule} {title}：{count}")
    print(f"\n数据（基准日 {checked.base_on}）")
    for figure in checked.figures:
        print(f"  {figure.label}：{said(figure)}")
    if out is not None:
        print(f"\n标注好的工作簿：{out}")


def _print_problems(checked: Checked) -> None:
    counts = Counter(problem.severity for problem in checked.problems)
    print(
        f"\n错误 {counts['error']} 处，提醒 {counts['warning']} 处，"
        f"已自动更正 {counts['corrected']} 处"
    )
    ordered = sorted(
        checked.problems, key=lambda p: ("error", "warning", "corrected").index(p.severity)
    )
    for problem in ordered[:SHOWN]:
        mark = {"error": "✗", "warning": "!", "corrected": "·"}[problem.severity]
        print(f"  {mark} {problem.sheet}：{problem.message}")
    if len(ordered) > SHOWN:
        print(f"  ……还有 {len(ordered) - SHOWN} 处，加 --json 或 --annotate 看全部")


def said(figure: Figure) -> str:
    """A figure in words, with its unit."""
    if figure.value is None:
        return "—（分母为零）"
    if figure.unit == "率":
        return f"{figure.value * 100:.2f}%"
    return f"{plain(figure.value)} {figure.unit}"
