"""What the rows and figures of claims are worked out from: movements and limitation events."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sanzi.dispositions.balances import left_on, opening_of, sealed_on
from sanzi.dispositions.queries import acts_on
from sanzi.letters.models import Service
from sanzi.metrics.shares import RowShares, replace
from sanzi.store.bulk import set_columns

from .casework import Instalment, Reply
from .clocking import reading_of
from .figures import NOTHING, Answered, claim_shares
from .models import Claim, LimitationEvent

# The source of the event that serving a letter leaves on the clock.
SERVICE = "letters.service:"
APART = ("base_on", "left", "put_aside", "last_day", "clocked_on")
FIELDS = (
    "id", "village", "number", "formed_on", "due_on", "principal", "received_amount", "balance",
    "nature", "claimed_on", "claimed_by", *APART,
)  # fmt: skip
EVENT_FIELDS = ("id", "claim_id", "kind", "dated", "evidence", "about_id")

BaseOf = Callable[[str], date]


def shares_in(villages: Collection[str], base_of: BaseOf) -> dict[int, RowShares]:
    """The shares of every claim of these villages, by row id; four queries.

    `base_of` gives the day the base of a village was locked.
    """
    acts, said = acts_on("债权", villages), _answered(claim__village__in=villages)
    return {
        claim["id"]: _shares(claim, acts, said, base_of(claim["village"]))
        for claim in _claims(villages)
    }


def keep_in(villages: Collection[str], base_of: BaseOf, today: date) -> dict[int, RowShares]:
    """Bring the worked-out columns of whole villages up to date; their shares. Inside an action."""
    acts, events = acts_on("债权", villages), _events(claim__village__in=villages)
    plans, said = _plans(claim__village__in=villages), _answered(claim__village__in=villages)
    found: dict[int, RowShares] = {}
    stale = []
    for claim in _claims(villages):
        base_on = base_of(claim["village"])
        found[claim["id"]] = _shares(claim, acts, said, base_on)
        if values := _changed(claim, _worked_out(claim, acts, events, plans, base_on, today)):
            stale.append((*values, claim["id"]))
    set_columns(Claim, APART, stale)
    return found


def keep(claims: Collection[Claim], today: date) -> None:
    """Bring a few claims, their figures and every roll-up above up to date. Inside an action.

    Eight queries and the writes, however many claims; the base is the one the rows carry.
    """
    rows = {claim.pk: claim for claim in claims}
    acts = acts_on("债权", {c.village for c in claims}, {c.number for c in claims})  # type: ignore[attr-defined]
    events, plans = _events(claim__in=list(rows)), _plans(claim__in=list(rows))
    said, shares = _answered(claim__in=list(rows)), {}
    stale = []
    for claim in Claim.objects.filter(pk__in=rows).order_by("pk").values(*FIELDS):
        shares[claim["id"]] = _shares(claim, acts, said, claim["base_on"])
        values = _worked_out(claim, acts, events, plans, claim["base_on"], today)
        stale.append((*values, claim["id"]))
        for name, value in zip(APART, values, strict=True):
            setattr(rows[claim["id"]], name, value)
    set_columns(Claim, APART, stale)
    replace("receivables", shares)


def misplaced_in(villages: Collection[str], base_of: BaseOf) -> Iterator[tuple[int, str]]:
    """Claims whose worked-out columns are not what their movements make: row id, in words."""
    acts, events = acts_on("债权", villages), _events(claim__village__in=villages)
    plans = _plans(claim__village__in=villages)
    for claim in _claims(villages):
        day = claim["clocked_on"] or date.min
        true = _worked_out(claim, acts, events, plans, base_of(claim["village"]), day)
        wrong = [n for n, v in zip(APART[:-1], true, strict=False) if claim[n] != v]
        if claim["clocked_on"] is None or wrong:
            names = "、".join(str(Claim._meta.get_field(n).verbose_name) for n in wrong)  # type: ignore[union-attr]
            yield claim["id"], names or "尚未计算"


def _claims(villages: Collection[str]) -> Iterator[dict[str, Any]]:
    mine = Claim.objects.filter(village__in=villages).values(*FIELDS)
    return iter(mine.iterator(chunk_size=5000))


def _events(**narrowed: Any) -> Mapping[int, list[dict[str, Any]]]:
    events: dict[int, list[dict[str, Any]]] = defaultdict(list)
    found = LimitationEvent.objects.filter(**narrowed).order_by("dated", "pk")
    for values in found.values(*EVENT_FIELDS).iterator(chunk_size=5000):
        events[values["claim_id"]].append(values)
    return events


def _plans(**narrowed: Any) -> Mapping[int, list[date]]:
    """The days of the plans in force, by claim; one query."""
    plans: dict[int, list[date]] = defaultdict(list)
    standing = Instalment.objects.filter(**narrowed).standing().order_by("due_on", "pk")
    for claim, due_on in standing.values_list("claim_id", "due_on").iterator(chunk_size=5000):
        plans[claim].append(due_on)
    return plans


def _answered(**narrowed: Any) -> Mapping[int, Answered]:
    """Replies that stand and letters served with proof, by claim; three queries at most.

    A service is known by the event it left on the clock; one withdrawn there counts no more.
    """
    replied: dict[int, list[date]] = defaultdict(list)
    came = Reply.objects.filter(**narrowed).exclude(stage=Reply.Stage.REOPENED).order_by("pk")
    for claim, dated in came.values_list("claim_id", "dated").iterator(chunk_size=5000):
        replied[claim].append(dated)
    served = _served(**narrowed)
    return {
        claim: Answered(tuple(replied.get(claim, ())), tuple(served.get(claim, {}).values()))
        for claim in replied.keys() | served.keys()
    }


def _served(**narrowed: Any) -> Mapping[int, dict[int, date]]:
    """The first day each letter was served with proof: {claim: {letter: day}}."""
    events = LimitationEvent.objects.filter(source__startswith=SERVICE, **narrowed)
    proved = events.exclude(evidence=LimitationEvent.Proof.NONE).exclude(
        followed_by__kind="withdrawn"
    )
    told = list(proved.order_by("dated", "pk").values_list("claim_id", "source", "dated"))
    keys = {source: int(source.removeprefix(SERVICE).partition("@")[0]) for _, source, _ in told}
    of = dict(Service.objects.filter(pk__in=keys.values()).values_list("pk", "letter_id"))
    found: dict[int, dict[int, date]] = defaultdict(dict)
    for claim, source, dated in told:
        found[claim].setdefault(of[keys[source]], dated)
    return found


def _shares(
    claim: Mapping[str, Any], acts: Any, said: Mapping[int, Answered], base_on: date | None
) -> RowShares:
    mine = acts.get((claim["village"], claim["number"]), [])
    answered = said.get(claim["id"], NOTHING)
    return RowShares(claim["village"], claim_shares(claim, mine, base_on, answered))


def _worked_out(
    claim: Mapping[str, Any],
    acts: Any,
    events: Any,
    plans: Mapping[int, Sequence[date]],
    base_on: date | None,
    today: date,
) -> tuple[Any, ...]:
    """The values of APART. Movements are never of a later day, so what is left needs none."""
    mine = acts.get((claim["village"], claim["number"]), [])
    opening = opening_of(claim, "received_amount")
    reading = reading_of(claim, events.get(claim["id"], ()), today, plans.get(claim["id"], ()))
    return (
        base_on,
        left_on(date.max, opening, claim["formed_on"], base_on, mine),
        sealed_on(date.max, mine),
        reading.last_day if reading else None,
        today,
    )


def _changed(claim: Mapping[str, Any], values: tuple[Any, ...]) -> tuple[Any, ...] | None:
    """The values, if any but the day they were worked out on differs from what is kept."""
    kept = tuple(claim[name] for name in APART)
    return None if kept[:-1] == values[:-1] and kept[-1] is not None else values
