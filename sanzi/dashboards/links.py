"""Where the pages of figures lead: to the wall, to registers, to a thing's own page."""

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from sanzi.metrics.links import asked, figures, rows, rows_page
from sanzi.workbooks.binding import TABLES
from sanzi.workbooks.registers import row_url

__all__ = ["asked", "figures", "home", "register", "rows", "rows_page", "thing", "wall"]

# The slug of the register that keeps a thing named in the journal.
_REGISTER_OF = {model._meta.label_lower: slug for slug, model in TABLES.items()}


def wall(region: str, as_of: date) -> str:
    return reverse("dashboards:wall") + asked(region, as_of)


def home(region: str, as_of: date) -> str:
    return reverse("dashboards:home") + asked(region, as_of)


def register(slug: str, **params: str) -> str:
    """A register's page, narrowed."""
    return f"{reverse('registers:register', args=[slug])}?{urlencode(params)}"


def thing(key: str) -> str | None:
    """The page of a thing by its name in the journal (`contracts.contract:12`)."""
    label, _, pk = key.partition(":")
    slug = _REGISTER_OF.get(label)
    return row_url(slug, int(pk)) if slug and pk.isdecimal() else None
