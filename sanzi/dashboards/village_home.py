"""A village's day as large tiles: each says how many, and leads to the work."""

from datetime import date
from typing import NamedTuple

from django.urls import reverse
from django.utils.timezone import localdate

from sanzi.access.models import Person
from sanzi.metrics.catalogue import figure, metric
from sanzi.metrics.regions import Totals
from sanzi.warnings import queries as warned
from sanzi.web import formats

from . import links, queries


class Tile(NamedTuple):
    """One large tile; a tone never stands without its words."""

    title: str
    url: str
    many: str = ""
    hint: str = ""
    tone: str = ""


def tiles(person: Person, code: str, as_of: date, totals: Totals, late: int) -> list[Tile]:
    """Six to eleven tiles, those the post may use."""
    region = {"region": code}
    found = [
        Tile("合同台账", links.register("contracts", **region), _number(totals, "contracts.total")),
        _irregular(code, totals),
        _claims(person, code, totals),
        _rated("债务台账", "debts", "debts.resolution_rate", code, totals),
        Tile("我的任务", reverse("campaigns:my-tasks"), *_late(late)),
        Tile("主要数字", links.figures(code, as_of), hint="每个数字都能点开"),
    ]
    if person.can("warnings.view"):
        found.insert(0, _warned(person, code))
    if person.can("books.view"):
        found.insert(0, Tile("报账记账", reverse("agency:desk"), hint="每件事办到哪一步"))
    if person.can("books.report"):
        found.insert(
            0, Tile("记一笔", reverse("agency:new-note"), hint="收了、花了、转了钱", tone="full")
        )
    if person.can("dues.collect"):
        found.insert(
            0,
            Tile("收租金", reverse("contracts:dues") + "?state=open", hint="哪些到期、哪些逾期"),
        )
    if person.can("intake.upload"):
        waiting = len(queries.waiting_uploads(person, code))
        hint = f"{waiting} 份等待确认" if waiting else "上传、核对、导入"
        found.insert(0, Tile("上传工作簿", reverse("workbooks:intake"), "", hint, "full"))
    return found


def _claims(person: Person, code: str, totals: Totals) -> Tile:
    """Who clears claims goes to the desk, everybody else to the register; the rate on both."""
    found = _rated("债权台账", "receivables", "receivables.recovery_rate", code, totals)
    if not person.can("claims.work"):
        return found
    return found._replace(title="清收", url=reverse("receivables:desk"))


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


def _warned(person: Person, code: str) -> Tile:
    return warned_tile(warned.counted(person, code, localdate()), code)


def warned_tile(found: warned.Counted, code: str) -> Tile:
    """The warnings on a place's list; red ones in red, and said so."""
    tone = "danger" if found.red else "warn" if found.under_way else "done"
    many = f"{found.under_way} 条" if found.under_way else ""
    url = f"{reverse('warnings:mine')}?region={code}"
    return Tile("看预警", url, many, found.words, tone)


def _late(late: int) -> tuple[str, str, str]:
    return (f"{late} 项", "时限已过", "warn") if late else ("", "没有过期的任务", "")
