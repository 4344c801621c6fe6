"""1,249 one-page letters, each with a table and a QR, as one PDF and as Word.

Ours: read from the database, personal values unsealed, laid, QR codes drawn, set, joined, written
to disk. Bare: the same engine in the same run, setting the same words, table rows and QR codes from
values that lie ready in memory, in one plain layout and one compile. Each in a process of its own
that has set one letter before, in turn and several times; the best of each counts.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from .installation import installation, post

RATIO_MAX = 1.5
VILLAGE = "999901001201"
BASE = "https://sanzi.example.cn"
BARE = Path(__file__).with_name("letters_bare.typ")


def main(arguments: list[str] | None = None) -> bool:
    """Print seconds, ratio and memory; True when the ratio holds."""
    parser = argparse.ArgumentParser(prog="bench letters", description=__doc__)
    parser.add_argument("--letters", type=int, default=1249)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--child", nargs=2, metavar=("WHAT", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.child:
        _child(options.child[0], Path(options.child[1]))
        return True
    with installation() as folder:
        print(f"{options.letters:,} letters written in {_write(options.letters, folder):.1f} s")
        rounds = [
            {what: _run(what, folder) for what in ("bare", "ours", "word")}
            for _ in range(options.rounds)
        ]
    return _print(rounds, options.letters)


def _print(rounds: list[dict[str, Any]], count: int) -> bool:
    for what in ("bare", "ours", "word"):
        best = min((r[what] for r in rounds), key=lambda told: told["cpu"])
        wall = min(r[what]["seconds"] for r in rounds)
        print(
            f"{what:5} {wall:6.2f} s wall, {best['cpu']:6.2f} s processor, "
            f"{best['cpu'] / count * 1000:5.2f} ms a letter, {best['peak']:5.0f} MiB, "
            f"{best['size'] / 2**20:5.1f} MiB written"
        )
    cpu, wall = (
        min(r["ours"][x] for r in rounds) / min(r["bare"][x] for r in rounds)
        for x in ("cpu", "seconds")
    )
    print(f"ours / bare: {cpu:.2f} by processor time, {wall:.2f} by the clock (most {RATIO_MAX})")
    return cpu <= RATIO_MAX


def _run(what: str, folder: Path) -> dict[str, Any]:
    """One child; what it tells, and its peak memory in MiB."""
    command = [sys.executable, "-m", "bench.letters", "--child", what, str(folder)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, env=os.environ.copy())
    assert child.stdout is not None
    said = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0, f"{what} failed"
    return {**json.loads(said), "peak": usage.ru_maxrss / 1024}


def _child(what: str, folder: Path) -> None:
    prepare = {"bare": _bare, "ours": _ours, "word": _word}[what]
    work = prepare(folder)
    began, used = time.perf_counter(), time.process_time()
    size = work()
    print(
        json.dumps(
            {
                "seconds": time.perf_counter() - began,
                "cpu": time.process_time() - used,
                "size": size,
            }
        )
    )


def _keep(path: Path, content: bytes) -> int:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return len(content)


def _bare(folder: Path) -> Callable[[], int]:
    import pylopdf_fonts_zh_cn
    import typst

    told = (folder / "told.json").read_text()
    fonts = [str(pylopdf_fonts_zh_cn.serif_path().parent)]
    engine = typst.Compiler(str(BARE), font_paths=fonts, ignore_system_fonts=True, sys_inputs={})

    def setting(papers: str) -> bytes:
        return engine.compile(format="pdf", sys_inputs={"papers": papers}, pdf_tags=False)

    setting(json.dumps(json.loads(told)[:1]))
    return lambda: len(setting(told))


def _letters() -> list[Any]:
    from sanzi.letters.models import Letter

    return list(Letter.objects.select_related("wording", "ending").order_by("number"))


def _ours(folder: Path) -> Callable[[], int]:
    import django

    django.setup()
    from sanzi.letters import printing

    printing.pdf(_letters()[:1], BASE)
    return lambda: _keep(folder / "ours.pdf", printing.pdf(_letters(), BASE, clear=True))


def _word(folder: Path) -> Callable[[], int]:
    import zipfile

    import django

    django.setup()
    from sanzi.letters import printing
    from sanzi.letters.office import OfficeTemplates

    printing.docx(_letters()[0], BASE)

    def work() -> int:
        with zipfile.ZipFile(folder / "word.zip", "w", zipfile.ZIP_STORED) as package:
            letters = _letters()
            office = OfficeTemplates(letters)
            for letter in letters:
                made = printing.docx(letter, BASE, clear=True, office=office)
                package.writestr(f"{letter.serial}.docx", made)
        return (folder / "word.zip").stat().st_size

    return work


def _write(count: int, folder: Path) -> float:
    """Write the letters through an action, and lay what the bare engine is given."""
    from dataclasses import asdict

    from django.utils.timezone import now

    from sanzi.access.guard import action
    from sanzi.letters import printing, qr
    from sanzi.letters.writing import Draft, write_many
    from sanzi.orgs.tree import ensure

    os.environ["DJANGO_SETTINGS_MODULE"] = "sanzi.config.settings"
    ensure({VILLAGE: "上田村"})
    by = post("clerk", "town_clerk", VILLAGE[:9])
    form = _form()
    drafts = [Draft(_values(i), f"receivables.claim:{i}", VILLAGE, f"张{i}") for i in range(count)]
    write = action("letters.issue")(lambda *, by: write_many(form, drafts, by=by, now=now()))
    began = time.perf_counter()
    write(by=by)
    seconds = time.perf_counter() - began
    papers = [printing.paper_of(letter, BASE, clear=True) for letter in _letters()]
    told = [{**asdict(paper), "qr": qr.drawing(paper.address)} for paper in papers]
    (folder / "told.json").write_text(json.dumps(told, ensure_ascii=False))
    return seconds


def _form() -> Any:
    from sanzi.letters.blocks import Column, Note, Paragraph, Salutation, Seal, Table
    from sanzi.letters.form import Field, LetterForm

    return LetterForm(
        code="bench.demand",
        title="催缴通知书",
        series="CJ",
        size=12,
        fields=(
            Field("debtor_id", "身份证号", personal=True),
            Field("amount", "欠款金额", "money"),
            Field("due_on", "履行期限", "date"),
            Field("items", "欠款明细", "list", columns=(
                Field("contract", "合同编号"), Field("what", "事由"),
                Field("arose_on", "发生日期", "date"), Field("owed", "欠款", "money"),
            )),
        ),
        blocks=(
            Salutation(),
            Paragraph("经核对，截至{dated}，您（身份证号：{debtor_id}）尚欠{issuer}人民币{amount}元"
                      "（大写：{amount:大写}），明细如下："),
            Table("items", (Column("contract", "合同编号"), Column("what", "事由", 3),
                            Column("arose_on", "发生日期"), Column("owed", "欠款（元）")),
                  totals=(("owed", "{amount}"),)),
            Paragraph("请于{due_on}前到村委会缴清，或与经办人协商还款计划。本函同时主张权利，"
                      "诉讼时效自送达之日起中断。逾期不缴的，将依法追缴。"),
            Note("依据：《中华人民共和国民法典》第一百八十八条、第一百九十五条。"),
            Seal(),
        ),
    )  # fmt: skip


def _values(i: int) -> dict[str, Any]:
    owed = [Decimal(f"{1000 + i}.{k}5") for k in range(3)]
    return {
        "debtor_id": f"9999991980010{i:05}",
        "amount": sum(owed, Decimal(0)),
        "due_on": date(2026, 4, 1),
        "items": [
            {
                "contract": f"HT-{i}-{k}",
                "what": f"二〇二{k}年度机动地承包费",
                "arose_on": date(2020 + k, 12, 31),
                "owed": owed[k],
            }
            for k in range(3)
        ],
    }


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
