"""`sanzi dispatch`: the sheets that have fallen due, frozen as a named system user."""

from datetime import date

from sanzi.kernel.refusals import Invalid

from .check import dump
from .start import start


def run(region: str, kind: str, on: date | None, *, below: bool, as_json: bool) -> int:
    """Freeze a region's sheet once a period. 0: all are final, 1: one waits for a reason."""
    start()
    from django.utils.timezone import localtime, now

    from sanzi.access.system import system_person
    from sanzi.dispatch.actions.sheets import generate
    from sanzi.dispatch.arranging import arranged
    from sanzi.dispatch.queries import orders_of
    from sanzi.kernel.regions import trim

    code = trim(region)
    due = on or arranged(code).timing(kind).last_due(localtime())
    orders = orders_of(code, kind, due, below=below) if due else []
    if not orders:
        raise Invalid(
            "dispatch.region", "没有到期的调度表：请写乡镇、县或市的区划代码，或用 --on 指定截止日"
        )
    made = generate(orders=orders, by=system_person("system_dispatch"), now=now())
    if as_json:
        dump(
            {
                "sheets": [
                    {"id": one.pk, "region": one.region, "kind": one.kind, "digest": one.digest,
                     "cut_off_on": one.cut_off_on.isoformat(), "waits": one.is_draft}
                    for one in made
                ]
            }
        )  # fmt: skip
    for one in made if not as_json else ():
        waits = "，有累计数下降，等待说明原因" if one.is_draft else ""
        print(f"{one.region} {one}{waits}")
    return int(any(one.is_draft for one in made))
