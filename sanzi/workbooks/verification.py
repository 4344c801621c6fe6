"""`sanzi verify`: the journal and every figure, computed again from the rows and compared."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from itertools import chain, islice

from sanzi.campaigns.bases import bases_of
from sanzi.cleanup.keeping import inspect_towns, shares_of
from sanzi.contracts import keeping as effects
from sanzi.debts import keeping as debts
from sanzi.documents.verification import verify as verify_papers
from sanzi.journal.verify import verify as verify_journal
from sanzi.metrics.shares import RowShares, differences, misplaced
from sanzi.orgs.models import Region
from sanzi.receivables import keeping as receivables
from sanzi.villages import keeping as villages

SHOWN_MAX = 1000


@dataclass(frozen=True)
class Fault:
    """One thing that is not as it should be: where, which row, and in words."""

    where: str
    row: str
    message: str


def verify(today: date) -> list[Fault]:
    """Every fault of journal, papers, shares and roll-ups; empty when all is as it was written."""
    journal = [Fault("操作日志", str(d.seq), d.message) for d in verify_journal()]
    papers = (Fault("附件", fault.sha256[:12], fault.message) for fault in verify_papers())
    return journal + list(islice(chain(papers, _figures(today)), SHOWN_MAX))


def as_lines(faults: list[Fault]) -> list[dict[str, str]]:
    """For JSON."""
    return [asdict(fault) for fault in faults]


def _figures(today: date) -> Iterator[Fault]:
    for town in Region.objects.filter(level=Region.Level.TOWN).order_by("code"):
        for register, shares in _recomputed(town.code, today).items():
            for row_id, extra, missing in differences(register, shares):
                said = "、".join(sorted({share.metric for share in extra | missing}))
                yield Fault("数据来源", f"{register}:{row_id}", f"{town.name}：{said} 与台账不符")
        yield from _worked_out(town.code, town.name, today)
    for region, metric, on_day, kept, true in misplaced():
        said = f"{metric} {on_day} 汇总为 {kept}，明细合计为 {true}"
        yield Fault("汇总", f"{region}:{metric}", said)


def _worked_out(town: str, name: str, today: date) -> Iterator[Fault]:
    """Balances and last days kept on rows against their movements and events."""
    codes = _villages_of(town)
    bases = bases_of(codes or [town], today)
    for register, feature in (("receivables", receivables), ("debts", debts)):
        for row_id, said in feature.misplaced_in(codes, bases.of):
            yield Fault("余额与时效", f"{register}:{row_id}", f"{name}：{said} 与变动记录不符")


def _villages_of(town: str) -> list[str]:
    below = Region.objects.filter(parent__code=town, level=Region.Level.VILLAGE)
    return list(below.values_list("code", flat=True))


def _recomputed(town: str, today: date) -> dict[str, dict[int, RowShares]]:
    codes = _villages_of(town)
    bases = bases_of(codes or [town], today)
    return {
        "contracts": shares_of(inspect_towns([town])),
        "receivables": receivables.shares_in(codes, bases.of),
        "debts": debts.shares_in(codes, bases.of),
        "villages": villages.profile_shares_in(codes),
        "projects": villages.project_shares_in(codes),
        "incomes": villages.income_shares_in(codes),
        "effects": effects.shares_in(codes),
    }
