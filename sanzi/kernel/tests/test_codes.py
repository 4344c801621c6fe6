from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanzi.kernel.codes import (
    check_credit_code,
    check_party_id,
    check_phone,
    check_resident_id,
    fold,
    fold_code,
    fold_phone,
    luhn_ok,
    mask_account,
    mask_id,
    mask_name,
    mask_phone,
)

CREDIT_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_CODES = [
    "N2140521MF1000015M",
    "N2140521MF1000082K",
    "N2140521MF100100X6",
    "N1140521MF20000175",
    "N3140521MF3000019B",
    "91110000600037341L",
]
RESIDENT_IDS = ["142525195512120031", "14052119850607002X", "140521198802290027"]
BAD_DATE = "140521199002290015"
TODAY = date(2026, 3, 2)


def resident(born: str, sequence: str = "001") -> str:
    """A fictional resident ID with a good check digit."""
    body = f"999999{born}{sequence}"
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    total = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))
    return body + "10X98765432"[total % 11]


@pytest.mark.parametrize("code", CREDIT_CODES)
def test_real_shapes_of_credit_codes_pass_n_codes_too(code):
    assert check_credit_code(code) is None
    assert check_party_id(code) is None


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("N2140521MF1000015", "少一位（应为18位，现17位）"),
        ("N2140521MF1000015MM", "多一位（应为18位，现19位）"),
        ("N2140521MF10", "位数不对（应为18位，现12位）"),
        ("N2140521MF1OOO015M", "含不能使用的字符“O”"),
        ("n2140521MF1000015M", "含不能使用的字符“n”"),
        ("N2140521MF1000015N", "校验位不对，请核对"),
        ("Ｎ2140521MF1000015M", "含不能使用的字符“Ｎ”"),
    ],
)
def test_a_bad_credit_code_says_what_is_wrong(code, reason):
    assert (check_credit_code(code) or "").startswith(reason)


def test_the_organisation_code_inside_has_its_own_check():
    # Made from a valid code by changing characters 16 and 17 so that the eighteenth still holds.
    assert check_credit_code("N2140521MF1000044M") == "第9至17位（组织机构代码）校验位不对，请核对"


@given(st.sampled_from(CREDIT_CODES), st.integers(0, 17), st.sampled_from(CREDIT_CHARACTERS))
def test_any_one_wrong_character_of_a_credit_code_is_caught(code, place, character):
    corrupted = code[:place] + character + code[place + 1 :]
    assert (check_credit_code(corrupted) is None) is (corrupted == code)


@pytest.mark.parametrize("number", RESIDENT_IDS)
def test_resident_ids_pass_whatever_their_old_prefix(number):
    assert check_resident_id(number, today=TODAY) is None
    assert check_party_id(number, today=TODAY) is None


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (BAD_DATE, "出生日期不存在"),
        ("14052119850607002", "少一位（应为18位，现17位）"),
        ("14052119850607002X0", "多一位（应为18位，现19位）"),
        ("140521850607002", "需 18 位"),
        ("140521198506070021", "校验位不对，请核对"),
        ("14052119850607002x", "大写X"),
        ("１４０５２１１９８５０６０７００２X", "应为17位数字"),
        (resident("18991231"), "出生日期不存在"),
        (resident("20301301"), "出生日期不存在"),
    ],
)
def test_a_bad_resident_id_says_what_is_wrong(number, reason):
    assert reason in (check_resident_id(number) or "")


def test_nobody_is_born_after_today():
    assert check_resident_id(resident("20260302"), today=TODAY) is None
    assert check_resident_id(resident("20260303"), today=TODAY) == "出生日期在今天之后，请核对"
    assert check_resident_id(resident("20260303")) is None


@given(st.dates(date(1900, 1, 1), date(2026, 1, 1)), st.integers(0, 999))
def test_every_birth_date_makes_a_valid_id(born, sequence):
    assert check_resident_id(resident(f"{born:%Y%m%d}", f"{sequence:03}")) is None


@given(st.sampled_from(RESIDENT_IDS), st.integers(0, 17), st.sampled_from("0123456789X"))
def test_any_one_wrong_character_of_a_resident_id_is_caught(number, place, character):
    corrupted = number[:place] + character + number[place + 1 :]
    assert (check_resident_id(corrupted) is None) is (corrupted == number)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (BAD_DATE, "身份证号出生日期不存在，请核对"),
        ("140521850607002", "身份证号需 18 位"),
        ("1405211985060700", "身份证号位数不对"),
        ("N2140521MF1000015N", "统一社会信用代码校验位不对"),
        ("911101055600037341", "统一社会信用代码校验位不对"),  # All digits, yet no birth year.
        ("张三", "统一社会信用代码位数不对"),
    ],
)
def test_a_bad_party_id_is_judged_by_its_shape(text, reason):
    assert (check_party_id(text) or "").startswith(reason)


@pytest.mark.parametrize(
    "number", ["13800138000", "19912345678", "0356-7020000", "03567020000", "010-12345678"]
)
def test_mobile_and_landline_numbers_pass(number):
    assert check_phone(number) is None


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("1380013800", "应为11位，现10位"),
        ("138001380000", "应为11位，现12位"),
        ("12800138000", "不是手机号"),
        ("7020000", "带区号"),
        ("１３８００１３８０００", "不是手机号"),
        ("", "不是手机号"),
    ],
)
def test_other_numbers_do_not(number, reason):
    assert reason in (check_phone(number) or "")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("+86 138 0013 8000", "13800138000"),
        ("138-0013-8000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("\u202d13800138000\u202c", "13800138000"),
        ("8613800138000", "13800138000"),
        ("0356－7020000", "0356-7020000"),
    ],
)
def test_a_phone_is_folded_to_what_is_dialled(typed, stored):
    assert fold_phone(typed) == stored


def test_folding_takes_full_width_and_invisible_characters_out():
    assert fold("\ufeff　Ｎ２１４０（５２１）\u200b\u00a0") == "N2140(521)"
    assert fold("张 三\n") == "张 三"
    assert fold_code(" 1405 2119850607002ｘ") == "14052119850607002X"


def test_luhn_catches_a_wrong_card_number():
    assert luhn_ok("4539578763621486")
    assert not luhn_ok("4539578763621487")
    assert not luhn_ok("")
    assert not luhn_ok("４５３９578763621486")


def test_masks_leave_what_the_staff_list_may_show():
    assert mask_id("999999199003070014") == "9****************4"
    assert mask_phone("13800138000") == "138****8000"
    assert mask_account("6222020000001234") == "**** 1234"
    assert mask_name("王小明") == "王**"
    assert mask_name("王五") == "王**"


@pytest.mark.parametrize("mask", [mask_id, mask_phone, mask_account, mask_name])
@pytest.mark.parametrize("text", ["", "1", "12"])
def test_a_mask_never_shows_all_of_a_short_text(mask, text):
    assert not text or text not in mask(text)
