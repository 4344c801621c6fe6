"""The rows behind a figure on paper."""

from pathlib import Path

from sanzi.web.paper import PaperColumn, write_paper

from .drill import Drill


def write_rows(path: Path, title: str, drill: Drill) -> None:
    """All rows of a stored figure as xlsx, with the figure itself as their total."""
    unit = drill.figure.unit
    write_paper(
        path,
        title,
        f"单位：{unit}",
        [
            PaperColumn("序号", "integer", width=7),
            PaperColumn("区划代码"),
            PaperColumn("村名"),
            PaperColumn("编号"),
            PaperColumn("名称", width=32),
            PaperColumn("起算日", "date"),
            PaperColumn(drill.metric.label, "money" if drill.metric.money else "integer"),
        ],
        (
            (number, row.village, row.village_name, row.number, row.label, row.on, row.value)
            for number, row in enumerate(drill.all_lines(), 1)
        ),
        ["合计", "", "", "", "", None, drill.figure.value],
        issued=f"截至 {drill.as_of}" + (f"，自 {drill.since} 起新增" if drill.since else ""),
    )
