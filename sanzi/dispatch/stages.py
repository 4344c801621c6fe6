"""The names of the stages."""

from django.db.models import TextChoices


class BlockerStage(TextChoices):
    """Where a matter that needs a higher level stands."""

    RAISED = "raised", "待受理"
    ACCEPTED = "accepted", "办理中"
    ANSWERED = "answered", "已答复"
    RETURNED = "returned", "退回补充"
    CLOSED = "closed", "已办结"


class StudyStage(TextChoices):
    """Where a study of one matter stands."""

    DRAFT = "draft", "起草"
    HELD = "held", "已研判"
    DECIDED = "decided", "已决定"
    DONE = "done", "已落实"
