"""How long each stage of a case may take: editable defaults, shown as examples.

domain/clean-up.md 1.4: classification 10 days, simple rectification 30, negotiation 60, otherwise
escalate or sue. A day that ends on a holiday rolls on to the next working day.
"""

from datetime import date, timedelta

from sanzi.kernel.calendar import roll_to_working_day

from .paths import Path
from .stages import Stage

DAYS: dict[str, int] = {
    Stage.OPENED: 10,
    Stage.PLANNED: 30,
    Stage.CARRIED: 10,
    Stage.ACCEPTED: 5,
}


def due_on(stage: str, entered_on: date, path: Path | None) -> date | None:
    """By when a case should leave a stage it entered on a day; None once it is struck off."""
    if stage == Stage.STRUCK:
        return None
    days = path.days if stage == Stage.REVIEWED and path else DAYS.get(stage, 30)
    return roll_to_working_day(entered_on + timedelta(days=days))
