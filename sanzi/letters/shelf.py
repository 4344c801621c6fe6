"""The forms of all features: what an office may word or template itself.

Letters already written carry their wording and need no form; features import their own.
"""

from functools import lru_cache
from importlib import import_module

from django.conf import settings

from sanzi.kernel.refusals import Missing

from .form import LetterForm


@lru_cache(maxsize=1)
def forms() -> dict[str, LetterForm]:
    """Every form by code, in the order of settings.LETTER_FORMS."""
    found: dict[str, LetterForm] = {}
    for module in settings.LETTER_FORMS:
        for form in import_module(module).FORMS:
            assert form.code not in found, f"two forms are called {form.code}"
            found[form.code] = form
    return found


def form_of(code: str) -> LetterForm:
    """The form of a code. Raises Missing."""
    form = forms().get(code)
    if form is None:
        raise Missing("form.missing", "没有这种文书，请返回文书模板重新选择")
    return form
