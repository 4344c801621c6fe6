"""A matching's question drawn from rows, frozen as text, and read again to be proved."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from django.db.models import Count, Q

from sanzi.access.models import Person
from sanzi.access.scope import under
from sanzi.orgs.models import Region

from .expert import Expert, Matching, Need
from .help import Help
from .matching.network import Pair, Question
from .matching.reasons import reasons_of, why_unserved
from .matching.solve import Answer, is_proved, solve
from .matching.terms import HELPED, Helper, Terms, Village
from .skills import title_of
from .stages import HelpStage


def drawn(region: str, by: Person) -> dict[str, Any]:
    """What is known now: villages with open needs, living experts; five queries."""
    needs: dict[str, dict[str, int]] = {}
    mine = Need.objects.visible_to(by).within(region).filter(closed_at=None)
    for village, skill, weight in mine.order_by("village", "skill").values_list(
        "village", "skill", "weight"
    ):
        needs.setdefault(village, {})[skill] = weight
    helped = _helped(region, by)
    return {
        "villages": [
            {"code": code, "name": name, "needs": needs[code]}
            for code, name in _names(needs).items()
        ],
        "experts": [_frozen(expert, helped.get(expert.pk, {})) for expert in _experts(region, by)],
    }


def _helped(region: str, by: Person) -> dict[int, dict[str, str]]:
    """Where each expert helps now, with the words that keep the two from being matched again."""
    found: dict[int, dict[str, str]] = {}
    mine = Help.objects.visible_to(by).within(region).filter(expert__isnull=False)
    for expert, village in mine.filter(stage=HelpStage.ACTIVE).values_list("expert", "village"):
        found.setdefault(expert, {})[village] = HELPED
    return found


def _names(needs: Mapping[str, Any]) -> dict[str, str]:
    """Villages by code, with their town's name before their own, in the order of their codes."""
    found = Region.objects.filter(code__in=needs).select_related("parent").order_by("code")
    return {one.code: f"{one.parent.name if one.parent else ''}{one.name}" for one in found}


def _experts(region: str, by: Person) -> list[Any]:
    held = Count("helps", filter=Q(helps__stage=HelpStage.ACTIVE))
    mine = Expert.objects.visible_to(by).filter(under("region", region), retired_at=None)
    return list(mine.annotate(held=held).order_by("pk"))


def _frozen(expert: Any, helped: Mapping[str, str]) -> dict[str, Any]:
    return {
        "key": expert.pk,
        "name": expert.name,
        "unit": expert.unit,
        "skills": expert.skills,
        "base": expert.base,
        "load_max": expert.load_max,
        "held": expert.held,
        "conflicts": {**expert.conflicts, **helped},
    }


def question_of(
    frozen: Mapping[str, Any],
    terms: Mapping[str, int],
    quotas: Mapping[str, int],
    pinned: list[list[Any]],
    forbidden: list[list[Any]],
) -> Question:
    """The engine's question from what was frozen."""
    return Question(
        tuple(Village(v["code"], v["name"], v["needs"]) for v in frozen["villages"]),
        tuple(
            Helper(e["key"], e["name"], e["skills"], e["base"], e["load_max"], e["held"],
                   conflicts=e["conflicts"])
            for e in frozen["experts"]
        ),
        Terms(**terms),
        dict(quotas),
        frozenset((village, int(key)) for village, key in pinned),
        frozenset((village, int(key)) for village, key in forbidden),
    )  # fmt: skip


def asked(matching: Matching) -> Question:
    return question_of(
        matching.question, matching.terms, matching.quotas, matching.pinned, matching.forbidden
    )


def answered(question: Question, keep: AbstractSet[Pair] = frozenset()) -> dict[str, Any]:
    """The answer as it is kept: matches with reasons, who is unserved and why, the proof.

    Pairs in `keep` stay where that costs nothing.
    """
    answer = solve(question, keep)
    return {
        "matches": [
            {
                "village": question.villages[match.village].code,
                "expert": question.helpers[match.helper].key,
                "gap": match.parts.gap,
                "way": match.parts.way,
                "load": match.load,
                "fit": reason.fit,
                "beside": reason.beside,
            }
            for match, reason in zip(answer.matches, reasons_of(answer, title_of), strict=True)
        ],
        "unserved": [
            {"village": question.villages[v].code, "why": why} for v, why in why_unserved(answer)
        ],
        "cost": answer.cost,
        "prices": list(answer.prices),
    }


def pairs_of(matching: Matching) -> frozenset[Pair]:
    """The pairs a matching has now."""
    return frozenset((one["village"], one["expert"]) for one in matching.answer["matches"])


def still_proved(matching: Matching) -> bool:
    """Whether the kept prices prove the kept choice the cheapest; no solver takes part."""
    question = asked(matching)
    v_at = {village.code: v for v, village in enumerate(question.villages)}
    h_at = {helper.key: h for h, helper in enumerate(question.helpers)}
    chosen = {v_at[one["village"]]: h_at[one["expert"]] for one in matching.answer["matches"]}
    return is_proved(question, chosen, tuple(matching.answer["prices"]))


def compared(
    matching: Matching, pinned: list[list[Any]], forbidden: list[list[Any]]
) -> tuple[Answer, int, list[tuple[str, str, str]]]:
    """What if: the answer, how many points more, and (village, helper before, after) moved."""
    question = question_of(matching.question, matching.terms, matching.quotas, pinned, forbidden)
    answer = solve(question, pairs_of(matching))
    before: dict[str, str] = {}
    names = {helper.key: helper.name for helper in question.helpers}
    for one in matching.answer["matches"]:
        before[one["village"]] = names[one["expert"]]
    after = {
        question.villages[m.village].code: question.helpers[m.helper].name for m in answer.matches
    }
    moved = [
        (village.name, before.get(village.code, "无人"), after.get(village.code, "无人"))
        for village in question.villages
        if before.get(village.code) != after.get(village.code)
    ]
    return answer, answer.cost - matching.answer["cost"], moved


def pair_of(matching: Matching, village: str, expert: int) -> Pair | None:
    """The pair, if both are in this matching's question."""
    knows_village = any(v["code"] == village for v in matching.question["villages"])
    knows_expert = any(e["key"] == expert for e in matching.question["experts"])
    return (village, expert) if knows_village and knows_expert else None
