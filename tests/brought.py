"""The world after one small workbook: what the pages of registers are tested on.

Shangtian let its fishpond to Zhao by word of mouth (P01); he owes rent under that contract, paid a
part and had a part sealed. Zhao appears in three registers under one identity number. Xiatian next
door and Liyuan in the next town have rows whose words must never show in Shangtian.
"""

from collections.abc import Callable
from typing import Any

import pytest

from sanzi.access.system import system_person
from sanzi.contracts.models import Contract
from sanzi.debts.models import Debt
from sanzi.holdings.models import Account, Resource
from sanzi.intake.reading import read_workbook
from sanzi.parties.models import Party
from sanzi.receivables.models import Claim
from sanzi.workbooks.actions import commit_file

from .parts import parts_of, without_keys
from .sheets import CLAIM, DEBT, LEASE, write_workbook
from .world import LIYUAN, NOON, SHANGTIAN, XIATIAN

# What a page of the journey, or a part of one, may ask of the database.
MOST = 15
ID, PHONE, CARD = "999999198001010011", "19900001111", "6200000000000000018"


@pytest.fixture
def bring(places: Any, tmp_path: Any) -> Callable[..., Any]:
    """Import these sheets as the command line does."""

    def run(**sheets: Any) -> Any:
        workbook = read_workbook(write_workbook(tmp_path / "in.xlsx", **sheets))
        receipt = commit_file(
            workbook=workbook, name="in.xlsx", by=system_person("system_import"), now=NOON
        )
        assert [p.message for p in receipt.problems if p.severity == "error"] == []
        return receipt

    return run


def _act(target: str, dated: str, method: str, amount: str = "", kind: str = "债权") -> Any:
    row = {"kind": kind, "target_number": target, "village": SHANGTIAN, "dated": dated}
    return {**row, "method": method, "handled_by": "工作专班"} | (
        {"amount": amount} if amount else {}
    )


@pytest.fixture
def brought(bring: Callable[..., Any]) -> dict[str, Any]:
    """The rows by the names the tests call them."""
    lease = {**LEASE, "village": SHANGTIAN, "object_number": "ZY-1", "total_amount": "240000"}
    who = {"contractor_id": ID, "contractor_phone": PHONE}
    claim = {**CLAIM, "village": SHANGTIAN, "debtor_id": ID, "balance": "5000"}
    debt = {**DEBT, "village": SHANGTIAN, "number": "ZW-1", "balance": "8000"}
    plain = {"number": "HT-1", "title": "canary-contract", "contractor": "canary-person"}
    bring(
        村情=[{"village": SHANGTIAN, "name": "上田村", "households": "200"}],
        合同=[
            {**lease, **who, "number": "HT-1", "written": "口头"},
            {
                **lease, "number": "HT-2", "title": "村北果园租赁合同", "contractor": "孙某",
                "object_number": "",
            },
            {**LEASE, **plain, "village": XIATIAN},
            {**LEASE, **plain, "village": LIYUAN},
        ],
        债权=[
            {**claim, "number": "ZQ-1", "contract_number": "HT-1"},
            {**CLAIM, "village": XIATIAN, "number": "ZQ-1", "debtor": "canary-debtor"},
        ],
        债务=[{**debt, "creditor": "赵某", "creditor_id": ID}],
        资源=[
            {
                "number": "ZY-1", "village": SHANGTIAN, "name": "南塘", "kind": "水面",
                "area_mu": "10", "use_status": "对外发包",
            }
        ],
        资金账户=[
            {
                "number": "ZH-1", "village": SHANGTIAN, "kind": "基本户",
                "account_number": CARD, "book_balance": "100",
            }
        ],
        资产=[
            {
                "number": "ZC-1", "village": SHANGTIAN, "name": "旧校舍", "category": "房屋建筑",
                "operation": "经营性", "original_value": "30000", "use_status": "闲置",
            }
        ],
        增收项目=[
            {"number": "XM-1", "village": SHANGTIAN, "name": "南塘养鱼", "path": "盘活资源"}
        ],
        年度收入=[{"village": SHANGTIAN, "year": "2022", "operating_income": "120000"}],
        任务=[
            {
                "number": "RW-1", "village": SHANGTIAN, "category": "清合同", "matter": "补签合同",
                "responsible": "林会计", "due_on": "2022-12-31",
            }
        ],
        处置记录=[
            _act("ZQ-1", "2022-03-01", "下函对账"),
            _act("ZQ-1", "2022-04-01", "专人清收", "2000"),
            _act("ZQ-1", "2022-05-01", "打包封存", "1000"),
            _act("ZW-1", "2022-06-01", "现金偿还", "3000", kind="债务"),
            _act("ZY-1", "2022-07-01", "公开竞价", kind="资源"),
        ],
    )  # fmt: skip
    mine = {"village": SHANGTIAN}
    return {
        "oral": Contract.objects.get(**mine, number="HT-1"),
        "lawful": Contract.objects.get(**mine, number="HT-2"),
        "next_door": Contract.objects.get(village=XIATIAN),
        "claim": Claim.objects.get(**mine),
        "debt": Debt.objects.get(**mine),
        "pond": Resource.objects.get(),
        "account": Account.objects.get(),
        "zhao": Party.objects.exclude(identity_hash="").get(),
    }


@pytest.fixture
def visit(client: Any, django_assert_max_num_queries: Any) -> Callable[..., str]:
    """A page as this person sees it with the parts it fetches, in no more than `most` queries
    each; a part is opened in the frame too, as who has no scripts opens it."""

    def asked(url: str, most: int, **headers: str) -> Any:
        with django_assert_max_num_queries(most):
            return client.get(url, headers=headers)

    def get(person: Any, url: str, status: int = 200, most: int = MOST) -> str:
        client.force_login(person)
        answer = asked(url, most)
        assert answer.status_code == status, answer.content.decode()[-1500:]
        html = str(answer.content.decode())
        for part in parts_of(html):
            bare, framed = asked(part, most, **{"HX-Request": "true"}), asked(part, most)
            assert (bare.status_code, framed.status_code) == (200, 200), part
            assert without_keys(bare).strip() in without_keys(framed)
            html += bare.content.decode()
        return html

    return get
