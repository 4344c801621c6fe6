"""Numbers that identify people, organisations, telephones and accounts.

Every `check_` answers with a short reason in Chinese, or None when there is nothing against the
text. Callers hand in folded text (`fold_code`): a full-width digit is not a digit here.
"""

import re
from collections.abc import Sequence
from datetime import date

_ZERO_WIDTH = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"
_FOLDED = (
    dict.fromkeys(map(ord, _ZERO_WIDTH))
    | {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)}
    | {0x3000: " ", 0x00A0: " "}
)

# GB 32100-2015: no I, O, S, V, Z. A character's value is its place in this string.
_CREDIT_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
# GB 11714-1997: the organisation code inside, characters 9 to 17.
_ORGANISATION_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ORGANISATION_CHECKS = "0X987654321"
# GB 11643-1999.
_RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_RESIDENT_CHECKS = "10X98765432"
_BIRTH_YEAR_MIN = 1900

_RESIDENT_SHAPE = re.compile(r"[0-9]{17}[0-9X]")
_OLD_RESIDENT_SHAPE = re.compile(r"[0-9]{15}")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"0[0-9]{2,3}-?[0-9]{7,8}")

_WRONG_CHECK = "校验位不对，请核对"
_LENGTH = 18


def fold(text: str) -> str:
    """Half-width ASCII for full-width, ordinary spaces for odd ones, nothing invisible, trimmed.

    For codes and headers; a person's or company's name keeps its own punctuation.
    """
    return text.translate(_FOLDED).strip()


def fold_code(text: str) -> str:
    """A folded code as it is stored: no spaces inside, capital letters (the X of an ID)."""
    return "".join(fold(text).split()).upper()


def fold_phone(text: str) -> str:
    """A folded telephone number: +86 138-0013-8000 becomes 13800138000, landlines keep a hyphen."""
    number = re.sub(r"^(\+?86|0086)-?(?=1[3-9])", "", fold_code(text))
    bare = number.replace("-", "")
    return bare if _MOBILE.fullmatch(bare) else number


def check_credit_code(text: str) -> str | None:
    """Why this is not a 统一社会信用代码 (GB 32100-2015); None when it is.

    Codes of rural collectives begin with N. Both check characters must hold: the eighteenth, and
    that of the organisation code inside.
    """
    if reason := _wrong_length(text):
        return reason
    for character in text:
        if character not in _CREDIT_CHARACTERS:
            return f"含不能使用的字符“{character}”（只用数字和大写字母，不用 I、O、S、V、Z）"
    values = [_CREDIT_CHARACTERS.index(character) for character in text]
    if values[17] != -_weigh(values, _CREDIT_WEIGHTS) % 31:
        return _WRONG_CHECK
    values = [_ORGANISATION_CHARACTERS.index(character) for character in text[8:16]]
    if text[16] != _ORGANISATION_CHECKS[_weigh(values, _ORGANISATION_WEIGHTS) % 11]:
        return "第9至17位（组织机构代码）校验位不对，请核对"
    return None


def check_resident_id(text: str, *, today: date | None = None) -> str | None:
    """Why this is not an 18-character resident ID (GB 11643-1999); None when it is.

    The division prefix is not judged: it is that of the first registration, and 沁水县's was 142525
    until 1985. With `today`, a birth date after it is refused.
    """
    if _OLD_RESIDENT_SHAPE.fullmatch(text):
        return "需 18 位（15位旧号请换成18位新号）"
    if reason := _wrong_length(text):
        return reason
    if not _RESIDENT_SHAPE.fullmatch(text):
        return "应为17位数字加1位校验位（数字或大写X）"
    born = _born_on(text)
    if born is None:
        return "出生日期不存在，请核对"
    if today is not None and born > today:
        return "出生日期在今天之后，请核对"
    if text[17] != _resident_check(text):
        return _WRONG_CHECK
    return None


def check_party_id(text: str, *, today: date | None = None) -> str | None:
    """Why this is neither a resident ID nor a credit code; None when it is one of them.

    The reason says which of the two it was judged as, by its shape.
    """
    as_person = check_resident_id(text, today=today)
    if as_person is None:
        return None
    as_organisation = check_credit_code(text)
    if as_organisation is None:
        return None
    if _looks_like_resident_id(text):
        return f"身份证号{as_person}"
    return f"统一社会信用代码{as_organisation}"


def check_phone(text: str) -> str | None:
    """Why this is not a mainland mobile or landline number with its area code; None when it is."""
    if _MOBILE.fullmatch(text) or _LANDLINE.fullmatch(text):
        return None
    if text.isascii() and text.isdigit() and text[0] == "1" and len(text) != 11:
        return f"手机号应为11位，现{len(text)}位"
    return "不是手机号或带区号的座机号，如 13800138000、0356-7020000"


def luhn_ok(text: str) -> bool:
    """Whether the digits of a bank card number pass its check (GB/T 17552, Luhn)."""
    if not (text.isascii() and text.isdigit()):
        return False
    odd = [int(digit) for digit in text[-1::-2]]
    even = [int(digit) * 2 for digit in text[-2::-2]]
    return (sum(odd) + sum(n - 9 if n > 9 else n for n in even)) % 10 == 0


def mask_id(text: str) -> str:
    """An identity number with the first and last character left: 1****************1."""
    return text[0] + "*" * (len(text) - 2) + text[-1] if len(text) > 2 else "*" * len(text)


def mask_phone(text: str) -> str:
    """A telephone number without its middle: 138****8000."""
    return f"{text[:3]}****{text[-4:]}" if len(text) >= 11 else "*" * len(text)


def mask_account(text: str) -> str:
    """A bank account by its last four: **** 1234."""
    return f"**** {text[-4:]}" if len(text) >= 8 else "****"


def mask_name(text: str) -> str:
    """A person's name as the public may see it: 王**, whatever its length."""
    return f"{text[0]}**" if len(text) > 1 else "**"


def _wrong_length(text: str) -> str | None:
    if len(text) == _LENGTH:
        return None
    words = {-1: "少一位", 1: "多一位"}.get(len(text) - _LENGTH, "位数不对")
    return f"{words}（应为18位，现{len(text)}位）"


def _weigh(values: Sequence[int], weights: Sequence[int]) -> int:
    return sum(value * weight for value, weight in zip(values, weights, strict=False))


def _resident_check(text: str) -> str:
    return _RESIDENT_CHECKS[_weigh([int(digit) for digit in text[:17]], _RESIDENT_WEIGHTS) % 11]


def _born_on(text: str) -> date | None:
    year, month, day = int(text[6:10]), int(text[10:12]), int(text[12:14])
    try:
        return date(year, month, day) if year >= _BIRTH_YEAR_MIN else None
    except ValueError:
        return None


def _looks_like_resident_id(text: str) -> bool:
    """Digits, an X at most at the end; at full length, a birth year where an ID has one."""
    if not re.fullmatch(r"[0-9]+[0-9Xx]", text):
        return False
    return len(text) != _LENGTH or text[6:8] in ("18", "19", "20")
