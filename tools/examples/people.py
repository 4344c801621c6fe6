"""People and firms that do not exist: numbers valid in form, with a division prefix nobody has."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle, product

from sanzi.kernel.codes import check_credit_code, check_resident_id

# No division of China has this code.
PREFIX = "999999"
_PHONES_FROM = 19_900_000_000

_SURNAMES = "张王李赵刘陈杨郭马吴郑侯牛靳段程常席原霍樊延柳卫贾苗毕裴尉郝"
_FIRST = "建国永志秀海春玉文桂长小福明金晓德天红保"
_SECOND = "军平英林梅生兰芳强山花贵峰霞民根云虎田"
_FIRM_FIRST = "嵘沁泽历舜丰乾晋泓禹碧瑞恒盛昌鼎隆浩宏泰"
_FIRM_SECOND = "岳源岭阳禾岫垣阜云川峪垴崖润通达茂和"

_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True)
class Party:
    """Somebody who owes, rents or is owed."""

    name: str
    kind: str  # 农户, 企业, …: one of the dictionary's kinds.
    number: str | None = None
    phone: str | None = None


class Register:
    """Hands out people and firms, each once, in an order only the seed decides."""

    def __init__(self, seed: int, firm_place: str, *, after: int = 0) -> None:
        """`after`: how many people other workbooks have, so that no number is given twice."""
        names = ["".join(parts) for parts in product(_SURNAMES, _FIRST, _SECOND)]
        random.Random(seed).shuffle(names)
        self._names = cycle(names)
        words = ["".join(parts) for parts in product(_FIRM_FIRST, _FIRM_SECOND)]
        random.Random(seed).shuffle(words)
        self._firm_words = cycle(words)
        self._firm_place = firm_place
        self._people = after
        self._firms = after

    def name(self) -> str:
        """Only a name, for registers that hold no more."""
        return next(self._names)

    def person(self, kind: str = "农户") -> Party:
        self._people += 1
        # A prime step visits every one of 16,000 birthdays before any comes twice.
        day = self._people * 7_919 % 16_000
        sequence = (self._people // 16_000 + day * 13) % 1_000
        number = resident_id(date(1950, 1, 1) + timedelta(days=day), sequence)
        return Party(self.name(), kind, number, str(_PHONES_FROM + self._people))

    def firm(self, trade: str, kind: str = "企业") -> Party:
        """A company, or a 合作社 of farmers, in this trade."""
        self._firms += 1
        ending = "专业合作社" if kind == "合作社" else "有限公司"
        code = credit_code("93" if kind == "合作社" else "91", f"MA{self._firms:06d}")
        phone = str(_PHONES_FROM + 500_000 + self._firms)
        name = f"{self._firm_place}{next(self._firm_words)}{trade}{ending}"
        return Party(name, kind, code, phone)


def resident_id(born: date, sequence: int) -> str:
    """An 18-character ID valid in form, of a place that does not exist."""
    body = f"{PREFIX}{born:%Y%m%d}{sequence:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _RESIDENT_WEIGHTS, strict=True))
    number = body + "10X98765432"[total % 11]
    assert check_resident_id(number) is None, number
    return number


def credit_code(department: str, organisation: str) -> str:
    """A credit code valid in form: N2 for a village's collective, 91 for a company."""
    values = [int(character, 36) for character in organisation]
    total = sum(a * b for a, b in zip(values, _ORGANISATION_WEIGHTS, strict=True))
    body = f"{department}{PREFIX}{organisation}{'0X987654321'[total % 11]}"
    weighed = sum(_CREDIT.index(c) * pow(3, place, 31) for place, c in enumerate(body))
    code = body + _CREDIT[-weighed % 31]
    assert check_credit_code(code) is None, code
    return code
