"""Where a warning leads: to each row behind its number, and to the page where it is put right."""

from urllib.parse import urlencode

from django.urls import reverse

from sanzi.accounting.keys import vouchers_between

from .models import Event
from .rules.contracts import FOUND

# The page of a row of each kind, by its name in the journal; a kind without one is named only.
_PAGES = {
    "contracts.contract": "cleanup:contract",
    "receivables.claim": "receivables:claim",
    "debts.debt": "debts:debt",
    "agency.draft": "agency:matter",
    "campaigns.task": "campaigns:task",
    "bank.bankline": "bank:line",
    "bank.bankaccount": "bank:account",
    "warnings.event": "warnings:event",
}
# Rows of registers that have no page of their own.
_SLUGS = {
    "holdings.resource": "resources",
    "holdings.asset": "assets",
    "holdings.account": "accounts",
    "villages.income": "incomes",
}
# Where each rule's warnings are put right: the name of the page, and what narrows it.
_WORK: dict[str, tuple[str, dict[str, str]]] = {
    "W-04": ("agency:desk", {}),
    "W-08": ("budgets:budgets", {}),
    "W-09-2": ("bank:accounts", {}),
    "W-10": ("agency:desk", {}),
    "W-13": ("receivables:desk", {}),
    "W-15": ("yearend:console", {}),
    "W-16": ("accounting:books", {}),
    "W-28": ("contracts:reminders", {}),
    "W-29": ("contracts:reminders", {}),
    "W-35": ("contracts:dues", {"state": "overdue"}),
    "W-42": ("receivables:desk", {}),
    "W-43": ("receivables:desk", {}),
    "W-44": ("contracts:desk", {}),
    "W-47": ("debts:plan", {}),
    "W-53": ("disclosure:overview", {}),
    "W-54": ("disclosure:questions", {}),
    "W-60": ("income:jumps", {}),
    "W-62": ("warnings:digest", {}),
    "T-01": ("campaigns:my-tasks", {}),
}


# Those put right in a register: which one, and what narrows it.
_LISTS: dict[str, tuple[str, dict[str, str]]] = {
    "W-02": ("accounts", {}),
    "W-12": ("accounts", {}),
    "W-20": ("assets", {}),
    "W-21": ("assets", {"use_status": "闲置"}),
    "W-23": ("resources", {"use_status": "对外发包"}),
    "W-24": ("resources", {}),
    "W-36": ("contracts", {"payment_mode": "一次性"}),
    "W-40": ("contracts", {"is_cadre_kin": "是"}),
    "W-41": ("contracts", {}),
    "W-46": ("debts", {}),
    "W-48": ("debts", {}),
}


def page_of(key: str) -> str | None:
    """The page of a row by its name in the journal (`contracts.contract:12`)."""
    label, _, tail = key.partition(":")
    pk = tail.partition(":")[0]
    if not pk.isdecimal():
        return None
    if label in _SLUGS:
        return reverse("registers:row", args=(_SLUGS[label], pk))
    if label == "accounting.voucher":
        return reverse("accounting:voucher", args=(_book_of(int(pk)), pk))
    return reverse(_PAGES[label], args=(pk,)) if label in _PAGES else None


def _book_of(voucher: int) -> int:
    """The account set a voucher's key holds."""
    low, _ = vouchers_between(1, 190_000, 190_000)
    return voucher // low


def work_of(event: Event) -> str:
    """The page where this warning is put right: the thing's own, or its feature's list."""
    if event.rule in FOUND:
        asked = {"region": event.village, "by_rule": FOUND[event.rule][0]}
        return f"{reverse('cleanup:findings')}?{urlencode(asked)}"
    if event.rule in _LISTS:
        slug, asked = _LISTS[event.rule]
        url = reverse("registers:register", args=(slug,))
        return f"{url}?{urlencode({'region': event.village, **asked})}"
    if event.rule in _WORK:
        name, asked = _WORK[event.rule]
        return f"{reverse(name)}?{urlencode({'region': event.village, **asked})}"
    return page_of(event.cause) or ""
