"""Books under violence: killed between header and lines, posted to and closed at the same time."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest

from tests.books_child import REGION

ROOT = Path(__file__).parent.parent
HEADER = "date,voucher,summary,account,debit,credit,counterparty"
POSTERS, EACH = 2, 60

pytestmark = pytest.mark.slow


@pytest.fixture
def data(tmp_path):
    """An installation of its own, as the environment that names it: its folder and its database."""
    folder = {"SANZI_DATA": str(tmp_path)}
    url = os.environ.get("SANZI_DATABASE_URL")
    if not url:
        yield folder
        return
    # One for each test: others run at the same moment on the same server.
    name = f"killed_{uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield {**folder, "SANZI_DATABASE_URL": urlunsplit(urlsplit(url)._replace(path=f"/{name}"))}
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def python(*arguments, data):
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, **data},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def sanzi(*arguments, data):
    child = python("-m", "sanzi.cli.main", "books", *arguments, data=data)
    out, errors = child.communicate(timeout=300)
    assert child.returncode == 0, out + errors
    return out


def proof(data):
    found = json.loads(sanzi("verify", "--json", data=data))
    return found["vouchers"], found["lines"]


def write(path, first, vouchers):
    rows = [HEADER]
    for number in range(first, first + vouchers):
        for account in ("102,5.00,,", "113,,2.00,王五", "501,,3.00,"):
            rows.append(f"2024-0{number % 6 + 1}-05,{number},事,{account}")
    path.write_text("\n".join(rows), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("point", ["vouchers", "pages", "head"])
def test_a_posting_killed_on_the_way_leaves_nothing(data, tmp_path, point):
    before = write(tmp_path / "before.csv", 1, 20)
    file = write(tmp_path / "killed.csv", 100, 300)
    sanzi("import", before, "--region", REGION, data=data)

    child = python("-m", "tests.books_child", "die", point, file, data=data)
    _, errors = child.communicate(timeout=300)
    assert child.returncode == -signal.SIGKILL, errors

    assert proof(data) == (20, 60)
    sanzi("import", file, "--region", REGION, data=data)
    assert proof(data) == (320, 960)


def test_two_who_post_while_a_third_closes_leave_true_books(data, tmp_path):
    sanzi("import", write(tmp_path / "first.csv", 1, 6), "--region", REGION, data=data)
    posters = [
        python("-m", "tests.books_child", "post", str(EACH), data=data) for _ in range(POSTERS)
    ]
    closer = python("-m", "tests.books_child", "close", data=data)
    taken = refused = 0
    for child in (*posters, closer):
        out, errors = child.communicate(timeout=300)
        assert child.returncode == 0, errors
        if child is not closer:
            some, others = map(int, out.split())
            taken, refused = taken + some, refused + others
    vouchers, _ = proof(data)  # Numbers, chains, pages: all computed again.
    assert vouchers == taken + 6
    assert taken, "nothing was taken: no race was run"
    assert refused, "nothing was refused: no race was run"
