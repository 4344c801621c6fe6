"""Vouchers of other software through the browser: tried, told by line, brought in once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sanzi.accounting.models import Account, Book, Line, Page, Voucher, VoucherFile
from sanzi.accounting.pages import balances
from sanzi.accounting.verification import verify
from sanzi.journal.models import Entry as Trace
from sanzi.kernel.money import yuan
from tests.books import written
from tests.world import BAIYAN, QINGSHUI, SHANGTIAN

from .test_import import LABOUR, RENT
from .test_interchange import file

NEW = f"new:{SHANGTIAN}"
UNBALANCED = ("2024-02-02,记-9,差一分,102,1.00,,", "2024-02-02,记-9,差一分,501,,0.99,")


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.UPLOADS = tmp_path / "uploads"


@pytest.fixture
def hand_in(client):
    """Upload rows as a person: hand_in(zheng, *RENT) answers with the page that follows."""

    def do(person, *rows, target=NEW, name="旧账.csv", **more):
        client.force_login(person)
        sent = {"target": target, "file": SimpleUploadedFile(name, file(*rows)), **more}
        return client.post(reverse("accounting:hand-in-vouchers"), sent, follow=True)

    return do


def go(client, name, kept):
    return client.post(reverse(f"accounting:{name}", args=[kept.pk]), follow=True)


def empty() -> bool:
    return not any(m.objects.exists() for m in (Voucher, Line, Page))


def test_a_trial_writes_nothing_and_says_what_would_be_written(client, hand_in, places, zheng):
    page = hand_in(zheng, *RENT, *LABOUR).content.decode()
    assert "可以导入 2 张凭证" in page
    assert "新增往来单位或个人 1 个" in page
    assert "10201" in page
    assert empty()
    assert not Book.objects.exists()


def test_what_was_tried_is_brought_in_once(client, hand_in, places, zheng):
    hand_in(zheng, *RENT, *LABOUR)
    kept = VoucherFile.objects.get()
    assert "已导入 2 张凭证、4 行分录" in go(client, "bring-in-vouchers", kept).content.decode()
    book = Book.objects.get()
    assert balances(book.pk, 202401, 202403)["501"].closing == yuan("-100.00")
    again = go(client, "bring-in-vouchers", kept)
    assert again.status_code == 409
    assert "不会重复记账" in again.content.decode()
    assert Voucher.objects.count() == 2
    assert verify().faults == []
    told = Trace.objects.filter(action="books.bring_in").get()
    assert told.facts["vouchers"] == 2


def test_the_same_vouchers_in_another_file_change_nothing(client, hand_in, places, zheng):
    hand_in(zheng, *RENT)
    go(client, "bring-in-vouchers", VoucherFile.objects.get())
    book = Book.objects.get()
    page = hand_in(zheng, *RENT, *LABOUR, target=f"book:{book.pk}", name="又一份.csv")
    assert "不会重复记账 1 张" in page.content.decode()
    go(client, "bring-in-vouchers", VoucherFile.objects.first())
    assert Voucher.objects.count() == 2


def test_every_fault_is_told_by_its_line_and_nothing_can_be_brought_in(
    client, hand_in, places, zheng
):
    page = hand_in(zheng, *RENT, *UNBALANCED, "2024-13-01,记-10,月份,102,1.00,,").content.decode()
    assert "处错误，改正后重新上传" in page
    assert "借贷不平" in page
    assert '<td class="figure">4</td>' in page
    assert "disabled" in page
    page = go(client, "bring-in-vouchers", VoucherFile.objects.get()).content.decode()
    assert "处错误" in page
    assert empty()


def test_what_changed_since_the_trial_is_noticed(client, hand_in, places, book, put, zheng, wu):
    """An account that was a leaf when the file was tried has been divided meanwhile."""
    from sanzi.accounting.actions.sets import add_account
    from tests.world import NOON

    hand_in(zheng, *RENT, target=f"book:{book.pk}")
    add_account(book_id=book.pk, parent="501", code="50101", name="租金", by=wu, now=NOON)
    page = go(client, "bring-in-vouchers", VoucherFile.objects.get()).content.decode()
    assert "有 1 处错误" in page
    assert empty()


def test_a_file_given_up_is_gone(client, hand_in, places, zheng):
    hand_in(zheng, *RENT)
    kept = VoucherFile.objects.get()
    assert kept.file.exists()
    go(client, "drop-vouchers", kept)
    assert not kept.file.exists()
    assert go(client, "bring-in-vouchers", kept).status_code == 409
    assert empty()


def test_only_who_may_import_does_and_only_at_home(client, hand_in, book, wu, lin, zheng, people):
    assert hand_in(wu, *RENT, target=f"book:{book.pk}").status_code == 403
    assert hand_in(lin, *RENT, target=f"book:{book.pk}").status_code == 403
    hand_in(zheng, *RENT, target=f"book:{book.pk}")
    kept = VoucherFile.objects.get()
    stranger = _chief_of(BAIYAN)
    client.force_login(stranger)
    assert client.get(reverse("accounting:voucher-file", args=[kept.pk])).status_code == 404
    for name in ("bring-in-vouchers", "drop-vouchers"):
        assert go(client, name, kept).status_code == 404
    assert hand_in(stranger, *RENT, target=f"book:{book.pk}").status_code == 422
    assert "旧账" not in client.get(reverse("accounting:voucher-files")).content.decode()


def _chief_of(code):
    from datetime import date

    from sanzi.access.models import Person, Post
    from sanzi.orgs.models import Region

    person = Person.objects.create(username="far", name="远主管")
    Post.objects.create(
        person=person, role="agency_chief", region=Region.objects.get(code=code),
        from_on=date(2020, 1, 1),
    )  # fmt: skip
    return person


def test_a_file_that_is_too_large_or_empty_is_refused_in_words(hand_in, places, zheng, monkeypatch):
    from sanzi.accounting.views import files

    monkeypatch.setattr(files, "SIZE_MAX", 10)
    page = hand_in(zheng, *RENT)
    assert page.status_code == 413
    assert "超过 5 MB" in page.content.decode()


def test_the_files_are_listed_with_where_they_stand(client, hand_in, places, zheng):
    hand_in(zheng, *RENT)
    hand_in(zheng, *UNBALANCED, name="坏账.csv")
    page = client.get(reverse("accounting:voucher-files")).content.decode()
    assert "已试算，待导入" in page
    assert "有错误，待改正" in page
    assert (
        reverse("accounting:voucher-files")
        in client.get(reverse("accounting:books")).content.decode()
    )


@pytest.mark.parametrize("count", [3, 30])
def test_the_list_costs_the_same_however_long(
    client, hand_in, places, zheng, count, django_assert_max_num_queries
):
    hand_in(zheng, *RENT)
    (kept,) = VoucherFile.objects.all()
    for _ in range(count):
        kept.pk = None
        kept.save()
    with django_assert_max_num_queries(20):
        client.get(reverse("accounting:voucher-files") + f"?region={QINGSHUI}")


def test_a_set_made_by_an_import_has_its_accounts_and_vouchers_as_written(
    client, hand_in, places, zheng
):
    hand_in(zheng, *RENT)
    go(client, "bring-in-vouchers", VoucherFile.objects.get())
    assert Account.objects.filter(code="10201", name="农商行").exists()
    assert written(Voucher.objects.get()) == "借 10201 100.00\n贷 501 100.00"
