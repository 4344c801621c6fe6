"""Where a mark and a village's statement stand."""

from django.db import models


class Hand(models.TextChoices):
    """A mark of one-off income: two hands."""

    PROPOSED = "proposed", "待复核"
    CONFIRMED = "confirmed", "已单列"
    REFUSED = "refused", "未采纳"


class Stage(models.TextChoices):
    """A village's statement of its income."""

    WAITING = "waiting", "未报"
    FILED = "filed", "已报"
    RETURNED = "returned", "已退回"
