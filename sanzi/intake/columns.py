"""From the data dictionary to the database: a table has exactly its sheet's columns."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import models

from sanzi.store.fields import MoneyField, ScaledField
from sanzi.store.sealed import SealedField

from .dictionary import Column, sheet

SEALED_TYPES = frozenset({"party_id", "phone", "bank_account"})

_Model = TypeVar("_Model", bound=type[models.Model])


def _text(column: Column) -> Any:
    return models.TextField(column.title, default="", blank=True)


def _code(length: int) -> Callable[[Column], Any]:
    def build(column: Column) -> Any:
        return models.CharField(column.title, max_length=length, default="", blank=True)

    return build


def _plain(field: Any, **options: Any) -> Callable[[Column], Any]:
    def build(column: Column) -> Any:
        return field(column.title, null=True, blank=True, **options)

    return build


# How each dictionary type is kept. Texts are empty when not filled, everything else is null.
KEPT_AS: dict[str, Callable[[Column], Any]] = {
    "text": _text,
    "choice": _code(20),
    "multi": _code(200),
    "credit_code": _code(18),
    "land_class": _code(20),
    "account": _code(20),
    "geometry": _text,
    "boolean": _plain(models.BooleanField),
    "date": _plain(models.DateField),
    "integer": _plain(models.IntegerField),
    "money": _plain(MoneyField),
    "area": _plain(ScaledField, places=2),
    "number": _plain(ScaledField, places=4),
    "percent": _plain(ScaledField, places=6),
    "party_id": _plain(SealedField),
    "phone": _plain(SealedField),
    "bank_account": _plain(SealedField),
}


def keeps(title: str) -> Callable[[_Model], _Model]:
    """Give a Record the columns of this sheet; sealed ones get a `_hash` companion to search by.

    The village's code is Record's own column. A field the class body writes itself is left alone.
    """

    def decorate(model: _Model) -> _Model:
        own = {field.name for field in model._meta.local_fields}
        for column in sheet(title).columns:
            if column.field in own:
                continue
            field = KEPT_AS[column.type](column)
            if column.field == "number" and column.type == "text":
                field = models.CharField(column.title, max_length=60)
            model.add_to_class(column.field, field)
            if column.type in SEALED_TYPES:
                companion = models.CharField(
                    max_length=64, default="", blank=True, editable=False, db_index=True
                )
                model.add_to_class(f"{column.field}_hash", companion)
        return model

    return decorate
