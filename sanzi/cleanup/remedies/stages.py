"""The stages of a case, and the levels it is dealt with at."""

from django.db import models


class Stage(models.TextChoices):
    """Where a case stands; each word says what it waits for."""

    OPENED = "opened", "待定方案"
    PLANNED = "planned", "待决议和审核"
    REVIEWED = "reviewed", "待实施"
    CARRIED = "carried", "待验收"
    ACCEPTED = "accepted", "待销号"
    STRUCK = "struck", "已销号"


class Level(models.TextChoices):
    """Who deals with it: 提级处置 goes up one at a time."""

    VILLAGE = "village", "村"
    TOWN = "town", "乡镇"
    COUNTY = "county", "县"


UP = {Level.VILLAGE: Level.TOWN, Level.TOWN: Level.COUNTY}
# The length of the region code of a post at each level.
DIGITS = {Level.VILLAGE: 12, Level.TOWN: 9, Level.COUNTY: 6}
WAY = (Stage.OPENED, Stage.PLANNED, Stage.REVIEWED, Stage.CARRIED, Stage.ACCEPTED, Stage.STRUCK)
