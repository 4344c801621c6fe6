"""The desk of clearing claims: what waits for whom, what runs out, whom to ask next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from sanzi.access.models import Person
from sanzi.access.scope import ScopedQuerySet
from sanzi.metrics import links
from sanzi.metrics.catalogue import Figure, figure, metric
from sanzi.metrics.shares import totals

from .casework import CaseClaim, Instalment, MediationCase, Package, Proposal, Pursuit, Reply
from .collectors import in_hands_of
from .deadlines import ALARM_DAYS
from .models import Claim
from .plans import broken
from .ranking import Known, Rank, rank
from .registers import due_of_case, due_of_pursuit, with_milestones
from .seven import CONFIRM, KINDS

_ALONE = [kind.code for kind in KINDS.values() if kind.decides == (CONFIRM,)]
CONFIRMABLE = Q(stage="approved") | Q(stage="proposed", kind__in=_ALONE)
RANKED_MAX = 3_000
NEAR_DAYS = 180


@dataclass(frozen=True)
class Waiting:
    """One tile: what, how many, where it leads, how urgent it is when there is any."""

    title: str
    many: int
    url: str
    hint: str
    alarm: str = ""

    @property
    def tone(self) -> str:
        """Nothing waiting is no alarm."""
        return self.alarm if self.many else ""


@dataclass(frozen=True)
class Next:
    """One claim of a collector's list with its rank and what is known of it."""

    claim: Any
    rank: Rank
    plan: str


def waiting_for(person: Person, code: str, today: date, *, late: int, dues: int) -> list[Waiting]:
    """The tiles of the desk; three queries. `late` plans are broken and `dues` days are near."""
    open_ones = Proposal.objects.visible_to(person).within(code)
    replies = Reply.objects.visible_to(person).within(code).filter(stage="received").count()
    proposed = open_ones.aggregate(
        approving=Count("pk", Q(stage="proposed", kind="write_off")),
        confirming=Count("pk", CONFIRMABLE),
    )
    packages = (
        Package.objects.visible_to(person)
        .within(code)
        .aggregate(
            drafted=Count("pk", Q(stage="drafted")),
            reviews=Count("pk", Q(stage="sealed", review_on__lte=today + timedelta(30))),
        )
    )
    url = reverse
    books = "confirming" if person.can("claims.confirm") else "proposals"
    return [
        Waiting("回函待确认", replies, f"{url('receivables:replies')}?stage=received",
                "确认后才算数"),
        Waiting(
            "待乡镇审批", proposed["approving"] + packages["drafted"],
            url("receivables:packages") + "?stage=drafted", "核销、打包封存",
        ),
        Waiting("待复核入账", proposed["confirming"], url(f"receivables:{books}"),
                "复核后自动记账"),
        Waiting("分期违约", late, url("receivables:collect"),
                "应还日期已过、未足额", "danger"),
        Waiting("法律期限", dues, url("receivables:mediations"),
                f"{ALARM_DAYS} 天内到期或已过", "warn"),
        Waiting("封存待复查", packages["reviews"], f"{url('receivables:packages')}?stage=sealed",
                "30 天内到复查日"),
    ]  # fmt: skip


EFFECT = (
    "receivables.recovery_rate", "receivables.cash_rate", "receivables.reply_rate",
    "receivables.service_rate",
)  # fmt: skip


def effect_in(code: str, today: date) -> list[tuple[Figure, str]]:
    """The rates of clearing claims in a region, each with the way to its rows; one query.

    Beside the headline rate stands the part of it that is money.
    """
    sums = totals(code, today)
    return [(figure(metric(id), sums), links.rows(id, code, today)) for id in EFFECT]


def confirmable(rows: Any) -> Any:
    """Proposals that wait for the books: approved, or such as need no approval."""
    return rows.filter(CONFIRMABLE)


def broken_plans(person: Person, code: str, today: date) -> dict[int, str]:
    """The claims whose plan is not kept, with what is missing; two queries."""
    mine = Claim.objects.visible_to(person).within(code).filter(left__gt=0)
    plans: dict[int, list[Instalment]] = {}
    rows = Instalment.objects.filter(replaced_at=None, claim__in=mine.values("pk"))
    for one in rows.order_by("claim_id", "due_on", "pk"):
        plans.setdefault(one.claim_id, []).append(one)
    left = dict(mine.filter(pk__in=plans).values_list("pk", "left"))
    found = {pk: broken(plan, left[pk], today) for pk, plan in plans.items()}
    return {pk: words for pk, words in found.items() if words}


def deadlines(person: Person, code: str, today: date) -> list[tuple[Any, Any]]:
    """Mediations and pursuits whose next day is near or past."""
    within = CaseClaim.objects.visible_to(person).within(code).values("case")
    cases = MediationCase.objects.filter(pk__in=within, stage="agreed")
    pursuits = list(Pursuit.objects.visible_to(person).within(code).filter(is_live=True))
    with_milestones(pursuits)
    dues = [(case, due_of_case(case)) for case in cases]
    dues += [(pursuit, due_of_pursuit(pursuit)) for pursuit in pursuits]
    return [(thing, due) for thing, due in dues if due and due.state(today) != "open"]


def next_claims(
    person: Person,
    code: str,
    today: date,
    word: str = "",
    *,
    late: Mapping[int, str],
    is_mine: bool = False,
) -> list[Next]:
    """Whom to ask next, best first: expected recovery × urgency (ranking.py); two queries.

    Sealed and settled claims are not asked for; `is_mine` leaves those in the person's hands.
    """
    rows = asked_for(Claim.objects.visible_to(person).within(code))
    if is_mine:
        rows = in_hands_of(rows, person)
    if word:
        rows = rows.filter(debtor__icontains=word) | rows.filter(number__icontains=word)
    claims = list(rows.order_by("village", "pk")[:RANKED_MAX])
    replies = _answers(claims)
    found = [
        Next(claim, rank(_known(claim, replies.get(claim.pk, ""), today)), late.get(claim.pk, ""))
        for claim in claims
    ]
    return sorted(found, key=lambda one: (-one.rank.score, one.claim.pk))


def asked_for(rows: ScopedQuerySet) -> ScopedQuerySet:
    """Of these claims, those that are asked for: something left, nothing put aside."""
    return rows.filter(left__gt=0, put_aside=0)


def _answers(claims: Sequence[Any]) -> dict[int, str]:
    words = {
        "accepted": "对账认可",
        "partly": "部分认可",
        "denied": "不认可",
        "instalments": "申请分期",
    }
    confirmed = Reply.objects.filter(claim__in=[c.pk for c in claims], stage="confirmed")
    return {pk: words[a] for pk, a in confirmed.order_by("pk").values_list("claim", "answer")}


def _known(claim: Any, reply: str, today: date) -> Known:
    left = (claim.last_day - today).days if claim.last_day else None
    return Known(claim.left, reply, claim.evidence, claim.debtor_status, left)
