"""The form a voucher is entered in: what its buttons ask for, done or told in place."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate, now

from sanzi.accounting.actions.sets import add_dimension
from sanzi.accounting.entry import Side
from sanzi.accounting.models import Book, Voucher
from sanzi.agency.actions import entering, steps, unfinished
from sanzi.agency.duties import PREPARE
from sanzi.agency.grid import Fault
from sanzi.agency.hands import hands_of
from sanzi.agency.history import Hint, hint
from sanzi.agency.lookups import accounts_of
from sanzi.agency.models import Draft, Unfinished, VoucherTemplate
from sanzi.agency.once import key_of
from sanzi.agency.sheet import Sheet, judge, typed
from sanzi.agency.spelling import KnownAccount
from sanzi.kernel.money import grouped
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Refusal
from sanzi.orgs.tree import names_of
from sanzi.web.pages import onward, person_of, show

TEMPLATES_MAX = 50


@dataclass
class Work:
    """What a voucher is for: a new one, a village's matter, the correction of a posted one."""

    request: HttpRequest
    book: Book
    title: str
    draft: Draft | None = None
    corrects: Voucher | None = None
    # What was put by and is now taken up again.
    kept: Unfinished | None = None

    @cached_property
    def once(self) -> UUID:
        """The key of this form: the one it came with, or that of what was put by, or a new one."""
        given = key_of(self.request.POST.get("once", ""))
        return given or (self.kept.once if self.kept else uuid4())

    @property
    def purpose(self) -> dict[str, int | None]:
        """What the voucher is for, as the actions are told."""
        return {
            "matter_id": self.draft.pk if self.draft else None,
            "corrects_id": self.corrects.pk if self.corrects else None,
        }

    @cached_property
    def accounts(self) -> list[KnownAccount]:
        return accounts_of(self.book)

    @property
    def usable(self) -> list[KnownAccount]:
        """The accounts a line may use."""
        return [a for a in self.accounts if a.is_leaf and a.is_active]

    @property
    def files(self) -> list[Any]:
        return self.request.FILES.getlist("papers")

    @property
    def papers_needed(self) -> bool:
        """Corrections lean on the voucher they correct; an upload is a paper."""
        leans = self.draft.reverses_id if self.draft else self.corrects
        return leans is None and not self.files


def duty_to_prepare(request: HttpRequest, book: Book) -> None:
    """Raise Forbidden for whoever has no duty to write vouchers here, by post or in a stead."""
    if not hands_of(person_of(request), book.village, localdate()).can(PREPARE):
        raise Forbidden("agency.prepare", "制单由代理会计办理；您的岗位没有制单职责")


def worked(work: Work) -> HttpResponse:
    """Do what the button asked; a refusal is told in place and nothing typed is lost."""
    form = work.request.POST
    asked = form.get("do", "save")
    if asked == "keep":
        return _put_by(work, typed(work.book, form))
    sheet = judge(typed(work.book, form), work.accounts, papers_needed=work.papers_needed)
    if asked in ("more", "paste", "suggest"):
        sheet.faults = []
        return shown(work, sheet, suggest=asked == "suggest")
    try:
        if asked == "template":
            return _kept(work, sheet)
        return shown(work, sheet, status=422) if sheet.faults else _saved(work, sheet, asked)
    except (Invalid, Blocked) as refusal:
        return _told(work, sheet, refusal)


def _put_by(work: Work, sheet: Sheet) -> HttpResponse:
    """暂存: nothing is judged, nothing is lost."""
    try:
        kept = unfinished.put_by(
            book_id=work.book.pk,
            once=work.once,
            sheet=sheet.words,
            **work.purpose,
            by=person_of(work.request),
            now=now(),
        )
    except (Invalid, Blocked) as refusal:
        return _told(work, sheet, refusal)
    files = "扫描件不随暂存保留，制单时再选。" if work.files else ""
    messages.success(work.request, f"已暂存，还没有制单；下次打开可以接着填。{files}")
    return onward(work.request, address_of(kept))


def address_of(kept: Unfinished) -> str:
    """Where what was put by is taken up again."""
    if kept.matter_id:
        return reverse("agency:prepare", args=(kept.matter_id,))
    if kept.corrects_id:
        return reverse("agency:correct", args=(kept.corrects_id,))
    return reverse("agency:enter", args=(kept.book_id,)) + f"?unfinished={kept.pk}"


def put_by_of(request: HttpRequest, book: Book, **purpose: Any) -> Any:
    """What the person has put by in this book, the latest first."""
    mine = Unfinished.objects.visible_to(person_of(request)).filter(
        kept_by=person_of(request), book=book, **purpose
    )
    return mine.order_by("-kept_at", "-pk")


def _told(work: Work, sheet: Sheet, refusal: Refusal) -> HttpResponse:
    sheet.faults = [Fault(0, "", refusal.message, refusal.code)]
    return shown(work, sheet, status=refusal.status)


def _saved(work: Work, sheet: Sheet, asked: str) -> HttpResponse:
    draft = _entered(work, sheet) if work.draft is None else _prepared(work, sheet)
    total = grouped(sheet.reading.debit)
    messages.success(work.request, f"已制单，待复核：{draft.memo}，{total} 元")
    if asked == "save" and work.draft is None and work.corrects is None:
        url = reverse("agency:enter", args=(work.book.pk,))
        return onward(work.request, f"{url}?dated={sheet.dated}")
    return onward(work.request, "agency:matter", draft.pk)


def _entered(work: Work, sheet: Sheet) -> Draft:
    return entering.enter(
        book_id=work.book.pk,
        sides=_with_new_names(work, sheet),
        dated=sheet.day,
        attachments=sheet.sheets,
        files=work.files,
        reverses_id=work.corrects.pk if work.corrects else None,
        once=work.once,
        by=person_of(work.request),
        now=now(),
    )


def _prepared(work: Work, sheet: Sheet) -> Draft:
    assert work.draft is not None, "a matter is prepared, anything else is entered"
    sides = _with_new_names(work, sheet)
    return steps.prepare(
        draft_id=work.draft.pk,
        sides=sides,
        memo=sides[0].memo,
        dated=sheet.day,
        attachments=sheet.sheets,
        once=work.once,
        by=person_of(work.request),
        now=now(),
    )


def _with_new_names(work: Work, sheet: Sheet) -> list[Side]:
    """The lines with the names typed with + made; the same name twice is made once."""
    made: dict[Any, int] = {}
    sides = []
    for line, fresh in zip(sheet.reading.sides, sheet.reading.fresh, strict=True):
        side = line
        for new in fresh:
            if new not in made:
                made[new] = add_dimension(
                    book_id=work.book.pk,
                    kind=new.kind,
                    name=new.name,
                    parent_id=side.counterparty if new.kind == "item" else None,
                    by=person_of(work.request),
                    now=now(),
                ).pk
            side = replace(side, **{new.kind: made[new]})  # type: ignore[arg-type]
        sides.append(side)
    return sides


def _kept(work: Work, sheet: Sheet) -> HttpResponse:
    """Save what stands in the grid as a template; its amounts only if asked."""
    wrong = [f for f in sheet.faults if f.column in ("memo", "account", "named")]
    if wrong:
        sheet.faults = wrong
        return shown(work, sheet, status=422)
    with_amounts = work.request.POST.get("with_amounts") == "on"
    rows = [row for row in sheet.rows if not row.is_empty]
    lines = [
        {
            "account": side.account,
            "side": "credit" if row.credit else "debit",
            "amount": _amount(side) if with_amounts else "",
            "memo": row.memo,
            # By the time it is used again the name is known.
            "named": row.named.replace("+", "").replace("＋", ""),
        }
        for side, row in zip(sheet.reading.sides, rows, strict=True)
    ]
    entering.save_template(
        book_id=work.book.pk,
        name=work.request.POST.get("template_name", ""),
        memo=lines[0]["memo"] if lines else "",
        lines=lines,
        by=person_of(work.request),
        now=now(),
    )
    sheet.faults = []
    messages.success(work.request, "模板已保存，可在本页上方调用")
    return shown(work, sheet)


def _amount(side: Side) -> str:
    amount = side.debit or side.credit
    return f"{amount:.2f}" if amount else ""


def shown(work: Work, sheet: Sheet, *, status: int = 200, suggest: bool = False) -> HttpResponse:
    """The page with the grid as it stands."""
    templates = VoucherTemplate.objects.visible_to(person_of(work.request)).of(work.book)
    is_new = work.draft is None and work.corrects is None
    context = {
        "title": work.title,
        "work": work,
        "book": work.book,
        "village": names_of([work.book.village]).get(work.book.village, ""),
        "sheet": sheet,
        "accounts": work.usable,
        "is_new": is_new,
        "put_by": [
            (one, address_of(one))
            for one in put_by_of(work.request, work.book, matter=None, corrects=None)
            if one != work.kept
        ]
        if is_new and work.request.method == "GET"
        else (),
        "templates": templates.filter(is_active=True).order_by("name")[:TEMPLATES_MAX]
        if is_new
        else (),
        "template_name": work.request.POST.get("template_name", ""),
        "hint": _hint(work, sheet) if suggest or work.draft else None,
        "today": localdate(),
    }
    return show(work.request, "agency/entering.html", context, status=status)


def _hint(work: Work, sheet: Sheet) -> Hint:
    memo = next((row.memo for row in sheet.rows if row.memo), work.draft.memo if work.draft else "")
    names = {account.code: account.name for account in work.usable}
    return hint(work.book, memo, names, work.draft.flow if work.draft else "")
