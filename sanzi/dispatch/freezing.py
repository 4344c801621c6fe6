"""Drawing a sheet: its figures as known now, each with what it opens to. Inside an action."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sanzi.access.models import Person
from sanzi.kernel.refusals import Blocked
from sanzi.kernel.regions import full
from sanzi.metrics.catalogue import metric
from sanzi.metrics.frozen import Mark
from sanzi.metrics.regions import history_of, regions_in, sums_on
from sanzi.orgs.models import Region
from sanzi.web.formats import day

from . import counting
from .arranging import Arranged
from .body import Body, BodyLine, column_of, sums_of, written
from .form import FORMS, NOTE, FormColumn, Placed, Totals, Value, needed, placed
from .levels import LEVEL_WORDS
from .models import Sheet
from .periods import KINDS
from .ranking import FLAG_WORDS

Sums = Mapping[str, Totals]
# The line of what was raised by the region itself, or between it and its lines.
OWN_LINE = "本级"


@dataclass(frozen=True)
class Order:
    """Which sheet is asked for."""

    region: str
    kind: str
    level: str
    cut_off_on: date


@dataclass(frozen=True)
class Drawing:
    """What one sheet is drawn from."""

    order: Order
    columns: tuple[FormColumn, ...]
    names: dict[str, str]
    now: Sums
    before: Sums
    things: dict[str, counting.Keys]
    gained: dict[str, dict[str, int]]
    reporters: dict[str, str]
    placed: Placed

    def line(self, code: str, name: str) -> BodyLine:
        """The line of one region; the total is the line of the whole."""
        rank, flag = self.placed.get(code, (None, None))
        things = {metric: self._things(metric, code) for metric in self.things}
        cells = tuple(self._cell(one, code, things) for one in self.columns)
        return BodyLine(code, name, cells, rank, FLAG_WORDS[flag] if flag else "", things)

    def own_line(self) -> BodyLine | None:
        """What the region itself, or an office between it and the lines, has; so lines add up.

        None where every thing counted lies in some line.
        """
        codes = tuple(self.names)
        kept = {
            metric: [
                key
                for village, keys in by_village.items()
                if not village.startswith(codes)
                for key in keys
            ]
            for metric, by_village in self.things.items()
        }
        if not any(kept.values()):
            return None
        blank: dict[str, Value | str] = {"words": ""}
        cells = tuple(
            len(kept[one.metric]) if one.mode == "things" else blank.get(one.mode)
            for one in self.columns
        )
        return BodyLine(full(self.order.region), OWN_LINE, cells, None, "", kept)

    def _things(self, metric: str, code: str) -> list[str]:
        by_village = self.things[metric].items()
        return [key for village, keys in by_village if village.startswith(code) for key in keys]

    def _cell(self, one: FormColumn, code: str, things: dict[str, list[str]]) -> Value | str:
        if one.mode == "things":
            return len(things[one.metric])
        if one.mode == "words":
            return self.reporters.get(full(code), "")
        if one.mode == "rows":
            by_village = self.gained[one.metric].items()
            return sum(n for village, n in by_village if village.startswith(code))
        return one.value(self.now.get(code, {}), self.before.get(code, {}))


def draw(
    order: Order,
    previous: Sheet | None,
    since: date,
    mark: Mark,
    arranged: Arranged,
    *,
    edition: int,
    reason: str,
    by: Person,
    now: datetime,
) -> Sheet:
    """The sheet, not yet saved. Raises Blocked when the lines do not add up to the total."""
    drawing = _drawing(order, previous, since, mark, arranged)
    _check_sums(drawing)
    region = Region.objects.get(code=order.region)
    lines = tuple(drawing.line(code, name) for code, name in drawing.names.items())
    if own := drawing.own_line():
        lines = (*lines, own)
    total = drawing.line(order.region, "合计")
    body = Body(
        head=_head(order, region.name, since, arranged, edition, reason, by, now),
        columns=tuple(column_of(one) for one in drawing.columns),
        lines=lines,
        total=total,
        sums=drawing.now,
    )
    text = written(body)
    return Sheet(
        region=order.region, kind=order.kind, level=order.level, cut_off_on=order.cut_off_on,
        edition=edition, previous=previous, since=since, reason=reason, last_share=mark.share,
        last_past=mark.past, falls=_falls(drawing), body=text,
        digest=sha256(text.encode()).hexdigest(), made_by=by, made_at=now,
    )  # fmt: skip


def _drawing(
    order: Order, previous: Sheet | None, since: date, mark: Mark, arranged: Arranged
) -> Drawing:
    columns = FORMS[order.kind]
    now, before = _sums(order, previous, since, columns)
    living = regions_in(order.region, order.level)
    # A region that has ended is listed as long as it has figures.
    names = {one.code: one.name for one in living if one.is_living or one.code in now}
    earlier = previous.mark if previous else Mark(mark.share, mark.past, since)
    counted = [one.metric for one in columns if one.mode == "things"]
    period = counting.Period(since, order.cut_off_on, previous.made_at if previous else None)
    return Drawing(
        order=order,
        columns=columns,
        names=names,
        now=now,
        before=before,
        things={name: counting.COUNTED[name](order.region, period) for name in counted},
        gained={
            one.metric: counting.gains(order.region, one.metric, mark, earlier)
            for one in columns
            if one.mode == "rows"
        },
        reporters=counting.reporters(order.region, order.level, order.cut_off_on)
        if any(one.mode == "words" for one in columns)
        else {},
        placed=placed(now, names, arranged.flags),
    )


def _sums(
    order: Order, previous: Sheet | None, since: date, columns: tuple[FormColumn, ...]
) -> tuple[Sums, Sums]:
    """Sums of lines and of the whole, now and as the last sheet had them."""
    days = [order.cut_off_on] if previous else [order.cut_off_on, since]
    wanted = needed(columns)
    found = [dict(one) for one in sums_on(order.region, order.level, days, wanted)]
    for sums, own in zip(found, history_of(order.region, days, wanted), strict=True):
        sums[order.region] = own
    if previous is not None:
        return found[0], sums_of(previous.body)
    return found[0], found[1]


def _check_sums(drawing: Drawing) -> None:
    """Lines add up to the whole: their stored sums, and with them every figure and change."""
    own = drawing.now.get(drawing.order.region, {})
    for id in needed(drawing.columns):
        below = sum(drawing.now.get(code, {}).get(id, 0) for code in drawing.names)
        if below != own.get(id, 0):
            label = metric(id).label
            raise Blocked(
                "sheet.sums", f"“{label}”各行之和与本级数不符，没有生成；请管理员运行 sanzi verify"
            )


def _falls(drawing: Drawing) -> list[dict[str, str]]:
    """Cumulative figures of a line that are below the last sheet's."""
    cumulative = [one for one in drawing.columns if one.cumulative]
    found = []
    for code, name in drawing.names.items():
        now, before = drawing.now.get(code, {}), drawing.before.get(code)
        for one in cumulative if before else ():
            if one.stored(now) < one.stored(before or {}):
                title = f"{one.group.partition('（')[0]}{one.title}"
                if one.is_change:
                    title = one.tag.replace("本期", "累计")
                then, here = one.value(before or {}, {}), one.value(now, {})
                found.append({"code": code, "name": name, "title": title, "unit": one.unit,
                              "before": str(then), "now": str(here)})  # fmt: skip
    return found


def _head(
    order: Order,
    name: str,
    since: date,
    arranged: Arranged,
    edition: int,
    reason: str,
    by: Person,
    now: datetime,
) -> dict[str, Any]:
    """What stands above and below the table."""
    ranks = order.kind == "biweekly"
    return {
        "title": f"{name}“清化收”{KINDS[order.kind]}",
        "region": order.region,
        "region_name": name,
        "kind": order.kind,
        "level": order.level,
        "level_word": LEVEL_WORDS[order.level],
        "cut_off_on": order.cut_off_on.isoformat(),
        "since": since.isoformat(),
        "edition": edition,
        "reason": reason,
        "made_by": by.name,
        "made_at": day(now),
        "rule": arranged.flags.sentence if ranks else "",
        "note": NOTE if ranks else DAILY_NOTE,
    }


DAILY_NOTE = (
    "今日各数是本期截止日比上期截止日多出的，含补记以前日期的；清收笔数是其中有金额的记录条数；"
    "规范合同为修订、解除、司法三项之和；新增收费为清合同增收中已收款入账的部分；"
    "矛盾纠纷、需协调为截止日尚未办结的，乡镇、县自己提出的列在“本级”一行"
)
