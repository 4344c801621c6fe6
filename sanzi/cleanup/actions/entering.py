"""What was never signed gets a row of its own, and the clean-up takes it from there."""

from datetime import date, datetime
from decimal import Decimal

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.access.scope import covers
from sanzi.cleanup.keeping import refigure_town
from sanzi.contracts.models import Contract
from sanzi.contracts.terms import UNCONTRACTED, UNSIGNED
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked, Invalid, Missing

WAYS = {UNSIGNED: "应签", UNCONTRACTED: "占用"}


@action("contracts.check")
def enter_unsigned(
    *,
    village: str,
    way: str,
    contractor: str,
    category: str,
    legal_nature: str,
    object_number: str,
    location: str,
    area_mu: Decimal | None,
    starts_on: date | None,
    yearly_amount: Decimal | None,
    remark: str,
    issuer: str,
    by: Person,
    now: datetime,
) -> Contract:
    """Enter an arrangement that was never signed, or ground used without a contract.

    It is a contract to be: findings, check sheet and remedies are those of any other. Raises
    Missing beyond one's region, Invalid, Blocked when it is on record already.
    """
    if len(village) != 12 or not covers(by, village):
        raise Missing("scope.missing", "没有找到这个村")
    if way not in WAYS:
        raise Invalid("unsigned.way", "请选应签未签，还是无合同占用")
    if not object_number and not location:
        raise Invalid("unsigned.object", "请填资源或资产编号，或写明坐落")
    if starts_on and starts_on > localdate(now):
        raise Invalid("unsigned.day", "开始使用的日期还没到，请核对")
    mine = Contract.objects.visible_to(by).filter(village=village, written__in=WAYS)
    if mine.filter(contractor=contractor, object_number=object_number, location=location).exists():
        raise Blocked("unsigned.twice", "这一处已经登记过了，请在合同台账里查看")
    number = f"{WAYS[way]}-{mine.filter(written=way).count() + 1:03d}"
    where = object_number or location
    contract = Contract.objects.create(
        village=village,
        number=number,
        title=f"{where}（{way}）",
        category=category,
        legal_nature=legal_nature,
        written=way,
        issuer=issuer,
        contractor=contractor,
        object_number=object_number,
        location=location,
        contract_area_mu=area_mu,
        starts_on=starts_on,
        yearly_amount=yearly_amount,
        remark=remark,
    )
    refigure_town(contract.town)
    record(contract, "contracts.enter_unsigned", by=by, at=now, label=f"登记{way}：{number}")
    return contract
