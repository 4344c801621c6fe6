"""Bringing the demonstration's books to life: what its people would have done by now.

Through the same actions as everybody's pages, each step by the person whose duty it is.
"""

import time
from collections.abc import Callable

from sanzi.disclosure.models import Question

from .demo_bank import open_bank
from .demo_cast import TOWN, VILLAGE, books_of
from .demo_claims import clear_claims
from .demo_closing import close_books
from .demo_contracts import keep_contracts
from .demo_matters import report_matters
from .demo_public import WAITING, approve_budget, ask_questions, publish_quarters

Tell = Callable[[str], None]


def live(*, tell: Tell) -> None:
    """Do what is not done yet; once all is done, what visitors change stays as they leave it."""
    # The last thing done says that everything before it was.
    if Question.objects.within(VILLAGE).filter(text=WAITING).exists():
        return
    began = time.monotonic()
    (shown,) = books_of(VILLAGE)
    months = sum(close_books(book) for book in books_of(TOWN))
    tell(f"已结账 {months} 个月，用时 {time.monotonic() - began:.1f} 秒")
    began = time.monotonic()
    approve_budget(shown)
    matters, flows, sheets = report_matters(shown), open_bank(shown), publish_quarters(shown)
    clear_claims()
    keep_contracts()
    ask_questions(shown)
    tell(
        f"已办理 {matters} 笔业务、导入 {flows} 笔银行流水、公开 {sheets} 个季度，"
        f"用时 {time.monotonic() - began:.1f} 秒"
    )
