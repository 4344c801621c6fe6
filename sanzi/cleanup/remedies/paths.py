"""The four remedies and the ways each is carried out: evidence, change, law. Knows no framework.

domain/clean-up.md 1.4. 提级处置 is a route, no outcome: a case goes up and ends in one of these.
The code is stored for good.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sanzi.contracts.terms import CONSTRUCTION, Terms
from sanzi.kernel.calendar import years_after

REVISE, TERMINATE, LITIGATE, ROUTE = "完善修订", "解除撤销", "司法诉讼", "提级处置"

# What hangs on a case, by kind.
TEXT, FILED, MINUTES, NOTICE, SERVICE, SETTLED, HANDED, ACCEPTED, RULING, PURSUED, UP = (
    "text", "filed", "minutes", "notice", "service", "settled", "handed", "accepted", "ruling",
    "pursued", "up",
)  # fmt: skip
EVIDENCE: dict[str, str] = {
    TEXT: "签字盖章的协议或合同文本",
    FILED: "备案回执（加盖备案章）",
    MINUTES: "补办的会议记录和公示材料",
    NOTICE: "书面通知",
    SERVICE: "送达证明",
    SETTLED: "款项结清单",
    HANDED: "标的物交接单",
    ACCEPTED: "受理通知书",
    RULING: "裁决书、判决书或调解书",
    PURSUED: "申请执行书和立案材料",
    UP: "提级决定、研判记录",
}
Change = Literal["amend", "end", "suit"]


@dataclass(frozen=True)
class Timer:
    """A right that dies so many years from the day its ground was known, by an article."""

    years: int
    words: str
    law: str

    def last_day(self, known_on: date) -> date:
        """The last day of the right (民法典§201–202: the corresponding day)."""
        return years_after(known_on, self.years)

    def lapsed(self, known_on: date, on: date) -> str | None:
        """Why it is too late; None while it is not."""
        last = self.last_day(known_on)
        return None if on <= last else f"{self.words}，{last} 已经届满（{self.law}）"


@dataclass(frozen=True)
class Path:
    """One way of carrying a remedy out. `kind` is the kind of amendment, end or suit it makes."""

    code: str
    method: str
    title: str
    matter: str
    change: Change
    kind: str
    evidence: tuple[str, ...]
    law: str
    # Days from the town's review to what was carried out: editable defaults, no law.
    days: int = 30
    timer: Timer | None = None
    # Takes the land back from whoever holds it.
    takes_back: bool = False


_RESCIND = Timer(
    1, "解除权、撤销权自知道事由之日起一年内行使", "民法典第五百六十四条、第一百五十二条"
)
_ARBITRATE = Timer(
    2, "申请土地承包仲裁自知道权利受侵害之日起二年", "农村土地承包经营纠纷调解仲裁法第十八条"
)
_PURSUE = Timer(2, "申请执行的期间为二年", "民事诉讼法第二百五十条")

PATHS: tuple[Path, ...] = (
    Path("W1", REVISE, "签订补充协议", "contract.revise", "amend", "supplement",
         (TEXT, FILED), "民法典第五百四十三条", 60),
    Path("W2", REVISE, "重新签订合同", "contract.revise", "amend", "resigned",
         (TEXT, FILED), "民法典第五百四十三条、第七百零五条", 60),
    Path("W3", REVISE, "补办程序", "contract.revise", "amend", "procedure",
         (MINUTES, FILED), "农村集体经济组织法第二十六条至第二十八条"),
    Path("J1", TERMINATE, "协议解除", "contract.terminate", "end", "agreed",
         (TEXT, SETTLED, HANDED), "民法典第五百六十二条", 60, takes_back=True),
    Path("J2", TERMINATE, "通知解除", "contract.terminate", "end", "notice",
         (NOTICE, SERVICE, HANDED), "民法典第五百六十三条、第五百六十五条",
         timer=_RESCIND, takes_back=True),
    Path("J3", TERMINATE, "到期收回", "contract.terminate", "end", "expiry",
         (NOTICE, HANDED), "民法典第七百三十三条", takes_back=True),
    Path("J4", TERMINATE, "裁判解除、撤销", "contract.litigate", "end", "court",
         (RULING, HANDED), "民法典第一百五十一条、第一百五十二条", 180, takes_back=True),
    Path("J5", TERMINATE, "确认无效", "contract.litigate", "end", "invalid",
         (RULING,), "民法典第一百五十三条至第一百五十七条", 180, takes_back=True),
    Path("S1", LITIGATE, "土地承包仲裁", "contract.litigate", "suit", "arbitration",
         (ACCEPTED,), "农村土地承包经营纠纷调解仲裁法", 60, timer=_ARBITRATE),
    Path("S2", LITIGATE, "提起诉讼", "contract.litigate", "suit", "suit",
         (ACCEPTED,), "民事诉讼法", 60),
    Path("S3", LITIGATE, "申请强制执行", "contract.litigate", "suit", "execution",
         (RULING, PURSUED), "民事诉讼法第二百五十条", 30, timer=_PURSUE),
)  # fmt: skip
BY_CODE = {path.code: path for path in PATHS}
METHODS = (REVISE, TERMINATE, LITIGATE)


def matter_of(path: Path, terms: Terms) -> str:
    """Which decision this way needs for this contract; quorum and article follow from it."""
    if path.matter != "contract.revise":
        return path.matter
    if terms.legal_nature == CONSTRUCTION:
        return "contract.construction"
    if terms.is_member is False and terms.is_farmland:
        return "contract.outsider"
    return path.matter
