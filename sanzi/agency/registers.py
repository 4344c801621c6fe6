"""Lists of matters as registers: those that wait for me, and all there are."""

from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.timezone import localdate

from sanzi.web.errors import Unsupported
from sanzi.web.register import Badge, Narrowing, Register, RegisterColumn

from .models import Draft
from .queries import matters_for, next_step, waiting
from .stages import Stage
from .workflow import NOUNS

_TONES = {
    Stage.DRAFTING: "warn",
    Stage.POSTED: "done",
    Stage.VOIDED: "plain",
}


def badge_of(draft: Draft) -> Badge:
    """Where a matter stands, in colour and in words: what it waits for."""
    if draft.stage == Stage.DRAFTING:
        return Badge("已退回，待补正", "danger") if draft.returned_because else Badge("填报中")
    step = next_step(draft)
    word = f"待{NOUNS[step.name]}" if step else draft.get_stage_display()
    return Badge(word, _TONES.get(Stage(draft.stage), "running"))  # type: ignore[arg-type]


def _by_stage(rows: QuerySet[Any], value: str, params: QueryDict) -> QuerySet[Any]:
    if value not in Stage.values:
        raise Unsupported("register.filter", f"不支持的筛选：环节“{value[:40]}”")
    return rows.filter(stage=value)


def _stages(*left_out: Stage) -> Narrowing:
    options = tuple(choice for choice in Stage.choices if choice[0] not in left_out)
    return Narrowing("stage", "环节", _by_stage, options=options)


def _waits(draft: Draft) -> str:
    step = next_step(draft)
    return NOUNS[step.name] if step else ""


_COLUMNS = (
    RegisterColumn("dated", "日期", kind="date", width="narrow"),
    RegisterColumn("memo", "事由", searchable=True),
    RegisterColumn("village_name", "村", kind="village", width="narrow"),
    RegisterColumn("book__name", "账套", width="medium", default=False),
    RegisterColumn(
        "flow_word", "收支", width="narrow", value=lambda draft: draft.get_flow_display()
    ),
    RegisterColumn("amount", "金额", kind="money", total=True),
    RegisterColumn("payee", "对方", width="narrow", searchable=True),
    RegisterColumn("attachments", "附件张数", kind="integer"),
    RegisterColumn("standing", "环节", kind="badge", value=badge_of),
    RegisterColumn("reported_by__name", "经办", width="narrow"),
    RegisterColumn("returned_because", "退回原因", width="wide", default=False),
)


def url_of(draft: Draft) -> str:
    """The page of a matter."""
    return reverse("agency:matter", args=(draft.pk,))


MATTERS = Register(
    slug="matters",
    title="报账事项",
    noun="件事项",
    needs="books.view",
    rows=matters_for,
    columns=(
        *_COLUMNS,
        RegisterColumn(
            "voucher_title",
            "凭证",
            width="narrow",
            value=lambda draft: str(draft.voucher) if draft.voucher else "",
        ),
    ),
    narrowings=(_stages(),),
    url=url_of,
    # The latest first.
    sort=("-dated", "-id"),
    empty="从“记一笔”或“报账”开始",
)

TODO = Register(
    slug="todo",
    title="我的待办",
    noun="件待办",
    needs="books.view",
    rows=lambda person: waiting(person, localdate()),
    columns=(RegisterColumn("todo", "要办", width="narrow", value=_waits), *_COLUMNS),
    narrowings=(_stages(Stage.POSTED, Stage.VOIDED),),
    url=url_of,
    # First come, first served.
    sort=("reported_at", "id"),
    empty="现在没有轮到您办的",
)
