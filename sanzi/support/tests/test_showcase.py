"""The enabling centre: published by another hand, read by anybody, asked about in confidence."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from sanzi.journal.models import Entry
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from sanzi.support.actions import inquiries, revealing, showcase
from sanzi.support.asking import HOUR_MAX, TooMany
from sanzi.support.models import Inquiry, Offering, Outcome
from tests.world import NOON, SHANGTIAN, XIATIAN

pytestmark = pytest.mark.django_db
PHONE = "13800000009"


class Centre:
    """What people do at the centre."""

    def __init__(self, support):
        self.by = support.by

    def write(self, by="lin", **more):
        given = {
            "village": SHANGTIAN, "kind": "product", "title": "富士苹果",
            "summary": "脆甜，自家果园", "details": "每箱十斤", "price": "40 元/箱", **more,
        }  # fmt: skip
        return showcase.write_offering(**given, **self.by(by))

    def review(self, offering, step="publish", by="chen", reason=""):
        return showcase.review_offering(
            offering_id=offering.pk, step=step, reason=reason, **self.by(by)
        )

    def publish(self, **more):
        offering = self.write(**more)
        showcase.submit_offering(offering_id=offering.pk, **self.by("lin"))
        return self.review(offering)

    def ask(self, offering, address="10.0.0.1", once=None, **more):
        given = {"name": "王女士", "phone": PHONE, "text": "要五十箱", **more}
        return inquiries.inquire(
            offering_id=offering.pk, once=once or uuid4(), address=address, by=None, now=NOON,
            **given,
        )  # fmt: skip


@pytest.fixture
def centre(support):
    return Centre(support)


def get(client, page, *args, status=200, **params):
    answer = client.get(reverse(f"support:{page}", args=args), params)
    assert answer.status_code == status, answer.content.decode()[:800]
    return answer.content.decode()


def post(client, page, *args, status=302, **data):
    answer = client.post(reverse(f"support:{page}", args=args), data)
    assert answer.status_code == status, answer.content.decode()[:1500]
    return answer.content.decode()


def test_nobody_sees_what_is_not_published(client, centre):
    offering = centre.write()
    assert "富士苹果" not in get(client, "board")
    get(client, "shown", offering.pk, status=404)
    centre.review(centre.publish(title="小米"), "withdraw", reason="卖完了")
    assert "小米" not in get(client, "board")


def test_nobody_publishes_an_own_offering(centre):
    offering = centre.write(by="chen")
    showcase.submit_offering(offering_id=offering.pk, **centre.by("chen"))
    with pytest.raises(Blocked, match="由另一人审核"):
        centre.review(offering)
    with pytest.raises(Forbidden):
        centre.review(offering, by="lin")
    assert centre.review(offering, by="shi").stage == "published"
    with pytest.raises(IntegrityError), transaction.atomic():
        Offering.objects.update(reviewed_by=offering.written_by)


def test_who_changed_it_last_does_not_review_it(centre):
    offering = centre.review(centre.publish(), "withdraw", reason="改价")
    showcase.change_offering(
        offering_id=offering.pk, summary="脆甜", details="", price="45 元/箱", **centre.by("chen")
    )
    showcase.submit_offering(offering_id=offering.pk, **centre.by("lin"))
    with pytest.raises(Blocked, match="由另一人审核"):
        centre.review(offering)


@pytest.mark.parametrize("text", ["电话 13800000009", "卡号 6222 0000 1234 567", "0351-7654321"])
def test_no_personal_number_goes_into_public_words(centre, text):
    with pytest.raises(Invalid, match="不能写电话"):
        centre.write(details=text)
    assert centre.write(details="每箱十斤，亩产 4000 斤").pk


def test_a_published_offering_says_its_village_and_nobody_s_name(client, centre):
    offering = centre.publish()
    shown = get(client, "shown", offering.pk)
    assert "清水镇上田村" in shown
    assert "40 元/箱" in shown
    for name in ("林会计", "陈经办"):
        assert name not in shown + get(client, "board")


def test_what_is_waiting_or_published_is_not_changed(centre):
    offering = centre.publish()
    with pytest.raises(Blocked, match="先撤下或退回"):
        showcase.change_offering(
            offering_id=offering.pk, summary="换成梨", details="", price="", **centre.by("lin")
        )


def test_who_asks_is_sealed_and_seen_by_the_village_alone(client, centre, lin, qian):
    lead = centre.ask(centre.publish())
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, phone FROM support_inquiry")
        assert PHONE not in str(cursor.fetchall())
    assert str(lead.name) == "王**"
    entry = Entry.objects.get(action="support.inquire")
    assert (entry.actor, PHONE in entry.public) == ("", False)
    client.force_login(qian)
    get(client, "offering", lead.offering_id, status=404)
    client.force_login(lin)
    assert PHONE not in get(client, "offering", lead.offering_id)
    assert revealing.reveal(
        of="inquiry", thing_id=lead.pk, reason="回电", **centre.by("lin")
    ) == f"王女士　{PHONE}"  # fmt: skip
    with pytest.raises(Missing):
        revealing.reveal(of="inquiry", thing_id=lead.pk, reason="回电", **centre.by("qian"))


def test_one_network_asks_five_times_an_hour_and_no_more(centre):
    offering = centre.publish()
    for _ in range(HOUR_MAX):
        centre.ask(offering)
    with pytest.raises(TooMany):
        centre.ask(offering)
    assert centre.ask(offering, address="10.0.0.2").pk


def test_a_form_sent_twice_is_one_lead(centre):
    offering, once = centre.publish(), uuid4()
    assert centre.ask(offering, once=once).pk == centre.ask(offering, once=once).pk
    assert Inquiry.objects.count() == 1


@pytest.mark.parametrize("phone", ["12345", "23800000009", "138000000091"])
def test_a_telephone_can_be_called_back(centre, phone):
    with pytest.raises(Invalid, match="11 位手机号"):
        centre.ask(centre.publish(), phone=phone)


def test_a_lead_is_followed_to_its_result(client, centre, lin):
    offering = centre.publish()
    lead = centre.ask(offering)
    client.force_login(lin)
    post(client, "handle-inquiry", lead.pk, step="contact", note="回电，要五十箱")
    post(client, "handle-inquiry", lead.pk, step="contact", note="再回", status=409)
    post(client, "handle-inquiry", lead.pk, step="agree", note="先发二十箱")
    post(client, "outcome", offering.pk, on="2026-03-01", amount="800", what="二十箱")
    post(client, "outcome", offering.pk, on="2026-03-01", amount="800", what="二十箱", status=422)
    assert "成交 800.00 元" in get(client, "offering", offering.pk)
    post(client, "end-offering", offering.pk, reason="今年卖完")
    assert "富士苹果" not in get(client, "board")


def test_an_outcome_stands_and_is_taken_back_by_a_negative(centre):
    offering = centre.publish()
    tell = {"offering_id": offering.pk, "on": date(2026, 3, 1), "what": "记错"}
    showcase.tell_outcome(amount=Decimal(500), **tell, **centre.by("lin"))
    with pytest.raises(Invalid, match="不能超过已记"):
        showcase.tell_outcome(amount=Decimal("-500.01"), **tell, **centre.by("lin"))
    showcase.tell_outcome(amount=Decimal(-500), **tell, **centre.by("lin"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Outcome.objects.update(amount=1)


def test_anybody_asks_through_the_page(client, centre):
    offering = centre.publish()
    assert "怎么称呼您" in get(client, "shown", offering.pk)
    given = {"name": "王女士", "phone": PHONE, "text": "要五十箱", "once": str(uuid4())}
    post(client, "shown", offering.pk, **given)
    assert "请等回电" in get(client, "thanks", offering.pk)
    shown = post(
        client, "shown", offering.pk, status=422, phone="1", name="王", text="x", once=str(uuid4())
    )
    assert "11 位手机号" in shown
    assert Inquiry.objects.count() == 1


def test_a_village_writes_of_itself_alone(centre):
    with pytest.raises(Missing):
        centre.write(village=XIATIAN)
    centre.write()
    with pytest.raises(Invalid, match="已有"):
        centre.write()


def test_pages_ask_few_queries(client, centre, fang, django_assert_max_num_queries):
    offering = centre.publish()
    centre.ask(offering)
    with django_assert_max_num_queries(6):
        get(client, "board")
    client.force_login(fang)
    for page, args in (("showcase", ()), ("offering", (offering.pk,))):
        with django_assert_max_num_queries(20):
            get(client, page, *args)


def test_who_wrote_it_first_does_not_publish_it_after_another_s_change(centre):
    offering = centre.write(by="chen")
    showcase.change_offering(
        offering_id=offering.pk, summary="脆甜", details="", price="", **centre.by("lin")
    )
    showcase.submit_offering(offering_id=offering.pk, **centre.by("lin"))
    with pytest.raises(Blocked, match="由另一人审核"):
        centre.review(offering)
    assert centre.review(offering, by="shi").stage == "published"


def test_many_leads_fill_more_than_one_page(client, centre, lin):
    offering = centre.publish()
    for n in range(25):
        centre.ask(offering, address=f"10.0.1.{n}", text=f"第 {n:02d} 位")
    client.force_login(lin)
    shown = get(client, "offering", offering.pk)
    assert "线索 25 条" in shown
    assert "第 24 位" in shown
    assert "第 00 位" not in shown
    later = client.get(reverse("support:offering", args=[offering.pk]), {"page": 2})
    assert "第 00 位" in later.content.decode()
