"""What people type about a resolution; whether it is lawful is for the actions to say."""

from typing import Any

from django import forms
from django.utils.timezone import localdate

from sanzi.documents.inputs import PapersInput
from sanzi.web.inputs import DayInput

from .course import PAPER_KINDS
from .matters import MATTERS
from .quorum import BODIES
from .stages import Sitting
from .verdicts import Minutes

PEOPLE_MAX = 100_000
ACCEPTED = ".pdf,.jpg,.jpeg,.png,.heic,.docx,.ofd,image/*"
_LONG = {"widget": forms.Textarea(attrs={"rows": 4})}


class ProposalForm(forms.Form):
    """A motion, before any meeting."""

    matter = forms.ChoiceField(label="议题", choices=[(m.code, m.title) for m in MATTERS])
    body = forms.ChoiceField(
        label="由哪个会议决定",
        choices=[(body, body) for body in BODIES],
        help_text="成员代表大会不得决定章程、成员身份、土地承包等事项；不得决定的会在这里说明。",
    )
    title = forms.CharField(
        label="标题", max_length=120, required=False, help_text="不填时按议题和事项起名。"
    )
    words = forms.CharField(
        label="议案", max_length=5000, required=False,
        help_text="不填时用议题的通用文字。", **_LONG,  # type: ignore[arg-type]
    )  # fmt: skip


def _count(label: str, **more: Any) -> forms.IntegerField:
    words = {"required": f"请填写{label}", "invalid": "请填整数"}
    return forms.IntegerField(
        label=label, min_value=0, max_value=PEOPLE_MAX, error_messages=words, **more
    )


class MeetingForm(forms.Form):
    """A meeting as its minutes tell it, with its three kinds of papers."""

    met_on = DayInput(label="会议日期", initial=localdate)
    notified_on = DayInput(label="通知日期", required=False, help_text="发出会议通知的那一天。")
    venue = forms.CharField(label="地点", max_length=60)
    chair = forms.CharField(label="主持人", max_length=40)
    recorder = forms.CharField(label="记录人", max_length=40, required=False)
    expected = _count("应到人数")
    present = _count("实到人数", help_text="到场和线上参加的人，不含书面委托的。")
    approved = _count("同意")
    against = _count("反对", initial=0, required=False)
    abstained = _count("弃权", initial=0, required=False, help_text="没有表态的计入弃权。")
    by_household = forms.BooleanField(label="按户代表计数", required=False)
    proxies = _count("书面委托人数", initial=0, required=False)
    proxy_list = forms.CharField(
        label="代理名单",
        max_length=2000,
        required=False,
        help_text="例如：王某代张某（同户）。",
        **_LONG,  # type: ignore[arg-type]
    )
    minutes = forms.CharField(label="会议记录", max_length=10000, required=False, **_LONG)  # type: ignore[arg-type]
    paper_minutes = PapersInput(label="会议纪要（扫描件或照片）", required=False)
    paper_signatures = PapersInput(label="签到和表决记录", required=False)
    paper_photo = PapersInput(label="会议照片", required=False)
    as_failed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, step: Sitting, needs_notice: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        gone = [] if needs_notice else ["notified_on"]
        if step != Sitting.DECIDE:
            gone += ["by_household", "proxies", "proxy_list"]
        for name in gone:
            del self.fields[name]

    @property
    def told(self) -> Minutes:
        """The meeting as the action takes it."""
        told = {k: v for k, v in self.cleaned_data.items() if k in Minutes.__dataclass_fields__}
        blank = {name: 0 for name in ("against", "abstained", "proxies") if told.get(name) is None}
        return Minutes(**{**told, **blank})

    @property
    def sheaves(self) -> dict[str, Any]:
        return {kind: self.cleaned_data[f"paper_{kind}"] for kind in PAPER_KINDS}


class PostingForm(forms.Form):
    """Where and how long it hangs."""

    boards = forms.CharField(
        label="公示地点", max_length=200, help_text="例如：村委会公开栏、二组文化墙。"
    )
    from_on = DayInput(label="公示开始", initial=localdate)
    to_on = DayInput(label="公示结束", help_text="张贴当天不算天数。")
    words = forms.CharField(label="公示内容", max_length=2000, **_LONG)  # type: ignore[arg-type]
    files = PapersInput(  # type: ignore[assignment]
        label="公示照片", required=False, help_text="可以张贴后补传。"
    )


class FilesForm(forms.Form):
    """More papers of one kind."""

    kind = forms.ChoiceField(choices=list(PAPER_KINDS.items()), required=False)
    files = PapersInput(label="文件")  # type: ignore[assignment]


class ObjectionForm(forms.Form):
    """What somebody holds against what hangs."""

    raised_on = DayInput(label="提出日期", initial=localdate)
    who = forms.CharField(label="提出人", max_length=40)
    words = forms.CharField(label="异议内容", max_length=2000, **_LONG)  # type: ignore[arg-type]


class AnswerForm(forms.Form):
    """The answer to an objection."""

    answered_on = DayInput(label="答复日期", initial=localdate)
    answer = forms.CharField(label="答复", max_length=2000, **_LONG)  # type: ignore[arg-type]


class ReasonForm(forms.Form):
    """Why something is taken or sent back."""

    reason = forms.CharField(
        label="原因", max_length=200, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "请写明原因"},
    )  # fmt: skip


class StepForm(forms.Form):
    """The town's check."""

    step = forms.ChoiceField(choices=[("accept", "核对生效"), ("complete", "核对办结")])
