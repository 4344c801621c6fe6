"""An office's numbers on their way: proposed with a dry run, put in force by another, given up."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Q
from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.access.scope import covers
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked, Invalid, Missing
from sanzi.warnings.models import Setting
from sanzi.warnings.parameters import SETTABLE_LANES, laid_over, read, shipped, title_of
from sanzi.warnings.rules import RULE_OF
from sanzi.warnings.trying import try_out

BASIS_MIN, BASIS_MAX = 4, 200


@action("warnings.manage")
def propose(
    *,
    region: str,
    rule: str,
    values: Mapping[str, str],
    lane: str,
    is_on: bool,
    from_on: date,
    basis: str,
    by: Person,
    now: datetime,
) -> Setting:
    """Write down a region's numbers for a rule and what they would have done in the last year;
    nothing is judged by them yet. Raises Missing, Invalid.
    """
    if not covers(by, region) or not 2 <= len(region) <= 6:
        raise Missing("scope.missing", "没有找到该地区，预警规则由县及以上设定")
    if lane not in SETTABLE_LANES:
        raise Invalid("warnings.lane", "通道只能是预警或周摘要；阻断和须说明理由的在办事的那一步")
    basis = basis.strip()
    if not BASIS_MIN <= len(basis) <= BASIS_MAX:
        raise Invalid("warnings.basis", f"请写明依据或理由，{BASIS_MIN} 到 {BASIS_MAX} 个字")
    stored = read(rule, values)
    numbers = laid_over(shipped()[rule], stored, lane, is_on, 0)
    trial = None
    if rule in RULE_OF:
        trial = try_out(region, rule, numbers, localdate(now))
    made = Setting.objects.create(
        region=region, rule=rule, values=stored, lane=lane, is_on=is_on, from_on=from_on,
        basis=basis, made_by=by, made_at=now, trial=trial,
    )  # fmt: skip
    record(made, "warnings.propose", by=by, at=now, village=region,
           label=f"拟定预警规则：{rule} {title_of(rule)}", public={"reason": basis})  # fmt: skip
    return made


@action("warnings.manage")
def put_in_force(*, setting_id: int, by: Person, now: datetime) -> Setting:
    """Let the numbers judge from the next look on; another person than who proposed them.

    Raises Missing, Blocked.
    """
    setting = Setting.objects.claim(setting_id, by)
    if reason := why_not_live(setting, by, localdate(now)):
        raise Blocked("warnings.live", reason)
    setting.live_by, setting.live_at = by, now
    setting.save(update_fields=["live_by", "live_at"])
    record(setting, "warnings.live", by=by, at=now, village=setting.region,
           label=f"启用预警规则：{setting.rule} {title_of(setting.rule)}")  # fmt: skip
    return setting


@action("warnings.manage")
def withdraw(*, setting_id: int, by: Person, now: datetime) -> Setting:
    """Give up numbers that never judged. Raises Missing, Blocked."""
    setting = Setting.objects.claim(setting_id, by)
    if setting.live_at or setting.withdrawn_at:
        raise Blocked("warnings.moved", "这项设定已经启用或作废，请刷新查看")
    setting.withdrawn_by, setting.withdrawn_at = by, now
    setting.save(update_fields=["withdrawn_by", "withdrawn_at"])
    record(setting, "warnings.withdraw", by=by, at=now, village=setting.region,
           label=f"作废拟定的预警规则：{setting.rule}")  # fmt: skip
    return setting


def why_not_live(setting: Setting, by: Person, today: date) -> str | None:
    """What stands between proposed numbers and their being in force; None when nothing does."""
    if setting.live_at or setting.withdrawn_at:
        return "这项设定已经启用或作废，请刷新查看"
    if setting.made_by_id == by.pk:
        return "由另一人启用，不能启用自己拟定的"
    if setting.from_on > today:
        return f"施行日期是 {setting.from_on}，到那天再启用"
    if later := _later(setting, by):
        return f"已启用了施行更晚、或同日后拟的第 {later.pk} 版，这一版启用了也不作数；请重新拟定"
    return None


def _later(setting: Setting, by: Person) -> Setting | None:
    """One in force that would go before it (`Standards` takes the latest day, then the last)."""
    same = Setting.objects.visible_to(by).filter(region=setting.region, rule=setting.rule)
    after = Q(from_on__gt=setting.from_on) | Q(from_on=setting.from_on, pk__gt=setting.pk)
    return same.exclude(live_at=None).filter(after).first()
