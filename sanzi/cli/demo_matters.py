"""Matters of the demonstration's village at every stage of their way into the books."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from sanzi.accounting.entry import Side, credit, debit
from sanzi.accounting.models import Book
from sanzi.agency.actions import steps
from sanzi.agency.models import Draft

from .demo_cast import OVERSEES, POSTS, PREPARES, REPORTS, REVIEWS, SIGNS, acting
from .demo_photo import photo

BANK = "10201"
# Who takes each step; 制单 and 记账 are actions of their own.
HANDS = {
    "submit": REPORTS,
    "oversee": OVERSEES,
    "verify": PREPARES,
    "prepare": PREPARES,
    "review": REVIEWS,
    "sign": SIGNS,
    "post": POSTS,
}
WAY = tuple(HANDS)


@dataclass(frozen=True)
class Told:
    """What the village reports and the last step taken with it; `account` is where it belongs."""

    last: str
    dated: date
    memo: str
    amount: str
    payee: str
    account: str
    is_income: bool = False
    is_note: bool = False
    # Why the agency sent it back.
    returned: str = ""


def _on(month: int, day: int) -> date:
    return date(2026, month, day)


MATTERS = (
    Told("post", _on(10, 24), "付10月保洁员工资", "3600.00", "王三女等2人", "51401"),
    Told("post", _on(10, 26), "收农机棚10月租金", "2400.00", "张小岗", "50101", is_income=True),
    Told("post", _on(10, 30), "付村口道路清沙、垫方机械费", "5800.00", "李栓柱", "51402"),
    Told("sign", _on(11, 3), "付便民服务点取暖用煤款", "2160.00", "示例煤炭经销部", "51302"),
    Told("review", _on(11, 5), "付10月办公用电费", "486.30", "示例供电所", "51302"),
    Told("prepare", _on(11, 9), "付便民服务点打印纸、墨盒款", "318.00", "示例文具店", "51302"),
    Told("verify", _on(11, 18), "发11月村干部报酬", "7210.00", "村干部5人", "51301"),
    Told(
        "oversee", _on(10, 28), "收原秀花交2026年林地承包费", "1500.00", "原秀花", "50102",
        is_income=True,
    ),
    Told("submit", _on(11, 16), "付村民代表会议误工补助", "1240.00", "村民代表31人", "51301"),
    Told("submit", _on(11, 18), "修水渠的工钱", "960.00", "张二孩", "51402", is_note=True),
    Told(
        "", _on(11, 12), "付村委会水费", "236.50", "示例水站", "51302",
        returned="缺水费发票，只有收据；请补传发票后重新提交",
    ),
)  # fmt: skip


def report_matters(book: Book) -> int:
    """Report what is not reported yet and take it as far as it has come; how many are new."""
    known = set(Draft.objects.within(book.village).values_list("memo", flat=True))
    fresh = [told for told in MATTERS if told.memo not in known]
    for told in fresh:
        _take(book, told)
    return len(fresh)


def _take(book: Book, told: Told) -> None:
    slip = SimpleUploadedFile("单据.png", photo(), "image/png")
    draft = steps.begin(
        book_id=book.pk,
        flow=Draft.Flow.INCOME if told.is_income else Draft.Flow.EXPENSE,
        dated=told.dated,
        memo=told.memo,
        amount=Decimal(told.amount),
        payee=told.payee,
        attachments=0 if told.is_note else 1,
        is_note=told.is_note,
        files=[slip] if told.is_note else [],
        **acting(REPORTS),
    )
    if told.returned:
        for step, hand, words in (
            ("submit", REPORTS, ""),
            ("oversee", OVERSEES, ""),
            ("return_papers", PREPARES, told.returned),
        ):
            steps.take_step(draft_id=draft.pk, step=step, words=words, **acting(hand))
        return
    for step in WAY[: WAY.index(told.last) + 1]:
        _step(draft, told, step)


def _step(draft: Draft, told: Told, step: str) -> None:
    if step == "prepare":
        steps.prepare(
            draft_id=draft.pk,
            sides=_sides(told),
            memo=told.memo,
            dated=told.dated,
            attachments=1,
            **acting(HANDS[step]),
        )
    elif step == "post":
        steps.post_matters(draft_ids=[draft.pk], **acting(HANDS[step]))
    else:
        steps.take_step(draft_id=draft.pk, step=step, **acting(HANDS[step]))


def _sides(told: Told) -> list[Side]:
    """Into the bank and from income, or for an expense and out of the bank."""
    amount = Decimal(told.amount)
    to, out = (BANK, told.account) if told.is_income else (told.account, BANK)
    return [debit(to, amount, memo=told.memo), credit(out, amount, memo=told.memo)]
