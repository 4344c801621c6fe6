"""What people hand in while clearing claims."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.timezone import localdate

from sanzi.documents.inputs import PapersInput
from sanzi.documents.kinds import UnfitPaper, photo_of
from sanzi.documents.papers import shown_name
from sanzi.kernel.calendar import months_after
from sanzi.letters.ways import WAYS
from sanzi.web.inputs import DayInput, YuanInput

from .casework import Pursuit, Reply
from .papers.letters import TONES
from .plans import MONTHS_MAX
from .seven import COUNTERS, GROUNDS, PLIGHTS, Kind

ACCEPTED = ".pdf,.jpg,.jpeg,.png,.heic,image/*"
_ASKED = ("money", "interest", "creditor", "counter", "built", "ground", "plight", "basis")
FEN = Decimal("0.01")
PHOTO_MAX = 10 * 1024 * 1024
NEED_REASON = ("decline", "withdraw", "take_back")


def _files(label: str = "附件", help_text: str = "照片或扫描件，可一次选多个。") -> Any:
    chooser = PapersInput.Chooser(attrs={"accept": ACCEPTED})
    return PapersInput(label=label, required=False, help_text=help_text, widget=chooser)


def _words(label: str, most: int = 200, **more: Any) -> Any:
    return forms.CharField(label=label, max_length=most, **more)


class ProposeForm(forms.Form):
    """One step on one claim: the amount, the day, and what its template asks for besides."""

    key = forms.CharField(max_length=40, widget=forms.HiddenInput)
    amount = YuanInput(label="金额（元）", least=FEN)
    dated = DayInput(label="日期", initial=localdate)
    money = forms.ChoiceField(label="收到哪里")
    interest = YuanInput(
        label="另收利息（元）", required=False, help_text="本金以外的利息计入其他收入，没有就不填。"
    )
    creditor = _words("债权人（甲方）", 100, help_text="集体欠谁的钱，由债务人直接还给他。")
    counter = forms.ChoiceField(
        label="用哪笔应付款抵", choices=[("", "请选择"), *((c, c) for c in COUNTERS)]
    )
    built = forms.ChoiceField(
        label="转入哪个科目",
        choices=[("works", "在建工程（未完工）"), ("fixed", "固定资产（已完工）")],
    )
    ground = forms.ChoiceField(label="核销理由", choices=[("", "请选择"), *GROUNDS.items()])
    plight = forms.ChoiceField(
        label="困难情形", choices=[("", "请选择"), *((p, p) for p in PLIGHTS)]
    )
    voluntary = _words(
        "超出遗产部分继承人自愿偿还的依据", required=False,
        help_text="债务人死亡、继承人还款超过登记的遗产时才填，例如自愿还款说明。",
    )  # fmt: skip
    basis = _words("依据", help_text="决议、合同、协议、证明的名称和编号。不要写证件号。")
    attachments = forms.IntegerField(
        label="附件张数", min_value=1, max_value=999, initial=1, help_text="纸质原始凭证共几张。"
    )
    files = _files()

    def __init__(
        self,
        *args: Any,
        kind: Kind,
        left: Decimal,
        accounts: Sequence[tuple[str, str]],
        is_of_heirs: bool = False,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.kind = kind
        self.initial.setdefault("key", uuid4().hex)
        self.initial.setdefault("amount", left)
        for name in _ASKED:
            if name not in kind.asks:
                del self.fields[name]
        if not is_of_heirs:
            del self.fields["voluntary"]
        if "money" in self.fields:
            chosen: Any = self.fields["money"]
            chosen.choices = list(accounts)

    def told(self) -> dict[str, Any]:
        """As the action takes it."""
        given = dict(self.cleaned_data)
        told = {
            name: given.pop(name) for name in ("key", "amount", "dated", "attachments", "files")
        }
        told["interest"] = given.pop("interest", None) or Decimal("0.00")
        facts = {name: value for name, value in given.items() if value}
        if "money" in facts:
            chosen: Any = self.fields["money"]
            facts["money_name"] = dict(chosen.choices)[facts["money"]].partition(" ")[2]
        return {**told, "facts": facts}


class EstateForm(forms.Form):
    """遗产登记: what the heirs inherit."""

    amount = YuanInput(
        label="继承人所得遗产的实际价值（元）",
        help_text="继承人实际得到的遗产值多少钱，几个继承人的合计。",
    )
    dated = DayInput(label="认定日期", initial=localdate)
    basis = _words("依据", help_text="遗产清单、继承公证书、村委会证明等的名称和编号。")
    files = _files()


class DecideForm(forms.Form):
    """A decision on a proposal; a way back needs its reason."""

    do = forms.ChoiceField(choices=[(d, d) for d in ("approve", "confirm", *NEED_REASON)])
    reason = _words("原因", required=False)

    def clean(self) -> dict[str, Any]:
        told = dict(super().clean() or {})
        if (
            told.get("do") in ("decline", "withdraw", "take_back")
            and len(told.get("reason", "").strip()) < 2
        ):
            self.add_error("reason", "请写明原因，至少 2 个字，对方才知道怎么改")
        return told


class ConfirmingForm(forms.Form):
    """Which proposals are completed in one go."""

    proposals = forms.TypedMultipleChoiceField(
        coerce=int, error_messages={"required": "请勾选要复核入账的清收单"}
    )

    def __init__(self, *args: Any, rows: Iterable[Any], **more: Any) -> None:
        super().__init__(*args, **more)
        chosen: Any = self.fields["proposals"]
        chosen.choices = [(row.pk, str(row)) for row in rows]


class SendForm(forms.Form):
    """下函: which claims of the chosen region get a letter, and of which tone."""

    tone = forms.ChoiceField(
        label="发什么函",
        choices=[("reconcile", "对账函"), *((code, words[0]) for code, words in TONES.items())],
        widget=forms.RadioSelect,
        initial="reconcile",
    )
    which = forms.ChoiceField(
        label="发给谁",
        choices=[
            ("never", "还没有下过函的"),
            ("all", "全部未清结、未封存的"),
            ("near", "时效 180 天内届满的"),
        ],
        widget=forms.RadioSelect,
        initial="never",
    )
    due_on = DayInput(label="回函或缴款期限")
    contact = _words("联系人、电话", 60, help_text="印在函上，例如：村报账员 0356-0000000。")
    account = _words("收款账户", 100, required=False, help_text="催缴通知书上印的开户行和账号。")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.initial.setdefault("due_on", months_after(localdate(), 1))


class ServeForm(forms.Form):
    """送达证明 of one letter."""

    way = forms.ChoiceField(
        label="怎么送到的", choices=[(way.code, f"{way.title}：{way.hint}") for way in WAYS],
        widget=forms.RadioSelect,
    )  # fmt: skip
    served_on = DayInput(label="送达日期", initial=localdate)
    receiver = _words("签收人", 100, required=False)
    witnesses = _words("见证人", required=False, help_text="两人以上，姓名之间用顿号隔开。")
    number = _words("邮单号、媒体刊期", 100, required=False)
    note = _words("经过", 300, required=False)
    files = _files("送达回证、照片或截图")


class AnswerForm(forms.Form):
    """回函: four answers, and what each must say. For anybody, on a phone."""

    given = forms.ChoiceField(
        label="核对结果", choices=Reply.Answer.choices, widget=forms.RadioSelect,
        error_messages={"required": "请选择一项"},
    )  # fmt: skip
    amount = YuanInput(label="认可的金额（元）", required=False, help_text="只在“部分认可”时填。")
    reason = _words("理由", 300, required=False, help_text="部分认可、不认可的，写明为什么。")
    months = forms.IntegerField(
        label="分几期", required=False, min_value=2, max_value=MONTHS_MAX,
        help_text="只在“申请分期”时填。",
    )  # fmt: skip
    first_on = DayInput(label="第一期哪一天", required=False)
    signed_as = _words("您的姓名（单位填单位名称和经办人）", 40, min_length=2)


class PhoneAnswerForm(AnswerForm):
    """The answer typed on a phone, with a photo of the signed slip if the debtor has one."""

    photo = forms.FileField(
        label="签名的照片", required=False, allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "image/*,.jpg,.jpeg,.png,.heic"}),
        help_text="在回执或白纸上签好名拍一张。只供村、镇和上级核对，不在这个网页上显示。",
    )  # fmt: skip

    def clean_photo(self) -> Any:
        """A photo, told by its bytes; nothing else is taken from people without an account."""
        photo = self.cleaned_data["photo"]
        if photo:
            try:
                photo_of(photo.file, photo.size or 0, shown_name(photo.name or ""), PHOTO_MAX)
            except UnfitPaper as unfit:
                raise forms.ValidationError(unfit.message, unfit.code) from None
        return photo


class EnterReplyForm(AnswerForm):
    """The paper slip as it came back."""

    dated = DayInput(label="回函日期", initial=localdate)
    files = _files("回执扫描件", "签名、盖章或按了指印的回执。")

    field_order = ("dated", "given", "amount", "reason", "months", "first_on", "signed_as", "files")


class ReplyDecisionForm(forms.Form):
    """确认回函, or send it back."""

    do = forms.ChoiceField(choices=[("confirm", "确认"), ("reopen", "退回重填")])
    note = _words("处理意见", required=False)


class PlanForm(forms.Form):
    """分期还款协议."""

    months = forms.IntegerField(label="分几期", min_value=1, max_value=MONTHS_MAX, initial=12)
    every = forms.TypedChoiceField(
        label="多久一期", coerce=int,
        choices=[(1, "每月"), (3, "每季"), (6, "每半年"), (12, "每年（如年底从分红、煤款中扣还）")],
    )  # fmt: skip
    first_on = DayInput(label="第一期哪一天")
    agreed_on = DayInput(label="协议日期", initial=localdate)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.initial.setdefault("first_on", months_after(localdate(), 1))


class _ManyClaims(forms.Form):
    """Claims of one village, ticked."""

    claims = forms.TypedMultipleChoiceField(
        coerce=int, widget=forms.MultipleHiddenInput, error_messages={"required": "请勾选债权"}
    )

    def __init__(self, *args: Any, rows: Iterable[Any], **more: Any) -> None:
        super().__init__(*args, **more)
        chosen: Any = self.fields["claims"]
        chosen.choices = [(row.pk, str(row)) for row in rows]


class PackForm(_ManyClaims):
    """打包封存."""

    number = _words("封存批次号", 40)
    reason = _words("封存理由", 300, help_text="例如：税费尾欠，政策不明朗，暂缓清收。")
    review_on = DayInput(label="哪天复查", help_text="封存不是核销，到期要重新研究。")
    dated = DayInput(label="封存日期", initial=localdate)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.initial.setdefault("review_on", months_after(localdate(), 12))


class CaseForm(_ManyClaims):
    """申请诉前调解."""

    number = _words("调解案号", 40)
    room = _words("调解室", 60, initial="镇法庭调解室")
    mediator = _words("调解员", 40)
    court_staff = _words("法院人员", 40, required=False)
    opened_on = DayInput(label="受理日期", initial=localdate)


class AgreeForm(forms.Form):
    """达成协议."""

    agreed_on = DayInput(label="协议日期", initial=localdate)
    terms = _words("协议要点", 500, widget=forms.Textarea(attrs={"rows": 3}))
    months = forms.IntegerField(
        label="分几期", required=False, min_value=1, max_value=MONTHS_MAX,
        help_text="一次付清的不填；案内每笔债权按同样期数分期。",
    )  # fmt: skip
    first_on = DayInput(label="第一期哪一天", required=False)


class CourtForm(forms.Form):
    """司法确认."""

    confirmed_on = DayInput(label="确认日期", initial=localdate)
    number = _words("确认裁定书号", 60)


class EndCaseForm(forms.Form):
    """结案."""

    ended_on = DayInput(label="结案日期", initial=localdate)
    failed = forms.TypedChoiceField(
        label="结果", coerce=lambda v: v == "1", choices=[("0", "已履行，结案"), ("1", "调解不成")]
    )
    words = _words("说明", required=False)


class PursueForm(forms.Form):
    """支付令、起诉、申请执行."""

    kind = forms.ChoiceField(label="方式", choices=Pursuit.Kind.choices, widget=forms.RadioSelect)
    court = _words("法院", 60)
    filed_on = DayInput(label="申请日期", initial=localdate)
    number = _words("案号", 60, required=False)


class ReachForm(forms.Form):
    """A day of the procedure."""

    name = forms.ChoiceField(label="进展")
    dated = DayInput(label="日期", initial=localdate)
    number = _words("文书号", 60, required=False)

    def __init__(self, *args: Any, steps: Iterable[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        chosen: Any = self.fields["name"]
        chosen.choices = list(steps)


class ClueForm(forms.Form):
    """移送线索."""

    number = _words("移送编号", 40)
    handed_to = _words("移送单位", 60, initial="县纪委监委")
    handed_on = DayInput(label="移送日期", initial=localdate)
    facts = forms.CharField(
        label="线索内容", max_length=2000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="加密保存，只有监督检查岗位和乡镇分管领导能看。",
    )  # fmt: skip


class ClueAnswerForm(forms.Form):
    """反馈."""

    answered_on = DayInput(label="反馈日期", initial=localdate)
    answer = _words("反馈内容", 300)


class ReasonForm(forms.Form):
    """Why."""

    reason = _words("原因", min_length=2)
