"""Writes docs/generated from the tables in the code: `python -m tools.generate_docs [--check]`.

With --check nothing is written; the exit code is 1 when a page no longer says what the code says.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sanzi.config.settings")
os.environ.setdefault("SANZI_DATA", str(Path(__file__).parent.parent / "build" / "docs-data"))
django.setup()

from django.apps import apps  # noqa: E402
from django.db.models import Field, Model  # noqa: E402
from django.urls import URLResolver, get_resolver  # noqa: E402

from sanzi.access.permissions import PERMISSIONS  # noqa: E402
from sanzi.access.roles import ADMINISTRATORS, ROLES  # noqa: E402
from sanzi.cleanup.rules import RULES  # noqa: E402
from sanzi.cleanup.rules.rule import Law  # noqa: E402
from sanzi.intake.dictionary import SHEETS  # noqa: E402
from sanzi.metrics.catalogue import METRICS, Metric, Sum  # noqa: E402
from sanzi.warnings.parameters import PROCESSES  # noqa: E402
from sanzi.warnings.rules import ABSENT, GATES  # noqa: E402
from sanzi.warnings.rules import RULES as WARNED  # noqa: E402
from sanzi.warnings.rules import Rule as WarningRule  # noqa: E402
from sanzi.warnings.rules.rule import COLOUR_RULE, COMPARED, LANES  # noqa: E402
from sanzi.workbooks.binding import TABLES  # noqa: E402

FOLDER = Path(__file__).parent.parent / "docs" / "generated"
NOTE = "<!-- Written by `make docs` from {source}; do not edit. -->"

LEVELS = {
    "nation": "全国",
    "province": "省",
    "city": "市",
    "county": "县",
    "town": "乡镇",
    "village": "村",
}


def table(heads: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """A Markdown table, line by line."""
    titles = list(heads)
    yield _line(titles)
    yield _line("---" for _ in titles)
    yield from map(_line, rows)
    yield ""


def _line(cells: Iterable[Any]) -> str:
    return "| " + " | ".join(str(c).replace("|", "\\|").replace("\n", " ") for c in cells) + " |"


def rules() -> Iterator[str]:
    yield "# 问题认定规则\n"
    yield "依据后括号内是它施行的期间。标“示例”的依据不是官方文件，可修改。\n"
    yield from table(
        ("代码", "问题", "程度", "依据", "通常处置"),
        (
            (rule.code, rule.title, rule.severity, "<br>".join(map(_law, rule.basis)), rule.remedy)
            for rule in RULES
        ),
    )


def _law(law: Law) -> str:
    if law.valid_from is None and law.valid_to is None:
        return str(law)
    return f"{law}（{law.valid_from or ''} 至 {law.valid_to or '今'}）"


def warnings() -> Iterator[str]:
    yield "# 预警规则\n"
    yield f"{COLOUR_RULE}规则表的每一条都在下面：在评估的、办理制度、当场把关的、没有建的。\n"
    yield f"## 评估的（{len(WARNED)} 条）\n"
    yield from table(
        ("代码", "规则", "类别", "按", "界线和参数", "通道", "依据"),
        ((r.code, r.title, r.topic, r.per, _lines(r), LANES[r.lane], r.basis) for r in WARNED),
    )
    yield "## 办理制度\n"
    yield from table(
        ("代码", "名称", "参数（出厂）"),
        (
            (code, title, "；".join(f"{p.title} {p.default} {p.unit}" for p in numbers))
            for code, (title, numbers) in PROCESSES.items()
        ),
    )
    yield "## 办事时当场把关的\n"
    yield from table(
        ("代码", "规则", "方式", "在哪一步", "依据"),
        ((g.code, g.title, LANES[g.lane], g.where, g.basis) for g in GATES),
    )
    yield "## 没有建的，和为什么\n"
    yield from table(("代码", "规则", "缺什么"), ((a.code, a.title, a.why) for a in ABSENT))


def _lines(rule: WarningRule) -> str:
    words = {name: f"{level.word[0]}线{COMPARED[rule.compare]}" for level, name in rule.ladder}
    said = (f"{words.get(p.name, p.title)} {p.default} {p.unit}" for p in rule.parameters)
    return f"{rule.measures}：{'；'.join(said)}"


def metrics() -> Iterator[str]:
    yield "# 指标目录\n"
    yield "`sanzi check`、`sanzi report` 和网页上的数都出自这一张表；每个数都能打开组成它的行。\n"
    yield from table(
        ("标识", "名称", "单位", "口径", "台账", "比率"),
        ((f"`{m.id}`", m.label, m.unit, m.formula, m.register, _over(m)) for m in METRICS),
    )


def _over(metric: Metric) -> str:
    if metric.numerator is None or metric.denominator is None:
        return ""
    return f"{_sum(metric.numerator)} ÷ {_sum(metric.denominator)}"


def _sum(parts: Sum) -> str:
    signed = " ".join(f"{'+' if sign > 0 else '−'} `{metric}`" for metric, sign in parts)
    return signed.removeprefix("+ ") if len(parts) == 1 else f"({signed.removeprefix('+ ')})"


def roles() -> Iterator[str]:
    yield "# 岗位与权限\n"
    yield from table(
        ("岗位", "标识", "任职级别", "权限"),
        (
            (
                role.title,
                f"`{name}`",
                "、".join(LEVELS[level] for level in role.levels),
                "、".join(title for key, title in PERMISSIONS.items() if key in role.may),
            )
            for name, role in ROLES.items()
        ),
    )
    people = {n: r for n, r in ROLES.items() if n in ADMINISTRATORS or "system" not in n}
    yield from table(
        ("权限", *(role.title for role in people.values())),
        (
            (f"`{key}` {title}", *("●" if key in r.may else "" for r in people.values()))
            for key, title in PERMISSIONS.items()
        ),
    )


def pages() -> Iterator[str]:
    yield "# 网址与所需权限\n"
    yield from table(
        ("网址", "名称", "所需权限"),
        sorted(
            (f"`/{address}`", f"`{name}`", f"`{view.needs}`")
            for address, name, view in _addresses()
        ),
    )


def _addresses(resolver: Any = None, prefix: str = "", space: str = "") -> Iterator[Any]:
    for entry in (resolver or get_resolver()).url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _addresses(entry, address, inner)
        else:
            yield address, f"{space}{entry.name or ''}", entry.callback


def dictionary() -> Iterator[str]:
    yield "# 数据字典\n"
    yield "十一张台账的列。导入时也认别名；模板、导入、数据库表和本页出自同一份字典。\n"
    for sheet in SHEETS:
        keys = "、".join(sheet.column(f).title if f != "ordinal" else "次序" for f in sheet.key)
        yield f"## {sheet.title}（`{sheet.register}`）\n\n业务主键：{keys}\n"
        yield from table(
            ("列", "字段", "必填", "类型", "可填值", "别名", "含义"),
            (
                (
                    column.title,
                    f"`{column.field}`",
                    "是" if column.required else "",
                    column.type,
                    "、".join(column.allowed),
                    "、".join(column.aliases),
                    column.meaning,
                )
                for column in sheet.columns
            ),
        )


def tables() -> Iterator[str]:
    yield "# 数据库表\n"
    yield "行范围由 `village town county city` 四列决定；台账各列见数据字典，此处不重复。\n"
    for model in sorted(_models(), key=lambda m: m._meta.label_lower):
        meaning = (model.__doc__ or "").strip().split("\n")[0]
        yield f"## {model._meta.label}（`{model._meta.db_table}`）\n\n{meaning}\n"
        yield from table(("列", "类型", "可空"), _columns(model))


def _models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("sanzi.")]


def _columns(model: type[Model]) -> Iterator[tuple[str, str, str]]:
    known = {column.field for sheet in SHEETS for column in sheet.columns} - {"village"}
    is_register = model in TABLES.values()
    for field in model._meta.concrete_fields:
        if not (is_register and field.name.removesuffix("_hash") in known):
            yield f"`{field.column}`", _type(field), "是" if field.null else ""


def _type(field: "Field[Any, Any]") -> str:
    if field.is_relation and field.related_model:
        return f"→ {field.related_model._meta.label}"
    size = f"({field.max_length})" if getattr(field, "max_length", None) else ""
    return f"{type(field).__name__.removesuffix('Field')}{size}"


Page = Callable[[], Iterator[str]]
PAGES: dict[str, tuple[str, Page]] = {
    "rules.md": ("sanzi/cleanup/rules", rules),
    "warnings.md": ("sanzi/warnings/rules", warnings),
    "metrics.md": ("sanzi/metrics/catalogue.py", metrics),
    "roles.md": ("sanzi/access/roles.py", roles),
    "pages.md": ("sanzi/config/urls.py", pages),
    "data-dictionary.md": ("sanzi/intake/registers.csv", dictionary),
    "tables.md": ("the models", tables),
}


def text(name: str) -> str:
    """The page as it should be."""
    source, page = PAGES[name]
    return "\n".join([NOTE.format(source=source), "", *page()]).rstrip() + "\n"


def stale() -> list[str]:
    """The pages that differ from what the code says."""
    return [name for name in PAGES if _written(FOLDER / name) != text(name)]


def _written(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def main(arguments: list[str]) -> int:
    behind = stale()
    if arguments == ["--check"]:
        for name in behind:
            print(f"docs/generated/{name} is behind the code: run make docs", file=sys.stderr)
        return 1 if behind else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in behind:
        (FOLDER / name).write_text(text(name), encoding="utf-8")
        print(f"docs/generated/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
