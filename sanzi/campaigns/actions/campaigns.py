"""Founding a campaign, changing its outline, closing it and opening it again."""

from datetime import datetime

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.access.scope import covers
from sanzi.campaigns.models import Aim, Campaign, Phase
from sanzi.campaigns.outline import Outline, check
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked, Invalid, Missing
from sanzi.kernel.regions import level
from sanzi.orgs.models import Region

HELD_AT = ("town", "county", "city")


@action("campaigns.run")
def found(*, region: str, outline: Outline, by: Person, now: datetime) -> Campaign:
    """A new campaign of a town, county or city."""
    if not region or not covers(by, region):
        raise Missing("scope.missing", "没有找到这个地方，或它不在您的辖区内")
    if level(region) not in HELD_AT:
        raise Invalid("campaign.region", "专项行动由乡镇、县或市组织，请先选择地区")
    check(outline)
    # Two who found at once: the second sees the first's title.
    list(Region.objects.select_for_update(no_key=True).filter(code=region))
    _refuse_known(region, outline.title, None, by)
    campaign = Campaign.objects.create(
        region=region, title=outline.title, goals=outline.goals, starts_on=outline.starts_on,
        ends_on=outline.ends_on, base_on=outline.base_on, made_by=by, made_at=now,
    )  # fmt: skip
    _write_phases(campaign, outline)
    for ordinal, aim in enumerate(outline.aims, start=1):
        Aim.objects.create(
            campaign=campaign, ordinal=ordinal, metric=aim.metric, measure=aim.measure,
            goal=aim.goal,
        )  # fmt: skip
    record(campaign, "campaigns.found", by=by, at=now, village=region, label="建立专项行动",
           public={"subject": campaign.title})  # fmt: skip
    return campaign


@action("campaigns.run")
def change(
    *, campaign_id: int, revision: int, outline: Outline, by: Person, now: datetime
) -> Campaign:
    """Another outline; an aim with targets keeps them, and cannot be left out."""
    campaign = open_campaign(campaign_id, revision, by)
    check(outline)
    _refuse_known(campaign.region, outline.title, campaign.pk, by)
    for name in ("title", "goals", "starts_on", "ends_on", "base_on"):
        setattr(campaign, name, getattr(outline, name))
    campaign.revision += 1
    campaign.save()
    campaign.phases.all().delete()
    _write_phases(campaign, outline)
    _change_aims(campaign, outline)
    record(campaign, "campaigns.change", by=by, at=now, village=campaign.region,
           label="修改专项行动", public={"subject": campaign.title})  # fmt: skip
    return campaign


def open_campaign(campaign_id: int, revision: int, by: Person) -> Campaign:
    """The campaign, locked, as the form saw it and not closed. Raises Missing, Blocked."""
    campaign = Campaign.objects.claim(campaign_id, by)
    if not campaign.is_open:
        raise Blocked("campaign.closed", "这项行动已归档；要改动请先重新打开")
    if campaign.revision != revision:
        raise Blocked("campaign.moved", "刚才有人改过这项行动，请刷新后再改")
    return campaign


def _refuse_known(region: str, title: str, but: int | None, by: Person) -> None:
    same = Campaign.objects.visible_to(by).filter(region=region, title=title)
    if any(pk != but for pk in same.values_list("pk", flat=True)):
        raise Invalid("campaign.known", f"已有名为“{title}”的专项行动，请换个名称")


def _write_phases(campaign: Campaign, outline: Outline) -> None:
    Phase.objects.bulk_create(
        Phase(
            campaign=campaign, ordinal=ordinal, title=phase.title, starts_on=phase.starts_on,
            ends_on=phase.ends_on,
        )
        for ordinal, phase in enumerate(outline.phases, start=1)
    )  # fmt: skip


def _change_aims(campaign: Campaign, outline: Outline) -> None:
    held = {(aim.metric, aim.measure): aim for aim in campaign.aims.all()}
    for ordinal, plan in enumerate(outline.aims, start=1):
        aim = held.pop((plan.metric, plan.measure), None)
        aim = aim or Aim(campaign=campaign, metric=plan.metric, measure=plan.measure)
        aim.ordinal, aim.goal = ordinal, plan.goal
        aim.save()
    for left in held.values():
        if left.targets.exists():
            raise Blocked("campaign.aim", "去掉的指标已经分解到村或乡镇，请先清空它的目标")
        left.delete()


@action("campaigns.run")
def close(*, campaign_id: int, summary: str, by: Person, now: datetime) -> Campaign:
    """归档, with what there is to say of it; it stays to be looked at and compared."""
    campaign = Campaign.objects.claim(campaign_id, by)
    if not campaign.is_open:
        raise Blocked("campaign.closed", "这项行动已经归档")
    if not 2 <= len(summary.strip()) <= 2000:
        raise Invalid("campaign.summary", "请写总结，2 到 2,000 个字")
    campaign.closed_on, campaign.summary = localdate(now), summary.strip()
    campaign.save(update_fields=["closed_on", "summary"])
    record(campaign, "campaigns.close", by=by, at=now, village=campaign.region, label="归档")
    return campaign


@action("campaigns.run")
def reopen(*, campaign_id: int, reason: str, by: Person, now: datetime) -> Campaign:
    """Open a closed campaign again, with a reason on record."""
    campaign = Campaign.objects.claim(campaign_id, by)
    if campaign.is_open:
        raise Blocked("campaign.open", "这项行动没有归档")
    if not 2 <= len(reason.strip()) <= 200:
        raise Invalid("campaign.reason", "请写明理由，2 到 200 个字")
    campaign.closed_on = None
    campaign.save(update_fields=["closed_on"])
    record(campaign, "campaigns.reopen", by=by, at=now, village=campaign.region,
           label="重新打开", public={"reason": reason.strip()})  # fmt: skip
    return campaign
