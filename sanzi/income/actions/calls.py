"""收入台账: asked of every village, confirmed or explained, returned, summed up and sent on."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.access.scope import covers
from sanzi.income.calling import (
    ASKED,
    drawn_for,
    lock_call,
    reasons_against,
    reports_of,
    standing,
    sums_of,
)
from sanzi.income.models import Call, Report, Statement
from sanzi.income.workflow import STATEMENT
from sanzi.journal.recorder import record
from sanzi.kernel.money import to_fen
from sanzi.kernel.refusals import Blocked, Invalid, Missing
from sanzi.kernel.regions import ancestors
from sanzi.orgs.models import Region

_LEVELS = (4, 6, 9)


@action("income.collect")
def open_call(
    *, region: str, year: int, quarter: int, due_on: date, by: Person, now: datetime
) -> Call:
    """Ask every living village of a region. Raises Missing, Invalid, Blocked (asked already)."""
    if not covers(by, region) or len(region) not in _LEVELS:
        raise Missing("place.missing", "填报由市、县或乡镇布置，请先选择地区")
    if quarter not in range(5) or due_on < _first_after(year, quarter):
        raise Invalid("call.due", "请选季度；截止日期应在所报期间之后")
    if Call.objects.visible_to(by).filter(region=region, year=year, quarter=quarter).exists():
        raise Blocked("call.twice", "这一期已经布置过，请打开查看")
    villages = Region.objects.filter(
        code__startswith=region, level=Region.Level.VILLAGE, valid_to=None
    ).order_by("code")
    call = Call.objects.create(
        region=region, year=year, quarter=quarter, due_on=due_on, set_by=by, set_at=now
    )
    asked = [Statement(call=call, village=code) for code in villages.values_list("code", flat=True)]
    for one in asked:
        one.place()
    Statement.objects.bulk_create(asked, batch_size=500)
    record(call, "income.call", by=by, at=now, village=region,
           label=f"布置{call}填报，{len(asked)} 个村，{due_on} 截止")  # fmt: skip
    return call


def _first_after(year: int, quarter: int) -> date:
    """The first day after what is asked about: a year's figures are whole on no earlier one."""
    return date(year, quarter * 3 + 1, 1) if quarter in (1, 2, 3) else date(year + 1, 1, 1)


@action("income.fill")
def file_statement(
    *,
    statement_id: int,
    told: Mapping[str, Decimal],
    explanation: str,
    by: Person,
    now: datetime,
) -> Statement:
    """Hand in one's own village's figures; where they differ from what was drawn, say why.

    What the books say at this moment is kept beside them. Raises Missing, Invalid, Blocked.
    """
    statement: Statement = Statement.objects.claim(statement_id, by)
    if statement.village != by.region_code:
        raise Missing("scope.missing", "没有找到该记录")
    taken = STATEMENT.admit("file", standing(statement), by)
    if missing := [part.label for part in ASKED if part.key not in told]:
        raise Invalid("statement.missing", f"{'、'.join(missing)}没有填，没有的填 0")
    drawn = drawn_for(statement.call, statement.village)
    statement.told = {part.key: to_fen(told[part.key]) for part in ASKED}
    differs = [p.label for p in ASKED if statement.told[p.key] != drawn.amounts.get(p.key, 0)]
    if drawn.origin and differs and not explanation.strip():
        raise Invalid(
            "statement.explanation", f"{'、'.join(differs)}与{drawn.origin_words}不一致，请写明原因"
        )
    statement.drawn, statement.origin = drawn.amounts, drawn.origin
    statement.explanation, statement.returned_for = explanation.strip()[:500], ""
    statement.stage, statement.filed_by, statement.filed_at = taken.target, by, now
    statement.save()
    record(statement, "income.file", by=by, at=now, label=f"上报{statement}",
           public={"reason": statement.explanation, "differs": differs})  # fmt: skip
    return statement


@action("income.collect")
def send_back(*, statement_id: int, reason: str, by: Person, now: datetime) -> Statement:
    """Return a statement to its village with a reason."""
    lock_call(Statement.objects.visible_to(by).filter(pk=statement_id))
    statement: Statement = Statement.objects.claim(statement_id, by)
    taken = STATEMENT.admit("return", standing(statement), by)
    statement.stage, statement.returned_for = taken.target, _reason(reason)
    statement.save(update_fields=["stage", "returned_for"])
    record(statement, "income.return", by=by, at=now, label=f"退回{statement}",
           public={"reason": statement.returned_for})  # fmt: skip
    return statement


@action("income.collect")
def report_up(*, call_id: int, by: Person, now: datetime) -> Report:
    """Send on one's own region's sums, only once all below are in. Raises Blocked with why not."""
    call = Call.objects.visible_to(by).select_for_update().filter(pk=call_id).first()
    region = by.region_code
    if call is None or region is None or not region.startswith(call.region):
        raise Missing("scope.missing", "没有找到该记录")
    if reasons := reasons_against(call, region):
        raise Blocked("report.incomplete", "；".join(reasons))
    sums, villages = sums_of(call, region)
    report = Report.objects.create(
        call=call, region=region, sums=sums, villages=villages, set_by=by, set_at=now
    )
    record(report, "income.report", by=by, at=now, village=region,
           label=f"汇总上报{call}，{villages} 个村")  # fmt: skip
    return report


@action("income.collect")
def return_report(*, report_id: int, reason: str, by: Person, now: datetime) -> Report:
    """Send a report back to the region it came from; only from above it.

    Raises Blocked while the sums of a region above it rest on this one.
    """
    lock_call(Report.objects.visible_to(by).filter(pk=report_id))
    report: Report = Report.objects.claim(report_id, by)
    if by.region_code is None or len(by.region_code) >= len(report.region):
        raise Blocked("report.above", "汇总由上级退回，不能自己退回")
    if report.sent_back_at is not None:
        raise Blocked("report.moved", "这份汇总已经退回，请刷新查看")
    if reports_of(report.call).filter(region__in=ancestors(report.region)).exists():
        raise Blocked("report.counted", "上级的汇总已经包含这一份，请先退回上级的汇总")
    report.sent_back_at, report.sent_back_for = now, _reason(reason)
    report.save(update_fields=["sent_back_at", "sent_back_for"])
    record(report, "income.return_report", by=by, at=now, village=report.region,
           label=f"退回{report.call}汇总", public={"reason": report.sent_back_for})  # fmt: skip
    return report


def _reason(text: str) -> str:
    text = text.strip()[:200]
    if not text:
        raise Invalid("reason.missing", "请写明退回的理由")
    return text
