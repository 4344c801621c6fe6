"""Which numbers judge a village: the nearest region's in force that day, else the shipped ones."""

from datetime import date

from sanzi.kernel.calendar import add_working_days

from . import admission
from .models import Setting
from .parameters import Effective, laid_over, shipped


class Standards:
    """Every rule as it judges anywhere on a day; one query."""

    def __init__(self, on: date) -> None:
        live = Setting.objects.exclude(live_at=None).filter(from_on__lte=on)
        rows = live.values_list("region", "from_on", "pk", "rule", "values", "lane", "is_on")
        # The longest region last, and of one region the latest: later ones take the place.
        self._rows = sorted(rows, key=lambda row: (len(row[0]), row[1], row[2]))
        self._known: dict[str, dict[str, Effective]] = {}

    def over(self, code: str) -> dict[str, Effective]:
        """Every rule and the budget as they stand over a region; settings go down to counties."""
        county = code[:6]
        if county not in self._known:
            self._known[county] = self._work_out(county)
        return self._known[county]

    def handle_by(self, village: str, today: date) -> date:
        """By when a warning of a village that is given out, or sent back, today is to be done."""
        days = self.over(village)[admission.CODE].values["handle_days"]
        return add_working_days(today, int(days))

    def _work_out(self, county: str) -> dict[str, Effective]:
        found = shipped()
        base = shipped()
        for region, _, pk, rule, values, lane, is_on in self._rows:
            if county.startswith(region) and rule in base:
                found[rule] = laid_over(base[rule], values, lane, is_on, pk)
        return found
