"""Which office's Word template a letter is printed with: the one in force when it was written."""

from collections.abc import Iterable, Sequence

from sanzi.documents.store import path_of

from .models import TEMPLATE_WIDTHS, Letter, OfficeTemplate


class OfficeTemplates:
    """The templates that may concern some letters, read once: one query however many letters."""

    def __init__(self, letters: Iterable[Letter]) -> None:
        some = list(letters)
        regions = {letter.village[:width] for letter in some for width in TEMPLATE_WIDTHS}
        codes = {letter.wording.code for letter in some}
        kept = OfficeTemplate.objects.filter(region__in=regions, code__in=codes)
        self._kept: Sequence[OfficeTemplate] = list(kept.order_by("-version"))
        self._read: dict[str, bytes] = {}

    def of(self, letter: Letter) -> OfficeTemplate | None:
        """The town's, else the county's, as it was then; None: the house layout."""
        for width in sorted(TEMPLATE_WIDTHS, reverse=True):
            latest = next((one for one in self._kept if _concerns(one, letter, width)), None)
            if latest is not None and latest.sha256:
                return latest
        return None

    def content(self, template: OfficeTemplate) -> bytes:
        """Its bytes."""
        if template.sha256 not in self._read:
            self._read[template.sha256] = path_of(template.sha256).read_bytes()
        return self._read[template.sha256]


def _concerns(template: OfficeTemplate, letter: Letter, width: int) -> bool:
    return (
        template.region == letter.village[:width]
        and template.code == letter.wording.code
        and template.added_at <= letter.issued_at
    )
