"""A report as the paper form: one line a village, the region's own figures as the total."""

from pathlib import Path

from sanzi.metrics.catalogue import METRICS
from sanzi.web.paper import PaperColumn, write_paper

from .report import Report

KINDS = {"元": "money", "率": "percent"}


def write_report(report: Report, path: Path) -> None:
    """Write the report as xlsx; money in yuan, rates as percentages."""
    columns = [PaperColumn("区划代码"), PaperColumn("村名")]
    columns += [PaperColumn(metric.label, KINDS.get(metric.unit, "integer")) for metric in METRICS]
    whole = {figure.metric: figure.value for figure in report.figures}
    write_paper(
        path,
        f"{report.name}农村集体资产“清化收”数据表",
        "单位：元、份、笔、个",
        columns,
        (
            [line.code, line.name, *(line.figures[metric.id].value for metric in METRICS)]
            for line in report.villages
        ),
        ["", "合计", *(whole[metric.id] for metric in METRICS)],
        issued=f"截至 {report.as_of}，基准日 {report.base_on or '—'}",
    )
