"""Where a round and an entry stand."""

from django.db import models


class Stage(models.TextChoices):
    """A round of a contest."""

    PREPARING = "preparing", "筹备"
    OPEN = "open", "申报与评分"
    CLOSED = "closed", "已封分"
    PUBLISHED = "published", "已公布"


class EntryStage(models.TextChoices):
    """What one participant hands in."""

    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "已提交"
    RETURNED = "returned", "退回修改"
