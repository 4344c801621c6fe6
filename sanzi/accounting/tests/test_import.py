"""Taking over other software's vouchers: all of a file or nothing of it, and nothing twice."""

import io
import json
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from sanzi.access.system import system_person
from sanzi.accounting.actions.importing import import_vouchers
from sanzi.accounting.interchange.reading import read_vouchers
from sanzi.accounting.interchange.trial import trial_balance
from sanzi.accounting.interchange.writing import WRITERS
from sanzi.accounting.models import Account, Book, Dimension, Line, Page, Period, Voucher
from sanzi.accounting.pages import balances
from sanzi.accounting.verification import verify
from sanzi.cli.main import main
from sanzi.journal.models import Entry as Trace
from sanzi.kernel.money import yuan
from sanzi.kernel.refusals import Forbidden, Invalid, Missing
from sanzi.orgs.models import Collective
from tests.books import written
from tests.world import NOON, SHANGTIAN, XIATIAN

from .test_interchange import file

SCHEMAS = Path(__file__).parents[3] / "docs" / "schema"
RENT = (
    "2024-01-05,记-1,收租金,10201 农商行,100.00,,",
    "2024-01-05,记-1,收租金,501,,100.00,",
)
LABOUR = (
    "2024-03-08,记-1,误工,513,50.00,,",
    "2024-03-08,记-1,误工,113,,50.00,王五",
)


@pytest.fixture
def bring(places):
    """Import rows into Shangtian as the command does: bring(*RENT)."""

    def do(*rows, region=SHANGTIAN, name="", scheme="", by=None, content=None):
        return import_vouchers(
            reading=read_vouchers(content or file(*rows)),
            region=region,
            name=name,
            scheme=scheme,
            file_name="other.csv",
            tell=lambda done, of: None,
            by=by or system_person("system_import"),
            now=NOON,
        )

    return do


def refused(plan):
    assert Voucher.objects.count() == Line.objects.count() == Page.objects.count() == 0
    return [problem.message for problem in plan.problems]


def everything():
    return [list(m.objects.order_by("pk").values()) for m in (Voucher, Line, Page, Period)]


def test_a_village_without_a_set_gets_one_with_its_organisation(bring):
    plan = bring(*RENT, *LABOUR)
    book = Book.objects.get()
    assert plan.problems == []
    assert (book.village, book.scheme, book.begins) == (SHANGTIAN, "2023", 202401)
    assert book.collective.kind == Collective.Kind.COLLECTIVE
    assert [written(v) for v in Voucher.objects.order_by("pk")] == [
        "借 10201 100.00\n贷 501 100.00",
        "借 513 50.00\n贷 113 50.00",
    ]
    assert Account.objects.get(code="10201").name == "农商行"
    assert not Account.objects.get(code="102").is_leaf
    assert Dimension.objects.get().name == "王五"
    assert verify().faults == []


def test_the_villages_only_set_is_the_one_meant(bring, book):
    bring(*RENT)
    assert Book.objects.get() == book
    assert Voucher.objects.get().kind == "imported"


def test_several_sets_are_told_apart_by_name(bring, book, committee_book):
    with pytest.raises(Invalid, match="2 个账套"):
        bring(*RENT)
    with pytest.raises(Missing, match="上田村村民委员会"):
        bring(*RENT, name="别的账套")
    assert bring(*RENT, name="上田村村民委员会").book == committee_book


def test_the_scheme_is_the_sets_unless_another_is_named(bring):
    rows = ("2023-05-05,1,修房,153 固定资产清理,1,,", "2023-05-05,1,修房,101 现金,,1,")
    assert "含义不同" in refused(bring(*rows))[0]
    assert bring(*rows, scheme="2004").book.scheme == "2004"
    assert bring(*rows).known == 1


def test_the_same_file_twice_changes_nothing(bring):
    bring(*RENT)
    before = everything()
    again = bring(*RENT)
    assert (again.known, again.fresh) == (1, [])
    assert before == [
        list(m.objects.order_by("pk").values()) for m in (Voucher, Line, Page, Period)
    ]
    assert Trace.objects.order_by("seq").last().action == "books.unchanged"


def test_a_later_file_that_repeats_earlier_months_books_what_is_new(bring):
    bring(*RENT)
    saved_anew = file(*RENT, *LABOUR).replace(b"\n", b"\r\n")
    plan = bring(content=saved_anew)
    assert (plan.known, len(plan.fresh)) == (1, 1)
    assert [v.title for v in Voucher.objects.order_by("pk")] == ["记-1", "记-1"]


def test_a_voucher_changed_since_it_was_taken_over_is_refused_with_the_whole_file(bring):
    bring(*RENT)
    plan = bring(*(row.replace("100.00", "101.00") for row in RENT), *LABOUR)
    assert "第 2–3 行凭证 记-1已导入过，但这次内容不同" in plan.problems[0].message
    assert Voucher.objects.count() == 1


def test_numbers_are_given_without_gaps_in_the_order_of_the_file(bring):
    labels = ("付-7", "收-3", "转-12")
    rows = [
        f"2024-01-0{day},{label},{label},{account}"
        for day, label in enumerate(labels, start=1)
        for account in ("102,1,,", "501,,1,")
    ]
    bring(*rows)
    assert [(v.number, v.memo) for v in Voucher.objects.order_by("pk")] == [
        (1, "付-7"), (2, "收-3"), (3, "转-12"),
    ]  # fmt: skip


def test_years_the_file_needs_are_opened_in_order(bring, book):
    bring("2026-02-01,1,收,102,1,,", "2026-02-01,1,收,501,,1,")
    assert {p // 100 for p in Period.objects.values_list("period", flat=True)} == {2024, 2025, 2026}


def test_opening_balances_come_under_their_own_label_once(bring):
    opening = ("2024-01-01,期初,年初,102,100,,", "2024-01-01,期初,年初,301,,100,")
    book = bring(*opening, "2024-01-05,1,收,102,1,,", "2024-01-05,1,收,501,,1,").book
    bank = balances(book.pk, 202401, 202401)["102"]
    assert (bank.opening, bank.closing) == (yuan("100.00"), yuan("101.00"))
    assert Period.objects.get(period=202400).state == Period.State.LOCKED
    book.refresh_from_db()
    assert book.opened_at == NOON
    changed = bring(*(row.replace("100", "200") for row in opening))
    assert "已导入过" in changed.problems[0].message


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (("2024-02-01,期初,年初,102,1,,", "2024-02-01,期初,年初,301,,1,"), "应写在账套启用的月份"),
        (("2024-01-01,期初,年初,102,1,,", "2024-01-01,期初,年初,501,,1,"), "年初没有余额"),
        (("2023-12-31,1,收,102,1,,", "2023-12-31,1,收,501,,1,"), "早于账套启用期间"),
        (("2099-12-31,1,收,102,1,,", "2099-12-31,1,收,501,,1,"), "请核对年份"),
        (("2024-01-01,1,收,109,1,,", "2024-01-01,1,收,501,,1,"), "第 4 行：科目 109 不在"),
        (("2024-01-01,1,收,153 固定资产清理,1,,", "2024-01-01,1,收,501,,1,"), "在建工程"),
        (("2024-01-01,1,收,322,1,,", "2024-01-01,1,收,501,,1,"), "下级科目"),
        (("2024-01-01,1,收,102,1,,", "2024-01-01,1,收,501,,1.01,"), "借贷不平"),
    ],
)
def test_nothing_is_written_of_a_file_with_one_fault(bring, book, rows, said):
    messages = refused(bring(*LABOUR, *rows))
    assert any(said in message for message in messages), messages
    assert not Dimension.objects.exists()
    assert not Account.objects.filter(code="10201").exists()


def test_a_closed_month_takes_nothing(bring, book):
    Period.objects.of(book).filter(period=202401).update(state=Period.State.CLOSED)
    assert "2024年1月已结账" in refused(bring(*RENT, *LABOUR))[0]


def test_an_account_that_carries_lines_gets_no_sub_account(bring, book, put):
    put(book, "2024-01-05", "借 102 1.00\n贷 501 1.00")
    assert "已有发生额" in bring(*RENT).problems[0].message
    assert Voucher.objects.count() == 1


def test_the_years_result_is_closed_apart_from_december(bring):
    book = bring(
        "2024-12-30,1,收,102,10,,", "2024-12-30,1,收,501,,10,",
        "2024-12-31,2,结转收入,501,10,,", "2024-12-31,2,结转收入,321,,10,",
    ).book  # fmt: skip
    assert Voucher.objects.get(number=2).kind == "closing"
    assert balances(book.pk, 202401, 202412, closing=False)["501"].closing == yuan("-10.00")
    assert balances(book.pk, 202401, 202412)["501"].closing == yuan("0.00")


def test_a_set_written_out_and_taken_over_next_door_has_the_same_balances(bring, book, put, wu):
    bring(*RENT, *LABOUR)
    put(book, "2024-04-01", "借 513 9.00\n贷 10201 9.00")
    put(book, "2024-04-02", "借 513 -9.00\n贷 10201 -9.00")
    out = io.StringIO()
    WRITERS["csv"].write(book, out)
    bring(content=out.getvalue().encode("utf-8-sig"), region=XIATIAN)
    day = date(2024, 12, 31)
    here, there = (trial_balance(code, day, by=wu).rows for code in (SHANGTIAN, XIATIAN))
    assert here == there
    assert len(here) == 4


def test_only_who_may_import_does(bring, wu, zheng, book):
    with pytest.raises(Forbidden):
        bring(*RENT, by=wu)
    assert bring(*RENT, by=zheng).problems == []


def test_nobody_imports_into_another_town(bring, book, zheng):
    with pytest.raises(Missing):
        bring(*RENT, by=zheng, region="999901002201")


# The command.


def run(capsys, *arguments):
    answer = main(["books", *map(str, arguments)])
    return answer, capsys.readouterr().out


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "other.csv"
    made.write_bytes(file(*RENT, *LABOUR))
    return made


@pytest.fixture
def committed(transactional_db):
    """Commands run in transactions of their own."""


def valid(name, document):
    schema = json.loads((SCHEMAS / f"books-{name}.schema.json").read_text())
    Draft202012Validator(schema).validate(document)
    return document


def test_the_commands_take_in_prove_and_give_out(committed, places, path, capsys, tmp_path):
    where = ("--region", SHANGTIAN)
    answer, out = run(capsys, "import", path, *where, "--dry-run", "--json")
    assert answer == 0
    assert valid("import", json.loads(out))["vouchers"] == 2
    assert not Voucher.objects.exists()

    answer, out = run(capsys, "import", path, *where, "--json")
    assert (answer, valid("import", json.loads(out))["lines"]) == (0, 4)
    answer, out = run(capsys, "import", path, *where)
    assert (answer, "未重复记账 2 张" in out) == (0, True)

    answer, out = run(capsys, "balance", *where, "--as-of", "2024-03-08", "--json")
    closing = {a["code"]: a["closing"] for a in valid("balance", json.loads(out))["accounts"]}
    assert closing == {"10201": "100.00", "113": "-50.00", "501": "-100.00", "513": "50.00"}

    for form in ("beancount", "hledger", "csv"):
        made = tmp_path / f"set.{form}"
        assert run(capsys, "export", *where, "--format", form, "-o", made)[0] == 0
        assert made.stat().st_size
    answer, out = run(capsys, "verify", "--json")
    assert (answer, valid("verify", json.loads(out))["vouchers"]) == (0, 2)


def test_a_wrong_file_is_told_by_line_and_answers_1(committed, places, tmp_path, capsys):
    path = tmp_path / "wrong.csv"
    path.write_bytes(file("2024-01-05,记-12,收,102,100.00,,", "2024-01-05,记-12,收,501,,99.99,"))
    answer, out = run(capsys, "import", path, "--region", SHANGTIAN)
    assert answer == 1
    assert "第 2–3 行凭证 记-12借贷不平：借方 100.00，贷方 99.99，差 0.01 元" in out
    answer, out = run(capsys, "import", path, "--region", SHANGTIAN, "--json")
    assert [p["line"] for p in valid("import", json.loads(out))["problems"]] == [2]
    assert not Book.objects.exists()


def test_what_cannot_be_done_answers_2(committed, places, path, capsys):
    assert run(capsys, "import", path, "--region", "999901")[0] == 2
    assert run(capsys, "balance", "--region", "999909")[0] == 2
    assert run(capsys, "export", "--region", SHANGTIAN, "--format", "csv", "-o", path)[0] == 2
