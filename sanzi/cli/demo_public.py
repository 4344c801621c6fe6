"""What the demonstration's village decided and made public: a budget, two quarters, a question."""

from datetime import date
from decimal import ROUND_CEILING, Decimal

from sanzi.accounting.models import Book
from sanzi.budgets.actions.decisions import approve
from sanzi.budgets.actions.drafts import draft, fill
from sanzi.budgets.grid import Typed
from sanzi.budgets.models import Budget, BudgetDecision, Stage
from sanzi.budgets.queries import planned
from sanzi.disclosure.actions.questions import answer, ask
from sanzi.disclosure.actions.sheets import publish, review, tell
from sanzi.disclosure.drawing import draw_sheet
from sanzi.disclosure.models import Publication, Question
from sanzi.disclosure.span import span_of

from .demo_cast import APPROVES, OVERSEES, POSTS, PREPARES, REPORTS, acting

YEAR = 2026
QUARTERS = ("2026Q2", "2026Q3")
STEP = Decimal(5000)  # Budgets are made in round sums, in yuan.
TOLD = {
    "plan-2": "年内不购置固定资产。",
    "plan-3": "修复南沟水渠180米，资金已列入公益支出预算。",
    "plan-4": "冬季清扫村内主街，不筹资、不筹劳。",
    "plan-6": "提取公积公益金以后，按成员份额分配。",
}
ANSWERED = "第二季度付的垃圾清运费，是几个村合着付的，还是我们一个村的？"
ANSWER = "是本村一个村的，凭清运公司发票付款，发票和签字单在镇代理中心可以查看。"
WAITING = "秋天修水渠的工钱什么时候能付？"


def approve_budget(book: Book) -> int:
    """Last year's figures rounded up, approved by the delegates; 1 if new."""
    mine = Budget.objects.within(book.village).filter(book=book, year=YEAR)
    if mine.filter(stage=Stage.APPROVED).exists():
        return 0
    budget = mine.filter(stage=Stage.DRAFTING).first()
    budget = budget or draft(book_id=book.pk, year=YEAR, **acting(PREPARES))
    rows = [
        Typed(account=line.account, name=line.name, amount=str(_round(line.amount)))
        for line in planned(budget)
    ]
    budget = fill(budget_id=budget.pk, revision=budget.revision, rows=rows, **acting(PREPARES))
    approve(
        budget_id=budget.pk,
        body=BudgetDecision.Body.MEMBER_DELEGATES,
        met_on=date(YEAR, 1, 18),
        number=f"成员代表大会〔{YEAR}〕1号",
        expected=35,
        present=32,
        agreed=31,
        sheets=3,
        **acting(APPROVES),
    )
    return 1


def _round(amount: Decimal) -> Decimal:
    return (amount / STEP).quantize(Decimal(1), ROUND_CEILING) * STEP


def publish_quarters(book: Book) -> int:
    """Tell, review and publish the quarters that are not public yet; how many."""
    organisation = book.collective
    published = Publication.objects.within(book.village).filter(organisation=organisation)
    public = set(published.values_list("first", flat=True))
    fresh = [span for span in map(span_of, QUARTERS) if span.first not in public]
    for span in fresh:
        at = {"organisation_id": organisation.pk, "span": span}
        for item, text in TOLD.items():
            tell(**at, item=item, text=text, **acting(REPORTS))
        seen = draw_sheet(organisation, span).sha256
        words = "已逐笔核对票据，同意公开"
        review(**at, sha256=seen, agrees=True, words=words, **acting(OVERSEES))
        publish(**at, sha256=seen, **acting(POSTS))
    return len(fresh)


def ask_questions(book: Book) -> int:
    """Two questions of villagers, one answered on the public page and one still waiting."""
    known = set(Question.objects.within(book.village).values_list("text", flat=True))
    fresh = [text for text in (ANSWERED, WAITING) if text not in known]
    about = Publication.objects.within(book.village).order_by("first").first()
    for text in fresh:
        at = acting(POSTS)
        asked = ask(
            village=book.village,
            publication_id=about.pk if about and text == ANSWERED else None,
            text=text,
            address="127.0.0.1",
            by=None,
            now=at["now"],
        )
        if text == ANSWERED:
            answer(question_id=asked.pk, text=ANSWER, is_public=True, **at)
    return len(fresh)
