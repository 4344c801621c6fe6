"""What the village's own vouchers suggest for a summary."""

from fractions import Fraction

import pytest

from sanzi.agency.history import hint, likeness

NAMES = {"102": "银行存款", "513": "管理费用", "514": "公益支出", "501": "经营收入"}


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("购办公用品", "购办公用品", Fraction(1)),
        ("发9月村干部报酬", "发10月村干部报酬", Fraction(1)),
        ("收鱼塘租金", "收王某2026年承包费、租金", Fraction(1, 4)),
        ("电费", "付路灯电费", Fraction(1)),
        ("购办公用品", "垃圾清运", Fraction(0)),
        ("", "购办公用品", Fraction(0)),
        ("2026", "2026", Fraction(0)),
    ],
)
def test_likeness_is_of_words_not_of_figures(one, other, alike):
    assert likeness(one, other) == likeness(other, one) == alike


def test_accounts_are_counted_over_the_vouchers_most_alike(book, put):
    for day in ("05", "06"):
        put(book, f"2024-01-{day}", "借 513 9.00\n贷 102 9.00", memo="购办公用品")
    put(book, "2024-01-07", "借 514 9.00\n贷 102 9.00", memo="垃圾清运")
    found = hint(book, "购置办公用品", NAMES)
    assert [(u.side, u.account, u.times) for u in found.used] == [
        ("借", "513", 2),
        ("贷", "102", 2),
    ]
    assert [v.title for v in found.vouchers] == ["记-2", "记-1"]


def test_an_account_no_longer_used_is_not_suggested(book, put):
    put(book, "2024-01-05", "借 513 9.00\n贷 102 9.00", memo="购办公用品")
    assert [u.account for u in hint(book, "购办公用品", {"102": "银行存款"}).used] == ["102"]


def test_red_letters_and_the_next_village_suggest_nothing(book, neighbours_book, put):
    put(neighbours_book, "2024-01-05", "借 513 9.00\n贷 102 9.00", memo="购办公用品")
    put(book, "2024-01-05", "借 513 -9.00\n贷 102 -9.00", memo="购办公用品", kind="red")
    found = hint(book, "购办公用品", NAMES, "expense")
    assert (found.used, found.vouchers) == ([], ())


def test_an_empty_book_suggests_nothing(book):
    assert hint(book, "购办公用品", NAMES, "expense").used == []


def test_questions_do_not_grow_with_the_book(book, put, django_assert_max_num_queries):
    for day in range(1, 29):
        put(book, f"2024-01-{day:02}", "借 513 9.00\n贷 102 9.00", memo="购办公用品")
    with django_assert_max_num_queries(2):
        hint(book, "购办公用品", NAMES)
