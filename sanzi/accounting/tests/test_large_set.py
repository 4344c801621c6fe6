"""A hundred thousand vouchers in and out again: other programs get every balance as we do."""

import csv
import io
import random
import shutil
import subprocess
from datetime import date
from decimal import Decimal

import pytest
from beancount import loader

from sanzi.access.system import system_person
from sanzi.accounting.actions.importing import import_vouchers
from sanzi.accounting.interchange.reading import read_vouchers
from sanzi.accounting.interchange.trial import trial_balance
from sanzi.accounting.interchange.writing import WRITERS
from sanzi.accounting.verification import verify
from tests.world import NOON, SHANGTIAN

VOUCHERS = 100_000
LEAVES = [f"{top}{n:02}" for top in ("101", "102", "112", "211", "301", "501", "511", "513")
          for n in range(1, 22)]  # fmt: skip

pytestmark = [pytest.mark.slow, pytest.mark.long]


def content():
    """Vouchers of two to four lines over a year, one in fifty in red."""
    chance, rows = random.Random(2024), ["date,voucher,summary,account,debit,credit,counterparty"]
    for number in range(VOUCHERS):
        head = f"2024-{number * 12 // VOUCHERS + 1:02}-{chance.randint(1, 28):02},记-{number}"
        sign = -1 if number % 50 == 0 else 1
        parts = [sign * chance.randint(1, 10**7) for _ in range(chance.choice((1, 1, 2, 3)))]
        accounts = chance.sample(LEAVES, len(parts) + 1)
        rows.append(f"{head},第{number}笔,{accounts[0]},{yuan(sum(parts))},,")
        for account, part in zip(accounts[1:], parts, strict=True):
            rows.append(f"{head},第{number}笔,{account},,{yuan(part)},户{part % 500}")
    return "\n".join(rows).encode()


def yuan(fen):
    return str(Decimal(fen).scaleb(-2))


@pytest.fixture
def set_(places):
    plan = import_vouchers(
        reading=read_vouchers(content()), region=SHANGTIAN, name="", scheme="", file_name="big.csv",
        tell=lambda *_: None, by=system_person("system_import"), now=NOON,
    )  # fmt: skip
    assert plan.problems == []
    return plan.book


def test_a_hundred_thousand_vouchers_have_the_same_balances_everywhere(set_, tmp_path):
    trial = trial_balance(SHANGTIAN, date(2024, 12, 31), by=system_person("system_import"))
    ours = {row.code: row.closing for row in trial.rows if row.closing}
    assert len(ours) == len(LEAVES)
    for form, balances in (("beancount", of_beancount), ("hledger", of_hledger)):
        path = tmp_path / f"set.{form}"
        with path.open("w", encoding="utf-8") as stream:
            assert WRITERS[form].write(set_, stream) == VOUCHERS
        if form == "beancount" or shutil.which(form):
            assert balances(path) == ours
    proof = verify()
    assert (proof.faults, proof.vouchers) == ([], VOUCHERS)


def of_beancount(path):
    entries, errors, _ = loader.load_file(str(path))
    assert errors == []
    found = {}
    for entry in entries:
        for posting in getattr(entry, "postings", ()):
            code = posting.account.split(":")[-1]
            found[code] = found.get(code, Decimal(0)) + posting.units.number
    return {code: number for code, number in found.items() if number}


def of_hledger(path):
    run = ["hledger", "-f", str(path)]
    subprocess.run([*run, "check", "--strict"], check=True)
    told = subprocess.run(
        [*run, "balance", "--flat", "--no-total", "-O", "csv"],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    return {
        row["account"].split(":")[-1]: Decimal(row["balance"].removesuffix(" CNY"))
        for row in csv.DictReader(io.StringIO(told))
    }
