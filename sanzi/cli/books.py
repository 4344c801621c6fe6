"""`sanzi books`: vouchers in from other software, balances, proof by others, and the books' own."""

import gc
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .check import dump
from .start import start

if TYPE_CHECKING:
    from sanzi.accounting.interchange.planning import Plan

SHOWN = 30


def import_file(
    path: Path, region: str, name: str, scheme: str, *, dry_run: bool, as_json: bool
) -> int:
    """Take over a file of vouchers. 0 written (or nothing against it), 1 refused for errors."""
    # A short life full of live objects: the collector would walk millions of them in vain.
    gc.disable()
    began = time.monotonic()
    from sanzi.accounting.interchange.reading import read_vouchers
    from sanzi.kernel.regions import trim

    region = trim(region)
    reading = read_vouchers(path.read_bytes())
    start()
    from django.utils.timezone import now

    from sanzi.access.system import system_person
    from sanzi.accounting.actions.importing import import_vouchers
    from sanzi.accounting.interchange.planning import plan_import
    from sanzi.journal.checkpoints import checkpoint

    by = system_person("system_import")
    if dry_run:
        plan = plan_import(reading, region=region, name=name, scheme=scheme, by=by)
    else:
        plan = import_vouchers(
            reading=reading, region=region, name=name, scheme=scheme, file_name=path.name,
            tell=_tell, by=by, now=now(),
        )  # fmt: skip
        checkpoint()
    document = _import_document(plan, reading.digest, dry_run, time.monotonic() - began)
    if as_json:
        dump(document)
    else:
        _print_import(document)
    return 0 if document["ok"] else 1


def _tell(done: int, of: int) -> None:
    # Small files are done before anyone would look.
    if of > 5_000:
        print(f"已记账 {done:,} / {of:,} 张", file=sys.stderr, flush=True)


def _import_document(plan: "Plan", digest: str, dry_run: bool, seconds: float) -> dict[str, Any]:
    from sanzi.accounting.interchange.telling import told

    return {
        "ok": not plan.problems,
        "dry_run": dry_run,
        **told(plan, digest),
        "seconds": f"{seconds:.2f}",
    }


def _print_import(document: dict[str, Any]) -> None:
    for problem in document["problems"][:SHOWN]:
        print(f"  ✗ {problem['message']}")
    if (count := document["problems_count"]) > SHOWN:
        print(f"  ……还有 {count - SHOWN} 处，加 --json 看更多")
    if not document["ok"]:
        print(f"有 {count} 处错误，一张凭证也没有写入。请改正后再导入。")
        return
    for note in document["notes"]:
        print(f"  ! {note}")
    done = "可以写入" if document["dry_run"] else "已写入"
    print(
        f"{done}“{document['set'] or '新账套'}”（{document['scheme']} 年制度）："
        f"凭证 {document['vouchers']} 张，分录 {document['lines']} 行；"
        f"账套中已有、未重复记账 {document['known']} 张"
    )
    if added := document["accounts"]:
        named = "、".join(f"{account['code']} {account['name']}" for account in added[:SHOWN])
        print(f"增设科目 {len(added)} 个：{named}{'……' if len(added) > SHOWN else ''}")
    print(f"新增往来 {document['counterparties']} 个，用时 {document['seconds']} 秒")


def balance(region: str, name: str, scheme: str, as_of: date | None, *, as_json: bool) -> int:
    """Print the accounts of a set or a region as they stood at the end of a day."""
    from sanzi.kernel.regions import trim

    region = trim(region)
    start()
    from django.utils.timezone import localdate

    from sanzi.access.system import system_person
    from sanzi.accounting.interchange.trial import trial_balance

    by = system_person("system_import")
    found = trial_balance(region, as_of or localdate(), name=name, scheme=scheme, by=by)
    if as_json:
        dump(found.document())
        return 0
    print(f"{found.title}，截至 {found.as_of}（余额借方为正）")
    for row in found.rows:
        sides = f"{row.opening:>18,.2f}{row.debit:>18,.2f}{row.credit:>18,.2f}{row.closing:>18,.2f}"
        print(f"  {row.scheme} {row.code:<10}{sides}  {row.name}")
    return 0


def export(region: str, name: str, scheme: str, form: str, out: Path) -> int:
    """Write every voucher of a set in a form other software reads."""
    from sanzi.kernel.regions import trim

    region = trim(region)
    start()
    from sanzi.access.system import system_person
    from sanzi.accounting.interchange.choosing import only_set
    from sanzi.accounting.interchange.writing import WRITERS

    book = only_set(system_person("system_import"), region, name, scheme)
    with out.open("w", encoding=WRITERS[form].encoding, newline="") as stream:
        count = WRITERS[form].write(book, stream)
    print(f"已写出 {out}：“{book}”凭证 {count} 张")
    return 0


def verify(region: str, *, as_json: bool) -> int:
    """Compute the books again from their vouchers. 0 all as written, 1 something differs."""
    from sanzi.kernel.regions import trim

    region = trim(region)
    start()
    from sanzi.accounting.verification import verify as find_faults

    found = find_faults(region=region)
    if as_json:
        dump(found.document())
    elif not found.faults:
        print(f"{found.books} 个账套、{found.vouchers} 张凭证、{found.lines} 行分录：")
        print("账页、凭证号、校验值、平衡关系逐项重算，全部相符。")
    else:
        for fault in found.faults[:SHOWN]:
            print(f"  ✗ {fault.where}：{fault.message}")
        print(f"共 {found.faults_count} 处不符。")
    return 1 if found.faults else 0
