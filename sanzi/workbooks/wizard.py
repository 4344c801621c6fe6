"""One upload as a person sees it: where it stands, what was found, what can be done next."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.timezone import now

from sanzi.access.models import Person
from sanzi.intake.dictionary import SHEETS, register, sheet
from sanzi.kernel import child

from .models import Stage, Upload

# A worker takes a moment to start; a lock still free after this long means that it died.
STARTING = timedelta(seconds=20)
PROBLEMS_SHOWN = 200
FINDINGS_SHOWN = 100
LEAVE_OUT = "-"
SEVERITIES = {"error": "错误", "warning": "提醒", "corrected": "已自动更正"}


def wizard_of(upload: Upload, person: Person, query: QueryDict) -> "Wizard":
    """The wizard's view of an upload; `query` may name the severity to list."""
    return Wizard(upload, person, query.get("severity", ""))


@dataclass
class Wizard:
    """Everything the page asks of an upload; files are read only where a part needs them."""

    upload: Upload
    person: Person
    severity: str

    @cached_property
    def is_working(self) -> bool:
        """Whether the page should look again in a moment."""
        return self.upload.stage in (Stage.CHECKING, Stage.COMMITTING) and not self.is_cut_short

    @cached_property
    def is_cut_short(self) -> bool:
        """Whether the child process died: nothing was written, and it may be started again."""
        if self.upload.stage not in (Stage.CHECKING, Stage.COMMITTING):
            return False
        if child.is_working(self.upload.folder):
            return False
        return now() - self.upload.started_at > STARTING

    @cached_property
    def progress(self) -> dict[str, Any]:
        return child.progress_of(self.upload.folder)

    @cached_property
    def document(self) -> dict[str, Any]:
        """What the check found, as `sanzi check --json` says it."""
        try:
            found: dict[str, Any] = json.loads((self.upload.folder / "checked.json").read_text())
        except OSError:
            return {}
        return found

    @property
    def tables(self) -> list[dict[str, Any]]:
        """Each sheet with the choices its columns have: unmatched ones may take what is left."""
        tables = []
        for table in self.document.get("sheets", []):
            taken = {column["field"] for column in table["columns"]}
            title = table["title"]
            open_columns = sheet(title).columns if title else ()
            tables.append(
                {
                    **table,
                    "matched": [
                        {**column, "title": sheet(title).column(column["field"]).title}
                        for column in table["columns"]
                    ],
                    "all_choices": open_columns,
                    "choices": [c for c in open_columns if c.field not in taken],
                    "missing": [c for c in open_columns if c.required and c.field not in taken],
                }
            )
        return tables

    @property
    def sheet_titles(self) -> list[str]:
        return [known.title for known in SHEETS]

    def chosen(self, answers: Mapping[str, str]) -> list[tuple[str, str, str]]:
        """The matches a person chose in the form: (table, header, field or "")."""
        chosen = []
        for number, table in enumerate(self.document.get("sheets", [])):
            answer = answers.get(f"sheet-{number}", "")
            if answer:
                chosen.append((table["sheet"], "", "" if answer == LEAVE_OUT else answer))
            headers = {
                **{f"column-{number}-{n}": h for n, h in enumerate(table["unmatched_columns"])},
                **{f"match-{number}-{n}": c["column"] for n, c in enumerate(table["columns"])},
            }
            for name, header in headers.items():
                if answer := answers.get(name, ""):
                    field = "" if answer == LEAVE_OUT else answer
                    chosen.append((table["sheet"], header, field))
        return chosen

    @property
    def problems(self) -> list[dict[str, Any]]:
        found = self.document.get("problems", [])
        order = list(SEVERITIES)
        if self.severity:
            found = [p for p in found if p["severity"] == self.severity]
        ordered = sorted(found, key=lambda p: order.index(p["severity"]))
        return [{**p, "word": SEVERITIES[p["severity"]]} for p in ordered[:PROBLEMS_SHOWN]]

    @property
    def problem_counts(self) -> list[dict[str, Any]]:
        keys = {"error": "errors", "warning": "warnings", "corrected": "corrected"}
        return [
            {"severity": s, "word": word, "count": self.upload.receipt.get(keys[s], 0)}
            for s, word in SEVERITIES.items()
        ]

    @property
    def findings(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.document.get("findings", [])
        return found[:FINDINGS_SHOWN]

    @property
    def figures(self) -> list[dict[str, Any]]:
        """The document's figures, their values as numbers again."""
        return [
            {**line, "value": None if line["value"] is None else Decimal(line["value"])}
            for line in self.document.get("figures", [])
        ]

    @property
    def counts(self) -> list[dict[str, Any]]:
        """New, changed and unchanged rows by register, with the register's title."""
        written = self.upload.receipt.get("written", {})
        counted = written.get("counts") or self.upload.receipt.get("counts", {})
        return [{"slug": slug, "title": register(slug).title, **n} for slug, n in counted.items()]

    @property
    def preview(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.document.get("preview", [])
        return found

    @property
    def why_not(self) -> str:
        """Why this cannot be confirmed now; empty when it can."""
        if self.upload.receipt.get("errors"):
            return "还有错误：请下载标注好的工作簿，改正后重新上传"
        if not self.person.can("intake.commit"):
            return "写入台账由农经站或县专项办确认"
        if not any(n["new"] + n["changed"] for n in self.counts):
            return "与台账完全一致，没有需要写入的行"
        return ""

    @property
    def can_confirm(self) -> bool:
        return self.upload.stage in (Stage.CHECKED, Stage.FAILED) and not self.why_not
