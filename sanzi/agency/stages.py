"""The stages of a matter on its way into the books."""

from django.db import models


class Stage(models.TextChoices):
    """Where a matter stands; each word says what it waits for."""

    DRAFTING = "drafting", "填报中"
    SUBMITTED = "submitted", "待民主理财"
    OVERSEEN = "overseen", "待审核"
    VERIFIED = "verified", "待制单"
    PREPARED = "prepared", "待复核"
    # Waits for the cashier where money moved, and for posting where none did.
    REVIEWED = "reviewed", "已复核"
    SIGNED = "signed", "待记账"
    POSTED = "posted", "已记账"
    VOIDED = "voided", "已作废"


# The way forward, in the order of the work.
WAY = (
    Stage.DRAFTING,
    Stage.SUBMITTED,
    Stage.OVERSEEN,
    Stage.VERIFIED,
    Stage.PREPARED,
    Stage.REVIEWED,
    Stage.SIGNED,
    Stage.POSTED,
)
