from datetime import date, timedelta

from sanzi.contracts.terms import Terms

from .rule import Evidence, Rule
from .scope import let_property
from .statutes import civil_code, contract_law


def check(terms: Terms) -> Evidence | None:
    if not (since := _day_after(terms)):
        return None
    return Evidence(f"合同于{terms.ends_on}到期，未登记收回或续签", since=since)


def _day_after(terms: Terms) -> date | None:
    # 9999-12-31 is how some offices write "without end": it never comes due.
    if terms.ends_on is None or terms.ends_on == date.max:
        return None
    return terms.ends_on + timedelta(days=1)


RULE = Rule(
    code="P09",
    title="到期未收回或未续签",
    severity="较重",
    basis=(
        contract_law("第二百三十五条、第二百三十六条"),
        civil_code("第七百三十三条、第七百三十四条"),
    ),
    remedy="书面提出异议并通知返还，否则可能视为不定期租赁；按程序重新发包，收取到期后的使用费",
    applies=let_property,
    check=check,
    # The law of the day the term ran out, not of the day of signing.
    judged_on=_day_after,
)
