"""Papers (原始凭证) added to a matter, and taken off before it is handed on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.agency.matter import Matter, matter_of
from sanzi.agency.models import Draft
from sanzi.agency.stages import Stage
from sanzi.documents.models import Document
from sanzi.documents.papers import attach, papers_on, take_off
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid

# Where the village, or the agency in its own matters, still has the papers in hand.
_MAY_TAKE_OFF = frozenset({Stage.DRAFTING, Stage.VERIFIED})


@action("books.view")
def add_papers(*, draft_id: int, files: Sequence[Any], by: Person, now: datetime) -> list[Document]:
    """Hang more papers on a matter whose papers are still being completed."""
    matter = matter_of(Draft.objects.claim(draft_id, by), by, localdate(now))
    _admit(matter)
    if not files:
        raise Invalid("paper.none", "请选择要上传的文件")
    draft = matter.draft
    hung = attach(draft, files, by=by, now=now)
    # Sheets are counted by hand; a count of none is a count not taken yet.
    if not draft.attachments:
        draft.attachments = len(hung)
        draft.save(update_fields=["attachments"])
    label = f"上传附件 {len(hung)} 份"
    record(
        draft, "agency.attach", by=by, at=now, label=label,
        public={"papers": [paper.sha256 for paper in hung]},
    )  # fmt: skip
    return hung


@action("books.view")
def remove_paper(*, draft_id: int, document_id: int, by: Person, now: datetime) -> Document:
    """Take a paper off before the matter is submitted; its bytes and its row stay."""
    matter = matter_of(Draft.objects.claim(draft_id, by), by, localdate(now))
    _admit(matter)
    draft = matter.draft
    if draft.stage not in _MAY_TAKE_OFF or (draft.stage == Stage.VERIFIED and not draft.by_agency):
        raise Blocked("paper.submitted", "已提交的附件不能移除；确需更换的，请先退回村里")
    counted = papers_on(draft).count()
    paper = take_off(draft, document_id, now=now)
    # Where the sheets were counted by files, one file less is one sheet less.
    if draft.attachments == counted:
        draft.attachments -= 1
        draft.save(update_fields=["attachments"])
    record(
        draft, "agency.detach", by=by, at=now, label="移除附件", public={"papers": [paper.sha256]}
    )
    return paper


def _admit(matter: Matter) -> None:
    if matter.may_add_papers:
        return
    if matter.papers_by is None:
        raise Blocked("paper.closed", "这个环节不能再改附件；确需补充的，请先退回")
    raise Forbidden("paper.role", "这个环节的附件由经办岗位补充，您的岗位不能办理")
