"""What the child process does: read, judge and preview a workbook, or write it."""

import json
import traceback
from collections import Counter
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.timezone import now as moment

from sanzi.access.models import Person
from sanzi.intake.annotate import annotate
from sanzi.intake.reading import read_workbook
from sanzi.intake.tables import Workbook
from sanzi.journal.checkpoints import checkpoint
from sanzi.kernel.refusals import Invalid, Refusal

from . import actions
from .check import Checked, Progress, judge
from .models import Stage, Upload
from .output import check_document
from .plan import Plan, make_plan

PREVIEWED = 200


def run(what: str, upload: Upload, by: Person, progress: Progress) -> None:
    """Check or commit one upload; whatever happens, the upload says how it ended."""
    try:
        {"check": _check, "commit": _commit}[what](upload, by, progress)
    except Refusal as refusal:
        _note(what, upload, by, refusal)
    except MemoryError:
        too_large = Invalid("workbook.memory", "这个工作簿太大，处理时内存不够；请按村拆开后再传")
        _note(what, upload, by, too_large)
    except Exception:
        # The person is told; the operator finds the cause in the upload's worker.log.
        traceback.print_exc()
        broken = Invalid("workbook.broken", "处理时出错，一行也没有写入；请把上传编号告诉管理员")
        _note(what, upload, by, broken)
        raise


def read(upload: Upload, progress: Progress) -> Workbook:
    """The upload's workbook, its columns read as its office has said."""
    remembered = upload.remembered
    return read_workbook(
        upload.source,
        matches={(m.table, m.header): m.field or None for m in remembered if m.header},
        sheets={m.table: m.field or None for m in remembered if not m.header},
        browser=True,
        progress=progress,
        today=localdate(),
    )


def _check(upload: Upload, by: Person, progress: Progress) -> None:
    workbook = read(upload, progress)
    checked = judge(workbook, upload.as_of)
    plan = make_plan(workbook, by)
    checked.problems += plan.problems
    (upload.folder / "checked.json").write_text(
        json.dumps({**check_document(checked), "preview": _preview(plan)}, ensure_ascii=False)
    )
    annotate(upload.source, checked.problems, upload.folder / "annotated.xlsx")
    actions.note_checked(
        upload_id=upload.pk,
        stage=Stage.CHECKED,
        message="",
        receipt=_summary(checked, plan),
        by=by,
        now=_now(),
    )


def _commit(upload: Upload, by: Person, progress: Progress) -> None:
    workbook = read(upload, progress)
    actions.commit_upload(upload_id=upload.pk, workbook=workbook, by=by, now=_now())
    checkpoint()


def _note(what: str, upload: Upload, by: Person, refusal: Refusal) -> None:
    if what == "commit":
        actions.give_up(upload_id=upload.pk, refusal=refusal, by=by, now=_now())
    else:
        actions.note_checked(
            upload_id=upload.pk,
            stage=Stage.REFUSED,
            message=refusal.message,
            receipt={},
            by=by,
            now=_now(),
        )


def _preview(plan: Plan) -> list[dict[str, Any]]:
    """The first changed rows, field by field."""
    changed = [
        {
            "register": sheet_plan.sheet.title,
            "row": planned.row.row,
            "record": _called(planned.kept),
            "changes": [[c.title, c.before, c.after] for c in planned.changes],
        }
        for sheet_plan in plan.sheets
        for planned in sheet_plan.rows
        if not planned.is_new
    ]
    return changed[:PREVIEWED]


def _called(kept: dict[str, Any]) -> str:
    """What people call a row: its number, or what stands in for one."""
    return str(kept.get("number") or kept.get("target_number") or kept["village"])


def _summary(checked: Checked, plan: Plan) -> dict[str, Any]:
    severities = Counter(problem.severity for problem in checked.problems)
    return {
        "counts": plan.counts,
        "errors": severities["error"],
        "warnings": severities["warning"],
        "corrected": severities["corrected"],
        "findings": len(checked.findings),
        "rows": sum(len(table.rows) for table in checked.workbook.tables),
    }


def _now() -> datetime:
    return moment()
