"""The list of proposals."""

from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from sanzi.access.models import Person
from sanzi.web.errors import Unsupported
from sanzi.web.register import Badge, Narrowing, Register, RegisterColumn

from .models import PREFERENCES, Consent, PrivateDebt, Proposal
from .stages import TITLES


def badge_of(row: Any) -> Badge:
    """Where it stands, in colour and in words."""
    tone: Any = row.tone
    return Badge(row.get_stage_display(), tone)


def _narrow(rows: QuerySet[Any], value: str, params: QueryDict) -> QuerySet[Any]:
    if value not in TITLES:
        raise Unsupported("register.filter", f"不支持的筛选：状态“{value[:40]}”")
    return rows.filter(stage=value)


def _rows(person: Person) -> QuerySet[Any]:
    return Proposal.objects.visible_to(person).select_related("made_by")


PROPOSALS = Register(
    slug="nettings",
    title="三角债冲转",
    noun="个方案",
    rows=_rows,
    columns=(
        RegisterColumn("as_of", "截至", kind="date", width="narrow"),
        RegisterColumn("title", "名称", searchable=True),
        RegisterColumn("village_name", "范围", kind="village", width="narrow"),
        RegisterColumn("owed", "参加的欠款（元）", kind="money", total=True),
        RegisterColumn("cancelled", "可冲转（元）", kind="money", total=True),
        RegisterColumn(
            "preference", "优先", width="narrow", default=False,
            value=lambda row: dict(PREFERENCES)[row.prefer],
        ),
        RegisterColumn("standing", "状态", kind="badge", value=badge_of),
        RegisterColumn("made_by__name", "提出人", width="narrow"),
    ),
    narrowings=(Narrowing("stage", "状态", _narrow, options=tuple(TITLES.items())),),
    url=lambda row: reverse("netting:proposal", args=(row.pk,)),
    sort=("-as_of", "-id"),
)  # fmt: skip


def _asked_badge(row: Any) -> Badge:
    if row.is_left_out:
        return Badge("未答复，先不参加")
    if row.answer:
        return Badge(row.get_answer_display(), "done" if row.answer == "yes" else "danger")
    return Badge("未答复", "running")


def _asked(person: Person) -> QuerySet[Any]:
    # Nobody is asked by a draft; what the plan no longer needs stays for its answer alone.
    rows = Consent.objects.visible_to(person).exclude(proposal__stage="drafted")
    return rows.exclude(amount=0, answer="").select_related("proposal")


def _answered(rows: QuerySet[Any], value: str, params: QueryDict) -> QuerySet[Any]:
    if value not in _ANSWERS:
        raise Unsupported("register.filter", f"不支持的筛选：答复“{value[:40]}”")
    return rows.filter(answer="" if value == "none" else value)


_ANSWERS = {"none": "未答复", "yes": "同意", "no": "不同意"}
ASKED = Register(
    slug="netting-asked",
    title="冲转征求同意",
    noun="方",
    rows=_asked,
    columns=(
        RegisterColumn("name", "当事方", searchable=True),
        RegisterColumn("village_name", "村", kind="village", width="narrow"),
        RegisterColumn("proposal__title", "冲转方案", searchable=True),
        RegisterColumn("proposal__as_of", "截至", kind="date", width="narrow"),
        RegisterColumn("amount", "应收应付各减少（元）", kind="money", total=True),
        RegisterColumn("standing", "答复", kind="badge", value=_asked_badge),
    ),
    narrowings=(Narrowing("answer", "答复", _answered, options=tuple(_ANSWERS.items())),),
    url=lambda row: reverse("netting:part", args=(row.pk,)),
    sort=("-proposal__as_of", "id"),
)  # fmt: skip


def debt_badge(row: Any) -> Badge:
    """Where a private debt stands, in colour and in words."""
    tone: Any = row.tone
    return Badge(row.get_stage_display(), tone)


def _in_stage(rows: QuerySet[Any], value: str, params: QueryDict) -> QuerySet[Any]:
    if value not in PrivateDebt.Stage.values:
        raise Unsupported("register.filter", f"不支持的筛选：状态“{value[:40]}”")
    return rows.filter(stage=value)


DEBTS = Register(
    slug="private-debts",
    title="民间欠款",
    noun="笔",
    rows=lambda person: PrivateDebt.objects.visible_to(person),
    columns=(
        RegisterColumn("number", "编号", searchable=True, width="narrow"),
        RegisterColumn("village_name", "村", kind="village", width="narrow"),
        RegisterColumn("debtor", "欠款方", searchable=True),
        RegisterColumn("creditor", "被欠方", searchable=True),
        RegisterColumn("amount", "欠款（元）", kind="money", total=True),
        RegisterColumn("left", "尚欠（元）", kind="money", total=True),
        RegisterColumn("formed_on", "形成日期", kind="date", width="narrow"),
        RegisterColumn("due_on", "约定归还", kind="date", width="narrow", default=False),
        RegisterColumn("words", "事由", default=False),
        RegisterColumn("evidence", "凭据", default=False),
        RegisterColumn("debtor_id", "欠款方证件号", kind="sealed", default=False),
        RegisterColumn("creditor_id", "被欠方证件号", kind="sealed", default=False),
        RegisterColumn("standing", "状态", kind="badge", value=debt_badge),
    ),
    narrowings=(
        Narrowing("stage", "状态", _in_stage, options=tuple(PrivateDebt.Stage.choices)),
    ),
    url=lambda row: reverse("netting:debt", args=(row.pk,)),
    sort=("-id",),
)  # fmt: skip
