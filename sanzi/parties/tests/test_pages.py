from django.urls import reverse

from sanzi.parties import queries
from tests.brought import ID
from tests.sheets import CLAIM
from tests.world import NOON, XIATIAN


def page(party):
    return reverse("parties:party", args=(party.pk,))


def test_one_person_s_dealings_in_three_registers_stand_together(brought, lin, visit):
    html = visit(lin, page(brought["zhao"]))
    assert "签有合同 1 份；欠村集体 1 笔，账面 5,000.00 元；村集体欠其 1 笔" in html
    for name, key in (("cleanup:contract", "oral"), ("receivables:claim", "claim")):
        assert reverse(name, args=(brought[key].pk,)) in html
    assert ID not in html


def test_each_village_sees_its_own_dealings_only(brought, bring, lin, qian, chen, visit):
    owed = {**CLAIM, "number": "ZQ-7", "village": XIATIAN, "debtor": "赵某", "debtor_id": ID}
    bring(债权=[{**owed, "balance": "77"}])

    assert "欠村集体 1 笔，账面 77.00 元" in visit(qian, page(brought["zhao"]))
    assert "签有合同" not in visit(qian, page(brought["zhao"]))
    assert "ZQ-7" not in visit(lin, page(brought["zhao"]))
    assert "欠村集体 2 笔，账面 5,077.00 元" in visit(chen, page(brought["zhao"]))


def test_a_stranger_to_the_village_is_not_found_there(brought, qian, luo, visit):
    for person in (qian, luo):
        visit(person, page(brought["zhao"]), status=404)


def test_a_long_list_is_cut_but_its_sum_is_of_all(brought, lin, monkeypatch, bring):
    more = {**CLAIM, "village": brought["claim"].village, "debtor": "赵某", "debtor_id": ID}
    bring(债权=[{**more, "number": f"ZQ-2{i}", "balance": "10"} for i in range(3)])
    monkeypatch.setattr(queries, "LISTED_MAX", 2)

    found = queries.dealings(brought["zhao"], lin, NOON.date())["receivables"]
    assert (len(found.listed), found.count, found.hidden) == (2, 4, 2)
    assert str(found.total) == "5030.00"
