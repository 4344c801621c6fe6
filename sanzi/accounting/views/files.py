"""Vouchers from other software in the browser: hand in, read what is wrong, bring in once."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.timezone import now

from sanzi.accounting.actions import files as actions
from sanzi.accounting.file_registers import files_register
from sanzi.accounting.forms import VoucherFileForm
from sanzi.accounting.interchange.reading import TITLES, read_vouchers
from sanzi.accounting.interchange.vouchers import COLUMNS
from sanzi.accounting.models import Book, FileStage, VoucherFile
from sanzi.journal.timeline import timeline
from sanzi.kernel.refusals import Blocked, NotAWorkbook, Refusal
from sanzi.orgs.models import Region
from sanzi.orgs.tree import names_of
from sanzi.web.frame import chosen_code
from sanzi.web.pages import onward, page, person_of, show
from sanzi.web.registers import register_page

SIZE_MAX = 5 * 1024**2
EXAMPLE = (
    ("2024-01-01", "期初", "上年结转", "10201 农商行", "5000.00", "", ""),
    ("2024-01-01", "期初", "上年结转", "301 资本", "", "5000.00", ""),
    ("2024-01-05", "记-1", "收鱼塘租金", "10201 农商行", "1200.00", "", ""),
    ("2024-01-05", "记-1", "收鱼塘租金", "113 内部往来", "", "1200.00", "王老五"),
)


@page("books.import")
def files(request: HttpRequest) -> HttpResponseBase:
    return register_page(request, files_register())


@page("books.import", methods=("GET", "POST"))
def hand_in(request: HttpRequest) -> HttpResponse:
    """Choose a set and a file; the answer is the page of the trial."""
    form = VoucherFileForm(_targets(request), request.POST or None, request.FILES or None)
    if request.method == "GET" or not form.is_valid():
        return _form(request, form, 200 if request.method == "GET" else 422)
    file: UploadedFile = form.cleaned_data["file"]
    if (file.size or 0) > SIZE_MAX:
        raise NotAWorkbook(
            "too-large",
            "凭证文件超过 5 MB，请按年或按月分成几个文件再传，或请管理员用命令行导入",
            413,
        )
    content = file.read()
    region, name, scheme = _chosen(request, form.cleaned_data["target"])
    try:
        kept = actions.hand_in(
            reading=read_vouchers(content),
            content=content,
            file_name=file.name or "",
            region=region,
            name=name,
            scheme=scheme or form.cleaned_data["scheme"],
            by=person_of(request),
            now=now(),
        )
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return _form(request, form, refusal.status)
    return onward(request, "accounting:voucher-file", kept.pk)


def _form(request: HttpRequest, form: VoucherFileForm, status: int) -> HttpResponse:
    context = {
        "title": "上传凭证文件",
        "form": form,
        "columns": list(zip(TITLES, COLUMNS, strict=True)),
        "example": EXAMPLE,
    }
    return show(request, "accounting/hand_in_vouchers.html", context, status=status)


def _targets(request: HttpRequest) -> list[tuple[str, str]]:
    """The sets of the region at hand, then its villages and groups that have none."""
    person, code = person_of(request), chosen_code(request)
    mine = Book.objects.visible_to(person).filter(collective__region__code__startswith=code)
    books = list(mine.select_related("collective__region").order_by("village", "pk"))
    sets = [(f"book:{b.pk}", f"{b.collective.region.name} {b}（{b.scheme} 年制度）") for b in books]
    kept = {book.collective.region.code for book in books}
    places = Region.objects.visible_to(person).filter(code__startswith=code, valid_to=None)
    villages = places.filter(level=Region.Level.VILLAGE).order_by("code")
    new = [(f"new:{v.code}", f"{v.name}（新建账套）") for v in villages if v.code not in kept]
    return sets + new


def _chosen(request: HttpRequest, target: str) -> tuple[str, str, str]:
    """Region, set and scheme of an offered target; a new set has neither name nor scheme yet."""
    kind, _, key = target.partition(":")
    if kind == "new":
        return key, "", ""
    mine = Book.objects.visible_to(person_of(request)).select_related("collective__region")
    book: Book = get_object_or_404(mine, pk=key)
    return book.collective.region.code, book.name, book.scheme


def _file_of(request: HttpRequest, pk: int) -> VoucherFile:
    mine = VoucherFile.objects.visible_to(person_of(request))
    found: VoucherFile = get_object_or_404(mine.select_related("book", "uploaded_by"), pk=pk)
    return found


@page("books.import")
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """What trying the file found, or the receipt of its import."""
    kept = _file_of(request, pk)
    found = kept.found
    context = {
        "title": kept.file_name,
        "kept": kept,
        "place": names_of([kept.region]).get(kept.region, kept.region),
        "found": found,
        "rest": found.get("problems_count", 0) - len(found.get("problems", ())),
        "accounts": [f"{one['code']} {one['name']}".strip() for one in found.get("accounts", ())],
        "years": "、".join(f"{year}年" for year in found.get("years", ())),
        "history": timeline(kept, person_of(request)),
    }
    return show(request, "accounting/voucher_file.html", context)


@page("books.import", methods=("POST",))
def bring_in(request: HttpRequest, pk: int) -> HttpResponse:
    kept = _file_of(request, pk)
    if kept.stage == FileStage.TRIED and not kept.file.exists():
        raise Blocked("books.no_file", "这份凭证文件已不在，请放弃后重新上传")
    content = kept.file.read_bytes() if kept.file.exists() else b""
    done = actions.bring_in(
        file_id=pk, reading=read_vouchers(content), by=person_of(request), now=now()
    )
    if done.stage == FileStage.IMPORTED:
        messages.success(request, f"已导入凭证 {done.found['vouchers']} 张")
    return onward(request, "accounting:voucher-file", pk)


@page("books.import", methods=("POST",))
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    actions.drop(file_id=_file_of(request, pk).pk, by=person_of(request), now=now())
    return onward(request, "accounting:voucher-files")
