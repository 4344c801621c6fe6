"""The town's task list: four-level responsibility, one line per village and kind of task."""

from datetime import date
from decimal import Decimal

from tools.examples.book import Book
from tools.examples.people import Register
from tools.examples.places import Village

_TASKS = (
    ("清合同", "不规范合同完善修订", "份", 2, date(2022, 11, 30)),
    ("化债务", "清收债权、化解债务", "万元", 20, date(2022, 12, 31)),
    ("收资源费", "新增资源丈量核实、公示收费", "亩", 9, date(2022, 10, 31)),
    ("增收", "盘活资源资产、项目增收", "万元", 1, date(2022, 12, 31)),
)


def add_tasks(book: Book, villages: list[Village], register: Register) -> None:
    leaders = [register.person().name for _ in range(4)]
    for place, village in enumerate(villages):
        responsible = register.person().name
        for serial, (category, matter, unit, each, due_on) in enumerate(_TASKS, start=1):
            book.add(
                "tasks",
                number=f"RW-2022-{serial:02d}",
                village=village.code,
                category=category,
                matter=f"{village.name}{matter}",
                target=Decimal(each * village.weight),
                unit=unit,
                responsible=responsible,
                leader=leaders[place % len(leaders)],
                starts_on=date(2022, 2, 8),
                due_on=due_on,
            )
