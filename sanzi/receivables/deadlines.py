"""The courts' and mediators' deadlines of steps six and seven, as dated law. No framework.

民诉法 (2023): 205 judicial confirmation, 225–227 payment order, 250 execution; 人民调解法 33.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sanzi.kernel.calendar import roll_to_working_day, years_after

CONFIRM_DAYS = 30
ALARM_DAYS = 7


@dataclass(frozen=True)
class Deadline:
    """Something due: what, by which day, from which provision, and whose duty it is."""

    what: str
    last_day: date
    basis: str
    whose: str

    def left(self, today: date) -> int:
        """Days left; negative once it is past."""
        return (self.last_day - today).days

    def state(self, today: date) -> str:
        """late, near (a week or less) or open."""
        left = self.left(today)
        return "late" if left < 0 else "near" if left <= ALARM_DAYS else "open"


def confirmation(agreed_on: date) -> Deadline:
    """Both sides ask the court to confirm within 30 days of the agreement taking effect."""
    return Deadline(
        "双方共同申请司法确认",
        roll_to_working_day(agreed_on + timedelta(days=CONFIRM_DAYS)),
        "民事诉讼法第205条、人民调解法第33条",
        "双方",
    )


def payment_order(milestones: dict[str, date]) -> Deadline | None:
    """What is due next in a payment order; None when it has run its course."""
    basis = "民事诉讼法第225条至第227条"
    if "objected" in milestones or "closed" in milestones:
        return None
    if served := milestones.get("served"):
        last = roll_to_working_day(served + timedelta(days=15))
        return Deadline("债务人清偿或提出书面异议", last, basis, "债务人")
    if accepted := milestones.get("accepted"):
        last = roll_to_working_day(accepted + timedelta(days=15))
        return Deadline("法院发出支付令", last, basis, "法院")
    if filed := milestones.get("filed"):
        last = roll_to_working_day(filed + timedelta(days=5))
        return Deadline("法院通知是否受理", last, basis, "法院")
    return None


def execution(milestones: dict[str, date]) -> Deadline | None:
    """A judgement or order that was not obeyed is executed within two years of its last day."""
    if "executing" in milestones or "closed" in milestones:
        return None
    begun = milestones.get("perform_by") or milestones.get("effective")
    if begun is None:
        return None
    last = roll_to_working_day(years_after(begun, 2))
    return Deadline("申请强制执行", last, "民事诉讼法第250条", "村集体")
