"""Lists of proposals, replies, packages, mediations, pursuits and clues as registers."""

from typing import Any

from django.db.models import Count, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.timezone import localdate

from sanzi.access.models import Person
from sanzi.web.errors import Unsupported
from sanzi.web.register import Badge, Narrowing, Register, RegisterColumn

from .casework import CaseClaim, Clue, MediationCase, Milestone, Package, Proposal, Pursuit, Reply
from .deadlines import Deadline, confirmation
from .pursuing import due_next

_TONES = {
    "done": "done", "confirmed": "done", "closed": "done", "sealed": "done",
    "declined": "plain", "withdrawn": "plain", "reopened": "plain", "taken_back": "plain",
    "voided": "plain",
    "failed": "danger", "received": "warn", "drafted": "warn", "proposed": "warn",
}  # fmt: skip


def badge_of(row: Any) -> Badge:
    """Where it stands, in colour and in words."""
    tone: Any = _TONES.get(row.stage, "running")
    return Badge(row.get_stage_display(), tone)


def _stages(choices: Any) -> Narrowing:
    def narrow(rows: QuerySet[Any], value: str, params: QueryDict) -> QuerySet[Any]:
        if value not in choices.values:
            raise Unsupported("register.filter", f"不支持的筛选：状态“{value[:40]}”")
        return rows.filter(stage=value)

    return Narrowing("stage", "状态", narrow, options=tuple(choices.choices))


_VILLAGE = RegisterColumn("village_name", "村", kind="village", width="narrow")
_STANDING = RegisterColumn("standing", "状态", kind="badge", value=badge_of)
_CLAIM = RegisterColumn("claim__number", "债权编号", width="narrow", searchable=True)
_DEBTOR = RegisterColumn("claim__debtor", "债务人", searchable=True)


def _proposals(person: Person) -> QuerySet[Any]:
    return Proposal.objects.visible_to(person).select_related("claim", "proposed_by", "voucher")


PROPOSALS = Register(
    slug="proposals",
    title="清收单",
    noun="张清收单",
    rows=_proposals,
    columns=(
        RegisterColumn("dated", "日期", kind="date", width="narrow"),
        RegisterColumn("kind_word", "事项", width="narrow", value=lambda row: row.what.label),
        _DEBTOR,
        _CLAIM,
        _VILLAGE,
        RegisterColumn("amount", "金额（元）", kind="money", total=True),
        RegisterColumn("waived", "其中减免（元）", kind="money", total=True, default=False),
        RegisterColumn("interest", "利息（元）", kind="money", total=True, default=False),
        _STANDING,
        RegisterColumn("proposed_by__name", "提出人", width="narrow"),
        RegisterColumn(
            "voucher_title", "凭证", width="narrow",
            value=lambda row: str(row.voucher) if row.voucher else "",
        ),
    ),
    narrowings=(_stages(Proposal.Stage),),
    url=lambda row: reverse("receivables:proposal", args=(row.pk,)),
    sort=("-dated", "-id"),
    empty="在债权页面登记收款、提出清收步骤以后，列在这里",
)  # fmt: skip


def _replies(person: Person) -> QuerySet[Any]:
    return Reply.objects.visible_to(person).select_related("claim", "letter")


REPLIES = Register(
    slug="replies",
    title="对账回函",
    noun="份回函",
    rows=_replies,
    columns=(
        RegisterColumn("dated", "回函日期", kind="date", width="narrow"),
        RegisterColumn("letter__serial", "函号", searchable=True),
        _DEBTOR,
        _CLAIM,
        _VILLAGE,
        RegisterColumn("answer_word", "答复", value=lambda row: row.get_answer_display()),
        RegisterColumn("amount", "认可金额（元）", kind="money", total=True),
        RegisterColumn("reason", "理由", width="wide"),
        RegisterColumn("via_word", "方式", width="narrow", value=lambda row: row.get_via_display()),
        _STANDING,
    ),
    narrowings=(_stages(Reply.Stage),),
    url=lambda row: reverse("receivables:reply-page", args=(row.pk,)),
    sort=("-dated", "-id"),
    empty="下函以后，把债务人的回函登记进来",
)


def _packages(person: Person) -> QuerySet[Any]:
    return Package.objects.visible_to(person).annotate(many=Count("proposals"))


PACKAGES = Register(
    slug="packages",
    title="封存批次",
    noun="个封存批次",
    rows=_packages,
    columns=(
        RegisterColumn("number", "批次号", searchable=True),
        _VILLAGE,
        RegisterColumn("reason", "封存理由", width="wide", searchable=True),
        RegisterColumn("many", "笔数", kind="integer", value=lambda row: row.many),
        RegisterColumn("review_on", "复查日期", kind="date", width="narrow"),
        _STANDING,
    ),
    narrowings=(_stages(Package.Stage),),
    url=lambda row: reverse("receivables:package", args=(row.pk,)),
    sort=("review_on", "id"),
    empty="成批封存的债权列在这里",
)


def cases_for(person: Person) -> QuerySet[Any]:
    """The cases in which a claim of this person's region is."""
    mine = CaseClaim.objects.visible_to(person).values("case")
    return MediationCase.objects.filter(pk__in=mine)


def _cases(person: Person) -> QuerySet[Any]:
    return cases_for(person).annotate(many=Count("claims"))


def due_of_case(case: Any) -> Deadline | None:
    """The 30 days of judicial confirmation, while they matter."""
    waits = case.stage == MediationCase.Stage.AGREED and case.agreed_on
    return confirmation(case.agreed_on) if waits else None


def due_badge(due: Deadline | None) -> Badge | None:
    """A deadline as a badge: what, by when, how near."""
    if due is None:
        return None
    today = localdate()
    word = f"{due.what} {due.last_day}"
    state, left = due.state(today), due.left(today)
    if state == "late":
        return Badge(f"{word}，已过 {-left} 天", "danger")
    return Badge(f"{word}，剩 {left} 天", "warn" if state == "near" else "plain")


CASES = Register(
    slug="mediations",
    title="诉前调解案",
    noun="件调解案",
    rows=_cases,
    columns=(
        RegisterColumn("number", "案号", searchable=True),
        _VILLAGE,
        RegisterColumn("room", "调解室"),
        RegisterColumn("mediator", "调解员", width="narrow", searchable=True),
        RegisterColumn("opened_on", "受理日期", kind="date", width="narrow"),
        RegisterColumn("many", "债权笔数", kind="integer", value=lambda row: row.many),
        _STANDING,
        RegisterColumn("due", "期限", kind="badge", value=lambda row: due_badge(due_of_case(row))),
    ),
    narrowings=(_stages(MediationCase.Stage),),
    url=lambda row: reverse("receivables:case", args=(row.pk,)),
    sort=("-opened_on", "-id"),
    empty="在债权页面提出诉前调解以后，列在这里",
)


def _pursuits(person: Person) -> QuerySet[Any]:
    return Pursuit.objects.visible_to(person).select_related("claim")


def with_milestones(rows: Any) -> None:
    """Hang on each pursuit its days, in one query."""
    held: dict[int, list[Milestone]] = {row.pk: [] for row in rows}
    for one in Milestone.objects.filter(pursuit__in=list(held)).order_by("dated", "pk"):
        held[one.pursuit_id].append(one)
    for row in rows:
        row.days = held[row.pk]


def due_of_pursuit(pursuit: Any) -> Deadline | None:
    """What the procedure asks for next."""
    return due_next(pursuit.kind, {one.name: one.dated for one in pursuit.days})


PURSUITS = Register(
    slug="pursuits",
    title="依法追缴",
    noun="项追缴",
    rows=_pursuits,
    columns=(
        RegisterColumn("kind_word", "方式", width="narrow", value=lambda r: r.get_kind_display()),
        RegisterColumn("court", "法院", searchable=True),
        RegisterColumn("number", "案号", searchable=True),
        _DEBTOR,
        _CLAIM,
        _VILLAGE,
        RegisterColumn("is_live", "进行中", kind="boolean"),
        RegisterColumn("due", "期限", kind="badge", value=lambda r: due_badge(due_of_pursuit(r))),
    ),
    decorate=with_milestones,
    url=lambda row: reverse("receivables:pursuit", args=(row.pk,)),
    sort=("-id",),
    empty="在债权页面提出依法追缴以后，列在这里",
)


def _clues(person: Person) -> QuerySet[Any]:
    return Clue.objects.visible_to(person).select_related("claim")


CLUES = Register(
    slug="clues",
    title="移送线索",
    noun="条线索",
    needs="clues.view",
    rows=_clues,
    columns=(
        RegisterColumn("number", "移送编号", searchable=True),
        _VILLAGE,
        RegisterColumn("handed_to", "移送单位"),
        RegisterColumn("handed_on", "移送日期", kind="date", width="narrow"),
        RegisterColumn("answered_on", "反馈日期", kind="date", width="narrow"),
    ),
    url=lambda row: reverse("receivables:clue", args=(row.pk,)),
    sort=("-handed_on", "-id"),
)
