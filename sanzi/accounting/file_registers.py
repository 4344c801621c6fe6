"""The register of files of vouchers handed in by the offices of a region."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localtime

from sanzi.access.models import Person
from sanzi.web.register import Badge, Register, RegisterColumn

from .models import FileStage, VoucherFile


def _rows(person: Person) -> QuerySet[Any]:
    return VoucherFile.objects.visible_to(person).select_related("book", "uploaded_by")


def _state(file: VoucherFile) -> Badge:
    if file.stage == FileStage.IMPORTED:
        return Badge(file.state, "done")
    if file.stage == FileStage.DROPPED:
        return Badge(file.state, "plain")
    return Badge(file.state, "danger" if file.found.get("problems_count") else "running")


def _day(file: VoucherFile) -> date:
    return localtime(file.uploaded_at).date()


def _added(file: VoucherFile) -> int | None:
    return file.found.get("vouchers") if file.stage == FileStage.IMPORTED else None


def files_register() -> Register:
    """Files of vouchers, the latest first."""
    return Register(
        slug="voucher-files",
        title="导入凭证",
        noun="个文件",
        needs="books.import",
        rows=_rows,
        columns=(
            RegisterColumn("file_name", "文件名", searchable=True, width="wide"),
            RegisterColumn("village_name", "村", kind="village"),
            RegisterColumn("book__name", "账套", searchable=True),
            RegisterColumn("uploaded_by__name", "上传人", width="narrow"),
            RegisterColumn("uploaded_at", "上传日期", kind="date", value=_day),
            RegisterColumn("added", "导入凭证", kind="integer", value=_added),
            RegisterColumn("state", "状态", kind="badge", value=_state),
        ),
        url=lambda file: reverse("accounting:voucher-file", args=(file.pk,)),
        sort=("-pk",),
        actions=(("上传凭证文件", reverse("accounting:hand-in-vouchers")),),
    )
