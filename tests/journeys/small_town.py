"""A town of one village and one contract let by word of mouth, loaded into a data folder.

Run as a program: `python -m tests.journeys.small_town`, with SANZI_DATA and SANZI_DEMO set; with
`late`, its clerk has given a task about the contract whose time limit passed three days ago.
"""

import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

VILLAGE, TOWN = "999901001201", "999901001"
ACCOUNTANT, CLERK, LEADER = "林会计", "陈经办", "高镇长"
CONTRACT = "村南鱼塘租赁合同"
LATE = "补签鱼塘书面合同"


def main() -> None:
    """Make the places, the people and the row."""
    from sanzi.cli.start import start

    start()
    from django.utils.timezone import now

    from sanzi.access.system import system_person
    from sanzi.administration.actions.demo import DemoPost, name_places, welcome
    from sanzi.intake.reading import read_workbook
    from sanzi.workbooks.actions import commit_file
    from tests.sheets import LEASE, write_workbook

    setup = system_person("system_setup")
    names = {
        "99": "示例省",
        "9999": "示例市",
        "999901": "示例县",
        TOWN: "清水镇",
        VILLAGE: "上田村",
    }
    name_places(names=names, by=setup, now=now())
    people = (
        DemoPost("lin", ACCOUNTANT, "village_accountant", VILLAGE),
        DemoPost("chen", CLERK, "town_clerk", TOWN),
        DemoPost("gao", LEADER, "town_leader", TOWN),
    )
    welcome(posts=people, from_on=date(2020, 1, 1), by=setup, now=now())
    row = {
        **LEASE,
        "village": VILLAGE,
        "number": "HT-1",
        "written": "口头",
        "total_amount": "240000",
    }
    with tempfile.TemporaryDirectory() as folder:
        profile = {"village": VILLAGE, "name": "上田村", "households": "200"}
        book = write_workbook(Path(folder) / "town.xlsx", 村情=[profile], 合同=[row])
        commit_file(
            workbook=read_workbook(book), name="town.xlsx",
            by=system_person("system_import"), now=now(),
        )  # fmt: skip


def give_a_late_task() -> None:
    """The clerk's task of ten days ago about the contract, due three days ago."""
    from django.utils.timezone import localdate, now

    from sanzi.access.models import Person
    from sanzi.campaigns.giving import Order
    from sanzi.campaigns.lists.actions import give_tasks
    from sanzi.contracts.models import Contract

    clerk = Person.objects.get(username="chen")
    order = Order(
        village=VILLAGE, matter=LATE, due_on=localdate() - timedelta(days=3), category="清合同",
        on=Contract.objects.visible_to(clerk).get(), responsible=ACCOUNTANT,
    )  # fmt: skip
    give_tasks(orders=[order], by=clerk, now=now() - timedelta(days=10))


if __name__ == "__main__":
    main()
    if "late" in sys.argv[1:]:
        give_a_late_task()
