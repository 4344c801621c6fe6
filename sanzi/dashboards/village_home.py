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
    """At most nine tiles, those the post may use; what is written most often stands first."""
    found: list[Tile] = []
    if person.can("books.report"):
        hint = "收了、花了、转了钱"
        found.append(Tile("记一笔", reverse("agency:new-note"), hint=hint, tone="full"))
    if person.can("dues.collect"):
        url = reverse("contracts:dues") + "?state=open"
        found.append(Tile("收租金", url, hint="哪些到期、哪些逾期"))
    found.append(Tile("今天要办", reverse("campaigns:my-tasks"), *_late(late)))
    if person.can("warnings.view"):
        found.append(_warned(person, code))
    found += [
        _contracts(code, totals),
        _claims(person, code, totals),
        _rated("债务台账", "debts", "debts.resolution_rate", code, totals),
    ]
    if person.can("books.view"):
        found.append(Tile("报账记账", reverse("agency:desk"), hint="每件事办到哪一步"))
        found.append(Tile("财务公开", reverse("disclosure:overview"), hint="公开栏、群众提问"))
    waiting = len(queries.waiting_uploads(person, code)) if person.can("intake.upload") else 0
    if waiting:
        hint = f"{waiting} 份等待确认"
        found.insert(0, Tile("导入工作簿", reverse("workbooks:intake"), "", hint, "warn"))
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


def _contracts(code: str, totals: Totals) -> Tile:
    """Contracts, and how many found irregular nothing has been done about."""
    found = figure(metric("contracts.regularised_rate"), totals)
    open_ = int(found.denominator or 0) - int(found.numerator or 0)
    many = _number(totals, "contracts.total")
    if not open_:
        hint = "问题合同已全部处置" if found.denominator else ""
        return Tile("合同台账", links.register("contracts", region=code), many, hint)
    url = links.register("contracts", region=code, outcome="none")
    return Tile("合同台账", url, many, f"{formats.number(open_)} 份有问题，还没有处置", "danger")


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
