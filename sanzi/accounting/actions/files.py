"""A file of vouchers in the browser: handed in and tried, brought in whole, or given up."""

from datetime import datetime

from django.utils.timezone import localtime

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.accounting.interchange.planning import Plan, plan_import
from sanzi.accounting.interchange.telling import told
from sanzi.accounting.interchange.vouchers import Reading
from sanzi.accounting.models import FileStage, VoucherFile
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked

from .importing import take_over

# Problems kept for the page; whoever has more mends these first.
LISTED = 500


@action("books.import")
def hand_in(
    *,
    reading: Reading,
    content: bytes,
    file_name: str,
    region: str,
    name: str,
    scheme: str,
    by: Person,
    now: datetime,
) -> VoucherFile:
    """Keep a file and what trying it comes to; nothing enters the books yet.

    Raises what the trial raises: no such village, several sets, no right to make one.
    """
    plan = plan_import(reading, region=region, name=name, scheme=scheme, by=by)
    kept = VoucherFile(
        village=region[:12],
        region=region,
        book=plan.book,
        scheme=plan.scheme,
        file_name=shown_name(file_name),
        sha256=reading.digest,
        uploaded_by=by,
        uploaded_at=now,
        found=told(plan, reading.digest, LISTED),
    )
    kept.save()
    kept.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept.file.write_bytes(content)
    kept.file.chmod(0o600)
    record(kept, "books.hand_in", by=by, at=now, label="上传凭证文件")
    return kept


@action("books.import")
def bring_in(*, file_id: int, reading: Reading, by: Person, now: datetime) -> VoucherFile:
    """Write a tried file into its set, all of it or nothing, and keep the receipt.

    It is held against the books once more: what speaks against it by now is noted, and nothing is
    written. Raises Blocked once it is in or given up.
    """
    kept = _waiting(file_id, by)
    if reading.digest != kept.sha256:
        raise Blocked("books.file", "保存的文件与上传时不同，请放弃后重新上传")
    plan = plan_import(
        reading, region=kept.region, name=kept.book.name if kept.book else "",
        scheme=kept.scheme, by=by,
    )  # fmt: skip
    if not plan.problems:
        _write(kept, plan, by, now)
    kept.found = told(plan, reading.digest, LISTED)
    kept.save()
    facts = {"sha256": reading.digest, "vouchers": len(plan.fresh), "known": plan.known}
    record(
        kept, "books.bring_in" if not plan.problems else "books.try", by=by, at=now,
        label="导入凭证文件" if not plan.problems else "再次试算：有错误，没有写入", public=facts,
    )  # fmt: skip
    return kept


def _write(kept: VoucherFile, plan: Plan, by: Person, now: datetime) -> None:
    kept.book = take_over(plan, lambda done, of: None, by, now)
    kept.stage, kept.imported_at = FileStage.IMPORTED, now
    record(
        kept.book, "books.import", by=by, at=now, label=f"导入 {kept.file_name}",
        public={"sha256": kept.sha256, "vouchers": len(plan.fresh), "known": plan.known},
    )  # fmt: skip


@action("books.import")
def drop(*, file_id: int, by: Person, now: datetime) -> VoucherFile:
    """Give up a file that was not brought in; its bytes are removed."""
    kept = _waiting(file_id, by)
    kept.stage = FileStage.DROPPED
    kept.save(update_fields=["stage"])
    kept.file.unlink(missing_ok=True)
    record(kept, "books.drop", by=by, at=now, label="放弃凭证文件")
    return kept


def _waiting(file_id: int, by: Person) -> VoucherFile:
    kept: VoucherFile = VoucherFile.objects.claim(file_id, by)
    if kept.stage == FileStage.IMPORTED:
        at = localtime(kept.imported_at).strftime("%Y-%m-%d %H:%M") if kept.imported_at else ""
        raise Blocked("books.imported", f"这个文件已于 {at} 导入，不会重复记账")
    if kept.stage == FileStage.DROPPED:
        raise Blocked("books.dropped", "这个文件已放弃，请重新上传")
    return kept


def shown_name(file_name: str) -> str:
    """A file name fit to show: no folders, control characters or direction marks; 120 at most."""
    bare = file_name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in bare if c.isprintable())[-120:] or "凭证.csv"
