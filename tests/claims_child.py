"""Taking money steps and being killed at any moment: what tests/test_claims_kill.py runs.

python -m tests.claims_child set-up | kill ROUNDS SEED | check

`kill` forks a child for every round; the child pays claims down step by step and says each step
that was answered; after a random time it is killed. `check` looks at what the database holds: every
answered step is there with its voucher and its movement, nothing is there by half or twice.
"""

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from importlib import import_module
from typing import Any

from sanzi.cli.start import start

VILLAGE, TOWN = "999901001201", "999901001"
CLAIMS, OWED = 6, Decimal("1000000.00")
HANDS = {"payer": "village_accountant", "chief": "agency_chief", "keeper": "agency_accountant"}
STEPS: tuple[tuple[str, dict[str, str]], ...] = (
    ("cash", {}),
    ("set_off", {"counter": "应付工程款", "basis": "抵销协议"}),
    ("dividend", {"basis": "分红抵扣协议"}),
    ("corrected", {"basis": "核对记录"}),
)


def set_up() -> None:
    """A village, its people, its books of this year, and a few claims."""
    from django.utils.timezone import localdate, now

    from sanzi.access.guard import action
    from sanzi.access.models import Person, Post
    from sanzi.access.system import system_person
    from sanzi.accounting.actions.sets import open_book
    from sanzi.campaigns.models import Base
    from sanzi.orgs.models import Collective, Region
    from sanzi.orgs.tree import ensure
    from sanzi.receivables.keeping import keep
    from sanzi.receivables.models import Claim

    ensure({"99": "省", "9999": "市", "999901": "县", TOWN: "镇", VILLAGE: "村"})
    people = {}
    for name, role in HANDS.items():
        code = VILLAGE if role.startswith("village") else TOWN
        people[name] = Person.objects.create(username=name, name=name)
        Post.objects.create(
            person=people[name], role=role, region=Region.objects.get(code=code),
            from_on=date(2020, 1, 1),
        )  # fmt: skip
    organisation = Collective.objects.create(
        region=Region.objects.get(code=VILLAGE), kind="collective", name="合作社"
    )
    begins = localdate().year * 100 + 1
    open_book(
        collective_id=organisation.pk, scheme="2023", begins=begins, by=people["keeper"], now=now()
    )
    Base.objects.create(
        town=TOWN, locked_on=date(2021, 12, 31), reason="测试", locked_at=now(),
        locked_by=system_person("system_import"),
    )  # fmt: skip
    owed: dict[str, Any] = {"principal": OWED, "balance": OWED, "left": OWED}
    owed["put_aside"] = Decimal("0.00")
    for n in range(CLAIMS):
        Claim.objects.create(
            village=VILLAGE, number=f"ZQ-{n}", debtor=f"债务人{n}", nature="往来借款", book="账内",
            account_code="113", formed_on=date(2019, 1, 1), due_on=date(2020, 1, 1),
            base_on=date(2021, 12, 31), **owed,
        )  # fmt: skip

    @action("intake.commit")
    def reckon(*, by: Person, now: datetime) -> None:
        keep(list(Claim.objects.all()), localdate(now))

    # Figures of every claim, also of those no round will come to.
    reckon(by=system_person("system_import"), now=now())


def kill(rounds: str, seed: str) -> None:
    """So many children, each killed in the middle of its work; prints what they were answered."""
    from django.db import connections

    # A child that first had to read the code would be killed reading.
    import_module("sanzi.receivables.actions.steps")
    dice = random.Random(int(seed))
    answered: list[str] = []
    connections.close_all()
    # On a busy machine a step takes longer: the first one tells how late a kill may come.
    began = time.monotonic()
    answered += _round(f"{seed}-first", 0, None)
    patience = time.monotonic() - began
    for number in range(int(rounds)):
        name, claim = f"{seed}-{number}", dice.randrange(CLAIMS)
        answered += _round(name, claim, dice.uniform(0, patience))
    print("\n".join(answered))


def _round(name: str, claim: int, seconds: float | None) -> list[str]:
    """One child, killed after so long (None: after its first answer); what it was answered."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _pay(writing, name, claim)
    os.close(writing)
    with os.fdopen(reading) as said:
        first = said.readline() if seconds is None else ""
        time.sleep(seconds or 0)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        told = (first + said.read()).splitlines(keepends=True)
    return [line.strip() for line in told if line.endswith("\n")]


def _pay(writing: int, name: str, claim: int) -> None:
    """Until killed: complete what waits, propose the next, say what was answered."""
    from django.utils.timezone import localdate, now

    from sanzi.access.models import Person
    from sanzi.receivables.actions import steps
    from sanzi.receivables.casework import Proposal
    from sanzi.receivables.models import Claim

    people = {name: Person.objects.get(username=name) for name in HANDS}
    claims = list(Claim.objects.order_by("pk"))
    for number in range(10_000):
        one = claims[(claim + number) % len(claims)]
        waits = Proposal.objects.filter(claim=one, stage="proposed").first()
        kind, facts = STEPS[number % len(STEPS)]
        proposal = waits or steps.propose(
            claim_id=one.pk, kind=kind, amount=Decimal(number % 9 + 1), dated=localdate(),
            key=f"{name}-{number}", facts=facts, by=people["payer"], now=now(),
        )  # fmt: skip
        steps.confirm(proposal_ids=[proposal.pk], by=people["chief"], now=now())
        os.write(writing, f"{proposal.pk}\n".encode())


def check() -> None:
    """Prints how many steps are done; fails on anything half done, done twice, or lost."""
    from django.utils.timezone import localdate

    from sanzi.accounting import pages
    from sanzi.accounting.models import Book, Voucher
    from sanzi.accounting.verification import verify as verify_books
    from sanzi.dispositions.models import Disposition
    from sanzi.receivables.casework import Proposal
    from sanzi.receivables.models import Claim
    from sanzi.workbooks.verification import verify

    answered = {int(line) for line in sys.stdin if line.strip()}
    done = {one.pk: one for one in Proposal.objects.filter(stage="done")}
    assert answered <= done.keys(), "an answered step is lost"
    vouchers = set(Voucher.objects.values_list("source", flat=True))
    moves = set(Disposition.objects.exclude(source="").values_list("source", flat=True))
    sources = {f"receivables.proposal:{pk}" for pk in done}
    assert vouchers == moves == sources, "a voucher without its movement, or the reverse"
    paid = sum((one.amount for one in done.values()), Decimal("0.00"))
    lefts: Any = Claim.objects.values_list("left", flat=True)
    left = sum(lefts, Decimal("0.00"))
    assert left == OWED * CLAIMS - paid
    year = localdate().year * 100
    (book,) = Book.objects.within(VILLAGE)
    balances = pages.balances(book.pk, year + 1, year + 12)
    assert done, "nobody came as far as one step"
    assert -balances["113"].closing == paid
    assert verify_books().faults == []
    wrong = verify(localdate())
    assert wrong == [], wrong
    print(len(done), len(answered))


if __name__ == "__main__":
    start()
    deeds: dict[str, Callable[..., Any]] = {"set-up": set_up, "kill": kill, "check": check}
    deeds[sys.argv[1]](*sys.argv[2:])
