"""`sanzi books verify`: everything derived computed again from the journal, and compared.

Pages of accounts, sub-ledgers and regions, numbers, hashes, sums, sources, both identities of the
statements. It believes nothing but the vouchers, and of them what the operation log confirms.
"""

from collections.abc import Collection

from django.db.models import Count

from .models import Account, Book, Line, Page, SubPage, Voucher
from .proof.chart import prove_accounts
from .proof.faults import Proof
from .proof.journal import JournalProof
from .proof.pages import RegionProof, prove_pages


def verify(book_ids: Collection[int] | None = None, *, region: str = "") -> Proof:
    """Prove these sets, or all of a region (all there are): what differs, row by row.

    Memory grows with the pages of one set, not with its journal.
    """
    proof, regions = Proof(), RegionProof()
    books = Book.objects.within(region).select_related("collective").order_by("pk")
    if book_ids is not None:
        books = books.filter(pk__in=book_ids)
    for book in books:
        _prove(book, proof, regions)
    if book_ids is None:
        regions.compare(region, proof)
        if not region:
            _prove_nothing_else(proof)
    return proof


def _prove(book: Book, proof: Proof, regions: RegionProof) -> None:
    proof.books += 1
    accounts = {account.code: account for account in Account.objects.of(book)}
    prove_accounts(book, accounts, proof)
    walked = JournalProof(book, accounts, proof)
    walked.walk()
    prove_pages(walked)
    regions.add(book, walked.turnings)


def _prove_nothing_else(proof: Proof) -> None:
    """No event is booked twice, and no row stands outside every set."""
    twice = Voucher.objects.values("source").annotate(n=Count("pk")).filter(n__gt=1)
    for row in twice.order_by("source")[:100]:
        proof.found("凭证来源", row["source"], f"同一笔业务记账 {row['n']} 次")
    for table, counted in ((Voucher, proof.vouchers), (Line, proof.lines)):
        there = table.objects.count()
        if there != counted:
            title = "凭证" if table is Voucher else "分录"
            said = f"表中有 {there} 行，各账套合计 {counted} 行"
            proof.found(f"{title}表", table._meta.db_table, said)
    known = set(Book.objects.within("").values_list("pk", flat=True))
    for pages in (Page, SubPage):
        for book in pages.objects.values_list("book", flat=True).distinct().order_by("book"):
            if book not in known:
                proof.found("账页", f"accounting.book:{book}", "属于不存在的账套")
