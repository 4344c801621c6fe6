"""The stages of a resolution, and the six steps of 四议两公开 in their order."""

from django.db import models


class Stage(models.TextChoices):
    """Where a resolution stands; each word says what it waits for."""

    DRAFTED = "drafted", "已起草"
    PROPOSED = "proposed", "待两委商议"
    CONSULTED = "consulted", "待党员大会审议"
    REVIEWED = "reviewed", "待会议决议"
    DECIDED = "decided", "待决议公开"
    PUBLISHED = "published", "决议公开中"
    EFFECTIVE = "effective", "决议生效，待实施结果公开"
    RESULT_PUBLISHED = "result", "实施结果公开中"
    COMPLETED = "completed", "已办结"
    WITHDRAWN = "withdrawn", "已撤回"


ENDED = (Stage.COMPLETED, Stage.WITHDRAWN)
# The decision binds from here on: voted, posted, unopposed, checked by the town.
IN_FORCE = (Stage.EFFECTIVE, Stage.RESULT_PUBLISHED, Stage.COMPLETED)


class Sitting(models.TextChoices):
    """The four 议: each a meeting."""

    PROPOSE = "propose", "村党组织提议"
    CONSULT = "consult", "“两委”会商议"
    REVIEW = "review", "党员大会审议"
    DECIDE = "decide", "会议决议"
