"""The text as issued (印发)."""

from sanzi.letters.blocks import Facts, Paragraph, Seal
from sanzi.letters.form import Field, LetterForm

REGULATION = LetterForm(
    code="regulations.text",
    title="制度文本",
    series="ZD",
    size=14,
    owner="regulations:version",
    fields=(
        Field("number", "文号"),
        Field("adopted_on", "通过日期", "date"),
        Field("from_on", "施行日期", "date"),
        Field("text", "条文"),
    ),
    blocks=(
        Facts((("文号", "{number}"), ("通过日期", "{adopted_on}"), ("施行日期", "{from_on}")),
              columns=1),
        Paragraph("{text}"),
        Seal(),
    ),
)  # fmt: skip
FORMS = (REGULATION,)
