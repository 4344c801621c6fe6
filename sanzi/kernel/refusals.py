"""Saying no to one person, now: a stable code for machines, a sentence that says what to do."""


class Refusal(Exception):
    """The base of every refusal; `status` is the HTTP answer it becomes."""

    status = 422

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class Missing(Refusal):
    """There is no such thing, or it is not yours to know of."""

    status = 404


class Forbidden(Refusal):
    """Your post may not do this."""

    status = 403


class Blocked(Refusal):
    """Allowed to you, but not in the condition the thing is in."""

    status = 409


class Invalid(Refusal):
    """What was handed in makes no sense; the message says where and how to mend it."""

    status = 422


class NotAWorkbook(Refusal):
    """The file cannot be read as a workbook at all (domain/reliability.md 2.1)."""

    def __init__(self, code: str, message: str, status: int = 400) -> None:
        super().__init__(code, message)
        self.status = status
