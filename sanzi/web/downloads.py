"""A table handed out as a file, to posts that may export."""

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.http import FileResponse, HttpRequest

from sanzi.kernel.refusals import Forbidden
from sanzi.web.pages import person_of


def check_may_export(request: HttpRequest) -> None:
    """Raises Forbidden."""
    if not person_of(request).can("registers.export"):
        raise Forbidden("figures.export_role", "您的岗位只能查看，不能导出")


def download(title: str, as_of: date, write: Callable[[Path], object]) -> FileResponse:
    """What `write` puts into the file it is given, as xlsx named after its title and day."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.xlsx"
        write(path)
        # An open file outlives its name; the response closes it when it has been sent.
        file = path.open("rb")
    return FileResponse(file, as_attachment=True, filename=f"{title}_{as_of}.xlsx")
