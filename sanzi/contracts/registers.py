"""应收租金, 到期提醒, 补充协议, 收款, 典型案例: the lists of a contract's life."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.timezone import localdate

from sanzi.web.errors import Unsupported
from sanzi.web.register import Badge, Narrowing, Register, RegisterColumn, Tone

from . import collecting
from .models import Amendment, ModelCase, Payment, Stage
from .schedule import overdue_days

_STAGE_TONES: dict[str, Tone] = {
    Stage.PROPOSED: "running",
    Stage.POSTED: "done",
    Stage.REFUSED: "danger",
}


def contract_url(pk: int) -> str:
    """The page of a contract, at its money."""
    return reverse("cleanup:contract", args=(pk,)) + "#money"


def _late(due: Any) -> int | None:
    return (overdue_days(due.due_on, localdate()) or None) if due.owed > 0 else None


def _state(due: Any) -> Badge:
    if due.claimed:
        return Badge("已转债权")
    if due.owed <= 0:
        return Badge("已收清", "done")
    if due.due_on < localdate():
        return Badge("逾期", "danger")
    return Badge("部分已收" if due.paid else "未到期", "running")


def _by_state(rows: QuerySet[Any], value: str, params: QueryDict) -> QuerySet[Any]:
    today = localdate()
    chosen = {
        "overdue": lambda: collecting.overdue(rows, today),
        "coming": lambda: collecting.coming(rows, today),
        "open": lambda: rows.filter(owed__gt=0),
        "paid": lambda: rows.filter(owed__lte=0, claimed=0),
        "claimed": lambda: rows.filter(claimed__gt=0),
    }
    if value not in chosen:
        raise Unsupported("register.filter", f"不支持的筛选：状态“{value[:40]}”")
    return chosen[value]()


DUES = Register(
    slug="dues",
    title="应收租金",
    noun="期应收款",
    rows=collecting.dues_for,
    columns=(
        RegisterColumn("contract__number", "合同编号", width="narrow", searchable=True),
        RegisterColumn("village_name", "村", kind="village", width="narrow"),
        RegisterColumn("contract__title", "合同名称", width="narrow", searchable=True),
        RegisterColumn("contract__contractor", "承包方", width="narrow", searchable=True),
        RegisterColumn("ordinal", "期次", kind="integer", width="narrow"),
        RegisterColumn("due_on", "应收日期", kind="date", width="narrow"),
        RegisterColumn("amount", "应收元", kind="money", total=True),
        RegisterColumn("paid", "已收元", kind="money", total=True),
        RegisterColumn("owed", "未收元", kind="money", total=True),
        RegisterColumn("late", "逾期天数", kind="integer", value=_late),
        RegisterColumn("state", "状态", kind="badge", value=_state),
        RegisterColumn("claimed", "转债权元", kind="money", total=True, default=False),
        RegisterColumn("from_on", "期间起", kind="date", width="narrow", default=False),
        RegisterColumn("to_on", "期间止", kind="date", width="narrow", default=False),
    ),
    narrowings=(
        Narrowing(
            "state",
            "状态",
            _by_state,
            options=(
                ("overdue", "逾期未收"),
                ("coming", f"{collecting.DUE_LEAD} 天内应收"),
                ("open", "未收清"),
                ("paid", "已收清"),
                ("claimed", "已转债权"),
            ),
        ),
    ),
    url=lambda due: contract_url(due.contract_id),
    sort=("due_on", "village"),
    empty="合同约定了付款方式，到期的租金自动列在这里",
)


def _left(contract: Any) -> str:
    days = (contract.last_day - localdate()).days
    return f"还有 {days} 天" if days >= 0 else f"已过 {-days} 天"


def _end_state(contract: Any) -> Badge:
    days = (contract.last_day - localdate()).days
    if days < 0:
        return Badge("已到期未处理", "danger")
    return Badge("即将到期", "warn" if days <= collecting.EXPIRY_LEADS[-1] else "running")


def _by_lead(rows: QuerySet[Any], value: str, params: QueryDict) -> QuerySet[Any]:
    if value == "expired":
        return collecting.expired(rows, localdate())
    if value not in {str(days) for days in collecting.EXPIRY_LEADS}:
        raise Unsupported("register.filter", f"不支持的筛选：到期“{value[:40]}”")
    return collecting.expiring(rows, localdate(), int(value))


def _ends(person: Any) -> QuerySet[Any]:
    horizon = localdate() + timedelta(days=collecting.EXPIRY_LEADS[0])
    return collecting.running_for(person).filter(last_day__lte=horizon)


EXPIRIES = Register(
    slug="expiries",
    title="到期提醒",
    noun="份合同",
    rows=_ends,
    columns=(
        RegisterColumn("number", "合同编号", width="narrow", searchable=True),
        RegisterColumn("village_name", "村", kind="village", width="narrow"),
        RegisterColumn("title", "合同名称", searchable=True),
        RegisterColumn("contractor", "承包方", searchable=True),
        RegisterColumn("legal_nature", "法律性质", width="narrow"),
        RegisterColumn("last_day", "现行终止日期", kind="date", width="narrow"),
        RegisterColumn("left", "距到期", width="narrow", value=_left),
        RegisterColumn("state", "状态", kind="badge", value=_end_state),
        RegisterColumn("contract_area_mu", "面积亩", kind="area", default=False),
    ),
    narrowings=(
        Narrowing(
            "lead",
            "到期",
            _by_lead,
            options=(
                ("expired", "已到期未处理"),
                *((str(days), f"{days} 天内到期") for days in reversed(collecting.EXPIRY_LEADS)),
            ),
        ),
    ),
    url=lambda contract: reverse("cleanup:contract", args=(contract.pk,)) + "#life",
    sort=("last_day", "village"),
    empty="半年内到期和已经到期的合同，自动列在这里",
)


def _filed(amendment: Any) -> Badge:
    filing = getattr(amendment, "filing", None)
    return Badge(f"已备案 {filing.number}", "done") if filing else Badge("未备案", "warn")


def _by_filing(rows: QuerySet[Any], value: str, params: QueryDict) -> QuerySet[Any]:
    if value not in ("yes", "no"):
        raise Unsupported("register.filter", f"不支持的筛选：备案“{value[:40]}”")
    return rows.filter(filing__isnull=value == "no")


AMENDMENTS = Register(
    slug="amendments",
    title="补充协议",
    noun="份协议",
    rows=lambda person: Amendment.objects.visible_to(person).select_related("contract", "filing"),
    columns=(
        RegisterColumn("contract__number", "合同编号", width="narrow", searchable=True),
        RegisterColumn("village_name", "村", kind="village", width="narrow"),
        RegisterColumn("contract__title", "合同名称", searchable=True),
        RegisterColumn(
            "kind_word", "类别", width="narrow", value=lambda row: row.get_kind_display()
        ),
        RegisterColumn("ordinal", "第几次", kind="integer", width="narrow"),
        RegisterColumn("signed_on", "签订日期", kind="date", width="narrow"),
        RegisterColumn("effective_on", "生效日期", kind="date", width="narrow"),
        RegisterColumn("gain", "签订增收元", kind="money", total=True),
        RegisterColumn("filed", "备案", kind="badge", value=_filed),
        RegisterColumn("source", "依据", width="wide", searchable=True, default=False),
    ),
    narrowings=(
        Narrowing("filing", "备案", _by_filing, options=(("no", "未备案"), ("yes", "已备案"))),
    ),
    url=lambda row: reverse("cleanup:contract", args=(row.contract_id,)) + "#life",
    sort=("-signed_on", "village"),
    empty="在合同页面点“登记补充协议”",
)


def _stage(row: Any) -> Badge:
    return Badge(row.get_stage_display(), _STAGE_TONES[row.stage])


PAYMENTS = Register(
    slug="payments",
    title="收款登记",
    noun="笔收款",
    rows=lambda person: Payment.objects.visible_to(person).select_related(
        "contract", "voucher", "proposed_by"
    ),
    columns=(
        RegisterColumn("number", "收据号", width="narrow", searchable=True),
        RegisterColumn("village_name", "村", kind="village", width="narrow"),
        RegisterColumn("received_on", "收款日期", kind="date", width="narrow"),
        RegisterColumn("contract__number", "合同编号", width="narrow", searchable=True),
        RegisterColumn("payer", "交款人", searchable=True),
        RegisterColumn("amount", "金额元", kind="money", total=True),
        RegisterColumn(
            "means_word", "方式", width="narrow", value=lambda row: row.get_means_display()
        ),
        RegisterColumn("stage_badge", "状态", kind="badge", value=_stage),
        RegisterColumn(
            "voucher_word", "凭证", width="narrow", value=lambda row: str(row.voucher or "")
        ),
        RegisterColumn("refusal", "退回理由", default=False),
    ),
    url=lambda row: contract_url(row.contract_id),
    sort=("-received_on", "village"),
    empty="在合同页面登记收到的租金",
)


def _released(case: Any) -> Badge:
    return Badge("已发布", "done") if case.released_at else Badge("待审阅", "running")


CASES = Register(
    slug="model-cases",
    title="典型案例",
    noun="个案例",
    rows=lambda person: ModelCase.objects.visible_to(person),
    columns=(
        RegisterColumn("number", "案例编号", width="narrow"),
        RegisterColumn("title", "标题", searchable=True),
        RegisterColumn(
            "kind_word", "类型", width="narrow", value=lambda case: case.get_kind_display()
        ),
        RegisterColumn("village_name", "村", kind="village", width="narrow", default=False),
        RegisterColumn("rules", "问题代码", width="narrow", searchable=True),
        RegisterColumn("legal_nature", "法律性质", width="narrow"),
        RegisterColumn("outcome", "处置方式", width="narrow"),
        RegisterColumn("value", "标的额元", kind="money"),
        RegisterColumn("closed_on", "办结日期", kind="date", width="narrow"),
        RegisterColumn("state", "状态", kind="badge", value=_released),
        RegisterColumn("facts", "案情", width="wide", searchable=True, default=False),
        RegisterColumn("method", "做法", width="wide", searchable=True, default=False),
    ),
    url=lambda case: reverse("contracts:case", args=(case.pk,)),
    sort=("-closed_on",),
    empty="办结的合同写成案例、发布以后，列在这里",
)
