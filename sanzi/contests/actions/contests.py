"""Setting up a contest: its rounds, how each is held, and its card."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.access.scope import covers
from sanzi.contests.beginnings import BEGINNINGS
from sanzi.contests.cards import Sheet, card_of, to_json
from sanzi.contests.models import Contest, Round
from sanzi.contests.organising import levels_below, organised, refuse_opened
from sanzi.contests.queries import LABELS, sheet_of
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked, Invalid, Missing

_ENDS = (4, 6, 9)


@action("contests.run")
def found(
    *,
    region: str,
    kind: str,
    level: str,
    title: str,
    year: int,
    purse: Decimal | None = None,
    like: int | None = None,
    is_long: bool = False,
    by: Person,
    now: datetime,
) -> Contest:
    """Set up a contest over a region, with the rounds of an example or of an earlier contest.

    `is_long` begins an assessment with the card of seventy-one lines instead of the short one.

    Raises Missing outside one's region, Invalid for a title taken or a level that lies above.
    """
    if len(region) not in _ENDS or not covers(by, region):
        raise Missing("place.missing", "没有找到这个地方，或它不在您的辖区内")
    able = dict(levels_below(region))
    if level not in able:
        raise Invalid("contest.level", f"参评对象要在举办地区以下：{'、'.join(able.values())}")
    if Contest.objects.visible_to(by).filter(region=region, year=year, title=title).exists():
        raise Invalid("contest.title", f"{year} 年已有“{title}”，请换一个名称")
    earlier = _earlier(like, by)
    contest = Contest.objects.create(
        region=region, kind=kind, level=level, title=title, year=year, purse=purse,
        made_by=by, made_at=now,
    )  # fmt: skip
    for ordinal, (name, form, weight, card, source) in enumerate(
        _rounds("assessment-long" if is_long and kind == "assessment" else kind, earlier), start=1
    ):
        Round.objects.create(
            contest=contest, ordinal=ordinal, title=name, form=form, weight=weight,
            card=to_json(card), copied_from=source, cut_off_on=date(year, 12, 31),
        )  # fmt: skip
    label = f"建立评比 {contest}"
    record(
        contest,
        "contests.found",
        by=by,
        at=now,
        village=region,
        label=label,
        public={"region": region},
    )
    return contest


def _earlier(pk: int | None, by: Person) -> Contest | None:
    if pk is None:
        return None
    found = Contest.objects.visible_to(by).filter(pk=pk).first()
    if found is None:
        raise Missing("scope.missing", "没有找到要沿用的评比")
    return found


def _rounds(beginning: str, earlier: Contest | None) -> Iterable[tuple[str, str, int, Sheet, Any]]:
    if earlier is None:
        return ((*one, None) for one in BEGINNINGS[beginning])
    return ((one.title, one.form, one.weight, sheet_of(one), one) for one in earlier.rounds.all())


@action("contests.run")
def set_card(*, round_id: int, revision: int, sheet: Sheet, by: Person, now: datetime) -> Round:
    """Put a card in place of the one there. Raises Blocked once the round is open, Invalid by row.

    What was typed for lines that are gone stays where it was and counts no more.
    """
    round_ = organised(round_id, by)
    refuse_opened(round_, "评分表")
    if round_.card_revision != revision:
        raise Blocked("card.revised", "评分表已在别处保存过，您的改动没有保存；请刷新后对照着再改")
    sheet = replace(sheet, title=sheet.title.strip() or round_.title)
    try:
        card_of(sheet, LABELS)
    except ValueError as faults:
        raise Invalid("card.faults", str(faults)) from None
    round_.card, round_.card_revision = to_json(sheet), revision + 1
    round_.save(update_fields=["card", "card_revision"])
    label = f"修改“{round_}”的评分表"
    record(
        round_,
        "contests.card",
        by=by,
        at=now,
        village=round_.contest.region,
        label=label,
        public={"revision": revision + 1},
    )
    return round_


@action("contests.run")
def arrange(
    *,
    round_id: int,
    form: str,
    weight: int,
    cut_off_on: date,
    dropped: int,
    judges_min: int,
    by: Person,
    now: datetime,
) -> Round:
    """Say how a round is held: its form, weight, day of the figures, and how marks are dropped."""
    round_ = organised(round_id, by)
    refuse_opened(round_, "安排")
    if judges_min < 2 * dropped + 1:
        least = 2 * dropped + 1
        raise Invalid("round.dropped", f"最高、最低各去 {dropped} 个，至少要 {least} 名评委")
    round_.form, round_.weight, round_.cut_off_on = form.strip(), weight, cut_off_on
    round_.dropped, round_.judges_min = dropped, judges_min
    round_.save(update_fields=["form", "weight", "cut_off_on", "dropped", "judges_min"])
    public = {"weight": weight, "cut_off_on": cut_off_on.isoformat(), "dropped": dropped}
    record(
        round_,
        "contests.arrange",
        by=by,
        at=now,
        village=round_.contest.region,
        label=f"安排“{round_}”",
        public=public,
    )
    return round_
