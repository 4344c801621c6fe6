from datetime import date, timedelta

from sanzi.contracts.terms import Terms

from .rule import Evidence, Rule
from .scope import let_property
from .statutes import civil_code, contract_law


def check(terms: Terms) -> Evidence | None:
    # Found on the spot to have been given back: nothing is overdue.
    if not (since := _day_after(terms)) or terms.answers.is_occupied is False:
        return None
    said = f"合同于{terms.ends_on}到期，未登记收回或续签"
    if (objected_on := terms.answers.objected_on) and objected_on >= since:
        said += f"，已于{objected_on}书面提出异议"
    return Evidence(said, since=since)


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
    needs=("ends_on",),
    # The law of the day the term ran out, not of the day of signing.
    judged_on=_day_after,
)
