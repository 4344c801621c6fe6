"""A party is called what the rows in sight call it, whoever wrote its number down first."""

from django.urls import reverse

from tests.brought import ID
from tests.sheets import CLAIM
from tests.world import XIATIAN


def test_next_door_s_name_for_the_same_number_does_not_show(brought, bring, lin, qian, visit):
    owed = {**CLAIM, "number": "ZQ-7", "village": XIATIAN, "debtor_id": ID}
    bring(债权=[{**owed, "debtor": "canary赵", "debtor_kind": "企业"}])
    page = reverse("parties:party", args=(brought["zhao"].pk,))

    assert "canary赵" in visit(qian, page)
    assert "赵某" not in visit(qian, page)
    assert "canary" not in visit(lin, page)
    assert page in visit(qian, "/search/?q=canary赵")
    assert page not in visit(qian, "/search/?q=赵某")
    assert page not in visit(lin, "/search/?q=canary赵")
