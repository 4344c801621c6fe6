"""One look at a region: what every rule says of everything in it that day. Writes nothing."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

from sanzi.access.scope import under
from sanzi.orgs.models import Region

from .feeds.reach import Reach
from .feeds.table import subjects
from .following import Key
from .parameters import Effective
from .rules import RULE_OF, Rule
from .rules.rule import Level, Subject, Verdict
from .standards import Standards


class Fired(NamedTuple):
    """A rule that fired on a subject, by which numbers."""

    rule: Rule
    subject: Subject
    verdict: Verdict
    effective: Effective

    @property
    def lane(self) -> str:
        """Blue only ever goes to the digest, whatever the rule's lane."""
        return "digest" if self.verdict.level == Level.BLUE else self.effective.lane


Seen = Mapping[str, Mapping[Key, Fired]]


def look(
    region: str, on: date, standards: Standards, wanted: Collection[str] | None = None
) -> dict[str, dict[Key, Fired]]:
    """By village, what fires in a region on a day; the number of queries does not grow with it."""
    found: dict[str, dict[Key, Fired]] = defaultdict(dict)
    for code, listed in subjects(Reach(region, on), wanted).items():
        rule = RULE_OF[code]
        for subject in listed:
            effective = standards.over(subject.village)[code]
            if not effective.is_on:
                continue
            verdict = rule.judge(subject, effective.values, on)
            if verdict is not None:
                fired = Fired(rule, subject, verdict, effective)
                found[subject.village][Key(code, subject.cause)] = fired
    return found


def living_villages(region: str) -> list[str]:
    """The codes of a region's living villages in order."""
    villages = Region.objects.filter(
        under("code", region), level=Region.Level.VILLAGE, valid_to=None
    )
    return list(villages.order_by("code").values_list("code", flat=True))
