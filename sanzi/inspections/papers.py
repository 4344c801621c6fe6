"""巡察整改情况报告: what a round found and what became of it. Clues are no part of it."""

from sanzi.letters.blocks import Column, Facts, Heading, Paragraph, Seal, Table
from sanzi.letters.form import Field, LetterForm

REPORT = LetterForm(
    code="inspections.report",
    title="巡察整改情况报告",
    series="XC",
    size=14,
    owner="inspections:round",
    fields=(
        Field("term", "届次"),
        Field("round", "轮次"),
        Field("places", "巡察对象"),
        Field("found", "发现问题数"),
        Field("closed", "已销号数"),
        Field("open", "未销号数"),
        Field("coverage", "本届覆盖"),
        Field(
            "findings", "问题清单", "list", required=False,
            columns=(Field("number", "编号"), Field("place", "对象"), Field("kind", "类别"),
                     Field("matter", "问题"), Field("standing", "整改情况")),
        ),
    ),
    blocks=(
        Facts((("届次", "{term}"), ("轮次", "{round}")), columns=1),
        Heading("一、巡察情况"),
        Paragraph("本轮巡察{places}。{coverage}。"),
        Heading("二、整改情况"),
        Paragraph("发现问题 {found} 个，已销号 {closed} 个，未销号 {open} 个。"),
        Table(
            "findings",
            (Column("number", "编号", 2), Column("place", "对象", 2), Column("kind", "类别", 2),
             Column("matter", "问题", 5), Column("standing", "整改情况", 2)),
            when="findings",
        ),
        Seal(),
    ),
)  # fmt: skip
FORMS = (REPORT,)
