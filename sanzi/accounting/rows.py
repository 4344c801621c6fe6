"""Vouchers as rows for the database: keys, hashes and where they count. No framework."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from json.encoder import encode_basestring
from typing import NamedTuple

CLOSING_BUCKET = 13

# A line that names no dimension, as it is hashed: account, fen, fen, memo as JSON.
PLAIN_LINE = b'["%b",%d,%d,%b,null,null,null,null]'
_LINE = b'["%b",%d,%d,%b,%b,%b,%b,%b]'


class Posted(NamedTuple):
    """A voucher that now stands in the books."""

    id: int
    book: int
    period: int
    number: int
    hash: str

    @property
    def title(self) -> str:
        """As people say it: 记-12."""
        return f"记-{self.number}"


def bucket_of(kind: str, period: int) -> int:
    """Where on the page a voucher counts: 0 brought forward, 1..12 its month, 13 closing."""
    if kind == "opening":
        return 0
    return CLOSING_BUCKET if kind == "closing" else period % 100


def papers_hash(papers: Sequence[str]) -> str:
    """One hash for a voucher's stored papers; empty without any."""
    return sha256("\n".join(sorted(papers)).encode()).hexdigest() if papers else ""


def line_text(
    account: str,
    debit: int,
    credit: int,
    memo: bytes,
    counterparty: int | None,
    project: int | None,
    object_: int | None,
    item: int | None,
) -> bytes:
    """A line as it is hashed: JSON, amounts in fen, `memo` already quoted.

    Put together by hand, as bytes: the encoder would need several times as long.
    """
    named = (_key(counterparty), _key(project), _key(object_), _key(item))
    return _LINE % (account.encode(), debit, credit, memo, *named)


def voucher_form(
    book: int,
    period: int,
    dated: str,
    kind: str,
    attachments: int,
    prepared_by: int,
    reviewed_by: int | None,
    posted_by: int,
    cashier: int | None,
    posted_at: str,
) -> bytes:
    """What the hashed text of vouchers of a day has in common: JSON with places left open.

    They take the number, memo and source quoted, the hash of the papers, `null` or the key of what
    it reverses, and the lines.
    """
    before = f'[{book},{period},%d,"{dated}",%b,"{kind}",%b,{attachments},"%b",%b,{prepared_by},'
    people = b"%b,%d,%b" % (_key(reviewed_by), posted_by, _key(cashier))
    return before.encode() + people + f',"{posted_at}",[%b]]'.encode()


def voucher_text(
    book: int,
    period: int,
    number: int,
    dated: str,
    memo: bytes,
    kind: str,
    source: bytes,
    attachments: int,
    papers: str,
    reverses: int | None,
    prepared_by: int,
    reviewed_by: int | None,
    posted_by: int,
    cashier: int | None,
    posted_at: str,
    lines: Iterable[bytes],
) -> bytes:
    """All the facts of a voucher as they are hashed: JSON; `memo` and `source` already quoted."""
    form = voucher_form(
        book, period, dated, kind, attachments, prepared_by, reviewed_by, posted_by, cashier,
        posted_at,
    )  # fmt: skip
    return form % (number, memo, source, papers.encode(), _key(reverses), b",".join(lines))


def quoted(text: str) -> bytes:
    """Words as JSON."""
    return encode_basestring(text).encode()


def _key(key: int | None) -> bytes:
    return b"null" if key is None else b"%d" % key


def chain(previous: str, text: bytes) -> str:
    """The hash of a voucher: of the one before it in its month, and of all its facts."""
    return sha256(previous.encode() + text).hexdigest()


def genesis(book: int, period: int) -> str:
    """What the first voucher of a month is chained to."""
    return sha256(f"{book}/{period}".encode()).hexdigest()


def moment(at: datetime) -> str:
    """A moment as it is hashed: UTC, microseconds."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
