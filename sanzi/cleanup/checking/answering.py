"""One source's answers as they come from a form, made fit to keep."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from sanzi.kernel.refusals import Invalid
from sanzi.kernel.workflow import Actor

from .questions import QUESTIONS, SOURCE_OF, Question

TEXT_MAX = 300
_MOST = Decimal(10) ** 12


def clean(source: str, said: Mapping[str, str], by: Actor) -> dict[str, str]:
    """The answers to this source's questions by code. Raises Invalid, naming the question."""
    if source not in SOURCE_OF:
        raise Invalid("check.source", "没有这一项核查")
    return {
        question.code: _one(question, said[question.code].strip())
        for question in QUESTIONS
        if question.source == source
        and question.code in said
        and (not question.needs or by.can(question.needs))
    }


def _one(question: Question, text: str) -> str:
    if not text:
        return ""
    if question.kind == "choice":
        if text not in question.options:
            raise Invalid("check.choice", f"“{question.text}”请从给出的选项里选")
        return text
    if question.kind == "date":
        return _day(question, text)
    if question.kind in ("money", "area"):
        return _number(question, text)
    if len(text) > TEXT_MAX:
        raise Invalid("check.length", f"“{question.text}”最多写 {TEXT_MAX} 个字")
    return text


def _day(question: Question, text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Invalid("check.day", f"“{question.text}”请写成 2023-01-01 这样的日期") from None


def _number(question: Question, text: str) -> str:
    try:
        number = Decimal(text.replace(",", "").replace("，", ""))
    except InvalidOperation:
        raise Invalid("check.number", f"“{question.text}”请只填数字") from None
    if not number.is_finite() or not 0 <= number < _MOST or number != round(number, 2):
        raise Invalid("check.number", f"“{question.text}”须是不小于零、最多两位小数的数")
    return str(number)
