"""A round's results as a register: searched, sorted, printed and exported like every other list."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from sanzi.access.models import Person
from sanzi.web.register import Register, RegisterColumn

from .models import Result, Round
from .queries import latest


def results_register(round_: Round) -> Register:
    """The list of one round: what was published, or for its organiser what is closed."""

    def rows(person: Person) -> QuerySet[Any]:
        mine = Result.objects.visible_to(person).filter(entry__round=round_)
        return latest(mine).select_related("entry")

    return Register(
        slug="contest-results",
        title=f"{round_.contest}{round_}成绩",
        noun="家",
        needs="contests.view",
        rows=rows,
        columns=(
            RegisterColumn("rank", "名次", kind="integer", width="narrow"),
            RegisterColumn("entry__name", "参评对象", searchable=True),
            RegisterColumn("entry__group", "组别", width="narrow", searchable=True, default=False),
            RegisterColumn("total", "总分", kind="points"),
            RegisterColumn("bonus", "其中加分", kind="points", default=False),
            RegisterColumn("band", "等级", width="narrow", searchable=True),
            RegisterColumn("moves", "权重动一成时的名次", width="narrow", value=_moves),
            RegisterColumn("tied", "并列", value=lambda row: "并列" if row.is_tied else ""),
            RegisterColumn("vetoed", "一票否决", value=lambda row: "、".join(row.vetoes)),
        ),
        url=lambda row: reverse("contests:result", args=(row.pk,)),
        sort=("rank", "village"),
    )


def _moves(row: Any) -> str:
    return str(row.best) if row.best == row.worst else f"{row.best}～{row.worst}"
