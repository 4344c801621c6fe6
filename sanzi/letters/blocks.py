"""What a paper is made of, in reading order; its words hold `{field}` where values go.

A block with `when="field"` is printed only when that field says something (a text, an amount that
is not zero, a list that is not empty, a yes).
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Block:
    """The base of every block."""

    when: str = ""


@dataclass(frozen=True)
class Salutation(Block):
    """Who is addressed, from the left edge: {addressee}："""

    text: str = "{addressee}："


@dataclass(frozen=True)
class Paragraph(Block):
    """Running text; a line break inside a value begins a new paragraph."""

    text: str
    indent: bool = True


@dataclass(frozen=True)
class Heading(Block):
    """A heading between paragraphs: 一、欠款情况."""

    text: str


@dataclass(frozen=True)
class Facts(Block):
    """A ruled table of names and values: (("合同编号", "{contract}"), …), one or two a row."""

    rows: tuple[tuple[str, str], ...]
    columns: int = 1


@dataclass(frozen=True)
class Column:
    """A column of a table: a field of the list's rows. `width` is its share of the page."""

    field: str
    title: str
    width: int = 2


@dataclass(frozen=True)
class Table(Block):
    """The rows of a list field, ruled, its heading repeated on every page; money to the right.

    `totals` are words under columns: (("amount", "{amount}"),). `blanks` are empty rows to be
    filled in by hand.
    """

    field: str
    columns: tuple[Column, ...]
    totals: tuple[tuple[str, str], ...] = ()
    numbered: bool = True
    blanks: int = 0


@dataclass(frozen=True)
class Ticks(Block):
    """Boxes to tick; the option that equals the value of `chosen` is ticked already."""

    title: str
    options: tuple[str, ...]
    chosen: str = ""


@dataclass(frozen=True)
class Lines(Block):
    """A title and ruled lines for handwriting."""

    title: str
    count: int = 2


@dataclass(frozen=True)
class Note(Block):
    """Small print: what the law says, where to ask."""

    text: str


@dataclass(frozen=True)
class Seal(Block):
    """Who issues it and when, at the right, with room for the seal."""

    text: str = "{issuer}"
    dated: str = "{dated}"
    hint: str = "（盖章）"


@dataclass(frozen=True)
class Signature:
    """One party that signs: its title and what it writes."""

    title: str
    lines: tuple[str, ...] = ("签名（盖章、按指印）", "日期")


@dataclass(frozen=True)
class Signatures(Block):
    """Parties that sign, two side by side, kept together on one page."""

    parties: tuple[Signature, ...]


@dataclass(frozen=True)
class Cut(Block):
    """A dashed line to cut along; what follows is the slip that comes back (回执)."""

    text: str = "沿此线裁开"


@dataclass(frozen=True)
class NewPage(Block):
    """What follows begins on a page of its own."""


KINDS: dict[str, type[Block]] = {
    kind.__name__: kind
    for kind in (
        Salutation,
        Paragraph,
        Heading,
        Facts,
        Table,
        Ticks,
        Lines,
        Note,
        Seal,
        Signatures,
        Cut,
        NewPage,
    )
}
