"""Filling an address: which object stands in which relation to whom, and a body that would do."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import localdate

from sanzi.access.models import Person, Post
from sanzi.campaigns.models import Base
from sanzi.contracts.models import Contract
from sanzi.intake.dictionary import SHEETS
from sanzi.orgs.models import Region
from sanzi.workbooks.binding import TABLES

from .ledgers import KINDS
from .people import FEW, PASSWORD, Actor
from .places import FAR_VILLAGE, MISSING_CODE, MISSING_PK, RELATIONS, seen_from, village_in
from .table import Address
from .world import World

SLUGS = tuple(sheet.register for sheet in SHEETS)
# One register with a page for each row, one without.
SAMPLED = ("contracts", "accounts")
# Registers whose rows have a page of their own, to which the common one only sends on.
LEDGERS = ("contracts", "receivables", "debts", "tasks")
PLAIN = tuple(slug for slug in SLUGS if slug not in LEDGERS)
SEALED = {"contracts": "contractor_id", "debts": "creditor_id", "accounts": "account_number"}
_OF_BOOKS = frozenset({"accounting", "agency", "bank", "budgets", "yearend", "disclosure"})
NEEDS_AN_ELSEWHERE = ("new-person", "posts", "new-region")
METRICS = ("contracts.irregular", "receivables.recovered", "receivables.recovery_rate")


class Target(NamedTuple):
    """One filled address as one person fires it."""

    relation: str
    path: str
    # What the person typed of the object: it may stand in the answer and says nothing.
    typed: str = ""
    data: dict[str, Any] = {}
    # The first of its relation: the others differ only in the register they are of.
    is_first: bool = True


class Filler:
    """Knows the world's objects by region."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._ledgers = world.ledgers
        self._kept = world.kept
        self._rows = {slug: _by_village(model) for slug, model in TABLES.items()}
        self._parties = {
            c.village: c.party_id for c in Contract.objects.order_by("-pk").select_related("party")
        }
        self._bases = dict(Base.objects.values_list("town", "pk"))
        self._places = dict(Region.objects.values_list("code", "pk"))
        self._people = dict(Person.objects.values_list("username", "pk"))
        self._posts = dict(Post.objects.values_list("person__username", "pk"))
        self._named: dict[str, Callable[[str], int | None]] = {
            "person": lambda code: self._people.get(f"of-{code}"),
            "closed": lambda code: self._people.get(f"closed-{code}"),
            "post": lambda code: self._posts.get(f"of-{code}"),
            "place": lambda code: self._places.get(code),
            "upload": lambda code: world.uploads.get(code),
            "flawed": lambda code: world.flawed.get(code),
        }

    def fill(self, address: Address, actor: Actor, *, fully: bool) -> Iterator[Target]:
        """Every filling of an address for this person; without `fully` one of each kind."""
        needs_an_elsewhere = address.url.endswith(NEEDS_AN_ELSEWHERE)
        if not actor.region and address.body == "foreign" and needs_an_elsewhere:
            return  # Nothing is foreign to the nation.
        seen: set[str] = set()
        for target in self._fill(address, actor, fully):
            query = "&".join(filter(None, (target.path.partition("?")[2], address.params)))
            path = target.path.partition("?")[0] + (f"?{query}" if query else "")
            is_first = target.relation not in seen
            seen.add(target.relation)
            data = self._body(address, actor, target.path)
            yield target._replace(path=path, data=data, is_first=is_first)

    def _fill(self, address: Address, actor: Actor, fully: bool) -> Iterator[Target]:
        url, about = address.url, address.about
        if about == "nothing":
            yield Target("own", reverse(url))
        elif about == "region":
            yield from self._by_region(url, (), actor)
        elif about == "metric":
            # A rate has no rows of its own, and so no sheet of them.
            every = METRICS[:-1] if "xlsx" in address.query else METRICS
            for metric in every if fully else METRICS[:1]:
                yield from self._by_region(url, (metric,), actor)
        elif about == "register":
            every = fully or actor in FEW and not address.params
            for slug in SLUGS if every else SAMPLED:
                relations = RELATIONS if fully or slug in SAMPLED else ("own",)
                yield from self._by_region(url, (slug,), actor, relations)
        elif about == "motion":
            yield from self._by_motion(url, actor)
        elif is_of_books(about):
            yield from self._by_parts(url, about, actor)
        elif about in ("row", "ledger", "sealed"):
            yield from self._by_row(url, about, actor, fully)
        else:
            yield from self._by_key(url, about, actor)

    def _by_region(
        self, url: str, args: tuple[str, ...], actor: Actor, relations: Any = RELATIONS
    ) -> Iterator[Target]:
        yield Target("own", reverse(url, args=args))
        for relation in relations:
            code = seen_from(actor.region, relation)
            if code:
                query = urlencode({"region": code})
                yield Target(relation, f"{reverse(url, args=args)}?{query}", code)

    def _by_motion(self, url: str, actor: Actor) -> Iterator[Target]:
        """A matter to be put to a meeting is named by its key in the address."""
        for relation in RELATIONS:
            if pk := self.row("contracts", actor, relation):
                query = urlencode({"on": f"contracts.contract:{pk}"})
                yield Target(relation, f"{reverse(url)}?{query}", str(pk))

    def _by_parts(self, url: str, about: str, actor: Actor) -> Iterator[Target]:
        """`book/=202601`: a thing of the books, and what else the address names."""
        first, *rest = about.split("/")
        if first == "region":
            yield from self._by_region(url, tuple(part[1:] for part in rest), actor)
            return
        for relation in RELATIONS:
            args = [self._part(part, actor, relation) for part in (first, *rest)]
            if None not in args:
                yield Target(relation, reverse(url, args=args), str(args[0]))

    def _part(self, part: str, actor: Actor, relation: str) -> Any:
        if part.startswith("="):
            return part[1:]
        if relation == "missing":
            return f"{MISSING_CODE}001201" if part == "code" else MISSING_PK
        return self._ledgers[part].get(village_in(actor.region, relation) or "")

    def _by_row(self, url: str, about: str, actor: Actor, fully: bool) -> Iterator[Target]:
        slugs = {"row": PLAIN, "ledger": LEDGERS, "sealed": tuple(SEALED)}[about]
        for slug in slugs if fully or actor in FEW else filter(SAMPLED.__contains__, slugs):
            relations = RELATIONS if fully or slug in SAMPLED else ("own", "sibling")
            for relation in relations:
                if pk := self.row(slug, actor, relation):
                    yield Target(relation, reverse(url, args=(slug, pk)), str(pk))

    def _by_key(self, url: str, about: str, actor: Actor) -> Iterator[Target]:
        """`resolution/=decide`: a thing by its key, and what else the address names."""
        about, *rest = about.split("/")
        for relation in RELATIONS:
            if pk := self._key(about, actor, relation):
                args = (pk, *(part[1:] for part in rest))
                yield Target(relation, reverse(url, args=args), str(pk))

    def _key(self, about: str, actor: Actor, relation: str) -> int | None:
        if relation == "missing":
            return MISSING_PK
        if about in self._named:
            code = seen_from(actor.region, relation)
            return None if code is None else self._named[about](code)
        if about == "party":
            return self._parties.get(village_in(actor.region, relation) or "")
        if about in self._kept:
            return self._kept[about].get(village_in(actor.region, relation) or "")
        if about == "base":
            return self._bases.get((village_in(actor.region, relation) or "")[:9])
        slugs = {"contract": "contracts", "claim": "receivables", "debt": "debts", "task": "tasks"}
        return self.row(slugs[about], actor, relation)

    def row(self, slug: str, actor: Actor, relation: str) -> int | None:
        if relation == "missing":
            return MISSING_PK
        return self._rows[slug].get(village_in(actor.region, relation) or "")

    def _body(self, address: Address, actor: Actor, path: str) -> dict[str, Any]:
        """The least a form must say to be accepted; `foreign` names what lies elsewhere in it."""
        if not address.post:
            return {}
        if address.about == "sealed":
            return {"field": SEALED[path.split("/")[2]], "reason": "核对证件"}
        if is_of_books(address.about) or address.url.split(":")[0] in _OF_BOOKS:
            # Less than any of these forms asks for: who may, and where, is told before what.
            return {"sent": "1"}
        name = address.url.partition(":")[2].replace("-", "_")
        return dict(getattr(self, f"_to_{name}", _nothing)(address, actor))

    def _to_sign_in(self, address: Address, actor: Actor) -> Any:
        return {"username": "uploader-999801", "password": PASSWORD}

    def _to_demo_sign_in(self, address: Address, actor: Actor) -> Any:
        return {"post": self._posts["of-999801"]}

    def _to_password(self, address: Address, actor: Actor) -> Any:
        return {"old": PASSWORD, "new": f"{PASSWORD} 2", "again": f"{PASSWORD} 2"}

    def _to_switch_post(self, address: Address, actor: Actor) -> Any:
        mine = self._posts.get(actor.account, 0)
        return {"post": mine if address.body == "own" else self._posts["of-999801"]}

    def _to_new_person(self, address: Address, actor: Actor) -> Any:
        return {"username": "somebody", "name": "新人", **self._to_posts(address, actor)}

    def _to_posts(self, address: Address, actor: Actor) -> Any:
        region = FAR_VILLAGE if address.body == "foreign" else seen_from(actor.region, "below")
        return {"role": "inspector" if len(region or "") in (4, 6, 9) else "village_accountant",
                "region": region or actor.region, "from_on": "2026-01-01"}  # fmt: skip

    def _to_end_post(self, address: Address, actor: Actor) -> Any:
        return {"to_on": localdate().isoformat()}

    def _to_reset_password(self, address: Address, actor: Actor) -> Any:
        return {"reason": "核对"}

    _to_deactivate = _to_activate = _to_unlock = _to_reset_password

    def _to_new_region(self, address: Address, actor: Actor) -> Any:
        code = "999701009" if address.body == "foreign" else "999801009"
        return {"code": code, "name": "新地"}

    def _to_rename_region(self, address: Address, actor: Actor) -> Any:
        return {"name": "新名", "on": localdate().isoformat()}

    def _to_merge_region(self, address: Address, actor: Actor) -> Any:
        into = MISSING_CODE if actor.region == "" else FAR_VILLAGE
        return {"into": into, "on": localdate().isoformat()}

    def _to_intake(self, address: Address, actor: Actor) -> Any:
        return {"file": SimpleUploadedFile("表.xlsx", b"PK"), "as_of": "2026-03-02"}

    def _to_base(self, address: Address, actor: Actor) -> Any:
        return {"locked_on": "2021-12-31", "reason": "按上级文件"}

    def _to_new(self, address: Address, actor: Actor) -> Any:
        return {"sent": "1"}

    def _to_check_answer(self, address: Address, actor: Actor) -> Any:
        return {"source": "text", "text_kept": "原件"}

    def _to_judge(self, address: Address, actor: Actor) -> Any:
        return {"rule": "P01", "ruling": "confirmed", "reason": "已核实"}


def _by_village(model: Any) -> dict[str, int]:
    return dict(model.objects.order_by("-pk").values_list("village", "pk"))


def is_of_books(about: str) -> bool:
    """Whether an address is about something of the books, or a region and more than that."""
    first, *rest = about.split("/")
    return first in KINDS or first.startswith("=") or first == "region" and bool(rest)


def _nothing(address: Address, actor: Actor) -> dict[str, Any]:
    # A form that was sent, with less than it asks for; a body quite empty would be none.
    return {"sent": "1"}
