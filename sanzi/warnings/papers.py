"""预警周摘要 as a paper: one text for the page, the PDF and Word, numbered and kept as issued."""

from collections.abc import Mapping, Sequence
from typing import Any

from sanzi.letters.blocks import Column, Facts, Heading, Note, Paragraph, Seal, Table
from sanzi.letters.form import Field, LetterForm

from .digesting import Digest, Lights

DIGEST = LetterForm(
    code="warnings.digest",
    title="预警周摘要",
    series="预警",
    size=14,
    fields=(
        Field("place", "地区"),
        Field("first", "起", "date"),
        Field("last", "止", "date"),
        Field("new", "本周新增"),
        Field("standing", "仍在"),
        Field("gone", "本周消除"),
        Field("raised", "提级待答复"),
        Field("held", "因预算压下"),
        Field("nothing", "没有预警", "flag", required=False),
        Field(
            "lines", "按规则", "list", required=False,
            columns=(Field("rule", "规则"), Field("lane", "通道"), Field("new", "新增"),
                     Field("standing", "仍在"), Field("gone", "消除"),
                     Field("money", "涉及金额", "money"), Field("worst", "最重的几条")),
        ),
        Field(
            "kept", "压下的", "list", required=False,
            columns=(Field("village", "村"), Field("title", "预警"), Field("colour", "颜色"),
                     Field("sentence", "情形")),
        ),
        Field(
            "lights", "亮灯", "list", required=False,
            columns=(Field("village", "村"), Field("yellow", "黄"), Field("orange", "橙"),
                     Field("red", "红"), Field("hint", "提示")),
        ),
    ),
    blocks=(
        Facts((("地区", "{place}"), ("时间", "{first}至{last}"))),
        Paragraph(
            "本周新增预警 {new} 条，消除 {gone} 条，仍在 {standing} 条；"
            "到期没有人办理、提级待答复 {raised} 条，因预算压下 {held} 条。"
        ),
        Paragraph("本周没有预警。", when="nothing"),
        Heading("一、按规则", when="lines"),
        Table(
            "lines",
            (Column("rule", "规则", 4), Column("lane", "通道", 3), Column("new", "新增", 1),
             Column("standing", "仍在", 1), Column("gone", "消除", 1),
             Column("money", "涉及金额（元）", 3), Column("worst", "最重的几条", 7)),
            numbered=False, when="lines",
        ),
        Heading("二、因预算压下的（严重的、金额大的在前）", when="kept"),
        Table(
            "kept",
            (Column("village", "村", 2), Column("title", "预警", 3), Column("colour", "颜色", 3),
             Column("sentence", "情形", 6)),
            when="kept",
        ),
        Heading("三、今年各村亮灯次数", when="lights"),
        Table(
            "lights",
            (Column("village", "村", 3), Column("yellow", "黄", 1), Column("orange", "橙", 1),
             Column("red", "红", 1), Column("hint", "考核提示", 4)),
            when="lights",
        ),
        Note("颜色只看越过了哪一条线。首次评估当天的存量、误报、周摘要不计入亮灯；"
             "只对特定岗位开放的预警不列入本文书。"),
        Seal(),
    ),
)  # fmt: skip
FORMS = (DIGEST,)

# A table in a letter holds at most 2,000 rows.
LIGHTS_MAX = 1000


def digest_values(
    place: str, found: Digest, lights: Sequence[Lights], names: Mapping[str, str]
) -> dict[str, Any]:
    """A week's digest as the values of its paper."""

    def name(code: str) -> str:
        return names.get(code, code)

    return {
        "place": place,
        "first": found.first,
        "last": found.last,
        "new": str(sum(line.new for line in found.lines)),
        "standing": str(sum(line.standing for line in found.lines)),
        "gone": str(sum(line.gone for line in found.lines)),
        "raised": str(found.raised_count),
        "held": str(found.held_count),
        "nothing": not found.lines,
        "lines": [
            {
                "rule": f"{line.rule} {line.title}", "lane": line.lane, "new": str(line.new),
                "standing": str(line.standing), "gone": str(line.gone), "money": line.money or None,
                "worst": "；".join(f"{name(e.village)}：{e.sentence}" for e in line.events),
            }
            for line in found.lines
        ],
        "kept": [
            {"village": name(e.village), "title": e.title, "colour": e.colour.word,
             "sentence": e.sentence}
            for e in found.held
        ],
        "lights": [
            {
                "village": name(one.village), "yellow": str(one.yellow),
                "orange": str(one.orange), "red": str(one.red),
                "hint": "达到一票否决提示线" if one.is_too_many else "",
            }
            for one in lights[:LIGHTS_MAX]
        ],
    }  # fmt: skip
