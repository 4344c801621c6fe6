"""A stored paper, to be looked at or taken away."""

from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404

from sanzi.kernel.refusals import Missing
from sanzi.web.pages import page, person_of

from .kinds import BY_MEDIA_TYPE
from .models import Document
from .store import path_of

# Whatever a file holds, no browser runs any of it (reliability.md U3, U4).
_POLICY = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox"


@page("registers.view")
def paper(request: HttpRequest, pk: int) -> FileResponse:
    """A picture in its own type; everything else as a file to keep."""
    mine = Document.objects.visible_to(person_of(request)).filter(removed_at=None)
    found = get_object_or_404(mine, pk=pk)
    home = path_of(found.sha256)
    if not home.exists():
        raise Missing("paper.lost", "附件的文件不在服务器上，请联系管理员从备份中恢复")
    kind = BY_MEDIA_TYPE.get(found.media_type)
    answer = FileResponse(
        home.open("rb"),
        as_attachment=kind is None or not kind.is_shown,
        filename=found.name,
        content_type=kind.media_type if kind else "application/octet-stream",
    )
    answer["Content-Security-Policy"] = _POLICY
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
