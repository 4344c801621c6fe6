"""Declaring flows and lines to be the same money, and taking such a word back.

Whoever keeps the money does not check it (会计法 第35条: a cashier does no 稽核), so a statement
is brought in by the cashier and matched by an accountant.
"""

from collections.abc import Sequence
from datetime import datetime

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.bank.models import BankAccount, Match
from sanzi.bank.pairing import Group, pair, release
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked, Invalid

GROUPS_MAX = 20_000


@action("books.verify")
def match(
    *, account_id: int, groups: Sequence[Group], how: str, by: Person, now: datetime
) -> list[Match]:
    """Match these groups, all or none. Writes no voucher: what is in no book stays outstanding."""
    account: BankAccount = BankAccount.objects.claim(account_id, by)
    if not groups:
        raise Invalid("match.none", "没有选择任何一组，请先勾选")
    if len(groups) > GROUPS_MAX:
        raise Invalid("match.many", f"一次最多确认 {GROUPS_MAX:,} 组，请分次确认")
    made = pair(account, groups, how, by=by, now=now)
    record(
        account, "bank.match", by=by, at=now, label=f"勾对 {len(made)} 组",
        public={"n": len(made), "first": made[0].pk, "how": how},
    )  # fmt: skip
    return made


@action("books.verify")
def unmatch(*, match_id: int, because: str, by: Person, now: datetime) -> BankAccount:
    """Take a match back by another one, with the reason; both stay on record."""
    found: Match = Match.objects.claim(match_id, by)
    because = because.strip()
    if not 2 <= len(because) <= 200:
        raise Invalid("match.because", "请写明取消勾对的原因，2 到 200 个字")
    if (
        found.reverses_id is not None
        or Match.objects.of(found.bank_account).filter(reverses=found).exists()
    ):
        raise Blocked("match.undone", "这次勾对已经取消，不能再取消一次")
    release(found)
    account: BankAccount = found.bank_account
    back = Match.objects.create(
        village=found.village,
        bank_account=account,
        how=found.how,
        matched_by=by,
        matched_at=now,
        reverses=found,
        because=because,
    )
    record(
        account, "bank.unmatch", by=by, at=now, label="取消勾对",
        public={"match": found.pk, "by_match": back.pk, "reason": because},
    )  # fmt: skip
    return account
