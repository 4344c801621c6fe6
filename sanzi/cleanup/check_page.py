"""One contract's check sheet put together for its page: five cards, and what they contradict."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sanzi.access.models import Person
from sanzi.documents.models import Document

from . import models
from .checking.comparing import Discrepancy, discrepancies
from .checking.questions import SITE, SOURCES, VISIT, Question, Source, questions_for
from .keeping import terms_kept
from .learning import said_on
from .models import CheckSheet


@dataclass(frozen=True)
class Asked:
    """A question with what was answered."""

    question: Question
    value: str

    @property
    def written(self) -> str:
        """The kind of box it is typed into."""
        return {"date": "date", "money": "text", "area": "text"}.get(self.question.kind, "text")

    @property
    def keyboard(self) -> str:
        return "decimal" if self.question.kind in ("money", "area") else "text"


@dataclass(frozen=True)
class Card:
    """One source: its questions, its photos, and whether it has been looked up."""

    source: Source
    asked: list[Asked]
    photos: list[Document]

    @property
    def answered(self) -> int:
        return sum(bool(one.value) for one in self.asked)

    @property
    def takes_photos(self) -> bool:
        return self.source.code != VISIT or bool(self.photos)

    @property
    def is_site(self) -> bool:
        return self.source.code == SITE

    @property
    def is_visit(self) -> bool:
        return self.source.code == VISIT


def cards(
    contract: Any, sheet: CheckSheet | None, person: Person, said: Mapping[str, str]
) -> list[Card]:
    """The five cards in the order one goes round; one query. `said`: what stands in the boxes."""
    photos = _photos(sheet)
    is_asked = person.can("findings.judge")
    return [
        Card(
            source,
            [
                Asked(question, said.get(question.code, ""))
                for question in questions_for(source.code, contract.category, is_asked)
            ],
            photos.get(source.code, []),
        )
        for source in SOURCES
    ]


def _photos(sheet: CheckSheet | None) -> dict[str, list[Document]]:
    if sheet is None:
        return {}
    keys = {f"cleanup.checksheet:{sheet.pk}/{source.code}": source.code for source in SOURCES}
    hung: dict[str, list[Document]] = defaultdict(list)
    for paper in Document.objects.filter(on__in=keys, removed_at=None).order_by("pk"):
        hung[keys[paper.on]].append(paper)
    return hung


def said_in(sheet: CheckSheet | None) -> dict[str, str]:
    """A sheet's latest answers by question; one query."""
    return said_on([sheet.pk]).get(sheet.pk, {}) if sheet else {}


def found_so_far(contract: Any, said: Mapping[str, str]) -> list[Discrepancy]:
    """What the answers contradict, as they stand now."""
    return discrepancies(terms_kept(contract), said) if said else []


def check_part(contract: Any, person: Person) -> dict[str, Any]:
    """What the contract's own page shows of its sheet; two queries."""
    mine = CheckSheet.objects.visible_to(person).filter(contract=contract)
    sheet = mine.select_related("begun_by", "accepted_by").first()
    tones = {"open": "running", "handed": "warn", "accepted": "done"}
    return {
        "sheet": sheet,
        "sheet_tone": tones[sheet.stage] if sheet else "plain",
        "differs": list(kept_on(contract, person)) if sheet else [],
        "may_check": person.can("contracts.check"),
    }


def kept_on(contract: Any, person: Person) -> Iterable[models.Discrepancy]:
    """The contradictions on record since the sheet was handed in."""
    mine = models.Discrepancy.objects.visible_to(person)
    return mine.filter(contract=contract).order_by("code")
