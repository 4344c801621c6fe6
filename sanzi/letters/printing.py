"""Letters on paper: where their QR leads, laid as they stand today, as PDF and as Word."""

from collections.abc import Callable, Sequence

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from sanzi.access.models import Person
from sanzi.kernel.regions import level

from . import qr
from .laying import Paper, lay
from .models import Letter
from .office import OfficeTemplates
from .pdf import pdf_of
from .template_file import render
from .word import docx_of


def base_of(request: HttpRequest) -> str:
    """What the addresses on paper begin with: as installed, or as this request came."""
    return settings.PUBLIC_ADDRESS or request.build_absolute_uri("/").rstrip("/")


def address_of(letter: Letter, base: str) -> str:
    """Where its QR leads: the owning feature's reply page, or the verification page."""
    reply = letter.form.reply
    if reply:
        return base + reverse(reply, args=[letter.token])
    return base + reverse("letters:check", args=[letter.token])


def owner_url(letter: Letter, person: Person) -> str | None:
    """The page of the thing a letter is about; None when its feature shows this person none."""
    in_village = level(person.region_code or "") == "village"
    if not letter.form.owner or (in_village and letter.form.is_town_owned):
        return None
    try:
        return reverse(letter.form.owner, args=[letter.on.partition(":")[2]])
    except NoReverseMatch:
        return None


def serve_url(letter: Letter) -> str | None:
    """Where service is written down: the owning feature's page or our own; None once ended."""
    if letter.ended is not None:
        return None
    return reverse(letter.form.serving or "letters:serve", args=[letter.pk])


def paper_of(letter: Letter, base: str, *, clear: bool = False) -> Paper:
    """The letter laid; `clear` shows what is personal and belongs inside a logged action."""
    return lay(
        letter.form,
        letter.told(clear=clear),
        address=address_of(letter, base),
        mark=letter.ended.word if letter.ended else "",
    )


def pdf(
    letters: Sequence[Letter],
    base: str,
    *,
    clear: bool = False,
    told: Callable[[int], None] = lambda done: None,
) -> bytes:
    """One PDF of these letters, dated by the last of them: the same letters are the same bytes."""
    papers = (paper_of(letter, base, clear=clear) for letter in letters)
    at = max(letter.issued_at for letter in letters)
    return pdf_of(papers, at=at, fonts=settings.FONTS, told=told)


def docx(
    letter: Letter, base: str, *, clear: bool = False, office: OfficeTemplates | None = None
) -> bytes:
    """One letter as Word: in its office's own template if there was one, else as the PDF is."""
    office = office or OfficeTemplates([letter])
    template = office.of(letter)
    if template is None:
        return docx_of(paper_of(letter, base, clear=clear), at=letter.issued_at)
    picture = qr.picture(address_of(letter, base))
    return render(office.content(template), letter.form, letter.told(clear=clear), picture)
