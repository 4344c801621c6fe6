"""What a meeting's minutes amount to: passed, or why not, under which law."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sanzi.kernel.refusals import Invalid

from . import quorum
from .matters import BY_CODE
from .models import Resolution
from .norms import Norms, committee_vote, party_vote
from .notice import short_notice
from .stages import Sitting

PARTY_BRANCH, COMMITTEES, PARTY = "村党组织会议", "“两委”会", "党员大会"
_BODIES = {Sitting.PROPOSE: PARTY_BRANCH, Sitting.CONSULT: COMMITTEES, Sitting.REVIEW: PARTY}
NO_LAW = "章程和当地议事规则（缺省示例）"


@dataclass(frozen=True, kw_only=True)
class Minutes:
    """A meeting as its minutes and its sign-in sheet tell it."""

    met_on: date
    venue: str
    chair: str
    expected: int
    present: int
    approved: int
    against: int = 0
    abstained: int = 0
    proxies: int = 0
    by_household: bool = False
    notified_on: date | None = None
    recorder: str = ""
    proxy_list: str = ""
    minutes: str = ""

    @property
    def fields(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def told(self) -> str:
        """In one line, as the history shows it."""
        unit = "户" if self.by_household else "人"
        came = f"应到{self.expected}{unit}、实到{self.present}{unit}"
        proxies = f"、代理{self.proxies}人" if self.proxies else ""
        votes = f"同意{self.approved}、反对{self.against}、弃权{self.abstained}"
        return f"{self.met_on} {came}{proxies}，{votes}"

    def refuse_nonsense(self, today: date) -> None:
        """Raises Invalid for minutes that cannot be true, whatever the law."""
        if self.met_on > today:
            raise Invalid("meeting.met_on", f"会议日期 {self.met_on} 还没有到，请在会后登记")
        if self.notified_on and self.notified_on > self.met_on:
            raise Invalid("meeting.notified_on", "通知日期晚于会议日期，请核对")
        if not self.venue.strip() or not self.chair.strip():
            raise Invalid("meeting.place", "请填写会议地点和主持人")
        came = self.present + self.proxies
        if came > self.expected:
            raise Invalid("meeting.present", f"实到和代理共{came}人，多于应到{self.expected}人")
        votes = self.approved + self.against + self.abstained
        if votes != came:
            raise Invalid(
                "meeting.votes",
                f"同意、反对、弃权合计{votes}人，与实到{came}人不符；没有表态的计入弃权",
            )
        if self.proxies and not self.proxy_list.strip():
            raise Invalid("meeting.proxy_list", "有代理出席的，请写明谁代理谁")


@dataclass(frozen=True)
class Outcome:
    """Whether a meeting passed its motion; `reasons` name what is wrong."""

    body: str
    reasons: tuple[str, ...]
    law: str

    @property
    def told(self) -> str:
        law = f"（{self.law}）" if self.law and self.reasons else ""
        return f"{'；'.join(self.reasons)}{law}"


def outcome_of(resolution: Resolution, step: Sitting, minutes: Minutes, norms: Norms) -> Outcome:
    """Hold a meeting against the law or the rule of its day (domain/clean-up.md 1.5, 2.4)."""
    counts = (minutes.expected, minutes.present, minutes.approved)
    if step == Sitting.DECIDE:
        return _decision(resolution, minutes)
    if step == Sitting.REVIEW:
        return Outcome(PARTY, tuple(party_vote(norms, *counts)), norms.basis or NO_LAW)
    return Outcome(_BODIES[step], tuple(committee_vote(*counts)), NO_LAW)


def _decision(resolution: Resolution, minutes: Minutes) -> Outcome:
    matter, body = BY_CODE[resolution.matter], resolution.body
    verdict = quorum.judge(
        matter.kind,
        body,
        minutes.met_on,
        minutes.expected,
        minutes.present,
        minutes.approved,
        proxies=minutes.proxies,
        by_household=minutes.by_household,
    )
    reasons = verdict.reasons
    if late := short_notice(body, minutes.notified_on, minutes.met_on):
        reasons = (*reasons, late)
    return Outcome(body, reasons, verdict.law)
