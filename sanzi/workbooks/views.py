"""The intake wizard: hand in, watch, correct columns, read the problems, confirm once."""

import tempfile
from datetime import date
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import now

from sanzi.intake.dictionary import SHEETS
from sanzi.intake.template import write_template
from sanzi.kernel.refusals import Missing, NotAWorkbook
from sanzi.web.pages import onward, page, person_of, show

from . import actions, worker
from .forms import UploadForm
from .models import Upload
from .wizard import wizard_of

SIZE_MAX = 50 * 1024 * 1024
PER_PAGE = 20


@page("intake.upload", methods=("GET", "POST"))
def intake(request: HttpRequest) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = _keep(request, form.cleaned_data["file"], form.cleaned_data["as_of"])
        worker.start("check", upload, person_of(request).pk)
        return onward(request, "workbooks:upload", upload.pk)
    uploads = Upload.objects.visible_to(person_of(request)).select_related("uploaded_by")
    page_of = Paginator(uploads, PER_PAGE).get_page(request.GET.get("page"))
    context = {"title": "导入工作簿", "form": form, "uploads": page_of}
    return show(request, "workbooks/intake.html", context, status=422 if form.errors else 200)


def _keep(request: HttpRequest, file: UploadedFile, as_of: date) -> Upload:
    if (file.size or 0) > SIZE_MAX:
        raise NotAWorkbook("too-large", "文件超过 50 MB，请按村拆开后分次上传", 413)
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as draft:
        for chunk in file.chunks():
            draft.write(chunk)
        draft.flush()
        return actions.hand_in(
            file=Path(draft.name),
            file_name=file.name or "",
            as_of=as_of,
            by=person_of(request),
            now=now(),
        )


@page("intake.upload")
def upload_page(request: HttpRequest, pk: int) -> HttpResponse:
    upload = get_object_or_404(Upload.objects.visible_to(person_of(request)), pk=pk)
    context = {
        "title": upload.file_name,
        "upload": upload,
        "wizard": wizard_of(upload, person_of(request), request.GET),
    }
    return show(request, "workbooks/upload.html", context, part="workbooks/parts/state.html")


@page("intake.upload", methods=("POST",))
def again(request: HttpRequest, pk: int) -> HttpResponse:
    upload = actions.check_again(upload_id=pk, by=person_of(request), now=now())
    worker.start("check", upload, person_of(request).pk)
    return onward(request, "workbooks:upload", pk)


@page("intake.upload", methods=("POST",))
def matches(request: HttpRequest, pk: int) -> HttpResponse:
    upload = get_object_or_404(Upload.objects.visible_to(person_of(request)), pk=pk)
    person = person_of(request)
    if "forget" in request.POST:
        upload = actions.forget_matches(upload_id=pk, by=person, now=now())
    else:
        chosen = wizard_of(upload, person, request.GET).chosen(request.POST)
        upload = actions.match_columns(upload_id=pk, matches=chosen, by=person, now=now())
    worker.start("check", upload, person_of(request).pk)
    return onward(request, "workbooks:upload", pk)


@page("intake.commit", methods=("POST",))
def commit(request: HttpRequest, pk: int) -> HttpResponse:
    upload = actions.confirm(upload_id=pk, by=person_of(request), now=now())
    worker.start("commit", upload, person_of(request).pk)
    return onward(request, "workbooks:upload", pk)


@page("intake.upload")
def annotated(request: HttpRequest, pk: int) -> FileResponse:
    upload = get_object_or_404(Upload.objects.visible_to(person_of(request)), pk=pk)
    marked = upload.folder / "annotated.xlsx"
    if not marked.exists():
        raise Missing("upload.unmarked", "还没有标注好的工作簿，请等核对完成")
    name = f"{Path(upload.file_name).stem}（已标注）.xlsx"
    return FileResponse(marked.open("rb"), as_attachment=True, filename=name)


@page("intake.upload")
def template(request: HttpRequest) -> FileResponse:
    with tempfile.TemporaryDirectory() as folder:
        blank = Path(folder) / "template.xlsx"
        write_template(blank)
        # The open file outlives its name; the answer streams from it.
        return FileResponse(blank.open("rb"), as_attachment=True, filename="三资清理工作簿.xlsx")


@page("intake.upload")
def dictionary(request: HttpRequest) -> HttpResponse:
    context = {"title": "填写说明", "sheets": SHEETS}
    return show(request, "workbooks/dictionary.html", context)
