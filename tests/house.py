"""What the house rules look for: each function reads source text and names what breaks the rule.

They are functions of their own so that tests/test_house_rules.py can also plant a mistake and see
it found.
"""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "sanzi"

# No row of a region, or bounded by the person in the queryset method it names.
CREATION = "create|bulk_create|get_or_create|update_or_create"
# The tree of regions is common knowledge: its names and codes are on every page.
OPEN_MODELS = frozenset({"Region"})

FORBIDDEN_NAMES = frozenset(
    f"{name}.py"
    for name in (
        "utils",
        "helpers",
        "services",
        "managers",
        "signals",
        "constants",
        "mixins",
        "common",
        "misc",
    )
)


def product_files() -> list[Path]:
    """Every Python file of the product, tests and migrations apart."""
    return [
        path
        for path in sorted(SOURCE.rglob("*.py"))
        if not {"tests", "migrations"} & set(path.relative_to(SOURCE).parts)
    ]


def named(name: str) -> list[Path]:
    """The files of this kind: `views.py`, or those of a package `views/`."""
    return [
        path
        for path in product_files()
        if path.name == f"{name}.py"
        or (path.parent.name == name and path.parent.parent.parent == SOURCE)
    ]


def unscoped_reads(source: str) -> list[str]:
    """Rows a page reaches past `visible_to`."""
    found = re.findall(r"(\w+)\.objects\.(\w+)", source)
    return [f"{m}.{verb}" for m, verb in found if verb != "visible_to" and m not in OPEN_MODELS]


def writes(source: str) -> list[str]:
    """Changes made outside an action: `.save(`, `.create(`, `.delete(` and their bulk forms."""
    verbs = rf"(?:save|delete|{CREATION}|bulk_update)"
    return re.findall(rf"\.objects\.update\(|\.{verbs}\(", source)


def unclaimed_reads(source: str) -> list[str]:
    """Existing rows an action reaches past `claim`, which locks them within the person's region.

    `of(book)` reaches the parts of a book that was claimed.
    """
    return [
        f"{model}.{verb}"
        for model, verb in re.findall(r"(\w+)\.objects\.(\w+)", source)
        if not re.fullmatch(f"claim|visible_to|of|{CREATION}", verb) and model not in OPEN_MODELS
    ]


def actions(source: str) -> list[ast.FunctionDef]:
    """The functions guarded by @action."""
    return [node for node in _functions(source) if any(map(_is_action, node.decorator_list))]


def unguarded(source: str) -> list[str]:
    """Public functions of an actions file that change something without @action."""
    return [
        node.name
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and {"by", "now"} <= {argument.arg for argument in node.args.kwonlyargs}
        and not any(map(_is_action, node.decorator_list))
    ]


def faults_of(action: ast.FunctionDef, source: str) -> list[str]:
    """Why an action is not one: positional arguments, nobody told, no trace left."""
    faults = []
    if action.args.args or action.args.posonlyargs:
        faults.append("takes positional arguments")
    given = {argument.arg for argument in action.args.kwonlyargs}
    faults += [f"is not told `{name}`" for name in ("by", "now") if name not in given]
    if not _recorders(source) & _called(action):
        faults.append("leaves no trace")
    return faults


def _recorders(source: str) -> set[str]:
    """`record`, `record_many`, and the private functions of this file that come to call them."""
    found = {"record", "record_many"}
    private = [node for node in _functions(source) if node.name.startswith("_")]
    while more := {node.name for node in private if found & _called(node)} - found:
        found |= more
    return found


def needs_of(action: ast.FunctionDef) -> str:
    """The permission in its @action("…")."""
    decorator = next(filter(_is_action, action.decorator_list))
    assert isinstance(decorator, ast.Call), "an action names its permission"
    needed = decorator.args[0] if decorator.args else decorator.keywords[0].value
    assert isinstance(needed, ast.Constant), "the permission is a literal"
    return str(needed.value)


def floats(source: str) -> list[int]:
    """Lines that turn something into a float."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "float"
    ]


def transactions(source: str) -> list[int]:
    """Lines that open a transaction of their own."""
    return [
        number
        for number, line in enumerate(source.splitlines(), 1)
        if re.search(r"\batomic\(|@(transaction\.)?atomic\b", line)
    ]


def addresses(source: str) -> list[str]:
    """Internet addresses a lock would tie its reader to."""
    return re.findall(r"\w+://\S+|^--(?:index|extra-index|find-links)\S*", source, re.MULTILINE)


def unpinned(lock: str) -> list[str]:
    """Requirements without an exact version and a hash."""
    entries = re.split(r"\n(?=\S)", lock.strip())
    return [e.split()[0] for e in entries if "==" not in e.split("\n")[0] or "--hash=" not in e]


def _functions(source: str) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]


def _is_action(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(called, ast.Name) and called.id == "action"


def _called(function: ast.FunctionDef) -> set[str]:
    return {
        node.func.id
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }


def isolated_forms(source: str, with_token: set[str]) -> list[str]:
    """Templates with a form in them, included with `only`: their token would stay behind."""
    found = re.findall(r"{%\s*include \"([^\"]+)\"([^%]*)\bonly\s*%}", source)
    # Papers are listed without a form unless they can be taken off.
    plain = {(n, w) for n, w in found if n == "documents/papers.html" and "removable" not in w}
    return [name for name, words in found if name in with_token and (name, words) not in plain]
