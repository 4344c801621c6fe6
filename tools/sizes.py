"""The ten longest functions and files, templates apart: a conversation starter, never a gate."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
SHOWN = 10


def lines(path: Path) -> int:
    """How many lines the file has."""
    return len(path.read_text(encoding="utf-8").splitlines())


def sources() -> list[Path]:
    """The product's Python files: no tests, no migrations."""
    return [
        path
        for path in sorted((ROOT / "sanzi").rglob("*.py"))
        if not {"tests", "migrations"} & set(path.parts)
    ]


def functions(path: Path) -> Iterator[tuple[int, str]]:
    """Length and name of every function of a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield (node.end_lineno or node.lineno) - node.lineno + 1, node.name


def show(title: str, found: list[tuple[int, str]]) -> None:
    print(f"\n{title}")
    for length, name in sorted(found, reverse=True)[:SHOWN]:
        print(f"{length:6}  {name}")


def main() -> None:
    files = [(lines(path), str(path.relative_to(ROOT))) for path in sources()]
    total = sum(length for length, _ in files)
    biggest = sum(sorted((length for length, _ in files), reverse=True)[:4])
    show("longest files", files)
    show(
        "longest functions",
        [
            (length, f"{path.relative_to(ROOT)}: {name}")
            for path in sources()
            for length, name in functions(path)
        ],
    )
    templates = sorted((ROOT / "sanzi").rglob("templates/**/*.html"))
    show("longest templates", [(lines(path), str(path.relative_to(ROOT))) for path in templates])
    tests = [*(ROOT / "sanzi").rglob("tests/*.py"), *(ROOT / "tests").rglob("*.py")]
    print(f"\n{len(files)} files, {total} lines; the four biggest are {biggest / total:.0%} of it")
    print(f"{len(tests)} test files, {sum(map(lines, tests))} lines")


if __name__ == "__main__":
    main()
