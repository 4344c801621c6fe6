"""中村镇, the example of one town: its figures are those of the published case."""

import random
from datetime import date

from tools.examples.book import Book
from tools.examples.people import Register
from tools.examples.places import zhongcun_villages

from .contracts import contracts, outcome_dates
from .debts import add_debts
from .holdings import add_let, add_own
from .ledger import Ledger, People, in_turn
from .profiles import add_incomes, add_profiles, add_projects
from .recovery import recover
from .sound import Draft, Writer
from .tasks import add_tasks

SEED = 140521101


def zhongcun() -> Book:
    """The same workbook every time."""
    chance = random.Random(SEED)
    book = Book()
    villages = zhongcun_villages()
    people = People(Register(SEED, "沁水县"), chance)
    add_profiles(book, villages)
    pools = {village.code: [people.of(village) for _ in range(60)] for village in villages}
    drafts = contracts(Writer(people.register, chance, pools), villages, chance)
    add_let(book, drafts)
    for draft in drafts:
        book.add("contracts", **draft.row)
    owing = [draft for draft in drafts if "P10" in draft.codes]
    ledger = Ledger(book, people, chance, in_turn(villages))
    recover(ledger, {village.name: village for village in villages}, owing)
    add_debts(book, villages, people, chance)
    for place, (draft, dated) in enumerate(outcome_dates(drafts, chance), start=1):
        _put_right(book, draft, dated, place)
    add_own(book, villages, chance)
    add_projects(book, villages, chance)
    add_incomes(book, villages, chance)
    add_tasks(book, villages, people.register)
    _in_order(book)
    return book


def _put_right(book: Book, draft: Draft, dated: date, place: int) -> None:
    book.add(
        "dispositions",
        kind="合同",
        target_number=draft.row["number"],
        village=draft.village.code,
        dated=dated,
        method=draft.method,
        document_number=f"中清合〔2022〕{place}号",
        handled_by="中村镇合同清理专班",
        remark="涉及金额1.34亿元、长达16年的纠纷彻底解决" if place == 1 else None,
    )


def _in_order(book: Book) -> None:
    """Registers village by village, acts by day: as an office would hand them in."""
    for slug in ("contracts", "receivables", "debts", "resources", "assets", "projects"):
        book.rows[slug].sort(key=lambda row: (row["village"], row["number"]))
    book.rows["dispositions"].sort(key=lambda row: (row["dated"], row["kind"], row["village"]))
