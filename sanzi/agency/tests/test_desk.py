"""The desk, the lists, posting many and arranging stand-ins, as each person sees them."""

from datetime import date

from django.urls import reverse
from django.utils.timezone import localdate

from sanzi.accounting.models import Period, Voucher
from sanzi.agency.desk import waiting_tiles
from sanzi.agency.models import StandIn
from tests.brought import visit

__all__ = ("visit",)

DESK, TODO, MATTERS, POSTING, STAND_INS = (
    reverse(f"agency:{name}") for name in ("desk", "todo", "matters", "posting", "stand-ins")
)


def page(draft, name="matter"):
    return reverse(f"agency:{name}", args=(draft.pk,))


def test_the_desk_counts_what_waits_for_each(walk, visit, people):
    for stage in (
        "drafting",
        "submitted",
        "overseen",
        "verified",
        "prepared",
        "reviewed",
        "signed",
    ):
        walk(stage)
    for name, waits in (
        ("lin", 1), ("min", 1), ("wu", 2), ("chu", 1), ("feng", 3), ("zheng", 3), ("gao", 0),
    ):  # fmt: skip
        html = visit(people[name], DESK)
        said = f"等我办理 {waits} 件" if waits else "没有等我办理的事项"
        assert said in html, name
        assert "全部在办 7 件" in html
    assert "全部在办 0 件" in visit(people["qian"], DESK)


def test_the_to_do_list_is_what_can_be_done_and_not_what_is_barred(walk, visit, people):
    draft = walk("prepared")
    assert page(draft) in visit(people["zheng"], TODO)
    assert page(draft) not in visit(people["wu"], TODO)
    assert page(draft) not in visit(people["qian"], TODO)
    assert "没有符合条件" in visit(people["zheng"], f"{TODO}?stage=overseen")
    visit(people["zheng"], f"{TODO}?stage=x", status=400)


def test_all_matters_are_a_register_with_sums_and_stages(walk, visit, people):
    draft = walk("posted")
    for name in ("lin", "zheng", "gao", "jian"):
        html = visit(people[name], MATTERS)
        assert page(draft) in html
        assert "已记账" in html
    assert page(draft) not in visit(people["qian"], MATTERS)
    assert page(draft) in visit(people["zheng"], f"{MATTERS}?stage=posted")
    assert page(draft) not in visit(people["zheng"], f"{MATTERS}?stage=drafting")


def test_many_are_ticked_and_posted_in_one_go(client, walk, visit, feng):
    drafts = [walk("signed") for _ in range(3)]
    html = visit(feng, POSTING)
    assert html.count(" checked") == 3
    client.force_login(feng)
    answer = client.post(POSTING, {"matters": [draft.pk for draft in drafts[:2]]})
    assert answer.status_code == 302
    assert Voucher.objects.count() == 2
    answer = client.post(POSTING, {"matters": [draft.pk for draft in drafts]})
    assert answer.status_code == 422
    assert Voucher.objects.count() == 2
    assert client.post(POSTING, {}).status_code == 422


def test_a_month_closed_meanwhile_posts_none_of_them(client, walk, feng, book):
    drafts = [walk("signed"), walk("signed", dated=date(2024, 4, 2))]
    Period.objects.filter(book=book, period=202404).update(state=Period.State.CLOSED)
    client.force_login(feng)
    answer = client.post(POSTING, {"matters": [draft.pk for draft in drafts]})
    assert answer.status_code == 409
    assert "一件也没有记账" in answer.content.decode()
    assert not Voucher.objects.exists()


def test_the_chief_arranges_a_stand_in_on_the_page(client, visit, zheng, wu, feng, qian):
    html = visit(zheng, STAND_INS)
    assert "安排代办" in html
    today = date.today().isoformat()  # noqa: DTZ011
    told = {
        "duty": "books.review", "absent_id": feng.pk, "person_id": wu.pk,
        "from_on": today, "to_on": today, "reason": "外出培训",
    }  # fmt: skip
    client.force_login(zheng)
    answer = client.post(STAND_INS, {**told, "absent_id": wu.pk, "person_id": feng.pk})
    assert answer.status_code == 422
    assert "不承担复核" in answer.content.decode()
    assert client.post(STAND_INS, told).status_code == 302
    one = StandIn.objects.get()
    assert "外出培训" in visit(wu, STAND_INS)
    assert "您代冯主管办理复核" in visit(wu, DESK)
    assert "外出培训" not in visit(qian, STAND_INS)
    end = reverse("agency:end-stand-in", args=(one.pk,))
    client.force_login(wu)
    assert client.post(end).status_code == 403
    client.force_login(zheng)
    assert client.post(end).status_code == 302
    one.refresh_from_db()
    assert one.ended_at


def test_what_waits_for_a_person_stands_on_their_first_page(walk, visit, people):
    walk("prepared")
    assert waiting_tiles(people["gao"], localdate()) == [], "no duty in the agency, no tile"
    tiles = reverse("dashboards:waiting-tiles")
    assert f'hx-get="{tiles}"' in visit(people["zheng"], "/")
    assert f'href="{TODO}?stage=prepared"' in visit(people["zheng"], tiles)
    assert TODO not in visit(people["gao"], tiles).partition("<main")[2]
