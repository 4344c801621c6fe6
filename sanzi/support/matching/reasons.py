"""A matching in sentences: why this helper, why not another, why nobody."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from .network import Question, allowed
from .solve import Answer, Match
from .terms import HELPED, LEVELS, WEIGHTS, Helper, Parts, Village, parts, way_between, why_not

Titles = Callable[[str], str]


@dataclass(frozen=True)
class Reason:
    """Why a village has this helper: the fit, and how it compares."""

    fit: str
    beside: str


def reasons_of(answer: Answer, title: Titles) -> list[Reason]:
    """A reason for each match, in their order; `title` gives a skill its name."""
    question = answer.question
    given: dict[int, list[str]] = {}
    for match in answer.matches:
        given.setdefault(match.helper, []).append(question.villages[match.village].name)
    others: dict[int, list[int]] = {}
    for v, h in allowed(question):
        others.setdefault(v, []).append(h)
    return [_reason(question, match, given, others[match.village], title)
            for match in answer.matches]  # fmt: skip


def _reason(
    question: Question,
    match: Match,
    given: dict[int, list[str]],
    others: list[int],
    title: Titles,
) -> Reason:
    village, helper = question.villages[match.village], question.helpers[match.helper]
    return Reason(
        fit=fit(village, helper, match.parts, match.load, title),
        beside=_beside(question, match, given, others),
    )


def fit(village: Village, helper: Helper, cost: Parts, load: int, title: Titles) -> str:
    """What is needed, what is had, how far, how busy: 缺的是合同法务（急需），李专家精通；同县…"""
    ordered = sorted(village.needs.items(), key=lambda one: (-one[1], one[0]))
    needs = "、".join(f"{title(skill)}（{WEIGHTS[weight]}）" for skill, weight in ordered)
    had = "、".join(
        f"{title(skill)}{LEVELS[helper.skills[skill]]}" for skill, _ in ordered
        if helper.skills.get(skill)
    )  # fmt: skip
    lacking = "、".join(title(skill) for skill, _ in ordered if not helper.skills.get(skill))
    rest = f"，{lacking}仍缺" if lacking else ""
    way = way_between(village, helper)
    points = f"专长 {cost.gap} 分、路程 {cost.way} 分、负担 {load} 分"
    return (
        f"缺的是{needs}；{helper.name}{had}{rest}；{way}；手上 {helper.held} 个村。"
        f"合计 {cost.total + load} 分（{points}，越少越合适）。"
    )


def _beside(
    question: Question, match: Match, given: dict[int, list[str]], others: list[int]
) -> str:
    """How this pair compares with the one this village alone would choose."""
    village, terms = question.villages[match.village], question.terms
    alone = {h: parts(village, question.helpers[h], terms).total for h in others}
    alone.pop(match.helper, None)
    if not alone:
        return "没有别的人选。"
    best = min(alone, key=lambda h: (alone[h], h))
    name, gap = question.helpers[best].name, alone[best] - match.parts.total
    if gap >= 0:
        return f"单看本村，次选{name}要多 {gap} 分。" if gap else f"单看本村，{name}与其相当。"
    taken = "、".join(given.get(best, [])[:3])
    if not taken:
        return f"单看本村{name}少 {-gap} 分，但受县定额限制没有安排。"
    return f"单看本村{name}少 {-gap} 分，但其名额给{taken}，全市合计更省。"


def why_unserved(answer: Answer) -> list[tuple[int, str]]:
    """Each village nobody serves, by index, and why: no one fits, or too few places for many."""
    question = answer.question
    others: dict[int, list[int]] = {}
    for v, h in allowed(question):
        others.setdefault(v, []).append(h)
    return [
        (v, _crowded(answer, v, others) if others.get(v) else nobody_fits(question, v))
        for v in answer.unserved
    ]


def nobody_fits(question: Question, v: int) -> str:
    """Why no helper at all may serve a village, counted by limit."""
    village = question.villages[v]
    if not village.needs:
        return "还没有填报需求，无法匹配；请先填报"
    counted: Counter[str] = Counter()
    for helper in question.helpers:
        counted[_limit(question, village, helper)] += 1
    said = "、".join(f"{n} 人{limit}" for limit, n in counted.most_common())
    return f"没有可派的专家：{said}" if said else "名册里没有专家"


def _limit(question: Question, village: Village, helper: Helper) -> str:
    conflicts = {why for code, why in helper.conflicts.items() if village.code.startswith(code)}
    if conflicts - {HELPED}:
        return "应当回避"
    if conflicts and helper.free:
        return HELPED
    reason = why_not(village, helper)
    if reason is None:
        return "被人工排除"
    return "没有对口专长" if "专长" in reason else "已到上限"


def _crowded(answer: Answer, v: int, others: dict[int, list[int]]) -> str:
    """Too few places: who could serve is taken, and by whom, along every exchange there is."""
    question = answer.question
    holds: dict[int, list[int]] = {}
    for match in answer.matches:
        holds.setdefault(match.helper, []).append(match.village)
    villages, helpers, edge = {v}, set[int](), [v]
    while edge:
        for h in others.get(edge.pop(), []):
            if h not in helpers:
                helpers.add(h)
                fresh = [w for w in holds.get(h, []) if w not in villages]
                villages.update(fresh)
                edge.extend(fresh)
    places = sum(len(holds.get(h, [])) for h in helpers)
    names = "、".join(sorted(question.helpers[h].name for h in helpers)[:5])
    more = f"等 {len(helpers)} 人" if len(helpers) > 5 else ""
    return f"人手不够：{len(villages)} 个村都只能由{names}{more}服务，合计只有 {places} 个名额"
