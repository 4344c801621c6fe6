"""The frame round every page: where am I, what work is there, who am I."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.timezone import localdate, now

from sanzi.access.scope import covers
from sanzi.kernel.refusals import Missing, Refusal
from sanzi.kernel.regions import ancestors, full, trim
from sanzi.orgs.models import Region
from sanzi.orgs.tree import names_of

from .menu import MENU, Link
from .pages import person_of

PAGES = {
    "home": "dashboards:home",
    "search": "dashboards:search",
    "todo": "dashboards:waiting",
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


def names_on(request: HttpRequest, codes: Collection[str]) -> dict[str, str]:
    """The names of these villages by code, for a page about a thing; unknown codes are absent.

    The look-up is the frame's own, so the page asks for no name apart.
    """
    where = _where(request, codes)
    request.framed = where  # type: ignore[attr-defined]
    return {c: n for c, n in where.names.items() if c in codes} if where else names_of(codes)


def _where(request: HttpRequest, naming: Iterable[str] = ()) -> Place | None:
    """Where a page is that did not ask: a refusal page is drawn too, so this never refuses."""
    try:
        return _look_up(request, chosen_code(request), naming)
    except Refusal:
        try:
            return _look_up(request, person_of(request).region_code or "", naming)
        except Refusal:
            return None


def _look_up(request: HttpRequest, code: str, naming: Iterable[str] = ()) -> Place:
    own = person_of(request).region_code or ""
    path = [c for c in (*ancestors(code), code) if len(c) >= len(own)]
    # A town's own row stands under its full code, and is called by the town's name.
    wanted = Q(code__in={*path, *map(trim, naming)})
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
        names={code: r.name for c, r in regions.items() for code in (c, full(c))},
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
        """Where the page is, as it asked or as its address says."""
        known = getattr(self._request, "place", None) or getattr(self._request, "framed", None)
        if known or self._person is None or self._person.region_code is None:
            return known
        return _where(self._request)

    @cached_property
    def work(self) -> SafeString:
        """The menu of what this post may do."""
        if self._person is None:
            return SafeString()
        site, path = settings.ROOT_URLCONF, self._request.path
        here = path if path in _addresses(site).values() else ""
        may = self._person.permissions
        return menu(site, may, self._level, self._carried, here, self.group)

    @cached_property
    def groups(self) -> list[tuple[str, list[Entry]]]:
        """The menu's groups and lines, for a page that shows them as its content."""
        if self._person is None:
            return []
        may = self._person.permissions
        return _groups(settings.ROOT_URLCONF, may, self._level, self._carried, "")

    @cached_property
    def group(self) -> str:
        """The title of the menu's group this page belongs to."""
        match = getattr(self._request, "resolver_match", None)
        return group_of(settings.ROOT_URLCONF, self._request.path, getattr(match, "namespace", ""))

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
        found = dict(_pages(settings.ROOT_URLCONF))
        if self._person is None or not self._person.can("registers.view"):
            found |= {"search": None, "todo": None}
        return found


@lru_cache(maxsize=1024)
def menu(
    site: str, may: frozenset[str], level: str, carried: str, here: str, unfolded: str
) -> SafeString:
    """The menu as HTML, for posts that `may` do this at a level, on the page `here`.

    Lines whose page this site does not have are left out. Of the groups, the one titled
    `unfolded` is open: sixty lines at once are no menu.

    The same for everybody with such a post: half of what a small page takes would go into writing
    it twice a page, for the desk and for the pocket.
    """
    groups = _groups(site, may, level, carried, here)
    return render_to_string("web/parts/menu.html", {"groups": groups, "unfolded": unfolded})


def _groups(
    site: str, may: frozenset[str], level: str, carried: str, here: str
) -> list[tuple[str, list[Entry]]]:
    """The groups of the menu with the lines shown in each; a group without lines is left out."""
    addresses = _addresses(site)

    def shown(link: Link) -> bool:
        at_level = not link.levels or level in link.levels
        return at_level and link in addresses and link.needs in may

    groups = [
        (group.title, [
            Entry(link.title, addresses[link] + carried, addresses[link] == here)
            for link in group.links if shown(link)
        ])
        for group in MENU
    ]  # fmt: skip
    return [group for group in groups if group[1]]


def group_of(site: str, path: str, namespace: str) -> str:
    """The title of the group a page belongs to; empty for home and for what is in no group.

    A page that is no line itself belongs where the longest line above its address is, and else
    with the first line of its own feature.
    """
    lines = _lines(site)
    above = [(len(url), title) for url, _, title in lines if url != "/" and path.startswith(url)]
    if above:
        return max(above)[1]
    return next((title for _, feature, title in lines if feature == namespace), "")


@cache
def _lines(site: str) -> list[tuple[str, str, str]]:
    """Each line's address, feature and group."""
    return [
        (url, link.url_name.partition(":")[0], group.title)
        for group in MENU
        for link in group.links
        if (url := _addresses(site).get(link))
    ]


@cache
def _addresses(site: str) -> dict[Link, str]:
    links = (link for group in MENU for link in group.links)
    found = ((link, link_url(link)) for link in links)
    return {link: url for link, url in found if url}


@cache
def _pages(site: str) -> dict[str, str | None]:
    return {name: url_of(url_name) for name, url_name in PAGES.items()}


def url_of(name: str, **kwargs: str) -> str | None:
    """The address of a page that may not exist yet."""
    try:
        return reverse(name, kwargs=kwargs or None)
    except NoReverseMatch:
        return None


def link_url(link: Link) -> str | None:
    """The address of a menu line's page."""
    return url_of(link.url_name, **dict(link.kwargs))


def frame(request: HttpRequest) -> dict[str, Frame]:
    """Context processor: `frame` in every template."""
    return {"frame": Frame(request)}
