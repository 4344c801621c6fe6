"""P08: one object let twice for the same time, told by its number or by its outline.

Who keeps it: the contract lawfully registered; else the one effective first; else who lawfully
holds the land already. Seizing it after the dispute began does not count (承包纠纷解释§19).
"""

from sanzi.contracts.terms import HOUSEHOLD, Rival, Terms

from .rule import UNREAD, Evidence, Rule
from .scope import is_farmland, is_no_farmland, let_property
from .statutes import civil_code, contract_law, land_disputes, land_disputes_2005

SHOWN = 3


def check(terms: Terms) -> Evidence | None:
    # A household contract under this one is another matter, and a graver one: P19.
    rivals = [rival for rival in terms.rivals if rival.legal_nature != HOUSEHOLD]
    if not rivals:
        return None
    said = "；".join(_said(terms, rival) for rival in rivals[:SHOWN])
    more = f"；另有{len(rivals) - SHOWN}份" if len(rivals) > SHOWN else ""
    return Evidence(f"{said}{more}", since=min(rival.since for rival in rivals))


def _said(terms: Terms, rival: Rival) -> str:
    if rival.shared_mu is None:
        what = f"与合同{rival.number}（{rival.contractor}）为同一标的{terms.object_number}"
    else:
        what = f"与合同{rival.number}（{rival.contractor}）的地块边界重叠{rival.shared_mu}亩"
    return f"{what}，{_when(rival)}期限重叠{_first(terms, rival)}"


def _when(rival: Rival) -> str:
    return f"{rival.since}至{rival.until}" if rival.until else f"{rival.since}起"


def _first(terms: Terms, rival: Rival) -> str:
    if not (terms.made_on and rival.made_on) or terms.made_on == rival.made_on:
        return ""
    return f"，{'本合同' if terms.made_on < rival.made_on else '对方'}订立在先"


RULE = Rule(
    code="P08",
    title="一地多包、一物多租",
    severity="严重",
    basis=(
        land_disputes_2005("第二十条", is_farmland),
        land_disputes("第十九条", is_farmland),
        contract_law("第一百零七条", is_no_farmland),
        civil_code("第五百七十七条", is_no_farmland),
        civil_code("第七百零八条", is_no_farmland, caveat=UNREAD),
    ),
    remedy="已登记的优先，均未登记的先生效者优先，再次为合法占有者；保留一份，其余解除并依法补偿",
    applies=let_property,
    check=check,
    needs=("rivals",),
)
