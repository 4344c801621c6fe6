"""The page of a matter, as each person sees it, and the steps taken on it."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from sanzi.accounting.models import Period, Voucher
from sanzi.agency.actions import steps
from sanzi.agency.models import Draft
from sanzi.agency.stages import WAY
from sanzi.documents.tests.files import jpeg, upload
from tests.brought import visit
from tests.world import NOON

__all__ = ("visit",)

MATTERS = reverse("agency:matters")


def page(draft, name="matter"):
    return reverse(f"agency:{name}", args=(draft.pk,))


def post(client, person, draft, name="step", **fields):
    client.force_login(person)
    return client.post(page(draft, name), fields)


@pytest.mark.parametrize("stage", WAY)
def test_everybody_of_the_region_sees_a_matter_at_every_stage(walk, people, visit, stage):
    draft = walk(stage, files=[upload("收据.jpg", jpeg())])
    for name in ("lin", "min", "wu", "zheng", "chu", "gao", "jian"):
        for html in (visit(people[name], page(draft)), visit(people[name], page(draft, "sheet"))):
            assert "修渠材料款" in html
            assert "500.00" in html
            assert "伍佰元整" in html
            assert "收据.jpg" in html
    for name in ("qian", "luo"):
        visit(people[name], page(draft), status=404)
        visit(people[name], page(draft, "sheet"), status=404)
    visit(people["xi"], page(draft), status=403)


@pytest.mark.parametrize(
    ("stage", "who", "label"),
    [
        ("drafting", "lin", "提交"),
        ("submitted", "min", "民主理财同意"),
        ("overseen", "wu", "审核通过"),
        ("prepared", "zheng", "复核通过"),
        ("reviewed", "chu", "出纳签章"),
        ("signed", "feng", "记账"),
    ],
)
def test_the_next_hand_has_a_live_button_and_nobody_else(walk, people, visit, stage, who, label):
    draft = walk(stage)
    for name in ("lin", "min", "wu", "zheng", "feng", "chu", "gao"):
        html = visit(people[name], page(draft))
        is_live = f'value="{step_named(label)}">{label}</button>' in html
        may = {who} | ({"zheng", "feng"} if who in ("zheng", "feng") else set())
        may |= {"zheng", "feng"} if label == "审核通过" else set()
        assert is_live is (name in may), name


def step_named(label):
    from sanzi.agency.workflow import FORWARD

    return next(step.name for step in FORWARD if step.label == label)


def test_the_page_says_who_has_done_what_and_who_is_next(walk, visit, lin):
    html = visit(lin, page(walk("prepared")))
    assert "待复核（冯主管、郑主管）" in html
    assert "吴代理" in html
    assert "凭证草稿" in html
    assert "借方（元）" in html


def test_a_grey_button_says_why(walk, visit, feng, zheng):
    html = visit(zheng, page(walk("reviewed")))
    assert "disabled" in html
    assert "出纳签章后才能记账" in html


def test_the_reviewer_is_told_that_another_had_better_post(walk, visit, zheng, feng):
    draft = walk("signed")
    assert "宜由不同人员办理" in visit(zheng, page(draft))
    assert "宜由不同人员办理" not in visit(feng, page(draft))


def test_a_voucher_that_differs_from_the_report_is_pointed_out(walk, prepare, visit, zheng):
    draft = prepare(walk("verified"), "借 513 480.00\n贷 102 480.00")
    assert "与报账金额 500.00 元不同" in visit(zheng, page(draft))


def test_a_step_leads_back_to_the_page_that_now_says_so(client, walk, zheng, visit):
    draft = walk("prepared")
    answer = post(client, zheng, draft, step="review")
    assert (answer.status_code, answer["Location"]) == (302, page(draft))
    assert "待出纳签章（储出纳）" in visit(zheng, page(draft))


def test_posting_from_the_page_leads_to_the_voucher(client, walk, feng, visit):
    draft = walk("signed")
    post(client, feng, draft, step="post")
    html = visit(feng, page(draft))
    assert "记-1" in html
    assert reverse("accounting:voucher", args=(draft.book_id, Voucher.objects.get().pk)) in html


@pytest.mark.parametrize(
    ("stage", "who", "step", "status"),
    [
        ("reviewed", "feng", "review", 409),  # a page left open while another reviewed
        ("posted", "feng", "post", 409),
        ("posted", "lin", "withdraw", 409),
        ("posted", "lin", "submit", 409),
        ("submitted", "zheng", "review", 409),
        ("reviewed", "feng", "post", 409),
        ("prepared", "wu", "review", 403),
        ("prepared", "lin", "review", 403),
        ("submitted", "min", "prepare", 422),
        ("submitted", "min", "nonsense", 422),
    ],
)
def test_what_cannot_be_is_refused_over_the_wire(client, walk, people, stage, who, step, status):
    draft = walk(stage)
    assert post(client, people[who], draft, step=step).status_code == status
    assert Draft.objects.get(pk=draft.pk).stage == stage


def test_a_closed_month_is_told_on_the_page(client, walk, feng, book):
    draft = walk("signed")
    Period.objects.filter(book=book, period=202403).update(state=Period.State.CLOSED)
    answer = post(client, feng, draft, step="post")
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "已结账" in html
    assert "修渠材料款" in html
    assert not Voucher.objects.exists()


def test_a_way_back_without_a_reason_is_refused_in_place(client, walk, min):
    draft = walk("submitted")
    answer = post(client, min, draft, step="decline", words="错")
    assert answer.status_code == 422
    assert "请写明原因" in answer.content.decode()
    assert ">错</textarea>" in answer.content.decode()
    answer = post(client, min, draft, step="decline", words="发票抬头不对")
    assert answer.status_code == 302


@pytest.mark.parametrize("name", ["qian", "luo"])
@pytest.mark.parametrize("address", ["step", "amend", "add-papers", "remove-paper"])
def test_next_door_nothing_can_be_posted_to(client, walk, people, name, address):
    draft = walk("drafting")
    assert post(client, people[name], draft, address, step="submit").status_code == 404


def test_every_post_of_a_neighbour_and_a_stranger_answers_alike(client, walk, qian):
    draft = walk("drafting")
    client.force_login(qian)
    mine = client.get(page(draft))
    nobodys = client.get(reverse("agency:matter", args=(draft.pk + 999,)))
    assert mine.status_code == nobodys.status_code == 404


def test_what_a_village_writes_is_shown_as_it_stands(walk, visit, lin, zheng):
    evil = "<script>alert(1)</script>{{7*7}}"
    draft = walk("submitted", memo=evil, payee=evil)
    for url in (page(draft), page(draft, "sheet"), MATTERS):
        html = visit(zheng, url)
        assert "<script>alert" not in html
        assert "{{7*7}}" in html


def test_behind_a_voucher_stand_its_report_and_its_hands(walk, feng):
    voucher = walk("posted").voucher
    html = render_to_string("agency/parts/behind_voucher.html", {"voucher": voucher})
    assert page(voucher.draft) in html
    for name in ("林会计", "民监事", "吴代理", "郑主管", "储出纳", "冯主管"):
        assert name in html


def test_a_voucher_that_came_another_way_has_nothing_behind_it(put, book):
    voucher = put(book, "2024-01-05", "借 513 10.00\n贷 102 10.00")
    html = render_to_string("agency/parts/behind_voucher.html", {"voucher": voucher})
    assert html.strip() == ""


def test_the_way_of_a_matter_is_timed(walk, visit, lin, zheng):
    draft = walk("submitted")
    later = NOON.replace(day=4, hour=7)
    steps.take_step(draft_id=draft.pk, step="withdraw", by=lin, now=later)
    assert "2 天 3 小时" in visit(lin, page(draft))
