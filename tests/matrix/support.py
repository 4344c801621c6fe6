"""Every village's help, its goal and its need; each town's expert and matching."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from sanzi.access.system import system_person
from sanzi.store.sealed import seal
from sanzi.support.models import (
    Circular,
    Cohort,
    Expert,
    Goal,
    Help,
    Inquiry,
    Lesson,
    Matching,
    Need,
    Offering,
    Seat,
)
from sanzi.support.questions import answered, drawn, question_of
from sanzi.web.formats import mask

from .rows import Village, canary

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
DAY, UNTIL = date(2026, 3, 1), date(2099, 12, 31)
TERMS = {"gap": 1000, "per_km": 5, "load": 200}


def keep_support(villages: Mapping[str, Village]) -> dict[str, dict[str, int]]:
    """Keys by kind and village; an expert and a matching are those of the village's town."""
    by = system_person("system_import")
    kept: dict[str, dict[str, int]] = {"help": {}, "goal": {}, "need": {}}
    for code in villages:
        help = _help(code, by)
        goal = Goal.objects.create(
            village=code, on=f"support.help:{help.pk}", measure="receivables.recovered",
            base_on=DAY, base=0, target=10, due_on=UNTIL, set_by=by, set_at=NOW,
        )  # fmt: skip
        need = Need.objects.create(
            village=code, skill="law", weight=2, note=canary(code, "xq"), told_by=by, told_at=NOW
        )
        kept["help"][code], kept["goal"][code], kept["need"][code] = help.pk, goal.pk, need.pk
    kept["expert"], kept["matching"] = _town_things(villages, by)
    return kept | _classes(villages, by) | _showcase(villages, by)


def _help(code: str, by: Any) -> Help:
    made: Help = Help.objects.create(
        village=code, kind=Help.Kind.FIRM, helper=f"帮扶{canary(code, 'bf')}",
        contact=canary(code, "lx"), phone=seal("13900000000", mask),
        matter=f"收购{canary(code, 'sg')}", from_on=DAY, until_on=UNTIL, stage="active",
        proposed_by=by, proposed_at=NOW,
    )  # fmt: skip
    return made


def _town_things(villages: Mapping[str, Village], by: Any) -> tuple[dict[str, int], dict[str, int]]:
    experts, matchings = {}, {}
    for town in sorted({code[:9] for code in villages}):
        expert = Expert.objects.create(
            region=town, name="专家", unit="单位", field="rural", base=town, skills={"law": 3},
            made_by=by, made_at=NOW,
        )  # fmt: skip
        question = drawn(town, by)
        matching = Matching.objects.create(
            region=town, title="匹配", until_on=UNTIL, terms=TERMS, question=question,
            answer=answered(question_of(question, TERMS, {}, [], [])), proposed_by=by,
            keeper=by, made_by=by, made_at=NOW,
        )  # fmt: skip
        for code in villages:
            if code.startswith(town):
                experts[code], matchings[code] = expert.pk, matching.pk
    return experts, matchings


def _classes(villages: Mapping[str, Village], by: Any) -> dict[str, dict[str, int]]:
    """A class of each town that is still choosing, with a seat of each village."""
    kept: dict[str, dict[str, int]] = {k: {} for k in ("cohort", "lesson", "circular", "seat")}
    for town in sorted({code[:9] for code in villages}):
        cohort = Cohort.objects.create(
            region=town, title="研修班", year=2026, starts_on=DAY, ends_on=UNTIL, measures=[],
            made_by=by, made_at=NOW,
        )  # fmt: skip
        lesson = Lesson.objects.create(
            cohort=cohort, kind="theory", title="课", held_on=DAY, made_by=by, made_at=NOW
        )
        circular = Circular.objects.create(
            cohort=cohort, as_of=DAY, rows=[], letter=1, issued_by=by, issued_at=NOW
        )
        for code in (one for one in villages if one.startswith(town)):
            seat = Seat.objects.create(
                cohort=cohort, village=code, name=f"学员{canary(code, 'xy')}",
                statement=canary(code, "tj"), stage="chosen", group="A",
                recommended_by=by, recommended_at=NOW,
            )  # fmt: skip
            kept["seat"][code], kept["cohort"][code] = seat.pk, cohort.pk
            kept["lesson"][code], kept["circular"][code] = lesson.pk, circular.pk
    return kept


def _showcase(villages: Mapping[str, Village], by: Any) -> dict[str, dict[str, int]]:
    """A published product of each village, in words for everybody, and a lead nobody else sees."""
    kept: dict[str, dict[str, int]] = {"offering": {}, "inquiry": {}}
    for code in villages:
        offering = Offering.objects.create(
            village=code, kind="product", title="苹果", summary="脆甜", stage="published",
            written_by=by, keeper=by, written_at=NOW, reviewed_at=NOW,
        )  # fmt: skip
        lead = Inquiry.objects.create(
            village=code, offering=offering, name=seal("王女士", mask),
            phone=seal("13900000001", mask), text=canary(code, "xs"), once=uuid4(), sender="",
            asked_at=NOW,
        )  # fmt: skip
        kept["offering"][code], kept["inquiry"][code] = offering.pk, lead.pk
    return kept
