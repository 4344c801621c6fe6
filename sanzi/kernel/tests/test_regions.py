import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanzi.kernel.refusals import Invalid
from sanzi.kernel.regions import (
    LEVELS,
    PROVINCES,
    ancestors,
    check_village_code,
    full,
    level,
    parent,
    trim,
)

VILLAGE = "140521101201"


@pytest.mark.parametrize(
    ("given_code", "canonical"),
    [
        ("140521101000", "140521101"),
        ("140521000000", "140521"),
        ("140300000000", "1403"),
        ("140000000000", "14"),
        ("140521100000", "140521100"),  # 龙港镇: its own zeros are not padding.
        ("140521100", "140521100"),
        ("140500", "1405"),
        (VILLAGE, VILLAGE),
        (VILLAGE + "00", VILLAGE),
        (VILLAGE + "03", VILLAGE + "03"),
        ("14", "14"),
        ("", ""),
        ("441900003000", "441900003"),
    ],
)
def test_a_code_is_cut_where_its_level_ends(given_code, canonical):
    assert trim(given_code) == canonical


@pytest.mark.parametrize("code", ["1", "140", "14052110100", "１４", "14a5", "100000000000", "00"])
def test_what_is_no_code_is_refused(code):
    with pytest.raises(Invalid, match="区划代码"):
        trim(code)


def test_levels_follow_the_length():
    codes = ["", "14", "1405", "140521", "140521101", VILLAGE, VILLAGE + "03"]
    assert tuple(level(code) for code in codes) == LEVELS


def test_ancestors_run_from_the_nation_to_the_parent():
    assert ancestors(VILLAGE) == ["", "14", "1405", "140521", "140521101"]
    assert parent("14") == ""
    assert parent("") is None
    assert ancestors("") == []


def test_a_level_a_place_does_not_have_is_skipped():
    assert ancestors("441900003") == ["", "44", "4419"]


def test_full_is_what_forms_ask_for():
    assert full("1403") == "140300000000"
    assert full("") == "0" * 12
    assert full(VILLAGE + "03") == VILLAGE + "03"


@given(st.sampled_from(sorted(PROVINCES)), st.from_regex(r"[0-9]{10}", fullmatch=True))
def test_trimming_and_filling_up_undo_each_other(province, rest):
    code = trim(province + rest)

    assert full(code) == province + rest
    assert trim(code) == code
    assert all(trim(above) == above and code.startswith(above) for above in ancestors(code))


def test_there_are_34_provinces():
    assert len(PROVINCES) == 34


@pytest.mark.parametrize("code", [VILLAGE, "990101001201", "142525101200"])
def test_a_village_code_passes(code):
    assert check_village_code(code) is None


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("", "应为12位数字"),
        ("14052110120", "应为12位，现11位"),
        ("1405211012011", "应为12位，现13位"),
        ("14052110120a", "应为12位数字"),
        ("１４０５２１１０１２０１", "应为12位数字"),
        ("100521101201", "不是省级代码"),
        ("140521101000", "没有到村"),
        ("140521000201", "没有到乡镇"),
    ],
)
def test_what_is_no_village_code_says_why(code, reason):
    assert reason in (check_village_code(code) or "")
