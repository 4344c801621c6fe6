"""Experts and help as registers: searched, printed and exported like every other list."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse

from sanzi.access.models import Person
from sanzi.kernel.refusals import Invalid
from sanzi.web.register import Badge, Narrowing, Register, RegisterColumn

from .matching.terms import LEVELS
from .measures import MEASURES, values_of
from .models import Cohort, Expert, Help, Offering, Seat
from .queries import with_deeds, with_leads
from .skills import title_of
from .stages import HelpStage, OfferingStage

TONES = {
    HelpStage.PROPOSED: "warn",
    HelpStage.ACTIVE: "running",
    HelpStage.REFUSED: "plain",
    HelpStage.ENDED: "done",
}


def _skills(row: Any) -> str:
    return "、".join(f"{title_of(code)}{LEVELS[level]}" for code, level in row.skills.items())


EXPERTS = Register(
    slug="experts",
    title="专家名册",
    noun="名专家",
    needs="support.view",
    # A register names the place of a row by its village: here where the expert works.
    rows=lambda person: Expert.objects.visible_to(person).filter(retired_at=None).annotate(
        village=F("base")
    ),
    columns=(
        RegisterColumn("name", "姓名", searchable=True, width="narrow"),
        RegisterColumn("unit", "单位", searchable=True),
        RegisterColumn("title", "职称", width="narrow"),
        RegisterColumn("field_name", "领域", width="narrow",
                       value=lambda row: row.get_field_display()),
        RegisterColumn("based", "所在地", kind="village", width="narrow"),
        RegisterColumn("skills_had", "专长", width="wide", value=_skills),
        RegisterColumn("load_max", "最多几村", kind="integer", width="narrow"),
        RegisterColumn("phone", "电话", kind="sealed", default=False),
    ),
    url=lambda row: reverse("support:expert", args=(row.pk,)),
    sort=("region", "pk"),
)  # fmt: skip


def _state(row: Any) -> Badge:
    return Badge(row.state, "danger" if row.is_overdue else TONES[row.stage])  # type: ignore[arg-type]


HELPS = Register(
    slug="helps",
    title="帮扶台账",
    noun="项帮扶",
    needs="support.view",
    rows=lambda person: with_deeds(Help.objects.visible_to(person)),
    columns=(
        RegisterColumn("village_name", "受帮扶村", kind="village", width="narrow"),
        RegisterColumn("kind_name", "方式", width="narrow",
                       value=lambda row: row.get_kind_display()),
        RegisterColumn("helper", "帮扶方", searchable=True),
        RegisterColumn("matter", "内容", searchable=True, width="wide"),
        RegisterColumn("from_on", "开始", kind="date", width="narrow"),
        RegisterColumn("until_on", "截止", kind="date", width="narrow"),
        RegisterColumn("deeds_count", "走访次数", kind="integer", width="narrow",
                       value=lambda row: row.deeds_count),
        RegisterColumn("last_on", "最近走访", kind="date", width="narrow",
                       value=lambda row: row.last_on),
        RegisterColumn("state", "状态", kind="badge", width="narrow", value=_state),
        RegisterColumn("reason", "理由", width="wide", default=False),
    ),
    url=lambda row: reverse("support:help", args=(row.pk,)),
    sort=("village", "pk"),
)  # fmt: skip


OFFERING_TONES = {
    OfferingStage.DRAFT: "plain",
    OfferingStage.SUBMITTED: "warn",
    OfferingStage.PUBLISHED: "done",
    OfferingStage.WITHDRAWN: "plain",
    OfferingStage.ENDED: "running",
}


def _shown(row: Any) -> Badge:
    return Badge(row.get_stage_display(), OFFERING_TONES[row.stage])  # type: ignore[arg-type]


OFFERINGS = Register(
    slug="offerings",
    title="赋能中心",
    noun="项展示",
    needs="support.view",
    rows=lambda person: Offering.objects.visible_to(person),
    columns=(
        RegisterColumn("village_name", "村", kind="village", width="narrow"),
        RegisterColumn("kind_name", "类别", width="narrow",
                       value=lambda row: row.get_kind_display()),
        RegisterColumn("title", "名称", searchable=True),
        RegisterColumn("summary", "介绍", searchable=True, width="wide"),
        RegisterColumn("price", "价格或合作方式", width="narrow"),
        RegisterColumn("leads", "线索", kind="integer", width="narrow",
                       value=lambda row: row.leads),
        RegisterColumn("fresh", "未联系", kind="integer", width="narrow",
                       value=lambda row: row.fresh),
        RegisterColumn("brought", "成交元", kind="money", value=lambda row: row.brought),
        RegisterColumn("state", "状态", kind="badge", width="narrow", value=_shown),
    ),
    url=lambda row: reverse("support:offering", args=(row.pk,)),
    sort=("stage", "village", "pk"),
    decorate=with_leads,
)  # fmt: skip


def figures_register(cohort: Cohort, as_of: date, days: Sequence[date]) -> Register:
    """The month's figures of a cohort's villages: drawn, never typed."""

    def rows(person: Person) -> QuerySet[Any]:
        return Seat.objects.visible_to(person).of(cohort).chosen()

    def draw(seats: Sequence[Any]) -> None:
        found = values_of(cohort.measures, [seat.village for seat in seats], as_of)
        for seat in seats:
            seat.drawn = {id: found.get((seat.village, id)) for id in cohort.measures}

    return Register(
        slug="cohort-figures",
        title=f"{cohort}学员村月度数据（截至 {as_of}）",
        noun="名学员",
        needs="support.view",
        rows=rows,
        columns=(
            RegisterColumn("group", "班次", width="narrow", searchable=True),
            RegisterColumn("name", "学员", width="narrow", searchable=True),
            RegisterColumn("village_name", "村", kind="village", width="narrow"),
            *(_measured(id) for id in cohort.measures if id in MEASURES),
        ),
        narrowings=(_month(days),),
        url=lambda row: reverse("support:seat", args=(row.pk,)),
        sort=("group", "village"),
        decorate=draw,
    )


_KINDS = {"元": "money", "率": "percent"}


def _measured(id: str) -> RegisterColumn:
    one = MEASURES[id]
    kind: Any = _KINDS.get(one.unit, "integer")
    title = one.label if kind == "percent" else f"{one.label}{one.unit}"
    return RegisterColumn(
        id.replace(".", "_"), title, kind=kind, value=lambda row: row.drawn.get(id)
    )


def _month(days: Sequence[date]) -> Narrowing:
    options = tuple((day.isoformat(), day.isoformat()) for day in days)

    def narrow(found: Any, value: str, params: Any) -> Any:
        if value not in dict(options):
            raise Invalid("figures.day", "请从列表里选一个月末")
        return found

    return Narrowing("as_of", "截至", narrow, options)


def experts_register(person: Person) -> Register:
    """The list of experts; whoever keeps it may add to it from here."""
    if not person.can("support.run"):
        return EXPERTS
    links = (("粘贴名单", "support:paste-experts"), ("列入一名专家", "support:new-expert"))
    return replace(EXPERTS, actions=tuple((title, reverse(name)) for title, name in links))


def offerings_register(person: Person) -> Register:
    """What villages offer, with the public page and, for whoever may, a new offering."""
    links = [("看公开页", reverse("support:board"))]
    if person.can("support.tell"):
        links.append(("填写展示", reverse("support:new-offering")))
    return replace(OFFERINGS, actions=tuple(links))
