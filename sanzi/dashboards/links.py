"""Where figures lead: to their rows, to a region's figures, to a thing's own page."""

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from sanzi.workbooks.binding import TABLES
from sanzi.workbooks.registers import row_url

# The slug of the register that keeps a thing named in the journal.
_REGISTER_OF = {model._meta.label_lower: slug for slug, model in TABLES.items()}


def rows(metric: str, region: str, as_of: date, since: date | None = None) -> str:
    """The rows behind a figure."""
    return rows_page(metric) + asked(region, as_of, since)


def rows_page(metric: str) -> str:
    """The page of a figure's rows, for no region yet."""
    return reverse("dashboards:rows", args=[metric])


def asked(region: str, as_of: date, since: date | None = None) -> str:
    """The part of an address that says where and when."""
    params = {"region": region} if region else {}
    params["as_of"] = as_of.isoformat()
    if since:
        params["since"] = since.isoformat()
    return f"?{urlencode(params)}"


def figures(region: str, as_of: date) -> str:
    return reverse("dashboards:figures") + asked(region, as_of)


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
