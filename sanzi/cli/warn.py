"""Looking for warnings from the command line: `sanzi warn`, as a cron job runs it every night."""

import time
from datetime import date

from .check import dump
from .start import start


def run(region: str, as_of: date | None, *, as_json: bool) -> int:
    """Look at every village of a region, or of everything, and write the events down."""
    from sanzi.kernel.regions import trim

    region = trim(region) if region else ""
    start()
    from django.utils.timezone import localdate, now

    from sanzi.access.system import system_person
    from sanzi.warnings.actions.raising import raise_unanswered
    from sanzi.warnings.evaluating import town_by_town
    from sanzi.warnings.keeping import Told

    began, told, moment = time.monotonic(), Told(), now()
    on = as_of or localdate(moment)
    by = system_person("system_warnings")
    for one in town_by_town(region, on, by=by, now=moment):
        told += one
    raised = raise_unanswered(region=region, by=by, now=moment)
    seconds = time.monotonic() - began
    if as_json:
        dump(
            {
                "as_of": on.isoformat(), "region": region, "villages": told.villages,
                "opened": told.opened, "standing": told.opened + told.repeated,
                "gone": told.gone, "held": told.held, "seen_later": told.later,
                "raised": dict(raised), "seconds": round(seconds, 1),
            }
        )  # fmt: skip
        return 0
    print(
        f"预警评估，截至 {on}：{told.villages} 个村，新增 {told.opened} 条，"
        f"仍在 {told.repeated} 条，消除 {told.gone} 条；"
        f"超出预算只进周摘要 {told.held} 条。用时 {seconds:.1f} 秒"
    )
    if raised:
        words = "，".join(f"{title} {many} 条" for title, many in raised.items())
        print(f"到期没有人办理，提级到{words}")
    if told.later:
        print(f"{len(told.later)} 个村已评估到更晚的日期，没有改动")
    return 0
