"""P21: clauses that only cost the village (冤大头): bought back at the end, let on for ever.

Read from the clauses' own words, so the words are quoted and a person decides. Rescission for
unfairness dies one year after knowledge and five years after the act (民法典§152).
"""

import re

from sanzi.contracts.terms import Terms

from .rule import Evidence, Rule
from .scope import let_property
from .statutes import civil_code, contract_law

_CLAUSES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("到期由村集体回购或补偿", re.compile(r"[^，。；]*(回购|作价收购|折价收购|残值)[^，。；]*")),
    (
        "自动延期",
        re.compile(r"[^，。；]*(自动(续|延)|无限期|永久使用|免费延期|无偿延期)[^，。；]*"),
    ),
    ("无上限的补偿", re.compile(r"[^，。；]*(全部损失|一切损失|双倍赔偿|十倍)[^，。；]*")),
)


def check(terms: Terms) -> Evidence | None:
    clauses = terms.special_clauses or ""
    found = [
        f"{name}：“{hit.group()}”" for name, words in _CLAUSES if (hit := words.search(clauses))
    ]
    if found:
        return Evidence("；".join(found))
    if terms.answers.is_one_sided:
        return Evidence("查合同文本：有只增加村集体负担的条款")
    return None


RULE = Rule(
    code="P21",
    title="“冤大头”条款",
    severity="较重",
    basis=(
        contract_law("第五十四条、第五十五条"),
        civil_code("第一百五十一条、第一百五十二条、第五百三十三条"),
    ),
    remedy="协商删改条款并签订补充协议；显失公平的撤销权自知道之日起一年、自行为发生起五年消灭",
    applies=let_property,
    check=check,
    needs=("special_clauses", "answers"),
)
