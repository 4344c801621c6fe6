"""The stages of a task, in whose hands it is at each, and how its being done is told."""

from django.db import models


class Stage(models.TextChoices):
    """Where a task stands; each word says what it waits for."""

    GIVEN = "given", "待接办"
    DOING = "doing", "办理中"
    HANDED = "handed", "待验收"
    STRUCK = "struck", "已销号"
    DROPPED = "dropped", "已撤销"


class Judged(models.TextChoices):
    """By what it is told that a task is done."""

    EVIDENCE = "evidence", "看佐证"
    STATE = "state", "看所办事项的状态（系统核对）"
    METRIC = "metric", "看指标（系统核对）"


OPEN = (Stage.GIVEN, Stage.DOING, Stage.HANDED)
WAY = (Stage.GIVEN, Stage.DOING, Stage.HANDED, Stage.STRUCK)
CATEGORIES = ("清合同", "化债务", "收资源费", "增收", "制度", "民生")
