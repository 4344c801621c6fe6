"""Where a matching, a help, a participant, an offering and an inquiry stand."""

from django.db import models


class MatchingStage(models.TextChoices):
    PROPOSED = "proposed", "待确认"
    CONFIRMED = "confirmed", "已确认"
    DROPPED = "dropped", "已撤回"


class HelpStage(models.TextChoices):
    PROPOSED = "proposed", "待确认"
    ACTIVE = "active", "帮扶中"
    REFUSED = "refused", "未同意"
    ENDED = "ended", "已结束"


class CohortStage(models.TextChoices):
    CHOOSING = "choosing", "推荐选拔"
    RUNNING = "running", "研修中"
    ENDED = "ended", "已结业"


class SeatStage(models.TextChoices):
    RECOMMENDED = "recommended", "已推荐"
    CHOSEN = "chosen", "入选"
    PASSED_OVER = "passed-over", "未入选"
    LEFT = "left", "中途退出"


class OfferingStage(models.TextChoices):
    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "待审核"
    PUBLISHED = "published", "已发布"
    WITHDRAWN = "withdrawn", "已撤下"
    ENDED = "ended", "已办结"


class InquiryStage(models.TextChoices):
    NEW = "new", "未联系"
    CONTACTED = "contacted", "洽谈中"
    AGREED = "agreed", "已成交"
    CAME_TO_NOTHING = "nothing", "未成"
