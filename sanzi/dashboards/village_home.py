"""A village's day as large tiles: each says how many, and leads to the work."""

from datetime import date
from typing import NamedTuple

from django.urls import reverse

from sanzi.access.models import Person
from sanzi.metrics.catalogue import figure, metric
from sanzi.web import formats

from . import links, queries
from .queries import Totals


class Tile(NamedTuple):
    """One large tile; a tone never stands without its words."""

    title: str
    url: str
    many: str = ""
    hint: str = ""
    tone: str = ""


def tiles(person: Person, code: str, as_of: date, totals: Totals, late: int) -> list[Tile]:
    """Six to nine tiles, those the post may use."""
    region = {"region": code}
    found = [
        Tile("合同台账", links.register("contracts", **region), _number(totals, "contracts.total")),
        _irregular(code, totals),
        _rated("债权台账", "receivables", "receivables.recovery_rate", code, totals),
        _rated("债务台账", "debts", "debts.resolution_rate", code, totals),
        Tile("资源台账", links.register("resources", **region), hint="地块、四荒、水面"),
        Tile("任务", links.register("tasks", **region), *_late(late)),
        Tile("主要数字", links.figures(code, as_of), hint="每个数字都能点开"),
        Tile("年度收入", links.register("incomes", **region), hint="各年收入和支出"),
    ]
    if person.can("intake.upload"):
        waiting = len(queries.waiting_uploads(person, code))
        hint = f"{waiting} 份等待确认" if waiting else "上传、核对、导入"
        found.insert(0, Tile("上传工作簿", reverse("workbooks:intake"), "", hint, "full"))
    return found


def _number(totals: Totals, id: str) -> str:
    one = metric(id)
    return f"{formats.figure(figure(one, totals).value, one.unit)} {one.unit}"


def _rated(title: str, slug: str, rate: str, code: str, totals: Totals) -> Tile:
    found = figure(metric(rate), totals)
    words = f"{found.label} {formats.figure(found.value, '率')}" if found.value is not None else ""
    return Tile(title, links.register(slug, region=code), _number(totals, f"{slug}.count"), words)


def _irregular(code: str, totals: Totals) -> Tile:
    """Contracts found irregular that nothing has been done about."""
    found = figure(metric("contracts.regularised_rate"), totals)
    open_ = int(found.denominator or 0) - int(found.numerator or 0)
    url = links.register("contracts", region=code, outcome="none")
    if not found.denominator:
        return Tile("问题合同", url, "0 份", "没有发现问题", "done")
    hint = "还没有处置" if open_ else "已全部处置"
    return Tile("问题合同", url, f"{formats.number(open_)} 份", hint, "danger" if open_ else "done")


def _late(late: int) -> tuple[str, str, str]:
    return (f"{late} 项", "时限已过", "warn") if late else ("", "没有过期的任务", "")
