"""A voucher is held against the budget when it is prepared."""

from decimal import Decimal

import pytest

from sanzi.agency import budgeting
from sanzi.agency.models import DraftLine
from sanzi.agency.stages import Stage
from sanzi.kernel.refusals import Blocked
from tests.brought import visit

__all__ = ("visit",)


@pytest.fixture
def asked(monkeypatch):
    """What is asked of the budget, and what it is to answer."""
    calls, answer = [], {}

    def refuse_or_warn(book, account, amount, on, *, project=None):
        calls.append((account, amount))
        if answer.get("blocks"):
            raise Blocked("budget.short", answer["words"])
        return answer.get("words", "")

    monkeypatch.setattr("sanzi.agency.budgeting.refuse_or_warn", refuse_or_warn)
    return calls, answer


def test_each_account_spent_on_is_asked_once_with_all_its_lines(walk, prepare, asked):
    calls, _ = asked
    prepare(walk("verified"), "借 513 300.00\n借 513 200.00\n贷 102 500.00")
    assert calls == [("513", Decimal("500.00"))]


def test_a_warning_goes_with_the_voucher_to_whoever_reviews_it(walk, prepare, asked, visit, zheng):
    _, answer = asked
    answer["words"] = "预算“513 其他支出”超出 20.00 元；可以继续"
    draft = prepare(walk("verified"))
    assert draft.stage == Stage.PREPARED
    assert "超出 20.00 元" in visit(zheng, f"/agency/matters/{draft.pk}/")


def test_what_the_budget_forbids_is_not_prepared(walk, prepare, asked):
    _, answer = asked
    answer |= {"words": "本项控制方式为禁止", "blocks": True}
    draft = walk("verified")
    with pytest.raises(Blocked, match="禁止"):
        prepare(draft)
    draft.refresh_from_db()
    assert draft.stage == Stage.VERIFIED
    assert not DraftLine.objects.exists()


def test_without_a_budget_it_says_so_and_goes_on(walk):
    draft = walk("prepared")
    assert "还没有已批准的预算" in draft.handlings.get(step="prepare").words


def test_long_warnings_are_cut_to_what_is_kept(walk, prepare, asked):
    _, answer = asked
    answer["words"] = "长" * 300
    draft = prepare(walk("verified"))
    assert len(draft.handlings.get(step="prepare").words) == budgeting.WORDS_MAX
