"""One claim as its page tells it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef

from sanzi.dispositions.ledger import Ledger, ledger
from sanzi.dispositions.models import NOTICE, Disposition
from sanzi.intake.dictionary import sheet
from sanzi.kernel.money import grouped
from sanzi.metrics.rows import shares_of_row
from sanzi.metrics.share import total
from sanzi.web.formats import rate

from .figures import KINDS, SEALED, UNCLASSIFIED
from .models import Claim

SHEET = sheet("债权")


def movements(claim: Claim, acts: Iterable[Any], today: date) -> tuple[Ledger, bool]:
    """The claim's ledger, and whether a part of it is sealed (打包封存); one query."""
    shares = shares_of_row("receivables", claim.pk)
    kept = ledger(
        acts,
        shares,
        locked="receivables.locked",
        kind_of=lambda method: KINDS.get(method, UNCLASSIFIED),
        stays=SEALED,
    )
    return kept, total(shares, today).get(SEALED, 0) > 0


def answer(claim: Any, kept: Ledger, is_sealed: bool) -> str:
    """What is owed, what came in since the base, and how far that is."""
    said = []
    if kept.locked is None:
        if claim.balance is not None:
            said.append(f"账面 {grouped(claim.balance)} 元")
        said.append("不在锁定基数内，不计入清收率")
    else:
        assert kept.moved is not None
        assert kept.left is not None
        said.append(f"账面 {grouped(kept.locked)} 元")
        said.append(f"基准日后已收 {grouped(kept.moved)} 元")
        said.append(f"尚欠 {grouped(kept.left)} 元")
        said.append(f"清收率 {rate(kept.rate)}")
    if is_sealed:
        said.append("已打包封存")
    return f"{claim.debtor}欠款：{'，'.join(said)}"


def without_letter(rows: Any) -> Any:
    """Of these claims, those that were never sent a letter."""
    noticed = Disposition.objects.filter(
        kind="债权",
        method=NOTICE,
        village=OuterRef("village"),
        target_number=OuterRef("number"),
    )
    return rows.filter(~Exists(noticed))
