"""The minutes of a study (研判会议纪要): Word, PDF and page from one text."""

from collections.abc import Sequence
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
)
from sanzi.letters.form import Field, LetterForm

from .studies import Opinion, Study

MINUTES = LetterForm(
    code="dispatch.minutes",
    title="研判会议纪要",
    series="YP",
    size=14,
    owner="dispatch:study",
    fields=(
        Field("matter", "研判事项"),
        Field("held_on", "研判日期", "date"),
        Field("venue", "研判地点"),
        Field("chair", "主持人"),
        Field("participants", "参加人"),
        Field("facts", "基本事实"),
        Field("laws", "法律依据", "list",
              columns=(Field("text", "内容"), Field("source", "出处", required=False))),
        Field("options", "备选方案", "list",
              columns=(Field("title", "方案"), Field("pros", "有利", required=False),
                       Field("cons", "不利", required=False))),
        Field("decision", "决定事项"),
        Field("responsible", "责任人"),
        Field("due_on", "完成时限", "date"),
        Field("opinions", "引用口径", "list", required=False, columns=(Field("name", "口径"),)),
    ),
    blocks=(
        Facts(
            (("事项", "{matter}"), ("日期", "{held_on}"), ("地点", "{venue}"),
             ("主持人", "{chair}")),
            columns=2,
        ),
        Paragraph("参加人：{participants}", indent=False),
        Heading("一、基本事实"),
        Paragraph("{facts}"),
        Heading("二、政策法律依据"),
        Table("laws", (Column("text", "依据", 6), Column("source", "出处", 3))),
        Heading("三、备选方案"),
        Table("options", (Column("title", "方案", 3), Column("pros", "有利", 3),
                          Column("cons", "不利", 3))),
        Heading("四、决定"),
        Paragraph("{decision}"),
        Paragraph("责任人：{responsible}；完成时限：{due_on}。"),
        Heading("引用的统一口径", when="opinions"),
        Table("opinions", (Column("name", "口径", 8),), when="opinions"),
        Note("依据一栏由起草人选填，注明“未核对”的须对照原文核实后再引用。"),
        Signatures((Signature("主持人", ("签名", "日期")), Signature("记录人", ("签名", "日期")))),
        Seal(),
    ),
)  # fmt: skip
FORMS = (MINUTES,)


def minutes_values(study: Study, cited: Sequence[Opinion]) -> dict[str, Any]:
    """What the minutes of a decided study say."""
    return {
        "matter": study.matter,
        "held_on": study.held_on,
        "venue": study.venue,
        "chair": study.chair,
        "participants": study.participants,
        "facts": study.facts,
        "laws": [dict(one) for one in study.laws],
        "options": [dict(one) for one in study.options],
        "decision": study.decision,
        "responsible": study.responsible,
        "due_on": study.due_on,
        "opinions": [{"name": str(one)} for one in cited],
    }
