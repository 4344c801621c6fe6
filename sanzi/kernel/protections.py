"""What no office may do to a farming household, whatever a plan says: asked before proposing.

Each answers with the ban and its article, or None when nothing forbids the step. Whoever proposes
taking land back, a set-off or a fee asks here first and prints the answer as it stands
(domain/clean-up.md 1.3 P19, 3; 农村土地承包法, text of 2018-12-29).
"""

from dataclasses import dataclass

HOUSEHOLD_CONTRACT = "家庭承包"
DISPUTED = "争议待确权"
MEASURING_GAIN = "测量差"

# What a household draws from its land: another may neither hold it back nor take it off.
LAND_INCOME = frozenset({"承包收益", "流转收益", "征地补偿", "土地补偿款", "地力保护补贴"})


@dataclass(frozen=True)
class Protection:
    """A ban: the sentence to print, the article behind it; `caveat` when no article says it so."""

    sentence: str
    article: str
    caveat: str = ""

    def __str__(self) -> str:
        behind = f"{self.article}，{self.caveat}" if self.caveat else self.article
        return f"{self.sentence}（{behind}）"


NO_TAKING_BACK = Protection(
    "承包期内不得收回农户家庭承包的土地，也不得以欠费、划分口粮田责任田或招标为由收回",
    "农村土地承包法第二十七条、第五十七条",
)
NO_LAND_FOR_DEBT = Protection("不得将承包地收回抵顶欠款", "农村土地承包法第五十七条第六项")
NO_INCOME_FOR_DEBT = Protection(
    "土地流转和承包收益归承包农户所有，不得截留、扣缴来抵顶欠款",
    "农村土地承包法第三十九条、第六十一条",
)
NO_PAYMENT_FOR_DEBT = Protection(
    "补偿、补贴款应直接付给农户，不得在发放前扣抵欠款", "农村土地承包法第十七条第四项、第六十二条",
    "条文只规定补偿权和不得挪用，扣抵按同一原则不提出",
)  # fmt: skip
NO_FEE_ON_MEASURING = Protection(
    "复测面积大于原登记面积、四至未变的，属测量误差，只作据实更正，不收费",
    "本系统的保护规则",
    "按农户四至内面积不增负担的原则设定，非法律条文",
)
NO_FEE_IN_DISPUTE = Protection(
    "权属有争议的土地，确权之前不收费、不发包",
    "本系统的保护规则",
    "按先确权后收费的原则设定，非法律条文",
)


def against_taking_back(legal_nature: str = "", use_status: str = "") -> Protection | None:
    """Why this land may not be taken back from whoever farms it.

    `legal_nature` is the contract's, `use_status` the parcel's in the resource register.
    """
    is_household = HOUSEHOLD_CONTRACT in (legal_nature, use_status)
    return NO_TAKING_BACK if is_household else None


def against_setting_off(means: str, *, is_household_land: bool = False) -> Protection | None:
    """Why a debt may not be settled by these means: land itself, or income a household has of it.

    `means` is the word of the register or plan (流转收益, 承包地…); other money may be set off.
    """
    if is_household_land or means in ("承包地", "家庭承包地"):
        return NO_LAND_FOR_DEBT
    if means in ("承包收益", "流转收益"):
        return NO_INCOME_FOR_DEBT
    return NO_PAYMENT_FOR_DEBT if means in LAND_INCOME else None


def against_charging(new_cause: str = "", use_status: str = "") -> Protection | None:
    """Why no fee may be charged on this area: a measuring gain, or land in dispute."""
    if new_cause == MEASURING_GAIN:
        return NO_FEE_ON_MEASURING
    return NO_FEE_IN_DISPUTE if use_status == DISPUTED else None
