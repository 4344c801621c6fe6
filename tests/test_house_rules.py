"""Promises the architecture makes, kept by the machine rather than by memory."""

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from sanzi.access.permissions import ANYONE, PERMISSIONS, SIGNED_IN
from sanzi.access.roles import ADMINISTRATORS, ROLES

from . import house

# Where nothing touches money or area: the plumbing of people, words and pages.
WITHOUT_MONEY = frozenset({"access", "administration", "cli", "config", "journal", "orgs", "web"})
# What administrators may share: looking is no power over the others.
LOOKING = frozenset({"home.view", "people.view"})
TEMPLATES = sorted(house.SOURCE.rglob("templates/**/*.html"))
HELD = frozenset[str]().union(*(role.may for role in ROLES.values()))


def views(resolver: Any = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every address with its view."""
    for entry in (resolver or get_resolver()).url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from views(entry, address)
        elif isinstance(entry, URLPattern):
            yield address, entry.callback


def actions() -> list[tuple[Path, ast.FunctionDef]]:
    return [(path, node) for path in house.product_files() for node in house.actions(_text(path))]


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _short(path: Path) -> str:
    return str(path.relative_to(house.ROOT))


def _guilty(paths: list[Path], rule: Callable[[str], list[Any]]) -> dict[str, list[Any]]:
    return {_short(path): found for path in paths if (found := rule(_text(path)))}


def test_every_page_names_the_permission_it_needs():
    assert [address for address, view in views() if not hasattr(view, "needs")] == []


def test_no_address_hides_another():
    plain = [re.sub(r"<(\w+):\w+>", r"<\1>", address) for address, _ in views()]
    assert sorted({address for address in plain if plain.count(address) > 1}) == []


def test_pages_reach_rows_only_through_visible_to():
    assert _guilty(house.named("views"), house.unscoped_reads) == {}


def test_pages_change_nothing_themselves():
    assert _guilty(house.named("views") + house.named("forms"), house.writes) == {}


def test_actions_reach_existing_rows_only_through_claim():
    assert _guilty(house.named("actions"), house.unclaimed_reads) == {}


def test_actions_live_where_people_look_for_them():
    homes = set(house.named("actions"))
    assert [_short(path) for path, _ in actions() if path not in homes] == []


def test_every_change_in_an_actions_file_is_guarded():
    assert _guilty(house.named("actions"), house.unguarded) == {}


def test_every_action_is_told_who_and_when_and_leaves_a_trace():
    faults = {f"{_short(p)}:{a.name}": house.faults_of(a, _text(p)) for p, a in actions()}
    assert faults, "no action found at all: the search is broken"
    assert {name: found for name, found in faults.items() if found} == {}


def test_only_the_guard_of_actions_opens_a_transaction():
    rest = [p for p in house.product_files() if _short(p) != "sanzi/access/guard.py"]
    assert _guilty(rest, house.transactions) == {}


def test_no_permission_is_misspelt():
    known = PERMISSIONS.keys()
    assert {view.needs for _, view in views()} - known - {ANYONE, SIGNED_IN} == set()
    assert {house.needs_of(action) for _, action in actions()} - known - {
        ANYONE,
        SIGNED_IN,
    } == set()
    assert HELD - known == set()


def test_every_permission_is_held_by_somebody():
    assert PERMISSIONS.keys() - HELD == set()


def test_no_role_holds_the_powers_of_two_administrators():
    powers = {name: ROLES[name].may - LOOKING for name in ADMINISTRATORS}
    people = {name: role for name, role in ROLES.items() if not name.startswith("system_")}
    for name, role in {**people, "system_admin": ROLES["system_admin"]}.items():
        held = [title for title, power in powers.items() if power & role.may]
        assert len(held) <= 1, f"{name} holds the powers of {held}"


def test_an_administrator_sees_no_business_row():
    business = {"registers.view", "figures.view", "intake.upload", "findings.judge"}
    assert [name for name in ADMINISTRATORS if ROLES[name].may & business] == []


def test_no_float_touches_money():
    paths = [
        p
        for p in house.product_files()
        if p.relative_to(house.SOURCE).parts[0] not in WITHOUT_MONEY
    ]
    assert _guilty(paths, house.floats) == {}


def test_files_are_named_for_what_they_hold():
    assert [_short(p) for p in house.product_files() if p.name in house.FORBIDDEN_NAMES] == []


def test_importing_a_package_has_no_effects():
    # The rules in their reading order are the one package that is its own table of contents.
    packages = [p for p in house.SOURCE.rglob("__init__.py") if p.parent.name != "rules"]
    assert [_short(p) for p in packages if _text(p).strip()] == []


@pytest.mark.parametrize(
    "module", ["sanzi.cli.main", "sanzi.workbooks.check", "sanzi.cli.check", "sanzi.cli.limitation"]
)
def test_checking_a_workbook_needs_no_framework(module):
    code = f"import sys, {module}; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_table_has_a_line_in_the_glossary():
    glossary = _text(house.ROOT / "GLOSSARY.md")
    words = set(re.findall(r"\w+", " ".join(re.findall(r"^\| ([^|]+)\|", glossary, re.MULTILINE))))
    ours = [m for m in apps.get_models() if m.__module__.startswith("sanzi.")]
    assert [m.__name__ for m in ours if m.__name__ not in words] == []


def test_a_form_included_keeps_its_token():
    # A person's browser would be refused; the test client never is.
    templates = {p.as_posix().partition("/templates/")[2]: _text(p) for p in TEMPLATES}
    with_token = {name for name, text in templates.items() if "csrf_token" in text}
    assert "components/form.html" in with_token
    faults = {n: house.isolated_forms(text, with_token) for n, text in templates.items()}
    assert {name: found for name, found in faults.items() if found} == {}
    planted = '{% include "components/form.html" with form=form only %}'
    assert house.isolated_forms(planted, with_token)


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_locks_carry_hashes_and_no_address(lock):
    text = _text(house.ROOT / lock)
    assert house.addresses(text) == []
    assert house.unpinned(text) == []


# The control of the controls: each rule finds the mistake it is there for.
PLANTED = [
    (house.unscoped_reads, "rows = Contract.objects.filter(pk=pk)"),
    (house.unscoped_reads, "rows = Contract.objects.all()"),
    (house.writes, "Contract.objects.create(number='1')"),
    (house.writes, "contract.save()"),
    (house.writes, "Claim.objects.update(amount=1)"),
    (house.unclaimed_reads, "claim = Claim.objects.get(pk=pk)"),
    (house.unguarded, "def receive(*, by, now):\n    record(1)"),
    (house.floats, "x = float(row.amount)"),
    (house.transactions, "with transaction.atomic():\n    pass"),
    (house.transactions, "@transaction.atomic\ndef f(): pass"),
    (house.addresses, "--index-url https://example.invalid/simple\ndjango==5.2"),
    (house.addresses, "--find-links wheels"),
    (house.unpinned, "django==5.2.1 \\\n    --hash=sha256:00\nflask==1.0\n"),
    (house.unpinned, "django>=5.2 \\\n    --hash=sha256:00"),
]


@pytest.mark.parametrize(("rule", "mistake"), PLANTED)
def test_each_rule_finds_its_mistake(rule, mistake):
    assert rule(mistake)


@pytest.mark.parametrize(
    ("mistake", "fault"),
    [
        ("def f(pk, *, by, now): record(1)", "takes positional arguments"),
        ("def f(*, now): record(1)", "is not told `by`"),
        ("def f(*, by): record(1)", "is not told `now`"),
        ("def f(*, by, now): pass", "leaves no trace"),
    ],
)
def test_each_fault_of_an_action_is_seen(mistake, fault):
    source = f"@action('registers.view')\n{mistake}"
    (planted,) = house.actions(source)
    assert house.faults_of(planted, source) == [fault]


def test_a_trace_may_be_left_by_a_private_function_of_the_same_file():
    source = "@action('x')\ndef f(*, by, now): _note()\ndef _note(): record(1)"
    (action,) = house.actions(source)
    assert house.faults_of(action, source) == []
