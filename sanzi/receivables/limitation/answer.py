"""The clock's answer for people and for machines: the words of a status, the published JSON."""

from typing import Any

from .clock import Reading

WORDS = {
    "valid": "有效",
    "warning": "预警",
    "red": "红色预警",
    "expired": "已届满（自然债务）",
    "capped": "已超过二十年",
}
TONES = {
    "valid": "done",
    "warning": "warn",
    "red": "danger",
    "expired": "danger",
    "capped": "danger",
}
ADVICE = {
    "valid": "时效在保护期内",
    "warning": "半年内届满：请尽快送达催收函并留存签收证据，或签订还款计划",
    "red": "六十日内届满：请立即送达催收函、签还款计划，或申请支付令、起诉",
    "expired": "对方可以拒绝履行；自愿履行的可以收取，签订新的还款协议可以恢复",
    "capped": "超过二十年，法院不予保护；有特殊情况的可以申请延长，请咨询律师",
}


def document(reading: Reading) -> dict[str, Any]:
    """The answer as the published JSON."""
    found: dict[str, Any] = {
        "last_day": reading.last_day.isoformat(),
        "status": reading.status,
        "days_left": reading.days_left,
        "reasoning": [*reading.reasoning, *reading.doubts],
    }
    if reading.as_one_debt is not None:
        found["as_one_debt"] = reading.as_one_debt.isoformat()
        found["separately"] = [
            {"due": due.isoformat(), "last_day": last.isoformat()}
            for due, last in reading.separately
        ]
    return found


def days_said(days_left: int) -> str:
    """How long there is: 还有 12 天, 已过 3 天."""
    return f"还有 {days_left} 天" if days_left >= 0 else f"已过 {-days_left} 天"
