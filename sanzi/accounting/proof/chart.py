"""The accounts of a set held against the national chart of its scheme."""

from sanzi.accounting.chart import chart, parent_of
from sanzi.accounting.models import Account, Book

from .faults import Proof


def prove_accounts(book: Book, accounts: dict[str, Account], proof: Proof) -> None:
    """Every account means what the chart says it means, and only leaves can take lines."""
    national = chart(book.scheme)
    above = {parent_of(code) for code in accounts}
    for code, account in accounts.items():
        where = f"{book} 科目 {account}"
        row = f"accounting.account:{account.pk}"
        top = national.get(code[:3])
        if top is None:
            proof.found(where, row, f"{book.scheme} 年会计制度没有这个科目")
            continue
        if (account.category, account.side) != (top.category, top.side):
            proof.found(where, row, "类别或余额方向与会计制度不符")
        if account.is_split != top.is_split:
            proof.found(where, row, "是否按往来分列借贷与会计制度不符")
        if len(code) == 3 and account.name != top.name:
            proof.found(where, row, f"名称与会计制度的“{top.name}”不符")
        if account.is_leaf == (code in above):
            proof.found(where, row, "是否末级与下级科目不符")
        if parent_of(code) and parent_of(code) not in accounts:
            proof.found(where, row, "没有上级科目")
