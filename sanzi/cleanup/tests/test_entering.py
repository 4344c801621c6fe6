"""What was never signed and who uses without asking; outlines that show who sits on whose land."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sanzi.cleanup.actions.entering import enter_unsigned
from sanzi.cleanup.actions.outlines import bring_outlines
from sanzi.cleanup.models import Finding
from sanzi.contracts.models import Contract
from sanzi.holdings.models import Resource
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from sanzi.metrics.shares import totals
from tests.sheets import LEASE
from tests.world import NOON, SHANGTIAN, XIATIAN

TODAY = NOON.date()


def enter(by, **changes):
    told = {
        "village": SHANGTIAN, "way": "无合同占用", "contractor": "钱某", "category": "资源类",
        "legal_nature": "其他方式承包", "object_number": "", "location": "村北河滩",
        "area_mu": Decimal("3.50"), "starts_on": date(2019, 3, 1), "yearly_amount": None,
        "remark": "", "issuer": "上田村股份经济合作社",
    }  # fmt: skip
    return enter_unsigned(by=by, now=NOON, **(told | changes))


def rules(contract):
    return set(Finding.objects.filter(contract=contract).values_list("rule", flat=True))


def test_ground_used_without_a_contract_is_found_as_that_and_nothing_else(brought, lin):
    before = totals(SHANGTIAN, TODAY)["contracts.irregular"]
    made = enter(lin)

    assert (made.number, made.written) == ("占用-001", "无合同占用")
    assert rules(made) == {"P24"}
    assert (
        "钱某占用村北河滩3.50亩，自2019-03-01起，没有合同"
        in Finding.objects.get(rule="P24").evidence
    )
    assert totals(SHANGTIAN, TODAY)["contracts.irregular"] == before + 1


def test_what_was_agreed_but_never_signed_lacks_paper_and_vote_not_clauses(brought, lin):
    made = enter(lin, way="应签未签", yearly_amount=Decimal("500"))
    assert made.number == "应签-001"
    assert {"P01", "P06"} <= rules(made)
    assert not {"P11", "P22", "P24"} & rules(made)


def test_the_same_place_is_entered_once_and_only_in_one_s_own_village(brought, lin, qian, gao):
    enter(lin)
    with pytest.raises(Blocked, match="已经登记过"):
        enter(lin)
    with pytest.raises(Missing):
        enter(qian)
    with pytest.raises(Forbidden):
        enter(gao)
    with pytest.raises(Invalid, match="坐落"):
        enter(lin, location="")


def test_the_page_offers_what_the_resource_register_knows(brought, lin, visit, client):
    Resource.objects.filter(number="ZY-1").update(use_status="无合同占用", occupant="周某")
    html = visit(lin, "/contracts/unsigned/")
    assert "ZY-1 南塘" in html
    form = {"village": SHANGTIAN, "way": "无合同占用", "contractor": "周某", "category": "资源类",
            "legal_nature": "其他方式承包", "object_number": "ZY-1"}  # fmt: skip
    assert client.post("/contracts/unsigned/", {**form, "object_number": ""}).status_code == 422
    assert client.post("/contracts/unsigned/", {**form, "village": XIATIAN}).status_code == 422
    assert client.post("/contracts/unsigned/", form).status_code == 302
    assert client.post("/contracts/unsigned/", form).status_code == 422
    assert "ZY-1 南塘" not in visit(lin, "/contracts/unsigned/")
    assert Contract.objects.get(contractor="周某").issuer == "上田村村民委员会"


def _document(**parcels):
    features = [
        {"type": "Feature", "properties": {"地块编号": number.replace("_", "-")},
         "geometry": {"type": "Polygon", "coordinates": [[
             [west, 35], [west + 0.001, 35], [west + 0.001, 35.001], [west, 35.001], [west, 35]]]}}
        for number, west in parcels.items()
    ]  # fmt: skip
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


@pytest.fixture
def two_plots(bring, brought):
    """Two plots under two numbers, each let from 2015."""
    plot = {"village": SHANGTIAN, "kind": "四荒", "area_mu": "15.19", "use_status": "对外发包"}
    lease = {**LEASE, "village": SHANGTIAN, "object_number": ""}
    bring(
        资源=[{**plot, "number": f"D-{n}", "name": f"地{n}"} for n in (1, 2)],
        合同=[{**lease, "number": f"O-{n}", "object_number": f"D-{n}"} for n in (1, 2)],
    )


def test_outlines_that_overlap_show_who_was_let_whose_land(two_plots, lin):
    def overlapping():
        return set(Finding.objects.filter(rule="P08").values_list("contract__number", flat=True))

    assert overlapping() == set()
    brought = bring_outlines(village=SHANGTIAN, document=_document(D_1=111, D_2=111.0005, D_9=112),
                             by=lin, now=NOON)  # fmt: skip
    assert (brought.taken, brought.left) == (
        ["D-1", "D-2"], ["D-9：资源台账里没有这个编号"],
    )  # fmt: skip
    assert overlapping() == {"O-1", "O-2"}
    assert "边界重叠" in Finding.objects.filter(rule="P08").first().evidence

    again = bring_outlines(village=SHANGTIAN, document=_document(D_1=111, D_2=111.01),
                           by=lin, now=NOON)  # fmt: skip
    assert (again.same, again.taken) == (1, ["D-2"])
    assert overlapping() == set()


def test_a_file_that_is_no_geojson_changes_nothing(two_plots, lin, qian, client):
    for document in (b"", b"[]", b'{"features": 3}', b'{"features": [1]}', "村界".encode("gbk")):
        with pytest.raises(Invalid, match="GeoJSON"):
            bring_outlines(village=SHANGTIAN, document=document, by=lin, now=NOON)
    with pytest.raises(Missing):
        bring_outlines(village=SHANGTIAN, document=_document(D_1=111), by=qian, now=NOON)
    client.force_login(lin)
    form = {"village": SHANGTIAN, "file": SimpleUploadedFile("界.geojson", _document(D_1=111))}
    assert "写入 <b>1</b> 块" in client.post("/contracts/parcels/", form).content.decode()
