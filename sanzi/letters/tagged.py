"""The house layout with tags where values go: what an office begins its own template with."""

from typing import Any

from . import blocks
from .form import PLACE, LetterForm
from .laying import Laid, Laying, Paper
from .tags import QR, ROW


def tagged(form: LetterForm) -> Paper:
    """One paper that says in every place which value goes there."""
    laying = _Tagged(form, {})
    return Paper(
        title="{{ 标题 }}",
        serial="{{ 编号 }}",
        token="{{ 查验码 }}",
        size=form.size,
        blocks=tuple(laid for block in form.blocks for laid in laying.block(block)),
        caption=f"{{{{ {QR} }}}}",
    )


class _Tagged(Laying):
    def block(self, block: blocks.Block) -> list[Laid]:
        laid = self._lay[type(block)](block)
        if not block.when:
            return laid
        named = self._form.by_name[block.when].title
        return [_line(f"{{%p if {named} %}}"), *laid, _line("{%p endif %}")]

    def words(self, text: str, blank: str = "") -> str:
        def put(match: Any) -> str:
            return f"{{{{ {self._form.by_name[match[1]].title}{match[2] or ''} }}}}"

        return PLACE.sub(put, text)

    def _table(self, block: blocks.Table) -> list[Laid]:
        laid = super()._table(block)[0]
        rows = self._form.by_name[block.field]
        titles = {column.name: column.title for column in rows.columns}
        cells = [f"{{{{ {ROW}.{titles[column.field]} }}}}" for column in block.columns]
        if block.numbered:
            cells.insert(0, "{{ loop.index }}")
        empty = [""] * (len(cells) - 1)
        begin = [f"{{%tr for {ROW} in {rows.title} %}}", *empty]
        laid["rows"] = [begin, cells, ["{%tr endfor %}", *empty]]
        return [laid]


def _line(text: str) -> Laid:
    return {"kind": "paragraph", "text": text, "indent": False}
