"""The written table: which policy each address falls under, and what each role then gets.

`urls.csv` names every address and what it is about; `statuses.csv` says by policy and role what an
answer must be. Both were written by hand and are read by people; nothing here asks the code who may
do what, or the table would agree with any mistake. Where an address stands, as seen by a person:

    door     past the door of a page that asks more of a person once it knows the thing
    within   their own region, or one below it (`own`, `below` where the two differ)
    beyond   a sibling region, the one above, one far away, and what does not exist

A word instead of a number is a redirection: `sign-in`, or `password` for whoever must choose one.
A method without a policy is answered 405 by a page that lets this person in, and otherwise as the
page answers them.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
WITHIN = frozenset({"own", "below"})
REDIRECTIONS = {"sign-in": "/login/", "password": "/password/"}
LOOKS = ("GET", "HEAD")
CHANGES = ("POST",)
REFUSED = ("PUT", "PATCH", "DELETE", "OPTIONS")


@dataclass(frozen=True)
class Address:
    """One line of urls.csv: an address (perhaps with a query) and the policies of its methods."""

    url: str
    query: str
    about: str
    get: str
    post: str

    @property
    def body(self) -> str:
        """Which of its bodies the form is filled with; of no meaning to the address itself."""
        return self.query.removeprefix("body=") if self.query.startswith("body=") else ""

    @property
    def params(self) -> str:
        return "" if self.body else self.query

    def policy(self, method: str) -> str:
        return self.get if method in LOOKS else self.post if method in CHANGES else ""

    def __str__(self) -> str:
        return f"{self.url}?{self.query}" if self.query else self.url


def _lines(name: str) -> Iterator[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


ADDRESSES = tuple(Address(**line) for line in _lines("urls.csv"))
DECLARED = frozenset(address.url for address in ADDRESSES)


def _statuses() -> dict[tuple[str, str, str], str]:
    found = {}
    for line in _lines("statuses.csv"):
        policy, where = line.pop("policy"), line.pop("where")
        for role, answer in line.items():
            assert (policy, where, role) not in found, f"{policy} {where} is written twice"
            found[policy, where, role] = answer
    return found


STATUSES = _statuses()
POLICIES = frozenset(policy for policy, _, _ in STATUSES)


def expected(address: Address, method: str, role: str, relation: str) -> str:
    """What the table says: a status, or the page a redirection leads to."""
    if policy := address.policy(method):
        return _answer(policy, relation, role)
    # Who is let in is asked before how; what the page is about is not asked at all.
    asked = address.get or address.post
    door = STATUSES.get((asked, "door", role)) or _answer(asked, "below", role)
    return door if door == "403" or door in REDIRECTIONS else "405"


def _answer(policy: str, relation: str, role: str) -> str:
    side = "within" if relation in WITHIN else "beyond"
    answer = STATUSES.get((policy, relation, role)) or STATUSES.get((policy, side, role))
    assert answer, f"statuses.csv says nothing of {policy} {side} for {role}"
    return answer


@cache
def is_shut(policy: str, role: str) -> bool:
    """Whether a role gets no further than the door, whatever the address is about."""
    answers = {STATUSES[key] for key in STATUSES if key[0] == policy and key[2] == role}
    return len(answers) == 1 and answers < {"403", *REDIRECTIONS}
