"""A town's “1+10” with a text released and one being entered; a county's term of 巡察."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from sanzi.access.models import Person
from sanzi.access.system import system_person
from sanzi.inspections.models import (
    Inspected,
    InspectionFinding,
    InspectionRound,
    InspectionTerm,
)
from sanzi.regulations.models import Application, Regulation, RegulationVersion

from .places import VILLAGE
from .rows import Village, canary

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
DAY = date(2026, 1, 1)


def keep_systems(villages: Mapping[str, Village]) -> dict[str, dict[str, int]]:
    """Keys by kind and village; a town's own are shared by its villages."""
    by = system_person("system_import")
    other = Person.objects.exclude(pk=by.pk).order_by("pk")[0]
    kept: dict[str, dict[str, int]] = {
        kind: {} for kind in ("regulation", "regulation-version", "regulation-draft", "application")
    }
    towns: dict[str, dict[str, int]] = {}
    for code in villages:
        if code[:9] not in towns:
            towns[code[:9]] = _system(code, by, other)
        for kind, pk in towns[code[:9]].items():
            kept[kind][code] = pk
    return kept


def keep_inspections(villages: Mapping[str, Village]) -> dict[str, dict[str, int]]:
    """A term and a round of each county, a finding in each village."""
    by = system_person("system_import")
    kept: dict[str, dict[str, int]] = {
        kind: {} for kind in ("inspection-term", "inspection-round", "inspection-finding")
    }
    rounds: dict[str, InspectionRound] = {}
    for code in villages:
        county = code[:6]
        if county not in rounds:
            days = {"from_on": DAY, "to_on": date(2030, 12, 31), "made_by": by, "made_at": NOW}
            term = InspectionTerm.objects.create(region=county, name="本届", **days)
            rounds[county] = InspectionRound.objects.create(
                term=term, ordinal=1, title="专项", **days
            )
        held = rounds[county]
        Inspected.objects.create(round=held, village=code, on=DAY, told_by=by, told_at=NOW)
        finding = InspectionFinding.objects.create(
            round=held, village=code, number=f"N{code}", kind="other", matter=canary(code, "xc"),
            evidence=canary(code, "yj"), found_on=DAY, found_by=by, found_at=NOW,
            key=f"matrix-{code}",
        )  # fmt: skip
        # A county's is one for all its villages: in the first county only one of them asks.
        if county != VILLAGE[:6] or code == VILLAGE:
            kept["inspection-term"][code] = held.term_id
            kept["inspection-round"][code] = held.pk
        kept["inspection-finding"][code] = finding.pk
    return kept


def _system(code: str, by: Person, other: Person) -> dict[str, int]:
    regulation = Regulation.objects.create(region=code[:9], ordinal=1)
    texts = {
        "title": "合同备案制度", "adopted_on": DAY, "entered_by": by, "entered_at": NOW,
        "articles": [{"number": "第一条", "text": "备案", "chapter": ""}],
    }  # fmt: skip
    released = RegulationVersion.objects.create(
        regulation=regulation, number="1号", from_on=DAY, released_by=other, released_at=NOW,
        **texts,
    )  # fmt: skip
    draft = RegulationVersion.objects.create(
        regulation=regulation, number="2号", from_on=date(2026, 6, 1), **texts
    )
    applied = Application.objects.create(
        regulation=regulation, article="第一条", screen="contracts:file", from_on=DAY, made_by=by,
        made_at=NOW,
    )  # fmt: skip
    return {
        "regulation": regulation.pk, "regulation-version": released.pk,
        "regulation-draft": draft.pk, "application": applied.pk,
    }  # fmt: skip
