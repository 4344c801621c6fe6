"""Registering where a book's money lies, and what was outstanding on the first day."""

from datetime import date, datetime
from decimal import Decimal

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.accounting.models import Account, Book
from sanzi.bank.models import BANK, CASH, BankAccount, BankLine, OpeningItem
from sanzi.holdings.models import Account as Holding
from sanzi.journal.recorder import record
from sanzi.kernel.money import ZERO, grouped
from sanzi.kernel.refusals import Blocked, Invalid, Missing

BASIC = "基本户"


@action("books.manage")
def register_account(
    *,
    book_id: int,
    account_id: int,
    holding_id: int | None,
    name: str,
    bank: str,
    opened_on: date,
    opening: Decimal,
    cash_limit: Decimal | None,
    by: Person,
    now: datetime,
) -> BankAccount:
    """Tie a leaf of 库存现金 or 银行存款 to the account it stands for. Raises Invalid, Blocked.

    One village, one basic account for each organisation (platforms.md C-1).
    """
    book = Book.objects.claim(book_id, by)
    account = _leaf(book, account_id, by)
    holding = _holding(book, holding_id, by) if holding_id else None
    if account.code.startswith(BANK) and not bank.strip():
        raise Invalid("bank.bank", "请填写开户行，例如：示例农商银行清水支行")
    made = BankAccount(
        village=book.village,
        book=book,
        account=account,
        holding=holding,
        name=name.strip() or account.name,
        bank=bank.strip(),
        opened_on=opened_on,
        opening=opening,
        cash_limit=cash_limit,
    )
    made.save()
    record(
        made, "bank.register", by=by, at=now, label=f"登记账户 {made.name}",
        public={"account": account.code, "opened_on": opened_on, "opening": grouped(opening)},
    )  # fmt: skip
    return made


def _leaf(book: Book, account_id: int, by: Person) -> Account:
    account = Account.objects.of(book).filter(pk=account_id).first()
    if account is None:
        raise Missing("scope.missing", "没有找到这个科目")
    if account.code[:3] not in (CASH, BANK) or not account.is_leaf or not account.is_active:
        raise Invalid("bank.account", "请选择库存现金（101）或银行存款（102）的末级科目")
    if BankAccount.objects.visible_to(by).filter(account=account).exists():
        raise Blocked("bank.taken", f"科目 {account} 已登记账户；一个末级科目对应一个账户")
    return account


def _holding(book: Book, holding_id: int, by: Person) -> Holding:
    holding: Holding = Holding.objects.claim(holding_id, by)
    if holding.village != book.village:
        raise Missing("scope.missing", "没有找到该记录")
    others = BankAccount.objects.visible_to(by)
    if others.filter(holding=holding).exists():
        raise Blocked(
            "bank.holding_taken", f"资金账户 {holding} 已属于另一账套的账户，不能重复登记"
        )
    is_basic = holding.kind == BASIC  # type: ignore[attr-defined]
    if is_basic and others.filter(book=book, is_active=True, holding__kind=BASIC).exists():
        raise Blocked("bank.basic", "本账套已有基本户；一个组织只能有一个基本户，请核对账户类型")
    return holding


@action("books.manage")
def amend_account(
    *,
    account_id: int,
    name: str,
    bank: str,
    opened_on: date,
    opening: Decimal,
    cash_limit: Decimal | None,
    is_active: bool,
    by: Person,
    now: datetime,
) -> BankAccount:
    """Correct what is known of an account; its beginning only while it has no flows."""
    account: BankAccount = BankAccount.objects.claim(account_id, by)
    begins = (account.opened_on, account.opening)
    if begins != (opened_on, opening) and BankLine.objects.of(account).exists():
        raise Blocked(
            "bank.begun", "账户已有流水，起始日和起始余额不能再改；如有差错请登记期初未达账项"
        )
    account.name, account.bank = name.strip() or account.name, bank.strip()
    account.opened_on, account.opening = opened_on, opening
    account.cash_limit, account.is_active = cash_limit, is_active
    account.save()
    record(
        account, "bank.amend", by=by, at=now, label=f"修改账户 {account.name}",
        public={"opened_on": opened_on, "opening": grouped(opening), "is_active": is_active},
    )  # fmt: skip
    return account


@action("books.manage")
def add_opening_item(
    *,
    account_id: int,
    knower: str,
    dated: date,
    amount: Decimal,
    memo: str,
    by: Person,
    now: datetime,
) -> OpeningItem:
    """Note what one side knew on the first day and the other did not (期初未达账项)."""
    account: BankAccount = BankAccount.objects.claim(account_id, by)
    if knower not in OpeningItem.Knower.values:
        raise Invalid("bank.knower", "请选择是银行已记还是账上已记")
    if dated >= account.opened_on:
        raise Invalid("bank.item_day", f"期初未达账项应早于账户起始日 {account.opened_on}")
    if amount == ZERO or not memo.strip():
        raise Invalid("bank.item", "请填写金额和摘要")
    item = OpeningItem(
        village=account.village, bank_account=account, knower=knower, dated=dated,
        amount=amount, memo=memo.strip(),
    )  # fmt: skip
    item.save()
    record(
        account, "bank.opening_item", by=by, at=now, label="登记期初未达账项",
        public={"dated": dated, "amount": grouped(amount), "knower": knower},
    )  # fmt: skip
    return item


@action("books.manage")
def remove_opening_item(*, item_id: int, by: Person, now: datetime) -> BankAccount:
    """Take back an opening item noted by mistake, as long as nothing was matched with it."""
    item: OpeningItem = OpeningItem.objects.claim(item_id, by)
    if item.is_matched or item.matched.exists():
        raise Blocked("bank.item_matched", "这笔期初未达账项已经勾对过，不能删除；请先取消勾对")
    account: BankAccount = item.bank_account
    told = {"dated": item.dated, "amount": grouped(item.amount)}
    item.delete()
    record(
        account, "bank.opening_item_removed", by=by, at=now, label="删除期初未达账项", public=told
    )
    return account
