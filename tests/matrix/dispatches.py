"""A town's frozen sheet over its villages, and a matter raised by each village."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from sanzi.access.models import Person
from sanzi.access.system import system_person
from sanzi.dispatch.actions.sheets import generate
from sanzi.dispatch.freezing import Order
from sanzi.dispatch.models import Blocker, Layout, Opinion, Study

from .rows import Village, canary

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
DAY = date(2026, 3, 1)


def keep_dispatches(villages: Mapping[str, Village]) -> dict[str, dict[str, int]]:
    """Keys by kind and village; a sheet is that of the village's town."""
    by = system_person("system_dispatch")
    towns = sorted({code[:9] for code in villages})
    orders = [Order(town, "daily", "village", DAY) for town in towns]
    sheets = {one.region: one.pk for one in generate(orders=orders, by=by, now=NOW)}
    kept: dict[str, dict[str, int]] = {
        k: {} for k in ("sheet", "blocker", "study", "opinion", "layout")
    }
    layouts = {
        town: Layout.objects.create(
            region=town, kind="daily", file="xlsx", version=1, added_by=by, added_at=NOW
        ).pk
        for town in towns
    }
    opinions = {town: _opinion(town, by) for town in towns}
    for code in villages:
        blocker = Blocker.objects.create(
            village=code, kind="dispute", matter=f"事项{canary(code, 'bm')}",
            detail=f"情况{canary(code, 'bd')}", holder=code[:9], due_on=DAY, raised_on=DAY,
            raised_by=by, keeper=by, once=code,
        )  # fmt: skip
        study = Study.objects.create(
            village=code, office=code[:9], matter=f"研判{canary(code, 'sm')}", stage="decided",
            facts=f"事实{canary(code, 'sf')}", decision=f"决定{canary(code, 'sd')}", made_by=by,
            keeper=by, made_at=NOW, once=code,
        )  # fmt: skip
        kept["study"][code], kept["opinion"][code] = study.pk, opinions[code[:9]]
        kept["layout"][code] = layouts[code[:9]]
        kept["sheet"][code], kept["blocker"][code] = sheets[code[:9]], blocker.pk
    return kept


def _opinion(town: str, by: Person) -> int:
    study = Study.objects.create(
        village=f"{town}000", office=town, matter="研判", made_by=by, keeper=by, made_at=NOW,
        once=town,
    )  # fmt: skip
    made = Opinion.objects.create(
        region=town, year=2026, number=1, title="口径", text="统一", basis="依据", study=study,
        adopted_by=by, adopted_at=NOW,
    )  # fmt: skip
    return made.pk
