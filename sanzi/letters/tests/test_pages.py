"""What people see of letters, and what the public may ask."""

import pytest
from django.urls import reverse

from sanzi.letters.actions.letters import compose, void
from tests.world import NOON, SHANGTIAN


def test_the_village_next_door_does_not_see_it(client, letter, qian):
    client.force_login(qian)
    for name in ("letter", "pdf", "docx"):
        assert client.get(reverse(f"letters:{name}", args=[letter.pk])).status_code == 404


def test_the_page_shows_the_paper_masked(client, letter, lin):
    client.force_login(lin)
    page = client.get(reverse("letters:letter", args=[letter.pk])).content.decode()
    assert "壹万贰仟叁佰肆拾伍元陆角整" in page
    assert "9999**********0011" in page
    assert "999999198001010011" not in page


def test_a_clear_print_is_recorded(client, letter, lin):
    client.force_login(lin)
    made = client.post(reverse("letters:pdf", args=[letter.pk]))
    assert made.content.startswith(b"%PDF-")
    page = client.get(reverse("letters:letter", args=[letter.pk])).content.decode()
    assert "打印原件" in page


def test_the_register_lists_it_with_its_state(client, letter, lin):
    client.force_login(lin)
    page = client.get(reverse("letters:letters")).content.decode()
    assert letter.serial in page
    assert "未送达" in page
    assert (
        letter.serial
        not in client.get(reverse("letters:letters"), {"state": "served"}).content.decode()
    )


def test_anyone_with_the_paper_learns_that_it_is_real_and_nothing_else(client, letter):
    page = client.get(reverse("letters:check", args=[letter.token])).content.decode()
    assert letter.serial in page
    assert "现行有效" in page
    assert "张久" not in page
    assert "12,345" not in page


def test_a_name_in_a_title_is_not_told_to_the_public(client, lin):
    letter = compose(
        village=SHANGTIAN, title="关于张久的函", addressee="张久", body="x", by=lin, now=NOON
    )
    page = client.get(reverse("letters:check", args=[letter.token])).content.decode()
    assert letter.serial in page
    assert "张久" not in page


@pytest.mark.django_db
def test_a_token_nobody_has_is_not_found(client):
    assert client.get(reverse("letters:check", args=["A" * 20])).status_code == 404


def test_a_void_letter_says_so_to_everybody(client, letter, lin):
    void(letter_id=letter.pk, reason="写错", by=lin, now=NOON)
    page = client.get(reverse("letters:check", args=[letter.token])).content.decode()
    assert "已作废" in page
    assert "写错" not in page


def test_a_token_may_be_typed_with_hyphens_and_small_letters(client, letter):
    typed = "-".join(letter.token[i : i + 4] for i in range(0, 20, 4)).lower()
    there = client.get(reverse("letters:ask"), {"token": typed})
    assert there.url == reverse("letters:check", args=[letter.token])
