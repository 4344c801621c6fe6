"""The tables of pages: a year of one account in a book, of one sub-ledger, of a whole region."""

from decimal import Decimal
from typing import Self

from django.db import models

from sanzi.access.models import Person
from sanzi.store.fields import MoneyField

from .models import Book, PartQuerySet

# The buckets of a page: twelve months, and the closing entries of the year apart from December.
BUCKETS = tuple(range(1, 14))
CLOSING = 13


class YearPage(models.Model):
    """A year's page of a ledger: what was brought forward, and each month's two sides.

    Kept true by the posting gate in the transaction of the voucher; `opening` is net, a debit
    balance being positive. Bucket 13 holds the closing entries of the year.
    """

    year = models.PositiveSmallIntegerField()
    opening = MoneyField(default=Decimal("0.00"))
    for _bucket in BUCKETS:
        vars()[f"d{_bucket:02}"] = MoneyField(default=Decimal("0.00"))
        vars()[f"c{_bucket:02}"] = MoneyField(default=Decimal("0.00"))
    del _bucket

    class Meta:
        abstract = True


class Page(YearPage):
    """The page of one account of one book.

    A split account has a second page, its code followed by `+`: the sum of the debit balances of
    its sub-ledgers, as movements of that sum (113+).
    """

    book = models.ForeignKey(Book, models.PROTECT, related_name="+", db_index=False)
    account = models.CharField(max_length=12)

    objects = PartQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("book", "year", "account", name="one_page_a_year")]

    def __str__(self) -> str:
        return f"{self.book_id} {self.year} {self.account}"


class SubPage(YearPage):
    """The page of one account and one counterparty, project, object or open item.

    Dimension 0 is the sub-ledger of lines of a split account that name no counterparty.
    """

    book = models.ForeignKey(Book, models.PROTECT, related_name="+", db_index=False)
    account = models.CharField(max_length=11)
    dimension = models.BigIntegerField()

    objects = PartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "book", "year", "account", "dimension", name="one_sub_page_a_year"
            )
        ]
        indexes = [models.Index(fields=["dimension"], name="sub_pages_by_dimension")]

    def __str__(self) -> str:
        return f"{self.book_id} {self.year} {self.account} {self.dimension}"


class RegionPageQuerySet(models.QuerySet["RegionPage"]):
    def visible_to(self, person: Person) -> Self:
        """The pages of regions in this person's part of the tree."""
        code = person.region_code
        return self.none() if code is None else self.filter(region__startswith=code)


class RegionPage(YearPage):
    """The page of an account of the national chart over all books of a region."""

    # 2, 4, 6 or 9 digits; a village adds up its own books.
    region = models.CharField(max_length=9)
    kind = models.CharField(max_length=10)  # Collective.Kind
    scheme = models.CharField(max_length=4)
    account = models.CharField(max_length=4)

    objects = RegionPageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "region", "year", "scheme", "kind", "account", name="one_region_page_a_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.year} {self.account}"
