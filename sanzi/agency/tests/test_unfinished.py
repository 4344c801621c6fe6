"""暂存 and one-time keys: half a voucher waits; a form sent twice makes one thing."""

from uuid import uuid4

import pytest
from django.urls import reverse

from sanzi.accounting.models import Voucher
from sanzi.agency.actions import steps, unfinished
from sanzi.agency.models import Draft, Sent, Unfinished
from sanzi.journal.models import Entry as Trace
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from tests.world import NOON, QINGSHUI

from .typed import RENT, form, nothing_written

HALF = [("收鱼塘租金", "102", "查无此人", "壹佰", ""), ("", "", "", "", "")]


@pytest.fixture
def url(book):
    return reverse("agency:enter", args=(book.pk,))


@pytest.fixture
def send(client, wu, url):
    """Wu sends the grid: send(HALF, do="keep"); follows where it leads."""

    def do(rows, to=None, by=wu, **more):
        client.force_login(by)
        return client.post(to or url, form(rows, **more), follow=True)

    return do


def text(answer):
    return answer.content.decode()


def test_half_a_voucher_is_put_by_as_it_was_typed_and_found_again(client, send, url):
    page = text(send(HALF, do="keep", attachments="", dated="2024-03-05"))
    assert "已暂存，还没有制单" in page
    for word in ("收鱼塘租金", "查无此人", "壹佰"):
        assert f'value="{word}"' in page
    assert nothing_written()
    assert "收鱼塘租金" in text(client.get(url))
    kept = Unfinished.objects.get()
    assert kept.sheet == {
        "dated": "2024-03-05",
        "attachments": "",
        "rows": [["收鱼塘租金", "102", "查无此人", "壹佰", ""]],
    }


def test_put_by_again_replaces_and_saving_clears(client, send, url):
    once = str(uuid4())
    send(HALF, do="keep", once=once)
    send(RENT, do="keep", once=once)
    kept = Unfinished.objects.get()
    assert kept.sheet["rows"][1][1] == "501"
    page = text(client.get(f"{url}?unfinished={kept.pk}"))
    assert f'name="once" value="{kept.once}"' in page
    send(RENT, do="save", once=str(kept.once))
    assert not Unfinished.objects.exists()
    assert Draft.objects.get().stage == "prepared"


def test_it_is_nothing_anybody_could_review_or_post(send, zheng, feng):
    send(RENT, do="keep")
    assert not Draft.objects.exists()
    assert not Voucher.objects.exists()


def test_nobody_else_sees_it_or_throws_it_away(client, send, url, zheng, wu, luo):
    send(RENT, do="keep")
    kept = Unfinished.objects.get()
    client.force_login(zheng)
    assert "收鱼塘租金" not in text(client.get(reverse("agency:unfinished")))
    away = reverse("agency:throw-away", args=(kept.pk,))
    for other in (zheng, luo):
        client.force_login(other)
        assert client.post(away).status_code == 404
    client.force_login(wu)
    assert client.get(f"{url}?unfinished={kept.pk + 1}").status_code == 404
    assert "已丢弃" in text(client.post(away, follow=True))
    assert not Unfinished.objects.exists()
    assert [t.action for t in Trace.objects.order_by("seq")][-2:] == [
        "agency.put_by",
        "agency.throw_away",
    ]


def test_the_list_and_the_desk_lead_back_to_it(client, send, url, django_assert_max_num_queries):
    send(RENT, do="keep")
    send(HALF, do="keep")
    with django_assert_max_num_queries(20):
        page = text(client.get(reverse("agency:unfinished") + f"?region={QINGSHUI}"))
    assert page.count("?unfinished=") == 2
    assert "暂存的凭证" in text(client.get(reverse("agency:desk")))


def test_only_who_writes_vouchers_puts_one_by_and_not_without_words(book, wu, zheng, client):
    told = {"book_id": book.pk, "once": uuid4(), "now": NOON}
    empty = {"dated": "2024-01-01", "attachments": "", "rows": [["", " ", "", "", ""]]}
    with pytest.raises(Invalid, match="空的"):
        unfinished.put_by(sheet=empty, by=wu, **told)
    with pytest.raises(Forbidden):
        unfinished.put_by(sheet={**empty, "rows": [["租"] * 5]}, by=zheng, **told)


def test_there_is_room_for_thirty(book, wu):
    sheet = {"dated": "", "attachments": "", "rows": [["租", "", "", "", ""]]}
    told = {"book_id": book.pk, "sheet": sheet, "by": wu, "now": NOON}
    for _ in range(unfinished.KEPT_MAX):
        unfinished.put_by(once=uuid4(), **told)
    with pytest.raises(Blocked, match="30 张"):
        unfinished.put_by(once=uuid4(), **told)


def test_the_voucher_of_a_matter_is_put_by_with_it(client, send, book, wu):
    draft = steps.begin(
        book_id=book.pk, flow="expense", dated=NOON.date(), memo="买纸", amount=100, attachments=1,
        by=wu, now=NOON,
    )  # fmt: skip
    url = reverse("agency:prepare", args=(draft.pk,))
    send([("买纸", "513", "", "100", "")], to=url, do="keep")
    page = text(client.get(url))
    assert 'value="513"' in page
    assert "还没有制单" in page
    kept = Unfinished.objects.get()
    send(
        [("买纸", "513", "", "100", ""), ("", "102", "", "", "100")],
        to=url, do="save_open", once=str(kept.once),
    )  # fmt: skip
    draft.refresh_from_db()
    assert draft.stage == "prepared"
    assert not Unfinished.objects.exists()


def test_the_same_form_sent_twice_makes_one_voucher(send):
    once = str(uuid4())
    first, second = (send(RENT, do="save_open", once=once) for _ in range(2))
    assert first.status_code == second.status_code == 200
    assert first.redirect_chain == second.redirect_chain
    assert Draft.objects.count() == Sent.objects.count() == 1
    send(RENT, do="save_open", once=str(uuid4()))
    assert Draft.objects.count() == 2


def test_a_saved_form_is_not_put_by_afterwards(send):
    once = str(uuid4())
    send(RENT, do="save", once=once)
    assert "已经保存" in text(send(RENT, do="keep", once=once))
    assert not Unfinished.objects.exists()


def test_a_key_of_somebody_else_opens_nothing(send, wu, book, people):
    once = uuid4()
    send(RENT, do="save", once=str(once))
    Draft.objects.update(reported_by=people["feng"])
    assert "由他人提交" in text(send(RENT, do="save", once=str(once)))


@pytest.mark.parametrize("once", ["", "nonsense", "0" * 200])
def test_a_form_without_a_proper_key_still_works(send, once):
    send(RENT, do="save", once=once)
    assert Draft.objects.count() == 1


@pytest.mark.parametrize("name", ["report", "new-note"])
def test_a_village_s_report_sent_twice_is_one(client, book, lin, name):
    client.force_login(lin)
    url = reverse(f"agency:{name}")
    assert 'name="once"' in text(client.get(url))
    told = {
        "book": book.pk, "flow": "expense", "dated": "2024-03-05", "memo": "修水渠工钱",
        "amount": "300", "attachments": "1", "once": str(uuid4()), "do": "hand_in",
    }  # fmt: skip
    answers = [client.post(url, told) for _ in range(2)]
    assert [a.status_code for a in answers] == [302, 302]
    assert Draft.objects.count() == 1


def test_what_was_put_by_cannot_be_found_from_another_set(book, neighbours_book, wu):
    sheet = {"dated": "", "attachments": "", "rows": [["租", "", "", "", ""]]}
    draft = steps.begin(
        book_id=book.pk, flow="expense", dated=NOON.date(), memo="买纸", amount=100, attachments=1,
        by=wu, now=NOON,
    )  # fmt: skip
    with pytest.raises(Missing):
        unfinished.put_by(
            book_id=neighbours_book.pk, once=uuid4(), sheet=sheet, matter_id=draft.pk,
            by=wu, now=NOON,
        )  # fmt: skip
