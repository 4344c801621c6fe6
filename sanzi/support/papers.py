"""The papers of support: an expert's appointment, a circular on the class's progress."""

from sanzi.letters.blocks import Column, Facts, Heading, Paragraph, Salutation, Seal, Table
from sanzi.letters.form import Field, LetterForm

APPOINTMENT = LetterForm(
    code="support.appointment",
    title="专家服务派遣书",
    series="派遣",
    size=14,
    owner="support:help",
    fields=(
        Field("helper", "专家及单位"),
        Field("matter", "服务内容"),
        Field("reason", "匹配理由"),
        Field("from_on", "开始日期", "date"),
        Field("until_on", "截止日期", "date"),
        Field("matching", "匹配批次", required=False),
    ),
    blocks=(
        Salutation(),
        Paragraph(
            "根据“百名人才进百村”活动安排，经统一匹配、复核确认，现派您对接服务{village}，"
            "服务期自{from_on}起至{until_on}止。"
        ),
        Facts(
            (("对接村", "{village}"), ("服务内容", "{matter}"), ("匹配批次", "{matching}")),
        ),
        Heading("匹配理由"),
        Paragraph("{reason}"),
        Heading("服务要求"),
        Paragraph(
            "请到村了解实情，会同村“两委”定出服务事项；每次服务后在系统登记做了什么、下一步做什么；"
            "服务期满，按起止两日的实际数字说明成效。服务中不收取任何费用，不参与村里的经营和分配。"
        ),
        Seal(),
    ),
)

CIRCULAR = LetterForm(
    code="support.circular",
    title="关于研修班学员村年度目标进度的通报",
    series="通报",
    size=12,
    owner="support:cohort",
    fields=(
        Field("cohort", "研修班"),
        Field("as_of", "截至", "date"),
        Field("summary", "概况"),
        Field(
            "rows", "进度", "list",
            columns=(
                Field("name", "学员"), Field("place", "村名"), Field("goal", "目标"),
                Field("base", "起点"), Field("target", "目标值"), Field("value", "现值"),
                Field("share", "完成"), Field("state", "状态"),
            ),
        ),
    ),
    blocks=(
        Salutation(),
        Paragraph("现将{cohort}学员所在村年度目标进度（截至{as_of}）通报如下。"),
        Paragraph("{summary}"),
        Table(
            "rows",
            (
                Column("name", "学员", 3), Column("place", "村", 4), Column("goal", "目标", 4),
                Column("base", "起点", 4), Column("target", "目标值", 4),
                Column("value", "现值", 4), Column("share", "完成", 3),
                Column("state", "状态", 3),
            ),
        ),
        Paragraph("各项现值由系统按台账和账簿计算，不由各村填报。进度落后的，请对照目标说明原因、定出措施。"),
        Seal(),
    ),
)  # fmt: skip

FORMS = (APPOINTMENT, CIRCULAR)
