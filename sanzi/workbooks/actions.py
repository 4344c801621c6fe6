"""What a person does with a workbook: hand it in, correct its columns, check it, commit it."""

import hashlib
import shutil
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.campaigns.models import Base
from sanzi.intake.problems import has_errors
from sanzi.intake.tables import Workbook
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked, Invalid, Refusal

from .models import RememberedMatch, Stage, Upload
from .plan import make_plan
from .refigure import refigure
from .report import villages_in
from .writer import Receipt, write


@action("intake.upload")
def hand_in(*, file: Path, file_name: str, as_of: date, by: Person, now: datetime) -> Upload:
    """Keep a copy of the workbook under the upload's own number; nothing is read yet."""
    upload = Upload.objects.create(
        office=by.region_code or "",
        uploaded_by=by,
        uploaded_at=now,
        file_name=shown_name(file_name),
        file_size=file.stat().st_size,
        digest=_digest(file),
        as_of=as_of,
        started_at=now,
    )
    upload.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copyfile(file, upload.source)
    record(upload, "workbooks.hand_in", by=by, at=now, label="上传工作簿")
    return upload


@action("intake.upload")
def match_columns(
    *, upload_id: int, matches: Iterable[tuple[str, str, str]], by: Person, now: datetime
) -> Upload:
    """Remember how this office reads its own headers: (table, header, field or "" to leave out)."""
    upload = Upload.objects.claim(upload_id, by)
    _refuse_when_written(upload)
    chosen = [list(match) for match in matches]
    for table, header, field in chosen:
        RememberedMatch.objects.update_or_create(
            office=upload.office, table=table, header=header, defaults={"field": field}
        )
    _restart(upload, now)
    record(
        upload, "workbooks.match", by=by, at=now, label="更正列的对应", public={"n": len(chosen)}
    )
    return upload


@action("intake.upload")
def forget_matches(*, upload_id: int, by: Person, now: datetime) -> Upload:
    """Go back to the system's own reading of this office's headers, and check again."""
    upload = Upload.objects.claim(upload_id, by)
    _refuse_when_written(upload)
    known = [[match.table, match.header, match.field] for match in upload.remembered]
    upload.remembered.delete()
    _restart(upload, now)
    record(
        upload, "workbooks.forget_matches", by=by, at=now, label="恢复自动对应",
        public={"matches": known},
    )  # fmt: skip
    return upload


@action("intake.upload")
def check_again(*, upload_id: int, by: Person, now: datetime) -> Upload:
    """Have an upload checked once more, after its check was cut short or the registers changed."""
    upload = Upload.objects.claim(upload_id, by)
    _refuse_when_written(upload)
    _restart(upload, now)
    record(upload, "workbooks.check_again", by=by, at=now, label="重新核对")
    return upload


@action("intake.upload")
def note_checked(
    *,
    upload_id: int,
    stage: Stage,
    message: str,
    receipt: dict[str, object],
    by: Person,
    now: datetime,
) -> Upload:
    """Note what the check found: the counts, or why the file is no usable workbook."""
    upload = Upload.objects.claim(upload_id, by)
    _refuse_when_written(upload)
    upload.stage, upload.message, upload.receipt = stage, message, receipt
    upload.finished_at = now
    upload.save(update_fields=["stage", "message", "receipt", "finished_at"])
    record(upload, "workbooks.check", by=by, at=now, label=stage.label)
    return upload


@action("intake.commit")
def confirm(*, upload_id: int, by: Person, now: datetime) -> Upload:
    """Confirm a checked workbook once; the writing itself follows in the background."""
    upload = Upload.objects.claim(upload_id, by)
    if upload.stage == Stage.COMMITTED:
        raise Blocked("upload.committed", "这个工作簿已经写入台账，不会重复写入")
    if upload.stage not in (Stage.CHECKED, Stage.COMMITTING, Stage.FAILED):
        raise Blocked("upload.unchecked", "请等核对完成后再确认写入")
    if upload.receipt.get("errors"):
        raise Blocked("upload.errors", "工作簿里还有错误，请按标注改正后重新上传")
    upload.stage, upload.started_at = Stage.COMMITTING, now
    upload.save(update_fields=["stage", "started_at"])
    record(upload, "workbooks.confirm", by=by, at=now, label="确认写入")
    return upload


@action("intake.commit")
def commit_upload(*, upload_id: int, workbook: Workbook, by: Person, now: datetime) -> Receipt:
    """Write a confirmed upload and close it, in one transaction; a second time changes nothing."""
    upload = Upload.objects.claim(upload_id, by)
    if upload.stage != Stage.COMMITTING:
        raise Blocked("upload.not_confirmed", "这个工作簿尚未确认，或已经写入")
    receipt = _write(workbook, f"workbooks.upload:{upload.pk}", by=by, now=now)
    if has_errors(receipt.problems):
        raise Blocked("upload.errors", "工作簿里还有错误，一行也没有写入；请重新核对")
    upload.stage, upload.message, upload.finished_at = Stage.COMMITTED, "", now
    upload.receipt = {**upload.receipt, "written": receipt_words(receipt)}
    upload.save(update_fields=["stage", "message", "finished_at", "receipt"])
    record(upload, "workbooks.committed", by=by, at=now, label="写入台账完成")
    return receipt


@action("intake.commit")
def commit_file(*, workbook: Workbook, name: str, by: Person, now: datetime) -> Receipt:
    """Write a workbook read on the command line; with errors in it nothing is written."""
    receipt = _write(workbook, f"file:{shown_name(name)}", by=by, now=now)
    if not has_errors(receipt.problems) and receipt.rows_written == 0:
        record(f"file:{shown_name(name)}", "workbooks.unchanged", by=by, at=now, label="无变化")
    return receipt


@action("intake.commit")
def give_up(*, upload_id: int, refusal: Refusal, by: Person, now: datetime) -> Upload:
    """Note why nothing was written."""
    upload = Upload.objects.claim(upload_id, by)
    _refuse_when_written(upload)
    upload.stage, upload.message, upload.finished_at = Stage.FAILED, refusal.message, now
    upload.save(update_fields=["stage", "message", "finished_at"])
    record(upload, "workbooks.failed", by=by, at=now, label="未写入", public={"code": refusal.code})
    return upload


@action("base.lock")
def move_base(*, base_id: int, locked_on: date, reason: str, by: Person, now: datetime) -> Base:
    """Lock a town's base on another day, for a reason; its rates are worked out anew at once."""
    base = Base.objects.claim(base_id, by)
    if locked_on > localdate(now):
        raise Invalid("base.ahead", "基准日不能晚于今天")
    before, base.locked_on, base.reason = base.locked_on, locked_on, reason
    base.locked_by, base.locked_at = by, now
    base.save()
    villages = {code for code, _ in villages_in(base.town)}
    refigure({"receivables": villages, "debts": villages}, localdate(now))
    moved = {"before": before, "after": locked_on, "reason": reason}
    record(base, "base.move", by=by, at=now, village=base.town, label="改动基准日", public=moved)
    return base


def _write(workbook: Workbook, source: str, *, by: Person, now: datetime) -> Receipt:
    plan = make_plan(workbook, by)
    problems = [*workbook.problems, *plan.problems]
    if has_errors(problems):
        return Receipt(counts=plan.counts, problems=problems)
    receipt = write(plan, source=source, by=by, now=now)
    receipt.problems = problems
    return receipt


def receipt_words(receipt: Receipt) -> dict[str, object]:
    """A receipt as kept with its upload and printed by the command line."""
    return {
        "counts": receipt.counts,
        "new_regions": receipt.new_regions,
        "base_date": receipt.base_on.isoformat() if receipt.base_on else None,
    }


def shown_name(file_name: str) -> str:
    """A file name fit to show: no folders, control characters or direction marks; 120 at most."""
    bare = file_name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in bare if c.isprintable())[-120:] or "工作簿.xlsx"


def _restart(upload: Upload, now: datetime) -> None:
    upload.stage, upload.started_at = Stage.CHECKING, now
    upload.save(update_fields=["stage", "started_at"])


def _refuse_when_written(upload: Upload) -> None:
    if upload.stage == Stage.COMMITTED:
        raise Blocked("upload.committed", "这个工作簿已经写入台账，不能再改动；请另传一份")


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
