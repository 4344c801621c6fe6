"""The frame round every page: where am I, what work is there, who am I."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.timezone import localdate, now

from sanzi.access.scope import covers
from sanzi.kernel.refusals import Missing, Refusal
from sanzi.kernel.regions import ancestors, full, trim
from sanzi.orgs.models import Region

from .menu import MENU, Link
from .pages import person_of

PAGES = {
    "home": "dashboards:home",
    "search": "dashboards:search",
    "places": "web:places",
    "switch_post": "administration:switch-post",
    "password": "administration:password",
    "sign_in": "administration:sign-in",
    "sign_out": "administration:sign-out",
}


@dataclass(frozen=True)
class Place:
    """The region a page is about: the one chosen in its address, or else the post's own."""

    code: str
    region: Region
    # From the post's own region down to this one, and the living regions right below it.
    path: tuple[Region, ...]
    children: tuple[Region, ...]
    # Names by code of path, children and whatever else was asked for.
    names: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.region.name

    @property
    def is_own(self) -> bool:
        return len(self.path) == 1

    @property
    def full_code(self) -> str:
        return full(self.code)


def chosen_code(request: HttpRequest) -> str:
    """The region code a page is about; no query. Raises Missing outside the person's part."""
    person = person_of(request)
    own = person.region_code
    if own is None:
        raise Missing("place.none", "您目前没有在任的岗位，看不到业务数据；请找系统管理员")
    given = request.GET.get("region", "").strip()
    if not given:
        return own
    try:
        code = trim(given)
    except Refusal:
        code = ""
    if not code or not covers(person, code):
        raise Missing("place.missing", "没有找到这个地方，或它不在您的辖区内")
    return code


def place(request: HttpRequest, naming: Iterable[str] = ()) -> Place:
    """Where the page is, in one query; `naming` adds village codes whose names it will print.

    A page that asks is a page by region: the frame's region links then stay on it.
    """
    code = chosen_code(request)
    found = _look_up(request, code, naming)
    request.place = found  # type: ignore[attr-defined]
    return found


def _look_up(request: HttpRequest, code: str, naming: Iterable[str] = ()) -> Place:
    own = person_of(request).region_code or ""
    path = [c for c in (*ancestors(code), code) if len(c) >= len(own)]
    wanted = Q(code__in={*path, *naming})
    # Below a village lie only its groups, which own no rows.
    below = Q(parent__code=code, valid_to=None) if len(code) < 12 else Q()
    regions = {r.code: r for r in Region.objects.filter(wanted | below).select_related("parent")}
    if code not in regions:
        raise Missing("place.missing", "没有找到这个地方，或它不在您的辖区内")
    children = [
        r
        for r in regions.values()
        if len(code) < 12 and r.valid_to is None and r.parent and r.parent.code == code
    ]
    return Place(
        code=code,
        region=regions[code],
        path=tuple(regions[c] for c in path if c in regions),
        children=tuple(sorted(children, key=lambda r: r.code)),
        names={c: r.name for c, r in regions.items()},
    )


@dataclass(frozen=True)
class Entry:
    """A menu line as one person sees it on one page."""

    title: str
    url: str
    is_here: bool


class Frame:
    """What base.html asks; everything is worked out only when a template prints it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def _person(self) -> Any:
        user = getattr(self._request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @cached_property
    def place(self) -> Place | None:
        """Where the page is. A refusal page is drawn too, so this never refuses."""
        known = getattr(self._request, "place", None)
        if known or self._person is None or self._person.region_code is None:
            return known
        try:
            return _look_up(self._request, chosen_code(self._request))
        except Refusal:
            try:
                return _look_up(self._request, self._person.region_code)
            except Refusal:
                return None

    @cached_property
    def groups(self) -> list[tuple[str, list[Entry]]]:
        """The menu this post may use; lines whose page does not exist yet are left out."""
        if self._person is None:
            return []
        shown = ((group.title, self._entries(group.links)) for group in MENU)
        return [(title, entries) for title, entries in shown if entries]

    def _entries(self, links: Iterable[Link]) -> list[Entry]:
        entries = []
        for link in links:
            if not link.levels or self._level in link.levels:
                url = link_url(link) if self._person.can(link.needs) else None
                if url:
                    here = self._request.path == url
                    entries.append(Entry(link.title, url + self._carried, here))
        return entries

    @cached_property
    def _level(self) -> str:
        return str(self._person.post.region.level) if self._person and self._person.post else ""

    @cached_property
    def _carried(self) -> str:
        # The chosen region travels in the address: it can be bookmarked, and GET stores nothing.
        place = self.place
        return "" if place is None or place.is_own else "?" + urlencode({"region": place.code})

    @cached_property
    def region_url(self) -> str:
        """What the region links begin with: this page if it is one by region, else home."""
        by_region = hasattr(self._request, "place")
        return self._request.path if by_region else (self.urls["home"] or "/")

    @property
    def is_village(self) -> bool:
        """Village mode: larger type and targets."""
        return self._level == "village"

    @property
    def today(self) -> Any:
        return localdate()

    @property
    def now(self) -> Any:
        return now()

    @property
    def is_demo(self) -> bool:
        return bool(settings.DEMO)

    @cached_property
    def urls(self) -> dict[str, str | None]:
        """Pages every page links to; None for one that does not exist or is not for this post."""
        found = {name: url_of(url_name) for name, url_name in PAGES.items()}
        if self._person is None or not self._person.can("registers.view"):
            found["search"] = None
        return found


def url_of(name: str, **kwargs: str) -> str | None:
    """The address of a page that may not exist yet."""
    try:
        return reverse(name, kwargs=kwargs or None)
    except NoReverseMatch:
        return None


def link_url(link: Link) -> str | None:
    return url_of(link.url_name, **dict(link.kwargs))


def frame(request: HttpRequest) -> dict[str, Frame]:
    """Context processor: `frame` in every template."""
    return {"frame": Frame(request)}
