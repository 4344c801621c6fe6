"""A kind of paper (文书) as data: typed once, printed as PDF, as Word and on the page alike.

To add a paper, the feature that owns it describes it and writes it; nothing else is needed:

    # sanzi/receivables/papers/receipt.py
    DEMAND = LetterForm(
        code="receivables.demand",       # for good; never renamed or reused
        title="催缴通知书",
        series="催缴",                    # the class in the serial number
        fields=(
            Field("debtor_id", "身份证号", personal=True),
            Field("amount", "欠款金额", "money"),
            Field("due_on", "履行期限", "date"),
            Field("items", "欠款明细", "list", columns=(
                Field("contract", "合同编号"), Field("owed", "欠款", "money"))),
        ),
        blocks=(
            Salutation(),                # {addressee}：
            Paragraph("截至{dated}，您尚欠{issuer}人民币{amount}元（大写：{amount:大写}）。"),
            Table("items", (Column("contract", "合同编号"), Column("owed", "欠款（元）")),
                  totals=(("owed", "{amount}"),)),
            Paragraph("请于{due_on}前缴清。"),
            Seal(),
        ),
        owner="receivables:claim",       # the page of the thing in `on`
        reply="receivables:reply",       # optional: where the QR leads (takes the token)
    )
    FORMS = (DEMAND,)

    # settings.py: LETTER_FORMS gains "sanzi.receivables.papers.forms"

    # inside an @action of the feature
    letter = write(DEMAND, {"debtor_id": "…", "amount": claim.amount, …}, on=claim,
                   addressee=claim.party.name, by=by, now=now)

Every form also has the standing fields of STANDING. Values are text, `Decimal` yuan, `Decimal` mu
or numbers, `date`, `bool` and lists of such rows; what is empty is printed as a line to be filled
in by hand. `{amount:大写}` prints money in capitals. A value is always text: no syntax in it ever
means anything.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from .blocks import Block, Facts, Heading, Note, Paragraph, Salutation, Seal, Table, Ticks
from .sheet import SHEETS

Kind = Literal["text", "money", "area", "number", "date", "flag", "list"]

PLACE = re.compile(r"\{(\w+)(?::(\w+))?\}")
CAPITALS = "大写"


@dataclass(frozen=True)
class Field:
    """One value of a paper. `title` is also the tag an office writes in its own template.

    A `personal` value (identity number, telephone, bank account) is kept sealed and masked on
    pages; only a paper printed on purpose shows it.
    """

    name: str
    title: str
    kind: Kind = "text"
    columns: tuple["Field", ...] = ()
    personal: bool = False
    required: bool = True

    def __post_init__(self) -> None:
        assert self.name.isidentifier(), self.name
        assert self.title.isidentifier(), f"{self.title}: an office could not write it as a tag"
        assert (self.kind == "list") == bool(self.columns), f"{self.name}: lists have columns"
        assert not self.personal or self.kind == "text", f"{self.name}: only text is sealed"


# What every letter says of itself.
STANDING = (
    Field("serial", "编号"),
    Field("title", "标题"),
    Field("addressee", "收件人", required=False),
    Field("issuer", "发文单位"),
    Field("village", "村名"),
    Field("dated", "日期", "date"),
    Field("token", "查验码"),
)


@dataclass(frozen=True)
class LetterForm:
    """A kind of paper. Its wording is kept with what was issued: changing it changes no letter."""

    code: str
    title: str
    series: str
    blocks: tuple[Block, ...]
    fields: tuple[Field, ...] = ()
    # Points: 16, 14 or 12 (sheet.py).
    size: int = 16
    # Names of addresses: of the thing in `on` (its key), of the public reply page (the token), and
    # of the page that records service where serving changes more than the letter (the letter's pk).
    owner: str = ""
    # The owner's page is of a town or above: posts of a village read the letter, not that page.
    is_town_owned: bool = False
    reply: str = ""
    serving: str = ""

    def __post_init__(self) -> None:
        assert 0 < len(self.series) <= 6, self.series
        assert "-" not in self.series, self.series
        assert self.size in SHEETS, self.size
        fields = (*STANDING, *self.fields)
        assert len({f.name for f in fields}) == len(fields), f"{self.code}: two fields, one name"
        assert len({f.title for f in fields}) == len(fields), f"{self.code}: two fields, one title"
        for name in self._asked():
            assert name in self.by_name, f"{self.code}: no field {name}"
        for block in self.blocks:
            if isinstance(block, Table):
                self._check_table(block)

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """Its fields, the standing ones among them."""
        return {field.name: field for field in (*STANDING, *self.fields)}

    @property
    def has_personal(self) -> bool:
        """Whether its clear print shows what is kept sealed."""
        return any(f.personal or any(c.personal for c in f.columns) for f in self.fields)

    def _asked(self) -> Iterator[str]:
        """Every field its blocks name."""
        for block in self.blocks:
            if block.when:
                yield block.when
            if isinstance(block, Ticks) and block.chosen:
                yield block.chosen
            for text in words_of(block):
                for match in PLACE.finditer(text):
                    yield match[1]
                    assert match[2] in (None, CAPITALS), f"{self.code}: {match[0]}"

    def _check_table(self, table: Table) -> None:
        rows = self.by_name.get(table.field)
        assert rows is not None, f"{self.code}: no field {table.field}"
        assert rows.kind == "list", f"{self.code}: {table.field} is no list"
        known = {column.name for column in rows.columns}
        named = {c.field for c in table.columns} | {name for name, _ in table.totals}
        assert named <= known, f"{self.code}: {table.field} has no {named - known}"


def words_of(block: Block) -> tuple[str, ...]:
    """The texts of a block that may hold places for values."""
    if isinstance(block, Salutation | Paragraph | Heading | Note):
        return (block.text,)
    if isinstance(block, Seal):
        return (block.text, block.dated, block.hint)
    if isinstance(block, Facts):
        return tuple(text for _, text in block.rows)
    if isinstance(block, Table):
        return tuple(text for _, text in block.totals)
    return (block.title,) if isinstance(block, Ticks) else ()
