"""四议两公开: a matter's way through the meetings to a decision that is posted and unopposed."""

from datetime import date

from django.db import models
from django.db.models import Q

from sanzi.access.models import Person
from sanzi.access.scope import Record

from .matters import BY_CODE, FOUR, SIMPLE
from .norms import APPROVAL, ATTENDANCE, Norms
from .quorum import BODIES
from .stages import ENDED, IN_FORCE, Sitting, Stage


class Resolution(Record):
    """One matter put to the meetings of one village, with the words it is put in."""

    # What it is first of all about: `cleanup.case:12`. A list has more (Subject).
    on = models.CharField("所议事项", max_length=60)
    matter = models.CharField(
        "议题", max_length=30, choices=[(m.code, m.title) for m in BY_CODE.values()]
    )
    title = models.CharField("标题", max_length=120)
    way = models.CharField(
        "程序", max_length=8, choices=[(FOUR, "四议两公开"), (SIMPLE, "会议决议并公开")]
    )
    body = models.CharField("决定会议", max_length=20, choices=[(b, b) for b in BODIES])
    stage = models.CharField("环节", max_length=12, choices=Stage, default=Stage.DRAFTED)
    # Frozen when proposed: the motion and the version of the template it came from.
    motion = models.TextField("议案")
    wording = models.PositiveSmallIntegerField("模板版本", default=1)
    # Set by the deciding meeting: its day, and the law it was held to.
    decided_on = models.DateField("决议日期", null=True)
    law = models.CharField("依据", max_length=100, default="", blank=True)
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("起草时间")
    # Why the town sent it back for papers, until it is checked again.
    returned_because = models.CharField("退回原因", max_length=200, default="", blank=True)

    class Meta(Record.Meta):
        indexes = [
            *Record.Meta.indexes,
            models.Index(fields=["on", "matter"], name="resolutions_by_thing"),
            models.Index(fields=["town", "stage", "id"], name="resolutions_by_stage"),
        ]
        constraints = [
            models.UniqueConstraint(
                "on",
                "matter",
                condition=~Q(stage__in=[stage.value for stage in ENDED]),
                name="one_open_resolution_a_matter",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_in_force(self) -> bool:
        """Whether what it decides may be carried out."""
        return self.stage in IN_FORCE


class Subject(models.Model):
    """One of the things a resolution is about; a list of contracts is decided in one meeting."""

    resolution = models.ForeignKey(Resolution, models.PROTECT, related_name="subjects")
    on = models.CharField(max_length=60)
    name = models.CharField("名称", max_length=200)

    class Meta:
        indexes = [models.Index(fields=["on"], name="subjects_by_thing")]
        constraints = [models.UniqueConstraint("resolution", "on", name="one_subject_once")]

    def __str__(self) -> str:
        return self.name


class Meeting(Record):
    """One sitting as its minutes tell it, passed or not. Only ever added."""

    resolution = models.ForeignKey(Resolution, models.PROTECT, related_name="meetings")
    step = models.CharField("环节", max_length=8, choices=Sitting)
    body = models.CharField("会议", max_length=20)
    notified_on = models.DateField("通知日期", null=True)
    met_on = models.DateField("会议日期")
    venue = models.CharField("地点", max_length=60)
    chair = models.CharField("主持人", max_length=40)
    recorder = models.CharField("记录人", max_length=40, default="", blank=True)
    by_household = models.BooleanField("按户代表计", default=False)
    expected = models.PositiveIntegerField("应到")
    present = models.PositiveIntegerField("实到")
    proxies = models.PositiveIntegerField("代理", default=0)
    approved = models.PositiveIntegerField("同意")
    against = models.PositiveIntegerField("反对", default=0)
    abstained = models.PositiveIntegerField("弃权", default=0)
    # Who votes for whom, in the words of the sign-in sheet.
    proxy_list = models.TextField("代理名单", default="", blank=True)
    minutes = models.TextField("会议记录", default="", blank=True)
    has_passed = models.BooleanField("通过")
    # Why it did not pass, with the article.
    reasons = models.TextField(default="", blank=True)
    law = models.CharField("依据", max_length=100, default="", blank=True)
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("登记时间")

    class Meta(Record.Meta):
        indexes = [
            *Record.Meta.indexes,
            models.Index(fields=["resolution", "id"], name="meetings_of_a_resolution"),
        ]
        constraints = [
            models.UniqueConstraint(
                "resolution",
                "step",
                condition=Q(has_passed=True),
                name="one_passed_meeting_a_step",
            )
        ]

    def __str__(self) -> str:
        return f"{self.met_on} {self.body}"


class Posting(Record):
    """公开: what hung on which boards from when to when. Only ever added."""

    class Round(models.IntegerChoices):
        DECISION = 1, "决议公开"
        RESULT = 2, "实施结果公开"

    resolution = models.ForeignKey(Resolution, models.PROTECT, related_name="postings")
    round = models.PositiveSmallIntegerField("公开", choices=Round)
    boards = models.CharField("公示地点", max_length=200)
    words = models.TextField("公示内容")
    from_on = models.DateField("公示开始")
    to_on = models.DateField("公示结束")
    posted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    posted_at = models.DateTimeField("登记时间")

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint("resolution", "round", name="one_posting_a_round")]

    def __str__(self) -> str:
        return f"{self.get_round_display()} {self.from_on} 至 {self.to_on}"

    def is_over(self, today: date) -> bool:
        """Whether its last day has passed."""
        return self.to_on < today


class Objection(Record):
    """异议: what somebody holds against a posted decision, and what was answered. Answered once."""

    posting = models.ForeignKey(Posting, models.PROTECT, related_name="objections")
    raised_on = models.DateField("提出日期")
    who = models.CharField("提出人", max_length=40)
    words = models.TextField("异议内容")
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    answer = models.TextField("答复", default="", blank=True)
    answered_on = models.DateField("答复日期", null=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.raised_on} {self.who}"

    @property
    def is_open(self) -> bool:
        return self.answered_on is None


class MeetingRule(models.Model):
    """How a region's party meetings vote and how long decisions hang, from a day on."""

    region = models.CharField("区划代码", max_length=12)
    from_on = models.DateField("起始日期")
    attend = models.CharField("到会", max_length=20, choices=list(ATTENDANCE.items()))
    approve = models.CharField("同意", max_length=20, choices=list(APPROVAL.items()))
    publicity_days = models.PositiveSmallIntegerField("公示天数")
    basis = models.CharField("依据", max_length=200)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["region", "from_on"], name="meeting_rules_by_region")]

    def __str__(self) -> str:
        return f"{self.region} {self.from_on}"

    @property
    def norms(self) -> Norms:
        return Norms(self.attend, self.approve, self.publicity_days, self.basis)
