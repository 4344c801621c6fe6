"""Outlines of parcels from a surveyor's GeoJSON into the resource register, by parcel number."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.access.scope import covers
from sanzi.cleanup.keeping import refigure_town
from sanzi.holdings.models import Resource
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Invalid, Missing

BYTES_MAX = 20 * 1024 * 1024
FEATURES_MAX = 20_000
# Where surveyors write a parcel's number.
NUMBERS = ("资源编号", "地块编号", "编号", "地块编码", "DKBM", "dkbm", "number", "id")
# Said of a parcel whose outline encloses another area than the register says.
AREA_APART = Decimal("0.05")


@dataclass
class Brought:
    """What came of a file: numbers taken, and one sentence for each that was not."""

    taken: list[str] = field(default_factory=list)
    same: int = 0
    left: list[str] = field(default_factory=list)
    apart: list[str] = field(default_factory=list)


@action("contracts.check")
def bring_outlines(*, village: str, document: bytes, by: Person, now: datetime) -> Brought:
    """Give the village's resources the outlines of this GeoJSON; contracts are inspected anew.

    A feature whose number is in no register, or that encloses nothing, is left out and said; the
    same file again changes nothing. Raises Missing, Invalid.
    """
    if len(village) != 12 or not covers(by, village):
        raise Missing("scope.missing", "没有找到这个村")
    features = list(_features(document))
    mine = Resource.objects.visible_to(by).filter(village=village)
    rows = {row.number: row for row in mine.select_for_update(of=("self",))}
    brought = Brought()
    for number, geometry in features:
        _take(rows.get(number), number, geometry, brought)
    if brought.taken:
        refigure_town(village[:9])
    label = f"导入地块边界 {len(brought.taken)} 块，没有用上 {len(brought.left)} 块"
    record(f"holdings.outlines:{village}", "outlines.bring", by=by, at=now, village=village,
           label=label, public={"numbers": brought.taken[:200]})  # fmt: skip
    return brought


def _take(row: Any, number: str, geometry: Any, brought: Brought) -> None:
    # Geometry takes a while to load; only who brings outlines waits for it.
    from sanzi.holdings.parcels import outline_of

    if row is None:
        brought.left.append(f"{number or '没有编号的地块'}：资源台账里没有这个编号")
        return
    written = json.dumps(geometry, ensure_ascii=False, separators=(",", ":"))
    try:
        area = outline_of((row.village, number), written).area_mu
    except Invalid as refusal:
        brought.left.append(f"{number}：{refusal.message}")
        return
    if row.area_mu and abs(area - row.area_mu) > row.area_mu * AREA_APART:
        brought.apart.append(f"{number}：台账 {row.area_mu} 亩，边界围出 {area} 亩")
    if row.geometry == written:
        brought.same += 1
        return
    row.geometry = written
    row.save(update_fields=["geometry"])
    brought.taken.append(number)


def _features(document: bytes) -> Iterator[tuple[str, Any]]:
    if len(document) > BYTES_MAX:
        raise Invalid("outlines.size", f"文件超过 {BYTES_MAX // 1024**2} MB，请按村分开导出")
    try:
        collection = json.loads(document.decode("utf-8-sig"))
        features = collection["features"]
        if len(features) > FEATURES_MAX:
            raise Invalid("outlines.count", f"一次最多 {FEATURES_MAX:,} 块，请按村分开导出")
        for feature in features:
            told = feature.get("properties") or {}
            number = next((told[name] for name in NUMBERS if told.get(name)), feature.get("id", ""))
            yield str(number).strip(), feature.get("geometry")
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Invalid(
            "outlines.form", "不是 GeoJSON 地块集合（FeatureCollection），请从测绘软件重新导出"
        ) from None
