"""The blank workbook a town fills in: the dictionary as sheets, drop-downs and instructions."""

from pathlib import Path
from typing import Any

import xlsxwriter

from .dictionary import SHEETS, Column, Sheet
from .reading import INSTRUCTIONS, OPTIONS
from .rows import SAMPLE

# Down to this row the drop-downs and formats reach.
ROWS = 5_000
# Excel takes a list typed into the validation itself only up to 255 characters.
INLINE_MAX = 255

# Columns that must be text cells: a number cell would drop their leading zeros or last digits.
_TEXT_TYPES = frozenset(
    {"text", "region_code", "credit_code", "party_id", "phone", "bank_account"}
    | {"land_class", "account", "geometry"}
)
_FORMATS = {"date": "yyyy-mm-dd", "money": "0.00", "area": "0.00", "percent": "0.00%"}

_TYPE_WORDS = {
    "text": "文字",
    "choice": "单选（下拉）",
    "multi": "多选，用“、”隔开",
    "boolean": "是 或 否",
    "money": "金额，元，最多两位小数；表头写“万元”则按万元换算",
    "area": "面积，亩，最多两位小数",
    "number": "数，最多四位小数",
    "integer": "整数",
    "percent": "百分率，如 4.35%",
    "date": "日期，如 2025-03-01；没有终止日期的填“长期”",
    "region_code": "12 位村级统计用区划代码，文本格",
    "credit_code": "18 位统一社会信用代码，文本格",
    "party_id": "18 位身份证号或统一社会信用代码，文本格",
    "phone": "手机号或带区号的座机号，文本格",
    "bank_account": "银行账号，文本格",
    "land_class": "GB/T 21010-2017 地类编码，如 0101，文本格",
    "account": "会计科目代码",
    "geometry": "WKT 或 GeoJSON 多边形，CGCS2000 经纬度",
}
_SAMPLES: dict[str, Any] = {
    "region_code": "999999101201",
    "credit_code": "",
    "party_id": "",
    "phone": "",
    "bank_account": "",
    "land_class": "0101",
    "account": "112",
    "money": 12000,
    "area": 35.5,
    "number": 10,
    "integer": 60,
    "percent": 0.0435,
    "date": "2025-03-01",
    "geometry": "",
    "boolean": "是",
}
_HOW = (
    "一、每张工作表是一本台账，没有的可以留空，不要改工作表名和表头；列的先后可以调换。",
    "二、黄底表头必填，白底表头选填；带下拉的单元格请从下拉中选。",
    "三、编号、证件号、电话、账号、代码都是文本格，请不要改成数字格，否则前导 0 和末几位会丢失。",
    f"四、灰色的“{SAMPLE}”行是填写示例，读取时自动跳过，可以删除也可以保留。",
    "五、金额到分，面积到 0.01 亩，系统不会四舍五入；请不要合并金额、面积、证件号、编号的单元格。",
    "六、合计行可以保留，读取时自动跳过。多出的列会并入备注，不会丢失。",
)  # fmt: skip


def write_template(path: Path) -> None:
    """Write the blank workbook; reading it back gives eleven registers, no rows and no problems."""
    with xlsxwriter.Workbook(str(path)) as book:
        styles = _styles(book)
        _write_instructions(book, styles)
        sheets = [_write_register(book, styles, sheet) for sheet in SHEETS]
        lists = book.add_worksheet(OPTIONS)
        lists.hide()
        place = 0
        for register, sheet in zip(sheets, SHEETS, strict=True):
            place = _write_validations(register, lists, sheet, place)


def _styles(book: xlsxwriter.Workbook) -> dict[str, Any]:
    header = {"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter", "align": "center"}
    styles = {
        "header": book.add_format(header),
        "required": book.add_format(header | {"bg_color": "#FFE699"}),
        "sample": book.add_format({"font_color": "#808080", "italic": True, "num_format": "@"}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "words": book.add_format({"text_wrap": True, "valign": "top"}),
        "text": book.add_format({"num_format": "@"}),
    }
    for kind, code in _FORMATS.items():
        styles[kind] = book.add_format({"num_format": code})
        styles[f"sample-{kind}"] = book.add_format(
            {"font_color": "#808080", "italic": True, "num_format": code}
        )
    return styles


def _write_instructions(book: xlsxwriter.Workbook, styles: dict[str, Any]) -> None:
    page = book.add_worksheet(INSTRUCTIONS)
    page.set_column(0, 0, 12)
    page.set_column(1, 1, 20)
    page.set_column(2, 2, 6)
    page.set_column(3, 5, 40, styles["words"])
    page.write_string(0, 0, "填写说明", styles["title"])
    for row, line in enumerate(_HOW, 1):
        page.write_string(row, 0, line)
    start = len(_HOW) + 2
    for place, word in enumerate(("台账", "列", "必填", "怎样填", "可选值", "也认得的表头")):
        page.write_string(start, place, word, styles["header"])
    columns = [column for sheet in SHEETS for column in sheet.columns]
    for row, column in enumerate(columns, start + 1):
        words = (
            column.sheet,
            column.title,
            "是" if column.required else "",
            _TYPE_WORDS[column.type],
            "、".join(column.allowed),
            "、".join(column.aliases),
        )
        for place, word in enumerate(words):
            page.write_string(row, place, word)


def _write_register(book: xlsxwriter.Workbook, styles: dict[str, Any], sheet: Sheet) -> Any:
    page = book.add_worksheet(sheet.title)
    page.freeze_panes(1, 1)
    page.set_row(0, 32)
    for place, column in enumerate(sheet.columns):
        style = styles["text"] if column.type in _TEXT_TYPES else styles.get(column.type)
        page.set_column(place, place, max(12, 2 * len(column.title) + 3), style)
        page.write_string(
            0, place, column.title, styles["required" if column.required else "header"]
        )
        page.write_comment(0, place, _hint(column))
        _write_sample(page, styles, place, column)
    return page


def _hint(column: Column) -> str:
    lines = ["必填" if column.required else "选填", _TYPE_WORDS[column.type]]
    if column.allowed:
        lines.append("可选值：" + "、".join(column.allowed))
    return "\n".join(lines)


def _write_sample(page: Any, styles: dict[str, Any], place: int, column: Column) -> None:
    """One cell of the example row, whose first cell bears the mark the reader skips by."""
    value = _SAMPLES.get(column.type, column.allowed[0] if column.allowed else "")
    if column.field == "year":
        value = 2025
    if column.type == "text":
        value = f"示例{column.title}" if column.required else ""
    if place == 0:
        value = f"{SAMPLE}{value}"
    if value == "":
        return
    style = styles.get(f"sample-{column.type}", styles["sample"])
    if isinstance(value, str):
        page.write_string(1, place, value, style)
    else:
        page.write_number(1, place, value, styles.get(f"sample-{column.type}"))


def _write_validations(page: Any, lists: Any, sheet: Sheet, place: int) -> int:
    """Drop-downs of one register; long lists stand on the hidden sheet. Returns its next column."""
    for index, column in enumerate(sheet.columns):
        if column.type not in ("choice", "boolean"):
            continue
        source: list[str] | str = list(column.allowed)
        if len(",".join(column.allowed)) > INLINE_MAX:
            for row, value in enumerate(column.allowed):
                lists.write_string(row, place, value)
            letter = xlsxwriter.utility.xl_col_to_name(place)
            source = f"='{OPTIONS}'!${letter}$1:${letter}${len(column.allowed)}"
            place += 1
        options = {
            "validate": "list",
            "source": source,
            "ignore_blank": True,
            "error_title": column.title,
            "error_message": "请从下拉列表中选择",
        }
        page.data_validation(1, index, ROWS, index, options)
    return place
