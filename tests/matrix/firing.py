"""Firing the matrix and noting everything in the answers that the table or the world forbids."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from http.cookies import SimpleCookie
from typing import Any

from django.db import connection
from django.test import Client

from sanzi.access.models import Person

from .answers import body_of, comparable, headers_of, personal_in, strangers, text_of
from .filling import Filler, Target, is_of_books
from .people import ACTORS, ANONYMOUS, FEW, Actor
from .table import (
    ADDRESSES,
    CHANGES,
    LOOKS,
    REDIRECTIONS,
    REFUSED,
    WITHIN,
    Address,
    expected,
    is_shut,
)
from .ways import dead_ends
from .world import World, undone

_WRITE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
_SAVEPOINT = re.compile(r'SAVEPOINT "?(\w+)')
_BACK = re.compile(r'ROLLBACK TO SAVEPOINT "?(\w+)')
# Not business: who is signed in, and how often a password was wrong.
_PLUMBING = frozenset({"django_session", "access_failedsignin"})
# Where a person reads their own numbers, because that is what they asked for.
CLEAR = frozenset({"registers:reveal", "workbooks:annotated"})
# Who looks in every direction of the books on an ordinary day.
_CLERKS = frozenset({"village_accountant", "agency_chief"})
# The first line of each address in the table.
_FIRST = {address.url: address for address in reversed(ADDRESSES)}
# Changes that touch nothing but the session.
# (A batch of months in which none was chosen closes none.)
UNTRACED = frozenset(
    {"administration:switch-post", "administration:sign-out", "yearend:close-many"}
)
# Refused, or sent back with what is missing: nothing may have been written.
_DENIED = frozenset({"403", "404", "405", "409", "422", *REDIRECTIONS})


@dataclass(frozen=True)
class Cell:
    """One request by one person, and what the table says to it."""

    actor: Actor
    method: str
    address: Address
    target: Target

    def __str__(self) -> str:
        where = f"({self.target.relation}) {self.target.path}"
        return f"{self.actor} {self.method} {self.address} {where}"

    @property
    def wanted(self) -> str:
        return expected(self.address, self.method, self.actor.column, self.target.relation)

    @property
    def kind(self) -> tuple[Any, ...]:
        """What is alike in every cell that differs only in the object asked for."""
        path = re.sub(r"\d+", "~", self.target.path.split("?")[0])
        return self.actor, self.method, self.address, path

    @property
    def _leads(self) -> bool:
        return self.actor.column in ("village_accountant", "county_office", "city_leader")

    @property
    def is_repetition(self) -> bool:
        """Whether the cell only repeats another, to be fired at leisure."""
        relation, address = self.target.relation, self.address
        is_first = _FIRST[address.url] is address
        if not address.policy(self.method) or self.method == "HEAD":
            return not (relation == "own" and self.target.is_first and is_first)
        if is_shut(address.policy(self.method), self.actor.column):
            door = "own" if address.about == "nothing" else "sibling"
            return not (relation == door and self.target.is_first and (is_first or address.body))
        if address.params:
            return relation not in (("own", "sibling") if self.actor in FEW else ("own",))
        if is_of_books(address.about) and self.actor.column not in _CLERKS:
            return relation != "own"
        if self.actor in FEW:
            return relation == "far"
        # One office of each level looks in every direction; its colleagues see as far as it does.
        return relation not in (("own", "below", "sibling", "parent")[:: 1 if self._leads else 2])


@dataclass
class Report:
    """What the firing found, by kind of fault."""

    cells: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    leaks: list[str] = field(default_factory=list)
    personal: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    untraced: list[str] = field(default_factory=list)
    told_apart: list[str] = field(default_factory=list)
    dead_ends: list[str] = field(default_factory=list)

    def __add__(self, other: "Report") -> "Report":
        return Report(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


class Written(list[str]):
    """The tables written to, in order, and what the journal was told."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []


class Battery:
    """Fires requests as anybody; every request is answered in a transaction that is undone."""

    def __init__(self, world: World) -> None:
        self.world, self.filler = world, Filler(world)
        # All at once: a session begun within a test would be gone with it.
        self._cookies = {a.name: self._sign_in(a) for a in ACTORS if a is not ANONYMOUS}
        # One for everybody: each new one would read every static file again.
        self._client = Client(raise_request_exception=False)
        self._personal = world.personal

    def client(self, actor: Actor) -> Client:
        """The browser, in which this person has signed in and chosen their post."""
        self._client.cookies = SimpleCookie(self._cookies.get(actor.name))
        return self._client

    def _sign_in(self, actor: Actor) -> str:
        client, person = Client(), Person.objects.get(username=actor.account)
        client.force_login(person)
        if actor.post:
            session = client.session
            session["post"] = person.posts[actor.post].pk
            session.save()
        return f"sessionid={client.cookies['sessionid'].value}"

    def send(self, actor: Actor, method: str, target: Target) -> tuple[Any, bytes, Written]:
        """The answer, its body, and the tables written to meanwhile; then all of it is undone."""
        client = self.client(actor)
        with undone(), _writes() as written:
            if method in CHANGES:
                response = client.post(target.path, target.data)
            else:
                response = client.generic(method, target.path)
            return response, body_of(response), written

    def fire(
        self,
        methods: Iterable[str],
        *,
        fully: bool,
        actors: Iterable[Actor] = ACTORS,
        addresses: Iterable[Address] = ADDRESSES,
    ) -> Report:
        """Every cell of these methods, or without `fully` those that differ in kind."""
        report, methods = Report(), tuple(methods)
        alike: dict[Any, tuple[str, Any]] = {}
        for cell in self.cells(methods, fully=fully, actors=actors, addresses=addresses):
            response, body, written = self.send(cell.actor, cell.method, cell.target)
            report.cells[cell.method] += 1
            self._judge(cell, response, body, written, report)
            _judge_writes(cell, written, report)
            if cell.wanted == "404" and cell.target.typed and cell.target.relation not in WITHIN:
                answer = comparable(response, body, cell.target.path)
                first, known = alike.setdefault(cell.kind, (str(cell), answer))
                if known != answer:
                    report.told_apart.append(f"{cell} is answered otherwise than {first}")
        return report

    def cells(
        self,
        methods: tuple[str, ...],
        *,
        fully: bool,
        actors: Iterable[Actor] = ACTORS,
        addresses: Iterable[Address] = ADDRESSES,
    ) -> Iterator[Cell]:
        """What there is to fire."""
        for address in addresses:
            for actor in actors:
                for method in _methods(address, methods):
                    for target in self.filler.fill(address, actor, fully=fully):
                        cell = Cell(actor, method, address, target)
                        if fully or not cell.is_repetition:
                            yield cell

    def _judge(
        self, cell: Cell, response: Any, body: bytes, written: Written, report: Report
    ) -> None:
        if (found := _answered(response)) != cell.wanted:
            report.wrong.append(f"{cell}: {found}, not {cell.wanted}")
        text = f"{text_of(body)}\n{headers_of(response)}"
        if response.status_code == 200 and (ways := dead_ends(text, cell.actor.column)):
            report.dead_ends.append(f"{cell}: leads to {sorted(ways)}")
        # What is on the public board is for everybody.
        is_public = cell.address.get == "public"
        if not is_public and (villages := strangers(text, self.world, cell.actor)):
            report.leaks.append(f"{cell}: {sorted(villages)}")
        # What a person has typed into the search box stands in it still.
        found_numbers = personal_in(text, self._personal)
        numbers = {number for number in found_numbers if number not in cell.address.query}
        if numbers and cell.address.url not in CLEAR:
            report.personal.append(f"{cell}: {sorted(numbers)}")
        if numbers := personal_in("\n".join(written.told), self._personal):
            report.personal.append(f"{cell}: {sorted(numbers)} in the journal")


def _methods(address: Address, methods: tuple[str, ...]) -> Iterator[str]:
    """The methods to fire: those of this line, and on the first line those that no line has."""
    lines = [other for other in ADDRESSES if other.url == address.url]
    for method in methods:
        declared = any(line.policy(method) for line in lines)
        if address.policy(method) or address is lines[0] and not declared:
            yield method


def _answered(response: Any) -> str:
    """The status, or the page to which the answer sends on."""
    if response.status_code == 302:
        for word, path in REDIRECTIONS.items():
            asked = response.request["PATH_INFO"]
            if response["Location"].startswith(path) and asked not in ("/logout/", path):
                return word
    return str(response.status_code)


def _judge_writes(cell: Cell, written: list[str], report: Report) -> None:
    is_change = cell.method in CHANGES and cell.wanted not in _DENIED
    if written and not is_change:
        report.changed.append(f"{cell}: wrote to {written}")
    elif is_change and cell.address.url not in UNTRACED and "journal_entry" not in written:
        report.untraced.append(f"{cell}: wrote {written} and no journal entry")


@contextmanager
def _writes() -> Iterator[Written]:
    """What is written and not rolled back, by listening to the database."""
    written = Written()
    marks: dict[str, int] = {}

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if (found := _WRITE.match(sql)) and found.group(1) not in _PLUMBING:
            written.append(found.group(1))
            if found.group(1) == "journal_entry":
                written.told.append(str(params))
        elif found := _SAVEPOINT.match(sql):
            marks[found.group(1)] = len(written)
        elif found := _BACK.match(sql):
            del written[marks.get(found.group(1), 0) :]
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield written


EVERY_METHOD = (*LOOKS, *CHANGES, *REFUSED)
