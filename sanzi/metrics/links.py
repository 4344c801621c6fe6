"""Where figures lead: to their rows, to a region's figures."""

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse


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
