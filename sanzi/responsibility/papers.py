"""移交清单: what went from whom to whom, signed by the three."""

from sanzi.letters.blocks import (
    Column,
    Facts,
    Heading,
    Note,
    Paragraph,
    Signature,
    Signatures,
    Table,
)
from sanzi.letters.form import Field, LetterForm

HANDOVER = LetterForm(
    code="responsibility.handover",
    title="移交清单",
    series="YJ",
    size=14,
    owner="responsibility:handover",
    fields=(
        Field("giver", "移交人"),
        Field("taker", "接交人"),
        Field("witness", "监交人"),
        Field("reason", "交接原因"),
        Field("handed_on", "交接日期", "date"),
        Field("count", "项数"),
        Field(
            "things", "移交事项", "list",
            columns=(Field("kind", "类别"), Field("name", "名称"), Field("place", "所在村"),
                     Field("due", "期限")),
        ),
    ),
    blocks=(
        Facts(
            (("移交人", "{giver}"), ("接交人", "{taker}"), ("监交人", "{witness}"),
             ("交接日期", "{handed_on}"), ("原因", "{reason}"), ("项数", "{count}")),
            columns=2,
        ),
        Heading("移交事项"),
        Table(
            "things",
            (Column("kind", "类别", 2), Column("name", "名称", 5), Column("place", "所在村", 2),
             Column("due", "期限", 2)),
        ),
        Paragraph("以上 {count} 项自交接日期起由接交人办理，此前的办理由移交人负责。"),
        Note("移交人、接交人、监交人各执一份，一份归档。"),
        Signatures((Signature("移交人", ("签名", "日期")), Signature("接交人", ("签名", "日期")),
                    Signature("监交人", ("签名", "日期")))),
    ),
)  # fmt: skip
FORMS = (HANDOVER,)
