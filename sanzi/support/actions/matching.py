"""A matching: proposed at the proven optimum, changed by hand at a known price, confirmed."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.journal.recorder import Trace, key, record, record_many
from sanzi.kernel.refusals import Blocked, Invalid, Missing
from sanzi.letters.writing import Draft, traces, write_many
from sanzi.orgs.tree import names_of
from sanzi.support.held import check_holder, stamp
from sanzi.support.matching.terms import Terms, Village, why_not
from sanzi.support.models import Expert, Help, Matching
from sanzi.support.papers import APPOINTMENT
from sanzi.support.queries import matching_stands
from sanzi.support.questions import (
    answered,
    asked,
    drawn,
    pair_of,
    pairs_of,
    question_of,
)
from sanzi.support.skills import title_of
from sanzi.support.stages import HelpStage, MatchingStage
from sanzi.support.wording import refuse_known, said
from sanzi.support.workflow import MATCHING

VILLAGES_MAX = 1_000
WAYS = ("pin", "forbid", "free")


@action("support.run")
def propose(
    *,
    region: str,
    title: str,
    until_on: date,
    terms: Terms,
    quotas: Mapping[str, int],
    by: Person,
    now: datetime,
) -> Matching:
    """Match the villages with open needs in a region with its experts, at the least points.

    Raises Missing outside one's region, Invalid for a title taken or with nobody to match.
    """
    check_holder(region, by)
    twins = Matching.objects.visible_to(by).filter(region=region, title=title)
    refuse_known(twins, f"已有“{title}”，请换一个名称")
    if until_on <= localdate(now):
        raise Invalid("matching.until", "帮扶截止日要晚于今天")
    found = drawn(region, by)
    if not found["villages"] or not found["experts"]:
        raise Invalid("matching.nobody", "还没有村填报需求，或名册里没有专家，无法匹配")
    if len(found["villages"]) > VILLAGES_MAX:
        raise Invalid("matching.size", f"一次最多匹配 {VILLAGES_MAX} 个村，请按县分别匹配")
    kept = asdict(terms)
    matching = Matching.objects.create(
        region=region, title=said(title, "名称", most=80), until_on=until_on, terms=kept,
        quotas=dict(quotas), question=found,
        answer=answered(question_of(found, kept, quotas, [], [])), proposed_by=by, keeper=by,
        hands=[by.pk],
        **stamp(by, now),
    )  # fmt: skip
    _told(matching, "support.propose-matching", f"提出匹配方案 {matching}", by, now)
    return matching


def _told(matching: Matching, what: str, label: str, by: Person, now: datetime) -> None:
    answer = matching.answer
    public = {
        "matches": len(answer["matches"]),
        "unserved": len(answer["unserved"]),
        "points": answer["cost"],
    }
    record(matching, what, by=by, at=now, village=matching.region, label=label, public=public)


@action("support.run")
def fix_pair(
    *,
    matching_id: int,
    revision: int,
    village: str,
    expert: int,
    way: str,
    reason: str,
    by: Person,
    now: datetime,
) -> Matching:
    """Pin or forbid a pair by hand, or free it, and match the rest anew.

    Raises Invalid where a hard limit keeps the pair apart, Blocked when the proposal moved on.
    """
    matching = _open(matching_id, revision, by)
    pair = pair_of(matching, village, expert)
    if pair is None or way not in WAYS:
        raise Missing("scope.missing", "没有找到这个村或专家，请刷新后再选")
    if way == "pin":
        _check_limits(matching, village, expert)
    matching.pinned = _without(matching.pinned, village if way == "pin" else pair)
    matching.forbidden = _without(matching.forbidden, pair)
    if way != "free":
        (matching.pinned if way == "pin" else matching.forbidden).append(list(pair))
    before = matching.answer["cost"]
    _again(matching, by)
    if way == "pin" and not _is_matched(matching, village, expert):
        raise Invalid("matching.full", "不能指定：该专家的名额已被其他指定占满，或超出县定额")
    words = {"pin": "指定", "forbid": "排除", "free": "取消指定或排除"}[way]
    name = next(e["name"] for e in matching.question["experts"] if e["key"] == expert)
    record(matching, f"support.{way}-pair", by=by, at=now, village=matching.region,
           label=f"{words} {name}（多 {matching.answer['cost'] - before} 分）",
           public={"pair": list(pair), "reason": said(reason, "理由")})  # fmt: skip
    return matching


def _open(matching_id: int, revision: int, by: Person) -> Matching:
    matching: Matching = Matching.objects.claim(matching_id, by)
    if matching.stage != MatchingStage.PROPOSED or matching.revision != revision:
        raise Blocked("matching.moved", "方案已在别处改过或已确认，您的改动没有保存；请刷新后再改")
    return matching


def _check_limits(matching: Matching, code: str, key: int) -> None:
    question = asked(matching)
    village: Village = next(v for v in question.villages if v.code == code)
    reason = why_not(village, next(h for h in question.helpers if h.key == key))
    if reason:
        raise Invalid("matching.limit", f"不能指定：{reason}")


def _is_matched(matching: Matching, village: str, expert: int) -> bool:
    found = matching.answer["matches"]
    return any((one["village"], one["expert"]) == (village, expert) for one in found)


def _without(pairs: Sequence[Sequence[Any]], out: Any) -> list[list[Any]]:
    """The pairs but this one; with a village alone, but all of that village."""
    wide = isinstance(out, str)
    return [list(p) for p in pairs if (p[0] != out if wide else tuple(p) != out)]


def _again(matching: Matching, by: Person) -> None:
    matching.answer = answered(asked(matching), pairs_of(matching))
    matching.revision += 1
    matching.proposed_by = matching.keeper = by
    matching.hands = sorted({*matching.hands, by.pk})
    matching.save(
        update_fields=[
            "hands",
            "question",
            "answer",
            "pinned",
            "forbidden",
            "revision",
            "proposed_by",
            "keeper",
        ]
    )


@action("support.run")
def match_again(*, matching_id: int, revision: int, by: Person, now: datetime) -> Matching:
    """Draw needs and experts anew and match again; what was fixed by hand stays where it can."""
    matching = _open(matching_id, revision, by)
    matching.question = drawn(matching.region, by)
    matching.pinned = [list(p) for p in matching.pinned if pair_of(matching, *p)]
    matching.forbidden = [list(p) for p in matching.forbidden if pair_of(matching, *p)]
    _again(matching, by)
    _told(matching, "support.match-again", f"重新计算 {matching}", by, now)
    return matching


@action("support.run")
def drop(*, matching_id: int, reason: str, by: Person, now: datetime) -> Matching:
    """Take a proposal back before anybody confirmed it."""
    matching: Matching = Matching.objects.claim(matching_id, by)
    step = MATCHING.admit("drop", matching_stands(matching, by), by)
    matching.stage = step.target
    matching.save(update_fields=["stage"])
    record(matching, "support.drop-matching", by=by, at=now, village=matching.region,
           label=f"撤回 {matching}", public={"reason": said(reason, "理由")})  # fmt: skip
    return matching


@action("support.confirm")
def confirm(*, matching_id: int, revision: int, by: Person, now: datetime) -> Matching:
    """Confirm a proposal of another person: each pair becomes a help, with its appointment letter.

    All in one transaction; 140 pairs take about a second. Raises Blocked for one's own.
    """
    matching = _open(matching_id, revision, by)
    # Two matchings may draw on one list: the second to confirm finds the places taken.
    keys = [one["key"] for one in matching.question["experts"]]
    list(Expert.objects.visible_to(by).filter(pk__in=keys).order_by("pk").select_for_update())
    step = MATCHING.admit("confirm", matching_stands(matching, by), by)
    if matching.until_on <= localdate(now):
        raise Blocked(
            "matching.until",
            f"帮扶截止日 {matching.until_on} 已到，请撤回方案，按新的截止日重新提出",
        )
    helps = Help.objects.bulk_create(_helps(matching, by, now), batch_size=500)
    letters = write_many(APPOINTMENT, _letters(matching, helps), by=by, now=now)
    matching.stage, matching.confirmed_by, matching.confirmed_at = step.target, by, now
    matching.save(update_fields=["stage", "confirmed_by", "confirmed_at"])
    label = f"确认 {matching}，{len(helps)} 名专家对接 {len(helps)} 个村"
    done = Trace(key(matching), "support.confirm-matching", matching.region, label,
                 {"helps": len(helps), "points": matching.answer["cost"]})  # fmt: skip
    begun = [
        Trace(key(help), "support.begin-help", help.village, f"对接专家 {help.helper}",
              {"matching": matching.pk})
        for help in helps
    ]  # fmt: skip
    record_many([*traces(letters), *begun, done], by=by, at=now)
    return matching


def _helps(matching: Matching, by: Person, now: datetime) -> list[Help]:
    experts = {e["key"]: e for e in matching.question["experts"]}
    phones = dict(Expert.objects.visible_to(by).filter(pk__in=experts).values_list("pk", "phone"))
    needs = {v["code"]: v["needs"] for v in matching.question["villages"]}
    found = []
    for one in matching.answer["matches"]:
        expert, code = experts[one["expert"]], one["village"]
        help = Help(
            village=code, kind=Help.Kind.EXPERT,
            helper=f"{expert['name']}（{expert['unit']}）"[:80],
            contact=expert["name"], phone=phones.get(expert["key"]),
            matter="、".join(map(title_of, needs[code])), from_on=localdate(now),
            until_on=matching.until_on, stage=HelpStage.ACTIVE, expert_id=expert["key"],
            matching=matching, points=one["gap"] + one["way"] + one["load"],
            reason=f"{one['fit']}{one['beside']}", proposed_by=matching.proposed_by,
            proposed_at=matching.made_at, confirmed_by=by, confirmed_at=now,
        )  # fmt: skip
        help.place()
        found.append(help)
    return found


def _letters(matching: Matching, helps: Sequence[Help]) -> list[Draft]:
    issuer = names_of([matching.region]).get(matching.region, matching.region)
    return [
        Draft(
            {"helper": help.helper, "matter": help.matter, "reason": help.reason,
             "from_on": help.from_on, "until_on": help.until_on, "matching": matching.title},
            on=help, addressee=help.helper, issuer=issuer,
        )
        for help in helps
    ]  # fmt: skip
