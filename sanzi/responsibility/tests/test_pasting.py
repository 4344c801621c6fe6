from datetime import date

import pytest

from sanzi.responsibility.pasting import read


def table(*rows):
    return "\n".join("\t".join(row) for row in rows)


def test_rows_are_read_in_the_order_of_the_page():
    (line,), faults = read(
        table(("包组", "", "上田村", "第三组", "", "田一", "村委员", "13800138000", "2026.3.1"))
    )
    assert faults == []
    assert (line.level, line.village, line.group, line.name) == (
        "group",
        "上田村",
        "第三组",
        "田一",
    )
    assert line.from_on == date(2026, 3, 1)


def test_a_head_row_decides_the_order():
    (line,), _ = read(table(("姓名", "层级", "行政村"), ("田一", "村", "上田村")))
    assert (line.name, line.level, line.village, line.number) == ("田一", "village", "上田村", 2)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("镇", "", "", "", "", "田一"), "第 1 行“层级”：应填 片、村、组、户 之一"),
        (("组", "", "上田村", "", "", "田一"), "第 1 行“组”：包组的一行要填写这一格"),
        (("片", "", "", "", "", "田一"), "第 1 行“片区”：包片的一行要填写这一格"),
        (("村", "", "上田村", "", "", ""), "第 1 行“姓名”：请填写姓名"),
        (("村", "", "上田村", "", "", "田一", "", "", "3月1日"),
         "第 1 行“起始日期”：日期应写成 2026-03-01"),
        (("村", "", "上田村", "", "", "田一", "", "", "2026-02-30"),
         "第 1 行“起始日期”：没有这一天，请核对"),
    ],
)  # fmt: skip
def test_a_fault_names_its_row_and_column(row, said):
    lines, faults = read(table(row))
    assert lines == []
    assert [str(fault) for fault in faults] == [said]


def test_a_quote_without_its_fellow_is_a_fault_and_no_crash():
    lines, faults = read('村\t"' + "长" * 140_000)
    assert lines == []
    assert "没有配对的引号" in str(faults[0])
