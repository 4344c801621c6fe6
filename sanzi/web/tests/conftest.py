"""These tests run on the small site beside them, with a handful of contracts of the world."""

from datetime import date
from decimal import Decimal

import pytest

from sanzi.contracts.models import Contract
from sanzi.kernel.codes import mask_id
from sanzi.store.sealed import keyed_hash, seal
from tests.world import LIYUAN, SHANGTIAN, XIATIAN

IDENTITY = "99990119700101001X"


@pytest.fixture(autouse=True)
def _small_site(settings):
    settings.ROOT_URLCONF = "sanzi.web.tests.site"


def write(village: str, number: str, **columns) -> Contract:
    plain = {"title": "荷塘承包", "category": "资源类", "written": "书面", "contractor": "王建国"}
    return Contract.objects.create(village=village, number=number, **(plain | columns))


@pytest.fixture
def contracts(places):
    """Three of Shangtian, one of Xiatian, one of the next town."""
    return [
        write(
            SHANGTIAN,
            "A-1",
            total_amount=Decimal("1234567890.12"),
            contract_area_mu=Decimal("12.50"),
            signed_on=date(2019, 3, 1),
            is_member=True,
            contractor_id=seal(IDENTITY, mask_id),
            contractor_id_hash=keyed_hash(IDENTITY),
        ),
        write(SHANGTIAN, "A-2", title="100%收益_分成", total_amount=Decimal("0"), is_member=False),
        write(SHANGTIAN, "A-3", title="=1+1", category="资产类", paid_amount=Decimal("-0.01")),
        write(XIATIAN, "B-1", contractor="钱多多", total_amount=Decimal("0.10"), written=""),
        write(LIYUAN, "C-1", contractor="canary-of-liyuan", total_amount=Decimal("5")),
    ]


@pytest.fixture
def open_register(client, contracts, chen):
    """The register's HTML as the town clerk of Qingshui sees it at an address."""
    client.force_login(chen)

    def get(query: str = "", status: int = 200) -> str:
        answer = client.get(f"/contracts/{query}")
        assert answer.status_code == status
        return answer.content.decode()

    return get
