"""A year of a busy account: ten thousand flows read, matched and confirmed (platforms.md C-6)."""

import random
import time
from datetime import date, timedelta
from decimal import Decimal

import pytest

from sanzi.accounting.entry import Entry, credit, debit
from sanzi.bank.actions import matches
from sanzi.bank.models import BankLine
from sanzi.bank.pairing import Group
from sanzi.bank.proposing import offers_of
from sanzi.bank.standing import standing
from tests.books import hand_in
from tests.world import NOON

FLOWS = 10_000
SECONDS_MAX = 10
NAMES = [f"{a}{b}" for a in "赵钱孙李周吴郑王冯陈褚卫" for b in ("小满", "大有", "立春", "秋实")]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_ten_thousand_flows_are_matched_in_ten_seconds(account, book, bring, wu, zheng, feng):
    chance = random.Random(3)
    rows, entries, balance = [], [], Decimal("10000.00")
    for n in range(FLOWS):
        day = date(2024, 1, 1) + timedelta(n * 360 // FLOWS)
        amount = Decimal(chance.choice([10_000, 20_000, chance.randrange(100, 10**7)])).scaleb(-2)
        who = chance.choice(NAMES)
        balance += amount
        rows.append([day.isoformat(), "转账", str(amount), "", str(balance), who, "", f"S{n}"])
        entries.append(
            Entry(
                book=book.pk, dated=day + timedelta(chance.randrange(4)), memo=f"收{who}承包费",
                sides=[debit("102", amount), credit("501", amount)], source=f"size:{n}",
                prepared_by=wu.pk, reviewed_by=zheng.pk, attachments=1,
            )
        )  # fmt: skip
    hand_in(entries=entries, by=feng, now=NOON)
    assert bring(account, rows).added == FLOWS

    begun = time.process_time()
    offers = offers_of(account)
    assert time.process_time() - begun < SECONDS_MAX
    certain = offers.certain
    assert len(certain) >= FLOWS * 8 // 10

    groups = [Group(tuple(offer.value.split(","))) for offer in certain]
    begun = time.process_time()
    matches.match(account_id=account.pk, groups=groups, how="proposed", by=wu, now=NOON)
    assert time.process_time() - begun < SECONDS_MAX
    assert BankLine.objects.of(account).filter(is_matched=True).count() == len(certain)
    # The opening balance stands at the bank alone here.
    assert str(standing(account, 202412).difference) == "10000.00"
