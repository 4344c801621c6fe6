"""The papers of a decision: sign-in sheet, vote sheet, minutes, public notice.

The words are this project's own; an office puts its own template in their place (文书模板).
"""

from collections.abc import Mapping
from typing import Any

from sanzi.letters.blocks import (
    Column,
    Facts,
    Heading,
    Note,
    Paragraph,
    Seal,
    Signature,
    Signatures,
    Table,
    Ticks,
)
from sanzi.letters.form import Field, LetterForm

from .models import Meeting, Posting, Resolution

OWNER = "resolutions:resolution"
_WHAT = (Field("subject_title", "议题"), Field("motion", "议案"), Field("body", "会议"))
_LIST = Field("subjects", "所议事项", "list", required=False, columns=(Field("name", "事项"),))
_LIST_TABLE = Table("subjects", (Column("name", "所议事项", 8),), when="subjects")

SIGN_IN = LetterForm(
    code="resolutions.sign_in",
    title="会议签到表",
    series="QD",
    size=14,
    owner=OWNER,
    fields=(
        *_WHAT,
        _LIST,
        Field(
            "people", "签到", "list", required=False,
            columns=(
                Field("name", "姓名"), Field("proxy", "代理何人"), Field("hand", "签名"),
                Field("note", "备注"),
            ),
        ),
    ),
    blocks=(
        Facts((("议题", "{subject_title}"), ("会议", "{body}"), ("日期、地点", "　")), columns=1),
        Paragraph("应到　　人，实到　　人，书面委托　　人。委托的附委托书，写明代理何人。"),
        Table(
            "people",
            (
                Column("name", "姓名", 3), Column("proxy", "代理何人", 3),
                Column("hand", "签名（按指印）", 3), Column("note", "备注", 2),
            ),
            blanks=20,
        ),
        _LIST_TABLE,
        Note("不够写的另附页，与会议记录一并归档。"),
    ),
)  # fmt: skip

BALLOT = LetterForm(
    code="resolutions.ballot",
    title="表决票",
    series="BJ",
    size=14,
    owner=OWNER,
    fields=(*_WHAT, _LIST),
    blocks=(
        Facts((("议题", "{subject_title}"), ("会议", "{body}"))),
        Heading("议案"),
        Paragraph("{motion}"),
        _LIST_TABLE,
        Ticks("表决意见", ("同意", "反对", "弃权")),
        Note("每人一票，只选一项；多选、不选或者涂改的作废，计入弃权。"),
        Signatures((Signature("表决人", ("签名（按指印）", "日期")),)),
    ),
)

MINUTES = LetterForm(
    code="resolutions.minutes",
    title="会议纪要",
    series="JY",
    size=14,
    owner=OWNER,
    fields=(
        *_WHAT,
        _LIST,
        Field("sitting", "环节"),
        Field("met_on", "会议日期", "date"),
        Field("venue", "地点"),
        Field("chair", "主持人"),
        Field("recorder", "记录人", required=False),
        Field("counts", "到会情况"),
        Field("votes", "表决情况"),
        Field("result", "结果"),
        Field("law", "依据", required=False),
        Field("discussed", "会议记录", required=False),
    ),
    blocks=(
        Facts(
            (
                ("环节", "{sitting}"), ("会议", "{body}"), ("会议日期", "{met_on}"),
                ("地点", "{venue}"), ("主持人", "{chair}"), ("记录人", "{recorder}"),
            ),
            columns=2,
        ),
        Heading("议题"),
        Paragraph("{subject_title}"),
        Paragraph("{motion}"),
        _LIST_TABLE,
        Heading("到会情况"),
        Paragraph("{counts}"),
        Heading("讨论情况", when="discussed"),
        Paragraph("{discussed}", when="discussed"),
        Heading("表决"),
        Paragraph("{votes}。{result}。"),
        Note("依据：{law}", when="law"),
        Signatures(
            (Signature("主持人", ("签名", "日期")), Signature("记录人", ("签名", "日期")))
        ),
        Seal(),
    ),
)  # fmt: skip

NOTICE = LetterForm(
    code="resolutions.notice",
    title="公示",
    series="GS",
    owner=OWNER,
    fields=(
        *_WHAT,
        _LIST,
        Field("round", "公开"),
        Field("decided_on", "决议日期", "date", required=False),
        Field("law", "依据", required=False),
        Field("words", "公示内容"),
        Field("from_on", "公示开始", "date"),
        Field("to_on", "公示结束", "date"),
        Field("boards", "公示地点"),
    ),
    blocks=(
        Heading("{round}：{subject_title}"),
        Paragraph("{body}于{decided_on}表决通过下列事项（依据：{law}），现予公示：", when="law"),
        Paragraph("{words}"),
        _LIST_TABLE,
        Paragraph(
            "公示自{from_on}起至{to_on}止。对公示内容有异议的，请在公示期内向村委会或者乡镇提出，"
            "书面、口头均可；提出的异议都会登记并答复。"
        ),
        Note("公示地点：{boards}"),
        Seal(),
    ),
)

FORMS = (SIGN_IN, BALLOT, MINUTES, NOTICE)
# Before the meeting; the other two tell of one meeting or one posting.
BLANK = {"sign_in": SIGN_IN, "ballot": BALLOT}


def about(resolution: Resolution) -> dict[str, Any]:
    """What every paper of a resolution says."""
    names = list(resolution.subjects.order_by("pk").values_list("name", flat=True))
    return {
        "subject_title": resolution.title,
        "motion": resolution.motion,
        "body": resolution.body,
        "subjects": [{"name": name} for name in names] if len(names) > 1 else [],
    }


def minutes_of(meeting: Meeting) -> Mapping[str, Any]:
    """The minutes of one sitting."""
    unit = "户" if meeting.by_household else "人"
    proxies = f"，书面委托 {meeting.proxies} 人" if meeting.proxies else ""
    return {
        **about(meeting.resolution),
        "body": meeting.body,
        "sitting": meeting.get_step_display(),
        "met_on": meeting.met_on,
        "venue": meeting.venue,
        "chair": meeting.chair,
        "recorder": meeting.recorder,
        "counts": f"应到 {meeting.expected} {unit}，实到 {meeting.present} {unit}{proxies}",
        "votes": f"同意 {meeting.approved}，反对 {meeting.against}，弃权 {meeting.abstained}",
        "result": "通过" if meeting.has_passed else f"未通过：{meeting.reasons}",
        "law": meeting.law,
        "discussed": meeting.minutes,
    }


def notice_of(posting: Posting) -> Mapping[str, Any]:
    """The notice as it hangs on the board."""
    resolution = posting.resolution
    return {
        **about(resolution),
        "round": posting.get_round_display(),
        "decided_on": resolution.decided_on,
        "law": resolution.law,
        "words": posting.words,
        "from_on": posting.from_on,
        "to_on": posting.to_on,
        "boards": posting.boards,
    }
