"""Ways to serve a paper (送达方式), what each must show, and how strong a proof it is.

A demand counts when it is signed for, or proved to have arrived (时效规定 8): `evidence` uses the
words of the limitation clock (signed, delivered, none).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Evidence = Literal["signed", "delivered", "none"]


@dataclass(frozen=True)
class Way:
    """One way. `receiver`, `witnesses`, `number` and `paper` say what must be given."""

    code: str
    title: str
    evidence: Evidence
    # What stands on the form beside it.
    hint: str
    receiver: bool = False
    witnesses: int = 0
    number: bool = False
    paper: bool = False
    basis: str = "诉讼时效规定第八条"


WAYS: tuple[Way, ...] = (
    Way("in_person", "当面签收", "signed", "本人或法定代表人签名、盖章或按指印", receiver=True),
    Way("household", "同住成年家属签收", "signed", "写明与收件人的关系", receiver=True),
    Way("agent", "受委托人、收发部门签收", "signed", "写明受何人委托或收发部门", receiver=True),
    Way(
        "left",
        "拒收后留置",
        "delivered",
        "收件人拒收：两名以上见证人在场，拍照或录像，写明拒收经过",
        witnesses=2,
        paper=True,
    ),
    Way("post", "邮寄送达", "delivered", "凭邮单和签收回执", number=True, paper=True),
    Way("electronic", "短信、微信等电子送达", "delivered", "截图须显示对方账号和时间", paper=True),
    Way(
        "announced",
        "公告送达",
        "delivered",
        "下落不明的，在国家级或省级有影响的媒体刊登；填写媒体和刊期",
        number=True,
        paper=True,
    ),
    Way("refused", "拒收（未留置）", "none", "只记下经过；不算送达", basis=""),
    Way("returned", "邮件退回", "none", "只记下退回原因；不算送达", basis=""),
    Way("missing", "查无此人、下落不明", "none", "只记下经过；不算送达", basis=""),
)
BY_CODE: Mapping[str, Way] = {way.code: way for way in WAYS}


def lacking(way: Way, given: Mapping[str, Any]) -> str | None:
    """What proof this way still needs, in words; None when it has all.

    `given` holds receiver, witnesses (names separated by 、), number, and papers (how many).
    """
    if way.receiver and not given.get("receiver"):
        return f"{way.title}要写明签收人"
    names = (name.strip() for name in str(given.get("witnesses") or "").split("、"))
    named = {name for name in names if name}
    if len(named) < way.witnesses:
        return f"{way.title}要有 {way.witnesses} 名以上见证人，姓名之间用顿号隔开"
    if way.number and not given.get("number"):
        return f"{way.title}要填写邮单号或媒体刊期"
    if way.paper and not given.get("papers"):
        return f"{way.title}要上传照片、回执或截图"
    return None
