"""Where a warning stands, and how it can end."""

from django.db import models


class Stage(models.TextChoices):
    """Each word says what it waits for."""

    OPEN = "open", "待处理"
    DISPATCHED = "dispatched", "已交办待接收"
    HANDLING = "handling", "办理中"
    FINISHED = "finished", "报办结待核"
    DOUBTED = "doubted", "报误报待核"
    CLOSED = "closed", "已办结"


class Ending(models.TextChoices):
    """Why a warning is over."""

    GONE = "gone", "复评已消除"
    EXPLAINED = "explained", "说明已认可"
    FALSE = "false", "误报"
    OFF = "off", "规则已停用"


UNDER_WAY = (Stage.OPEN, Stage.DISPATCHED, Stage.HANDLING, Stage.FINISHED, Stage.DOUBTED)
# Ended because somebody, or the facts, dealt with it; a rule switched off deals with nothing.
HANDLED = (Ending.GONE, Ending.EXPLAINED, Ending.FALSE)
