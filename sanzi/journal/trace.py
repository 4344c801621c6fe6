"""Which request is being answered: known to the recorder without passing it through every call."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class RequestFacts:
    """The request's id (32 hexadecimal digits) and the address it came from."""

    request_id: str = ""
    ip: str = ""


NO_REQUEST = RequestFacts()  # a command or background work
current: ContextVar[RequestFacts] = ContextVar("current_request", default=NO_REQUEST)
