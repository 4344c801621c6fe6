"""A laid paper as a page shows it: what the template would otherwise have to work out."""

from typing import Any

from .laying import Laid, Paper


def preview_of(paper: Paper) -> dict[str, Any]:
    """The paper with each cell told whether it stands to the right."""
    return {
        "title": paper.title,
        "serial": paper.serial,
        "token": paper.token,
        "mark": paper.mark,
        "blocks": [_shown(block) for block in paper.blocks],
    }


def _shown(block: Laid) -> Laid:
    if block["kind"] == "lines":
        return {**block, "lines": range(block["count"])}
    if block["kind"] != "table":
        return block
    rights = [head["right"] for head in block["heads"]]
    rows = [*block["rows"], *([block["foot"]] if block["foot"] else [])]
    cells = [[{"text": t, "right": r} for t, r in zip(row, rights, strict=True)] for row in rows]
    return {**block, "rows": cells}
