from decimal import Decimal

from django.urls import reverse

from sanzi.dispositions.models import Disposition
from sanzi.receivables.queries import movements
from tests.brought import ID
from tests.world import NOON, SHANGTIAN


def page(claim):
    return reverse("receivables:claim", args=(claim.pk,))


def test_the_page_answers_with_base_receipts_and_rate(brought, lin, visit):
    html = visit(lin, page(brought["claim"]))
    assert "账面 5,000.00 元，基准日后已收 2,000.00 元，尚欠 3,000.00 元，清收率 40.0%" in html
    assert "已打包封存" in html


def test_a_letter_moves_nothing_and_a_sealed_part_stays_owed(brought):
    acts = Disposition.objects.all().on("债权", SHANGTIAN, "ZQ-1")
    kept, is_sealed = movements(brought["claim"], acts, NOON.date())

    told = [(m.act.method, m.counts_as, m.left) for m in kept.movements]
    assert told == [
        ("下函对账", "", Decimal("5000.00")),
        ("专人清收", "现金清收", Decimal("3000.00")),
        ("打包封存", "打包封存", Decimal("3000.00")),
    ]
    assert is_sealed


def test_a_claim_formed_after_the_base_has_no_rate(bring, brought, lin, visit):
    late = {"number": "ZQ-9", "village": SHANGTIAN, "debtor": "李某", "nature": "其他"}
    bring(债权=[{**late, "book": "账内", "principal": "90", "formed_on": "2024-01-01"}])
    claim = type(brought["claim"]).objects.get(number="ZQ-9")
    assert "不计入清收率" in visit(lin, page(claim))


def test_the_page_leads_to_contract_and_party_and_shows_no_number(brought, lin, visit):
    html = visit(lin, page(brought["claim"]))
    assert reverse("cleanup:contract", args=(brought["oral"].pk,)) in html
    assert reverse("parties:party", args=(brought["zhao"].pk,)) in html
    assert ID not in html


def test_the_village_next_door_finds_no_such_claim(brought, qian, visit):
    visit(qian, page(brought["claim"]), status=404)
