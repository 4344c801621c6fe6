"""The one paper that belongs to no other feature: a letter an office words itself."""

from .blocks import Paragraph, Salutation, Seal
from .form import Field, LetterForm

GENERAL = LetterForm(
    code="letters.general",
    title="函",
    series="HJ",
    fields=(Field("body", "正文"),),
    blocks=(
        Salutation(when="addressee"),
        Paragraph("{body}"),
        Seal(),
    ),
)

FORMS = (GENERAL,)
