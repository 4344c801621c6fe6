"""What the public may read of people: never a number that identifies them, never a whole name.

Unsure is masked: a name nobody can tell for an organisation's is taken for a person's.
No framework.
"""

import re
from collections.abc import Iterable

# Words only an organisation bears, wherever they stand; and endings that need a longer name.
_ORGANISATION = re.compile(
    "公司|合作社|经济社|村委|委员会|政府|银行|信用社|农商|财政|学校|小学|中学|医院|卫生院|中心|集团|"
    "经营部|商店|超市|门市|农场|林场|大队|小组|支部|协会|事务所|工作室|服务站|供电|电力|移动|联通|电信|"
    "保险|税务|法院|基金|企业|工厂|农资|建材|加油站|办事处|管理所|机关|单位"
)
_ENDINGS = tuple("村组社会厂站所局部队店场园校院行处办委厅馆库")
_GENERAL = frozenset(
    ("其他", "零星", "各户", "农户", "村民", "社员", "成员", "多户", "历年", "待查", "现金", "散户")
)
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温"
    "康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗"
    "谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤时阳阎穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费"
    "卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝闻民储"
)
_COMPOUND = ("欧阳", "司马", "上官", "诸葛", "司徒", "东方", "皇甫", "尉迟", "令狐", "慕容", "端木")
_HAN = "[\u3400-\u9fff]"
_PARTS = re.compile(r"([、，,；;/\s]+)")
_WHO = re.compile(rf"({_HAN}+?|{_HAN}+·{_HAN}+)(等.*|户|[（(].*)?")
# Eleven digits and more are a telephone, an identity number, an account; a landline has fewer.
_LONG = re.compile(r"(?<!\d)\d(?:[ -]?\d){9,}[ -]?[\dXx](?!\d)")
_LANDLINE = re.compile(r"(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)")
_PAID = re.compile(
    rf"(?<=[付收给发补退借还支领])([{''.join(sorted(_SURNAMES))}]{_HAN}{{1,2}}?)"
    r"(?=工资|报酬|补贴|误工|借款|欠款|租金|承包|劳务|运费|医药|慰问|奖金|款|等)"
)
_STARS = "****"
# Full-width digits are digits; what cannot be seen between digits does not part them.
_DIGITS = {0xFF10 + n: str(n) for n in range(10)} | dict.fromkeys(
    (0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF)
)


def is_person(name: str) -> bool:
    """Whether a name may be a person's."""
    bare = re.split(r"[（(]", name.strip())[0]
    if not bare or bare in _GENERAL or _ORGANISATION.search(bare):
        return False
    if "·" in bare:
        return True
    if len(bare) <= 3 and bare[0] in _SURNAMES or bare.startswith(_COMPOUND):
        return True
    return not bare.endswith(_ENDINGS)


def mask_person(name: str) -> str:
    """王建国 as 王*国, 李明 as 李*: the first character and, from three on, the last."""
    if len(name) < 2:
        return "*" * len(name)
    if len(name) == 2:
        return f"{name[0]}*"
    return f"{name[0]}{'*' * (len(name) - 2)}{name[-1]}"


def mask_numbers(text: str) -> str:
    """The text without identity, account and telephone numbers."""
    return _LANDLINE.sub(_STARS, _LONG.sub(_STARS, text.translate(_DIGITS)))


class Masks:
    """How one village's sheet is masked: the people known by name, the words somebody added."""

    def __init__(
        self, people: Iterable[str] = (), words: Iterable[str] = (), *, names: bool = True
    ) -> None:
        self._names = names
        known = {p.strip() for each in people for p in _PARTS.split(each) if is_person(p)}
        bare = {found[1] for p in known if (found := _WHO.fullmatch(p)) and len(found[1]) > 1}
        swaps = {person: mask_person(person) for person in bare} if names else {}
        swaps |= {word.strip(): "**" for word in words if word.strip()}
        self._swaps = swaps
        longest = sorted(swaps, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, longest))) if longest else None

    def name(self, text: str) -> str:
        """A counterparty: companies in full, individuals masked, one by one where several stand."""
        parts = _PARTS.split(self.text(text))
        return "".join(p if _PARTS.fullmatch(p) else self._one(p) for p in parts)

    def text(self, text: str) -> str:
        """Free words: no numbers, and no name this village knows as a person's."""
        text = mask_numbers(text)
        if self._known:
            text = self._known.sub(lambda found: self._swaps[found[0]], text)
        return _PAID.sub(lambda found: mask_person(found[1]), text) if self._names else text

    def _one(self, name: str) -> str:
        if not self._names or "*" in name or not is_person(name):
            return name
        found = _WHO.fullmatch(name)
        who, rest = (found[1], found[2] or "") if found else (name, "")
        return mask_person(who) + rest
