"""The periods of limitation and the articles behind them, by the day they apply to."""

from dataclasses import dataclass
from datetime import date

from sanzi.kernel.calendar import roll_to_working_day, years_after

# 民法总则 in force: three years replaced two, and one for rent (clean-up.md 2.5).
THREE_YEARS_SINCE = date(2017, 10, 1)
CODE_SINCE = date(2021, 1, 1)
YEARS, CAP_YEARS, SUSPENDED_MONTHS = 3, 20, 6
FORMER_YEARS = {"rent": 1, "loan": 2, "other": 2}


@dataclass(frozen=True)
class Run:
    """One run of the period: its last day, whether by the former law, and the sentence why."""

    last_day: date
    is_former: bool
    why: str


def run_from(start: date, nature: str) -> Run:
    """How long the period runs that starts on a day (民法典 188, 201–203; 时效衔接 第2–3条).

    The day itself is not counted; the period ends on the corresponding day and, if that is a legal
    holiday, on the first day after it.
    """
    if start < THREE_YEARS_SINCE:
        years = FORMER_YEARS[nature]
        former = roll_to_working_day(years_after(start, years))
        if former < THREE_YEARS_SINCE:
            article = "第136条" if nature == "rent" else "第135条"
            why = (
                f"自 {start} 起适用当时的 {years} 年时效（民法通则{article}），到 {former} 届满，"
                "早于 2017-10-01，不适用三年时效（时效衔接解释第3条）"
            )
            return Run(former, True, why)
    plain = years_after(start, YEARS)
    last = roll_to_working_day(plain)
    why = f"自 {start} 起三年，当日不计入，到 {last} 届满（{article_of(start, 'period')}）"
    if start < THREE_YEARS_SINCE:
        why += "；原时效到 2017-10-01 尚未届满，适用三年（时效衔接解释第2条）"
    if last != plain:
        why += f"；{plain} 是法定休假日，顺延到休假日结束的次日（{article_of(plain, 'holiday')}）"
    return Run(last, False, why)


_ARTICLES = {
    "period": ("民法通则第135条", "民法总则第188条", "民法典第188条"),
    "interrupted": ("民法通则第140条", "民法总则第195条", "民法典第195条"),
    "suspended": ("民法通则第139条", "民法总则第194条", "民法典第194条"),
    "holiday": ("民法通则第154条", "民法总则第203条", "民法典第203条"),
}


def article_of(day: date, matter: str) -> str:
    """The article in force on a day."""
    former, general, code = _ARTICLES[matter]
    if day >= CODE_SINCE:
        return code
    # A period that still ran on 2017-10-01 is judged by the new law, whenever it began.
    return general if day >= THREE_YEARS_SINCE or matter == "period" else former


# By the SPC's rules on limitation: why a kind of event interrupts.
GROUNDS = {
    "demand": "时效规定第8条",
    "part_payment": "时效规定第14条",
    "acknowledgement": "时效规定第14条",
    "repayment_plan": "时效规定第14条",
    "extension_request": "时效规定第14条",
    "security": "时效规定第14条",
    "new_agreement": "时效规定第14条",
    "suit": "时效规定第10条",
    "arbitration": "时效规定第11条",
    "payment_order": "时效规定第11条",
    "mediation_request": "时效规定第12条",
    "enforcement": "时效规定第11条",
}
# What brings an expired claim back: the debtor's will to perform, in writing (时效规定第19条).
REVIVING = frozenset({"new_agreement", "repayment_plan", "acknowledgement"})
