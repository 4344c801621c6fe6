"""Check sheets and contradictions as registers; how far each region has come."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet
from django.http import QueryDict
from django.urls import reverse

from sanzi.access.models import Person
from sanzi.contracts.models import Contract
from sanzi.contracts.terms import HOUSEHOLD
from sanzi.web.errors import Unsupported
from sanzi.web.frame import Place
from sanzi.web.register import Badge, Narrowing, Register, RegisterColumn, Tone

from .models import CheckSheet, Discrepancy
from .queries import TITLES

_TONES: dict[str, Tone] = {"open": "running", "handed": "warn", "accepted": "done"}


def _stage(sheet: CheckSheet) -> Badge:
    return Badge(sheet.get_stage_display(), _TONES[sheet.stage])


def _by_stage(rows: QuerySet[Any], value: str, params: QueryDict) -> QuerySet[Any]:
    if value not in _TONES:
        raise Unsupported("register.filter", f"不支持的筛选：状态“{value[:40]}”")
    return rows.filter(stage=value)


def _hang_counts(rows: Sequence[Any]) -> None:
    """Give sheets `differs`: how many contradictions they hold; one query."""
    contracts = [row.contract_id for row in rows]
    found = Discrepancy.objects.filter(contract__in=contracts).order_by()
    counts = dict(found.values_list("contract").annotate(n=Count("pk")))
    for row in rows:
        number = counts.get(row.contract_id, 0)
        row.differs = Badge(f"{number} 处", "danger") if number else None


SHEETS = Register(
    slug="checks",
    title="三查一访核查表",
    noun="份核查表",
    rows=lambda person: CheckSheet.objects.visible_to(person).select_related(
        "contract", "begun_by", "accepted_by"
    ),
    columns=(
        RegisterColumn("contract__number", "合同编号", searchable=True),
        RegisterColumn("village_name", "村", kind="village", width="narrow"),
        RegisterColumn("contract__title", "合同名称", width="wide", searchable=True),
        RegisterColumn("state", "状态", kind="badge", width="narrow", value=_stage),
        RegisterColumn("differs", "不一致", kind="badge", width="narrow",
                       value=lambda sheet: sheet.differs),
        RegisterColumn("begun_by__name", "核查人", width="narrow"),
        RegisterColumn("handed_on", "提交", kind="date", width="narrow",
                       value=lambda sheet: sheet.handed_at),
        RegisterColumn("accepted_by__name", "审核人", width="narrow"),
        RegisterColumn("contract__contractor", "承包方", searchable=True, default=False),
    ),
    narrowings=(
        Narrowing("stage", "状态", _by_stage,
                  options=tuple((stage.value, stage.label) for stage in CheckSheet.Stage)),
    ),
    url=lambda sheet: reverse("cleanup:check", args=(sheet.contract_id,)),
    sort=("village", "contract__number"),
    decorate=_hang_counts,
    actions=(("进度", "/contracts/checks/progress/"), ("不一致清单", "/contracts/discrepancies/")),
    empty="在合同页面点“开始核查”",
)  # fmt: skip

DISCREPANCIES = Register(
    slug="discrepancies",
    title="核查不一致",
    noun="处不一致",
    rows=lambda person: Discrepancy.objects.visible_to(person).select_related("contract"),
    columns=(
        RegisterColumn("contract__number", "合同编号", searchable=True),
        RegisterColumn("village_name", "村", kind="village", width="narrow"),
        RegisterColumn("contract__title", "合同名称", width="narrow", searchable=True),
        RegisterColumn("sentence", "不一致之处", width="wide", searchable=True),
        RegisterColumn("rule", "涉及", width="narrow"),
        RegisterColumn("about", "涉及问题", value=lambda one: TITLES.get(one.rule, "待核")),
    ),
    url=lambda one: reverse("cleanup:check", args=(one.contract_id,)),
    sort=("village", "contract__number", "code"),
    empty="核查表里几处说法对不上的，自动列在这里",
)


class Progress(NamedTuple):
    """One region's contracts and how many have been looked into."""

    code: str
    name: str
    contracts: int
    begun: int
    handed: int
    accepted: int

    @property
    def rate(self) -> int:
        """Accepted of all, in whole percent."""
        return 100 * self.accepted // self.contracts if self.contracts else 0


_COLUMNS = {2: "city", 4: "county", 6: "town", 9: "village"}


def progress_rows(person: Person, here: Place) -> tuple[list[Progress], Progress]:
    """Each region right below, and the whole; three queries. A village is its own only row."""
    column = _COLUMNS.get(len(here.code), "village")
    contracts = Contract.objects.visible_to(person).within(here.code)
    contracts = contracts.exclude(legal_nature=HOUSEHOLD)
    sheets = CheckSheet.objects.visible_to(person).within(here.code)
    numbers = _counted(contracts, column)
    stages = [(c, s, n) for c, s, n in sheets.order_by().values_list(column, "stage").annotate(
        n=Count("pk"))]  # fmt: skip
    names = {child.code: child.name for child in here.children} | here.names
    rows = [
        _progress(code, names.get(code, code), numbers[code], stages) for code in sorted(numbers)
    ]
    counts: Any = (sum(row[i] for row in rows) for i in range(2, 6))
    total = Progress(here.code, "合计", *counts)
    return rows, total


def _counted(rows: QuerySet[Any], column: str) -> dict[str, int]:
    return dict(rows.order_by().values_list(column).annotate(n=Count("pk")))


def _progress(code: str, name: str, contracts: int, stages: list[tuple[str, str, int]]) -> Progress:
    mine = {stage: number for where, stage, number in stages if where == code}
    handed = mine.get("handed", 0) + mine.get("accepted", 0)
    begun = mine.get("open", 0) + handed
    return Progress(code, name, contracts, begun, handed, mine.get("accepted", 0))
