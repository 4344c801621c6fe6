from django.urls import reverse

from tests.brought import ID


def page(debt):
    return reverse("debts:debt", args=(debt.pk,))


def test_the_page_answers_with_base_and_what_was_resolved(brought, lin, visit):
    html = visit(lin, page(brought["debt"]))
    assert "账面 8,000.00 元，基准日后已化解 3,000.00 元，尚欠 5,000.00 元，化解率 37.5%" in html
    assert "现金偿还" in html
    assert ID not in html


def test_the_village_next_door_finds_no_such_debt(brought, qian, visit):
    visit(qian, page(brought["debt"]), status=404)
