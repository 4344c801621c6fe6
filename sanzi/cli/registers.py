"""`sanzi import`, `sanzi report` and `sanzi verify`: the commands that need the registers."""

import time
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from .check import dump, said
from .start import start

SHOWN = 30


def import_file(path: Path, *, as_json: bool) -> int:
    """Write a workbook into the registers. 0 written, 1 refused for errors, 2 no workbook."""
    from sanzi.intake.reading import read_workbook

    began = time.monotonic()
    workbook = read_workbook(path)
    start()
    from django.utils.timezone import now

    from sanzi.access.system import system_person
    from sanzi.journal.checkpoints import checkpoint
    from sanzi.workbooks.actions import commit_file, receipt_words
    from sanzi.workbooks.output import problem_lines

    by = system_person("system_import")
    receipt = commit_file(workbook=workbook, name=path.name, by=by, now=now())
    checkpoint()
    refused = any(problem.severity == "error" for problem in receipt.problems)
    document: dict[str, Any] = {
        "ok": not refused,
        **receipt_words(receipt),
        "problems": problem_lines(receipt.problems),
        "seconds": round(time.monotonic() - began, 2),
    }
    if as_json:
        dump(document)
    else:
        _print_import(document)
    return 1 if refused else 0


def _print_import(document: dict[str, Any]) -> None:
    from sanzi.intake.dictionary import register

    counts = Counter(problem["severity"] for problem in document["problems"])
    for problem in [p for p in document["problems"] if p["severity"] == "error"][:SHOWN]:
        print(f"  ✗ {problem['sheet']}：{problem['message']}")
    if not document["ok"]:
        print(f"有 {counts['error']} 处错误，一行也没有写入。请改正后再导入。")
        return
    for slug, rows in document["counts"].items():
        title = register(slug).title
        print(f"{title}：新增 {rows['new']}，更新 {rows['changed']}，无变化 {rows['unchanged']}")
    print(f"提醒 {counts['warning']} 处，自动更正 {counts['corrected']} 处（见 sanzi check）")
    print(f"基准日 {document['base_date']}，用时 {document['seconds']} 秒")


def report(code: str, as_of: date | None, *, as_json: bool, out: Path | None) -> int:
    """Print a region's figures, or write them as a paper form."""
    start()
    from django.utils.timezone import localdate

    from sanzi.workbooks.output import report_document
    from sanzi.workbooks.report import make_report

    made = make_report(code, as_of or localdate())
    if out is not None:
        from sanzi.workbooks.paper_report import write_report

        write_report(made, out)
    if as_json:
        dump(report_document(made))
    elif out is not None:
        print(f"已写出 {out}")
    else:
        print(f"{made.name}（{made.region or '全国'}），截至 {made.as_of}，基准日 {made.base_on}")
        for figure in made.figures:
            print(f"  {figure.label}：{said(figure)}")
        print(f"共 {len(made.villages)} 个村；加 --json 或 -o 看各村数据")
    return 0


def verify(*, as_json: bool) -> int:
    """Check journal and figures. 0 all as written, 1 something was touched."""
    start()
    from django.utils.timezone import localdate

    from sanzi.journal.checkpoints import checkpoint
    from sanzi.workbooks.verification import as_lines
    from sanzi.workbooks.verification import verify as find_faults

    faults = find_faults(localdate())
    if not faults:
        checkpoint()
    if as_json:
        dump({"ok": not faults, "faults": as_lines(faults)})
    elif not faults:
        print("操作日志完整，各级汇总与台账逐行相符。")
    else:
        for fault in faults[:SHOWN]:
            print(f"  ✗ {fault.where} {fault.row}：{fault.message}")
        print(f"共 {len(faults)} 处不符。")
    return 1 if faults else 0
