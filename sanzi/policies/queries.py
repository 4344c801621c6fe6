"""What other features may ask of policies."""

from datetime import date

from sanzi.journal.recorder import key
from sanzi.resolutions.queries import decided, why_not

from .models import ReliefPolicy

MATTER = "claim.reduce"


def policy_on(village: str, on: date) -> ReliefPolicy | None:
    """The policy a village may apply on a day: within its days, not ended, decided by meeting."""
    mine = ReliefPolicy.objects.within(village).filter(
        from_on__lte=on, until_on__gte=on, ended_at=None
    )
    for policy in mine.prefetch_related("tiers").order_by("-from_on", "-pk"):
        if decided(key(policy), MATTER) is not None:
            return policy
    return None


def reason_against(policy: ReliefPolicy) -> str | None:
    """Why a policy cannot be applied yet; None when its decision stands."""
    return why_not(key(policy), MATTER)
