"""A case as one person faces it on one day: what the conditions of the workflow ask."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.db.models import Count

from sanzi.access.models import Person
from sanzi.cleanup.keeping import terms_kept
from sanzi.contracts.terms import Terms
from sanzi.documents.models import Document
from sanzi.journal.recorder import key
from sanzi.kernel.protections import against_taking_back
from sanzi.kernel.workflow import Offer
from sanzi.resolutions.queries import State, state_of

from .models import Case, CaseStep, Suit
from .paths import EVIDENCE, Path, matter_of
from .stages import DIGITS, Level
from .workflow import CASES, STRIKE


@dataclass
class CaseFile:
    """A case with its contract's terms, the steps taken, the papers counted and the suits."""

    case: Case
    steps: list[CaseStep]
    papers: Counter[str]
    suits: list[Suit]
    person: Person
    today: date

    @property
    def stage(self) -> str:
        return self.case.stage

    @property
    def offers(self) -> list[Offer]:
        """What this person could do now, live or grey."""
        return CASES.offers(self, self.person)

    @cached_property
    def terms(self) -> Terms:
        return terms_kept(self.case.contract)

    @property
    def matter(self) -> str:
        """The decision its plan needs; empty before there is one."""
        return matter_of(self.case.way, self.terms) if self.case.way else ""

    @cached_property
    def decision(self) -> State | None:
        """The decision its plan needs, as far as it has come; None before there is a plan.

        Of a case opened again only what was put to the meetings since then counts.
        """
        if not self.matter:
            return None
        return state_of(key(self.case), self.matter, self.person, since=self.reopened_at)

    @property
    def reopened_at(self) -> datetime | None:
        """When the case was last opened again; None if it never was."""
        return next((s.at for s in reversed(self.steps) if s.step == "reopen"), None)

    def lacks_decision(self) -> str | None:
        """Why the decision of the meetings does not stand yet; a reopened case needs a new one."""
        if self.decision is None:
            return None
        if self.reopened_at and self.decision.resolution is None:
            return "重新立案以后还没有新的决议，请重新提请会议决定"
        return self.decision.reason

    @property
    def since_opened(self) -> list[CaseStep]:
        """The steps since the case was last opened or went back to its plan."""
        anew = ("open", "reopen", "escalate", "replan", "return")
        starts = [at for at, step in enumerate(self.steps) if step.step in anew]
        return self.steps[starts[-1] :] if starts else self.steps

    def did(self, name: str) -> bool:
        """Whether this person took a step since the case was last opened."""
        return any(s.step == name and s.by_id == self.person.pk for s in self.since_opened)

    def last(self, name: str) -> CaseStep | None:
        """The step of this name that stands, if it was taken."""
        return next((s for s in reversed(self.since_opened) if s.step == name), None)

    def bar_by_level(self) -> str | None:
        """Why this post does not deal with it: each level deals with its own cases."""
        code = self.person.region_code or ""
        level = Level(self.case.level)
        return None if len(code) == DIGITS[level] else f"这件事项由{level.label}级办理"

    def lacks_leader(self) -> str | None:
        if not self.case.is_large or self.person.can(STRIKE):
            return None
        return "大额合同须由乡镇分管领导或县专项办审核"

    def lacks_county(self) -> str | None:
        if not self.case.is_large or len(self.person.region_code or "") <= DIGITS[Level.COUNTY]:
            return None
        return "大额合同由县专项办销号"

    def lapsed_right(self) -> str | None:
        """The law's own timer of this way, by the day its ground was known."""
        way, known = self.case.way, self.case.known_on
        if way is None or way.timer is None or known is None:
            return None
        return way.timer.lapsed(known, self.today)

    def protected_against(self, path: Path) -> str | None:
        """Why this way may not be proposed at all: household land is not taken back."""
        ban = against_taking_back(self.terms.legal_nature) if path.takes_back else None
        return str(ban) if ban else None

    def lacking_evidence(self) -> str | None:
        """Which papers the way needs and the case has not."""
        way = self.case.way
        if way is None:
            return "还没有方案"
        gone = [EVIDENCE[k] for k in way.evidence if not self.papers[paper_key(self.case, k)]]
        return f"还缺{'、'.join(gone)}" if gone else None

    @property
    def is_at_top(self) -> bool:
        return self.case.level == Level.COUNTY

    @property
    def open_suits(self) -> list[Suit]:
        return [suit for suit in self.suits if suit.is_open]

    @property
    def is_overdue(self) -> bool:
        return self.case.due_on is not None and self.case.due_on < self.today


def paper_key(case: Case, kind: str) -> str:
    """The name the papers of one kind hang under: `cleanup.case:12/text`."""
    return f"{key(case)}/{kind}"


def casefile_of(case: Case, person: Person, today: date) -> CaseFile:
    """Put a case together; the caller has been scoped to it. Three queries and the contract."""
    steps = list(case.steps.select_related("by").order_by("pk"))
    keys = [paper_key(case, kind) for kind in EVIDENCE]
    counted = Document.objects.filter(on__in=keys, removed_at=None).values_list("on")
    papers = Counter(dict(counted.annotate(n=Count("pk"))))
    return CaseFile(case, steps, papers, list(case.suits.order_by("pk")), person, today)
