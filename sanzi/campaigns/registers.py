"""A campaign's targets as a register: searched, printed and exported like every other list."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.timezone import localdate

from sanzi.access.models import Person
from sanzi.web.errors import Unsupported
from sanzi.web.register import Badge, Narrowing, Register, RegisterColumn

from .models import Aim, Campaign, Target
from .standing import called, lines_by_region, trimmed


def targets_register(campaign: Campaign, aims: Sequence[Aim]) -> Register:
    """The targets of one campaign within a person's region, each with how far it has come."""

    def rows(person: Person) -> QuerySet[Any]:
        mine: QuerySet[Any] = Target.objects.visible_to(person).filter(aim__campaign=campaign)
        return mine.select_related("aim")

    def hang(held: Sequence[Any]) -> None:
        for target, line in lines_by_region(campaign, aims, held, localdate()):
            target.line = line  # type: ignore[attr-defined]

    return Register(
        slug="campaign-targets",
        title=f"{campaign}目标完成情况",
        noun="项目标",
        needs="figures.view",
        rows=rows,
        columns=(
            RegisterColumn("village_name", "地方", kind="village", width="narrow"),
            RegisterColumn("metric", "指标", value=_read("metric.label")),
            RegisterColumn("wanted", "目标", value=_read("target"), width="narrow"),
            RegisterColumn("now", "完成", value=_read("value"), width="narrow"),
            RegisterColumn("unit", "单位", value=_read("unit"), width="narrow"),
            RegisterColumn("percent", "完成率", value=_percent, width="narrow"),
            RegisterColumn("met", "是否达到", kind="badge", value=_met, width="narrow"),
        ),
        narrowings=(_aim_narrowing(aims),),
        url=lambda row: (
            reverse("campaigns:campaign", args=(campaign.pk,)) + f"?region={trimmed(row.village)}"
        ),
        sort=("aim__ordinal", "village"),
        decorate=hang,
        actions=(("返回行动", reverse("campaigns:campaign", args=(campaign.pk,))),),
    )


def _read(path: str) -> Any:
    def read(row: Any) -> Any:
        found = row.line
        for step in path.split("."):
            found = getattr(found, step)
        return found

    return read


def _percent(row: Any) -> str:
    percent = row.line.reached.percent
    return "" if percent is None else f"{percent}%"


def _met(row: Any) -> Badge:
    return Badge(row.line.word, "done" if row.line.reached.is_met else "warn")


def _aim_narrowing(aims: Sequence[Aim]) -> Narrowing:
    known = {str(aim.pk): label for aim, label in called(aims)}

    def narrow(rows: QuerySet[Any], value: str, params: QueryDict) -> QuerySet[Any]:
        if value not in known:
            raise Unsupported("register.filter", f"不支持的筛选：指标“{value[:40]}”")
        return rows.filter(aim=int(value))

    return Narrowing("aim", "指标", narrow, options=tuple(known.items()))
