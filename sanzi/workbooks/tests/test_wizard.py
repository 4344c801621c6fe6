"""The wizard as a clerk meets it; the child process runs for real in the slow tests."""

import io
import json

import pytest

from sanzi.contracts.models import Contract
from sanzi.workbooks import work, worker
from sanzi.workbooks.models import RememberedMatch, Upload
from tests.sheets import LEASE, write_workbook
from tests.world import SHANGTIAN


@pytest.fixture
def at_once(monkeypatch, settings, tmp_path):
    """The child's work, done before the answer: what it does is the same."""
    # The promise of the journal's length must not outlive the journal of this test.
    settings.DATA, settings.UPLOADS = tmp_path, tmp_path / "uploads"

    def start(what, upload, person_id):
        from sanzi.access.models import Person

        work.run(what, upload, Person.objects.get(pk=person_id), lambda done, total: None)

    monkeypatch.setattr(worker, "start", start)


@pytest.fixture
def lease_book(tmp_path):
    def make(**changes):
        row = {**LEASE, "number": "HT-1", "village": SHANGTIAN, **changes}
        path = write_workbook(tmp_path / "hetong.xlsx", 合同=[row])
        return io.BytesIO(path.read_bytes())

    return make


def hand_in(client, book, name="合同.xlsx"):
    book.name = name
    return client.post("/intake/", {"file": book, "as_of": "2026-03-02"}, follow=True)


@pytest.mark.django_db(transaction=True)
def test_a_clerk_hands_in_reads_and_commits(client, chen, at_once, lease_book):
    client.force_login(chen)
    page = hand_in(client, lease_book(written="口头")).content.decode()

    assert "核对完成，可以写入" in page
    assert "P01" in page
    upload = Upload.objects.get()
    page = client.post(f"/intake/{upload.pk}/commit/", follow=True).content.decode()
    assert "已写入台账" in page
    assert Contract.objects.get().number == "HT-1"

    again = client.post(f"/intake/{upload.pk}/commit/")
    assert again.status_code == 409
    assert "不会重复写入" in again.content.decode()


@pytest.mark.django_db(transaction=True)
def test_errors_are_read_by_row_and_column_and_nothing_can_be_committed(
    client, chen, at_once, lease_book
):
    client.force_login(chen)
    page = hand_in(client, lease_book(ends_on="2022-02-30")).content.decode()

    assert "有 1 处错误" in page
    assert "第 2 行“终止日期”" in page
    upload = Upload.objects.get()
    assert client.post(f"/intake/{upload.pk}/commit/").status_code == 409
    marked = client.get(f"/intake/{upload.pk}/annotated.xlsx")
    assert marked.status_code == 200
    assert b"".join(marked.streaming_content)[:2] == b"PK"


@pytest.mark.django_db(transaction=True)
def test_a_village_accountant_uploads_but_the_town_commits(client, lin, chen, at_once, lease_book):
    client.force_login(lin)
    page = hand_in(client, lease_book()).content.decode()
    assert "写入台账由农经站或县专项办确认" in page
    upload = Upload.objects.get()
    assert client.post(f"/intake/{upload.pk}/commit/").status_code == 403

    client.force_login(chen)
    client.post(f"/intake/{upload.pk}/commit/")
    assert Contract.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_neighbour_s_upload_does_not_exist(client, chen, luo, at_once, lease_book):
    client.force_login(chen)
    hand_in(client, lease_book())
    upload = Upload.objects.get()

    client.force_login(luo)
    for address in ("", "annotated.xlsx"):
        assert client.get(f"/intake/{upload.pk}/{address}").status_code == 404
    assert client.post(f"/intake/{upload.pk}/commit/").status_code == 404


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "0 字节"), (b"a,b\n1,2\n", "不是 Excel"), (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "xls")],
)
def test_what_is_no_workbook_is_refused_in_words(client, chen, at_once, content, said):
    client.force_login(chen)
    page = hand_in(client, io.BytesIO(content))

    assert said in page.content.decode()
    assert page.status_code < 500


@pytest.mark.django_db(transaction=True)
def test_a_column_matched_once_is_remembered_for_the_office(client, chen, at_once, tmp_path):
    import openpyxl

    row = {**LEASE, "number": "HT-1", "village": SHANGTIAN}
    path = write_workbook(tmp_path / "odd.xlsx", 合同=[row])
    book = openpyxl.load_workbook(path)
    page = book["合同"]
    column = next(c for c in page[1] if c.value == "承包方")
    column.value = "种地的人"
    book.save(path)
    client.force_login(chen)

    first = hand_in(client, io.BytesIO(path.read_bytes())).content.decode()
    assert "缺必填列：承包方" in first
    upload = Upload.objects.get()
    answer = client.post(
        f"/intake/{upload.pk}/matches/", {"column-0-0": "contractor"}, follow=True
    ).content.decode()
    assert "核对完成，可以写入" in answer
    assert RememberedMatch.objects.get().field == "contractor"

    second = hand_in(client, io.BytesIO(path.read_bytes())).content.decode()
    assert "缺必填列" not in second

    forgotten = client.post(f"/intake/{upload.pk}/matches/", {"forget": "1"}, follow=True)
    assert "缺必填列：承包方" in forgotten.content.decode()
    assert not RememberedMatch.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_column_taken_for_another_is_put_right(client, chen, at_once, lease_book):
    client.force_login(chen)
    page = hand_in(client, lease_book(remark="老合同")).content.decode()
    assert "更正已认出的列" in page
    upload = Upload.objects.get()
    columns = json.loads((upload.folder / "checked.json").read_text())["sheets"][0]["columns"]
    place = next(n for n, column in enumerate(columns) if column["field"] == "remark")

    client.post(f"/intake/{upload.pk}/matches/", {f"match-0-{place}": "special_clauses"})
    client.post(f"/intake/{upload.pk}/commit/")

    contract = Contract.objects.get()
    assert (contract.special_clauses, contract.remark) == ("老合同", "")
