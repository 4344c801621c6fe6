"""The pages of a contract's life and money: what their people see, and what a neighbour gets."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils.timezone import localdate

from sanzi.access.models import Person
from sanzi.accounting.models import Book
from sanzi.cleanup.keeping import inspect_towns, shares_of
from sanzi.contracts.models import Amendment, Arrear, Contract, Due, Ending, Filing, Payment
from sanzi.contracts.models import ModelCase as Told
from sanzi.dispositions.models import Disposition
from sanzi.metrics.shares import replace
from sanzi.receivables.models import Claim
from tests.parts import whole

D = Decimal
Opens = Callable[..., Any]


@pytest.fixture
def open_as(client: Client) -> Opens:
    """Asks for a page with its parts as somebody, or posts: open_as(lin, "/contracts/…", data)."""

    def do(person: Person, url: str, data: dict[str, Any] | None = None, status: int = 200) -> str:
        client.force_login(person)
        answer = client.get(url) if data is None else client.post(url, data, follow=True)
        text = answer.content.decode()
        assert answer.status_code == status, text[-1500:]
        return whole(client, text)

    return do


@pytest.fixture
def ours(signed: Any) -> Contract:
    """Running since three years ago, two years still to go."""
    year = localdate().year
    terms = {"starts_on": date(year - 3, 1, 1), "ends_on": date(year + 1, 12, 31)}
    contract: Contract = signed(**terms, signed_on=terms["starts_on"])
    return contract


SCHEDULE = {"months": "12", "when": "advance", "count_by": "months"}


def laid(open_as: Opens, contract: Contract, person: Person) -> None:
    open_as(person, f"/contracts/{contract.pk}/schedule/", SCHEDULE)


def test_a_schedule_is_seen_before_it_is_saved(open_as, ours, lin):
    url = f"/contracts/{ours.pk}/schedule/"
    assert "合计 <b>6,000.00</b>" in open_as(lin, url)
    seen = open_as(lin, url, {**SCHEDULE, "months": "6", "preview": "1"})
    assert "共 10 期" in seen
    assert not Due.objects.exists()
    page = open_as(lin, url, SCHEDULE)
    assert "应收 5 期 6,000.00 元" in page
    assert Due.objects.count() == 5


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"steps": "三 100"}, "应写成"),
        ({"rent_free": "2024-1-1"}, "应写成"),
        ({"due_on": "13-01"}, "应写成 12-31"),
        ({"rent_free": "1999-01-01 1999-02-01", "preview": "1"}, "免租期须在合同期限之内"),
    ],
)
def test_a_schedule_mistyped_says_how_to_write_it(open_as, ours, lin, typed, said):
    assert said in open_as(lin, f"/contracts/{ours.pk}/schedule/", {**SCHEDULE, **typed}, 422)


def test_money_is_collected_by_the_village_and_waits_for_the_town(open_as, ours, lin, feng):
    laid(open_as, ours, lin)
    url = f"/contracts/{ours.pk}/collect/"
    form = open_as(lin, url)
    assert 'value="4800.00"' in form  # four years are due by today
    told = {
        "key": "k1", "amount": "1200", "received_on": str(localdate()), "means": "bank",
        "number": "SJ-1", "payer": "",
    }  # fmt: skip
    assert "待复核 1,200.00" in open_as(lin, url, told)
    assert "SJ-1" in open_as(feng, "/contracts/desk/")
    open_as(lin, "/contracts/desk/")
    assert Payment.objects.get().stage == "proposed"


def test_the_desk_refuses_to_post_without_books_and_says_what_to_do(open_as, ours, lin, feng):
    test_money_is_collected_by_the_village_and_waits_for_the_town(open_as, ours, lin, feng)
    pk = Payment.objects.get().pk
    assert "建账" in open_as(feng, "/contracts/payments/post/", {"payment": str(pk)}, 409)
    open_as(feng, f"/contracts/payments/{pk}/refuse/", {"because": "收据号不清"})
    assert Payment.objects.get().stage == "refused"


def test_what_is_overdue_becomes_a_claim_once(open_as, ours, lin):
    laid(open_as, ours, lin)
    first = Due.objects.order_by("due_on").first()
    page = open_as(lin, f"/contracts/{ours.pk}/arrears/", {"due": str(first.pk)})
    assert "已转债权" in page
    claim = Claim.objects.get()
    assert (claim.number, claim.left, claim.due_on) == ("HT-01-Q001", D("1200.00"), first.due_on)
    assert Arrear.objects.get().claim_number == claim.number
    again = open_as(lin, f"/contracts/{ours.pk}/arrears/", {"due": str(first.pk)}, 409)
    assert "不能再转一次" in again
    assert Claim.objects.count() == 1


def test_what_is_not_overdue_is_no_arrear(open_as, ours, lin):
    laid(open_as, ours, lin)
    last = Due.objects.order_by("due_on").last()
    open_as(lin, f"/contracts/{ours.pk}/arrears/", {"due": str(last.pk)}, 422)
    assert not Claim.objects.exists()


def addendum(**changes: str) -> dict[str, str]:
    today = str(localdate())
    return {
        "seen": "0", "kind": "supplement", "signed_on": today, "effective_on": today,
        "source": "村民代表会议决议 2026-3", "reason": "",
        **{f"term_{name}": value for name, value in changes.items()},
    }  # fmt: skip


def as_it_stands(contract: Contract) -> dict[str, str]:
    return {
        "contractor": "万年青", "starts_on": str(contract.starts_on),
        "ends_on": str(contract.ends_on), "contract_area_mu": "12.00", "yearly_amount": "1200.00",
        "payment_mode": "按年", "legal_nature": "其他方式承包", "written": "书面",
    }  # fmt: skip


def test_an_addendum_is_registered_and_filed_by_another(open_as, ours, chen, gao):
    told = addendum(**{**as_it_stands(ours), "yearly_amount": "3600.00"})
    page = open_as(chen, f"/contracts/{ours.pk}/amend/", told)
    assert "年应交元" in page
    assert "3600.00" in page
    assert Amendment.objects.get().changes == {"yearly_amount": ["1200.00", "3600.00"]}
    stamp = {"number": "", "filed_on": str(localdate()), "stamped_by": "清水镇人民政府"}
    assert "请由另一人备案" in open_as(chen, f"/contracts/{ours.pk}/amendments/1/file/", stamp, 409)
    open_as(gao, f"/contracts/{ours.pk}/amendments/1/file/", stamp)
    assert Filing.objects.get().number.endswith("-BA-0001")


def test_the_same_addendum_handed_in_twice_is_registered_once(open_as, ours, chen):
    told = addendum(**{**as_it_stands(ours), "yearly_amount": "3600.00"})
    open_as(chen, f"/contracts/{ours.pk}/amend/", told)
    told = addendum(**{**as_it_stands(ours), "yearly_amount": "4800.00"})
    open_as(chen, f"/contracts/{ours.pk}/amend/", told, 409)
    assert Amendment.objects.count() == 1


def test_an_addendum_with_nonsense_says_where(open_as, ours, chen):
    told = addendum(**{**as_it_stands(ours), "yearly_amount": "很多"})
    assert "填写有误" in open_as(chen, f"/contracts/{ours.pk}/amend/", told, 422)


def test_an_end_is_registered_with_its_ground(open_as, ours, chen):
    told = {
        "kind": "agreed", "ended_on": str(localdate()), "source": "解除协议 2026-1", "reason": "",
    }  # fmt: skip
    assert "协议解除" in open_as(chen, f"/contracts/{ours.pk}/end/", told)
    assert Ending.objects.get().source == "解除协议 2026-1"


def test_reminders_count_what_their_lists_show(open_as, ours, signed, lin):
    laid(open_as, ours, lin)
    soon = localdate() + timedelta(days=20)
    signed("HT-02", ends_on=soon, title="快到期的合同")
    signed("HT-03", ends_on=localdate() - timedelta(days=1), title="过期的合同")
    page = open_as(lin, "/contracts/reminders/")
    assert "4,800.00 元" in page
    assert "快到期的合同" in open_as(lin, "/contracts/expiries/?lead=30")
    assert "过期的合同" in open_as(lin, "/contracts/expiries/?lead=expired")
    assert "过期的合同" not in open_as(lin, "/contracts/expiries/?lead=30")
    late = open_as(lin, "/contracts/dues/?state=overdue")
    assert "HT-01" in late
    assert ">4,800.00<" in late  # the sum of what its rows owe


def test_the_list_of_dues_asks_the_same_few_questions_however_long_it_is(
    open_as, ours, lin, client, django_assert_max_num_queries
):
    laid(open_as, ours, lin)
    client.force_login(lin)
    with django_assert_max_num_queries(9):
        client.get("/contracts/dues/")


def test_a_reminder_is_written_for_each_contract_chosen_and_printed_in_one_run(
    open_as, signed, chen, monkeypatch
):
    # The printing itself is a process of its own (letters/tests/test_runs.py).
    monkeypatch.setattr("sanzi.letters.runner.start", lambda run, who: None)
    soon = localdate() + timedelta(days=20)
    pks = [signed(f"HT-{n:02}", ends_on=soon).pk for n in range(3)]
    page = open_as(
        chen, "/contracts/remind/", {"contract": pks[:2], "contact": "林会计 13800000000"}
    )
    assert "已制发 2 份" in page


def test_a_case_is_told_masked_and_read_by_another_before_others_see_it(
    open_as, ours, chen, gao, luo
):
    told = {
        "kind": "price", "title": "万年青低价承包", "facts": "上田村与万年青签订", "method": "重签",
        "law": "民法典第543条", "effect": "年增收2400元",
    }  # fmt: skip

    Disposition.objects.create(
        village=ours.village, kind="合同", target_number=ours.number, dated=localdate(),
        method="完善修订",
    )  # fmt: skip
    with transaction.atomic():
        replace("contracts", shares_of(inspect_towns([ours.town])))
    open_as(chen, f"/contracts/{ours.pk}/case/")
    open_as(chen, f"/contracts/{ours.pk}/case/", told)
    case = Told.objects.get()
    assert "万年青" not in case.title + case.facts
    assert "上田村" not in case.facts
    open_as(luo, f"/contracts/model-cases/{case.pk}/", status=404)
    open_as(chen, f"/contracts/model-cases/{case.pk}/release/", {}, 409)
    open_as(gao, f"/contracts/model-cases/{case.pk}/release/", {})
    assert "万某某" in open_as(luo, f"/contracts/model-cases/{case.pk}/")


@pytest.mark.parametrize(
    "page", ["schedule/", "collect/", "gain/", "arrears/", "case/", "papers/expiry/"]
)
def test_a_neighbour_finds_nothing(open_as, ours, qian, page):
    data = {} if page == "arrears/" else None
    open_as(qian, f"/contracts/{ours.pk}/{page}", data, 404)


def test_books_and_desk_go_together(open_as, ours, wu, book: Book):
    assert book.name in open_as(wu, "/contracts/desk/")
