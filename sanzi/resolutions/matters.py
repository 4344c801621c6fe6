"""What is decided: the kinds of matter with the words of their motion, in dated versions. Pure.

The code is stored for good. A motion is the text a meeting votes on; `{subject}` and `{village}`
are filled when it is proposed, and what was proposed is frozen with its version.
"""

from dataclasses import dataclass
from datetime import date

from . import quorum

FOUR, SIMPLE = "four", "simple"


@dataclass(frozen=True)
class Wording:
    """The motion as it is put from a day on."""

    version: int
    valid_from: date
    text: str


@dataclass(frozen=True)
class Matter:
    """One kind of decision; `kind` is what the quorum table calls it."""

    code: str
    title: str
    kind: str
    wordings: tuple[Wording, ...]
    # 四议两公开, or one meeting and its publication.
    way: str = FOUR

    def wording(self, on: date) -> Wording:
        """The version that stands on a day."""
        return max((w for w in self.wordings if w.valid_from <= on), key=lambda w: w.version)


_FIRST = date(1949, 10, 1)


def _matter(code: str, title: str, text: str, kind: str, way: str = FOUR) -> Matter:
    return Matter(code, title, kind, (Wording(1, _FIRST, text),), way)


MATTERS: tuple[Matter, ...] = (
    _matter("contract.revise", "完善修订合同",
            "提请会议决定：对{subject}依法完善修订，按商定的期限、价款、面积签订补充协议或重新签订合同，"
            "并报乡镇审核备案。", quorum.LETTING),
    _matter("contract.outsider", "发包给本集体以外的单位或个人",
            "提请会议决定：将{subject}发包给本集体以外的承包方，承包方的资信和经营能力已经审查，"
            "决议通过后报乡镇人民政府批准。", quorum.OUTSIDER),
    _matter("contract.construction", "集体经营性建设用地出让出租",
            "提请会议决定：{subject}的出让、出租方案。方案在出让、出租前不少于十个工作日报县级人民政府。",
            quorum.CONSTRUCTION_LAND),
    _matter("contract.terminate", "解除、终止合同",
            "提请会议决定：解除（终止）{subject}，清结双方款项，收回标的物，并依法送达通知。",
            quorum.LETTING),
    _matter("contract.litigate", "申请仲裁或提起诉讼",
            "提请会议决定：就{subject}申请仲裁或提起诉讼，委托代理人办理。", quorum.LETTING),
    _matter("claim.reduce", "减免债权",
            "提请会议决定：按公布的办法减免{subject}，减免的对象、金额和理由随决议公示。",
            quorum.LETTING),
    _matter("claim.write_off", "核销债权",
            "提请会议决定：核销{subject}。核销不等于放弃，今后收回的仍归集体并入账。",
            quorum.LETTING),
    _matter("claim.adjust", "债权账务调整",
            "提请会议决定：对{subject}作账务调整，调整的依据和金额随决议公示。", quorum.LETTING),
    _matter("claim.seal", "打包封存债权",
            "提请会议决定：将{subject}打包封存，暂不清收，账面余额保留，理由随决议公示。",
            quorum.LETTING),
    _matter("debt.resolve", "化解债务",
            "提请会议决定：{subject}的化解方式和金额。", quorum.LETTING),
    _matter("debt.write_off", "核销债务",
            "提请会议决定：核销{subject}，核实的情况和依据随决议公示。", quorum.LETTING),
    _matter("debt.borrow", "借款",
            "提请会议决定：{subject}，借款的金额、利率、用途和还款来源随决议公示。",
            quorum.LETTING),
    _matter("netting.settle", "债权债务冲抵",
            "提请会议决定：按各方确认的方案冲抵{subject}，冲抵后的余额随决议公示。",
            quorum.LETTING),
    _matter("fees.standard", "新增资源收费方案",
            "提请会议决定：{subject}的收费范围、标准、减免办法。", quorum.LETTING),
    _matter("land.scheme", "土地承包方案",
            "提请会议决定：{subject}土地承包方案。", quorum.SCHEME),
    _matter("compensation", "土地补偿费分配使用办法",
            "提请会议决定：{subject}土地补偿费等的分配、使用办法。", quorum.COMPENSATION),
    _matter("spending", "大额支出和投资",
            "提请会议决定：{subject}，资金来源和用途随决议公示。", quorum.LETTING),
    _matter("ordinary", "日常经营管理事项",
            "提请会议决定：{subject}。", quorum.ORDINARY, SIMPLE),
    _matter("other", "其他重大事项", "提请会议决定：{subject}。", quorum.LETTING),
)  # fmt: skip
BY_CODE = {matter.code: matter for matter in MATTERS}


def motion(matter: Matter, on: date, village: str, subject: str) -> str:
    """The text a meeting of `on` votes on."""
    words = matter.wording(on).text
    return words.replace("{village}", village).replace("{subject}", subject)
