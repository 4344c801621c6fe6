"""Each village has a list of tasks of its own, and its town a campaign it takes part in."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

from sanzi.access.system import system_person
from sanzi.campaigns.lists.lines import Line, to_json
from sanzi.campaigns.models import Aim, Campaign, Phase, Target, TaskTemplate

from .rows import Village, canary

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def keep_campaigns(villages: Mapping[str, Village]) -> dict[str, dict[str, int]]:
    """Keys by kind and village; a campaign is that of the village's town."""
    made = {"made_by": system_person("system_import"), "made_at": NOW}
    campaigns: dict[str, Campaign] = {}
    kept: dict[str, dict[str, int]] = {"tasklist": {}, "campaign": {}}
    for code in villages:
        line = Line(code="A", category="制度", matter=f"事项{canary(code, 'tl')}")
        template = TaskTemplate.objects.create(
            region=code, title=f"清单{canary(code, 'tt')}", lines=to_json([line]), **made
        )
        town = code[:9]
        if town not in campaigns:
            campaigns[town] = _campaign(town, made)
        kept["tasklist"][code], kept["campaign"][code] = template.pk, campaigns[town].pk
        aim = campaigns[town].aims.get()
        Target.objects.create(
            village=code, aim=aim, value=Decimal(5), set_by=made["made_by"], set_at=NOW
        )
    return kept


def _campaign(town: str, made: dict[str, object]) -> Campaign:
    first, last = date(2026, 1, 1), date(2026, 4, 10)
    found = Campaign.objects.create(
        region=town, title="百日攻坚", goals="收清", starts_on=first, ends_on=last, base_on=first,
        **made,
    )  # fmt: skip
    Phase.objects.create(campaign=found, ordinal=1, title="动员", starts_on=first, ends_on=last)
    Aim.objects.create(
        campaign=found, ordinal=1, metric="receivables.recovered", measure="gain", goal=100
    )
    return found
