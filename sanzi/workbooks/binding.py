"""Which table keeps which sheet, and how a row's values become its columns."""

from typing import Any

from sanzi.access.scope import Record
from sanzi.campaigns.models import Task
from sanzi.contracts.models import Contract
from sanzi.debts.models import Debt
from sanzi.dispositions.models import Disposition
from sanzi.holdings.models import Account, Asset, Resource
from sanzi.intake.columns import SEALED_TYPES
from sanzi.intake.dictionary import Column, Sheet, register
from sanzi.kernel.codes import mask_account, mask_id, mask_phone
from sanzi.receivables.models import Claim
from sanzi.store.sealed import keyed_hash, seal
from sanzi.villages.models import Income, Profile, Project

TABLES: dict[str, type[Record]] = {
    "villages": Profile,
    "contracts": Contract,
    "receivables": Claim,
    "debts": Debt,
    "resources": Resource,
    "assets": Asset,
    "accounts": Account,
    "dispositions": Disposition,
    "projects": Project,
    "incomes": Income,
    "tasks": Task,
}

# Figures whose rows are those of another register: the effect of amendments is the contract's.
KEPT_BY = {"effects": "contracts"}

MASKS = {"party_id": mask_id, "phone": mask_phone, "bank_account": mask_account}

# Who the row is with: fields of the name, the kind and the identity number.
PARTIES: dict[str, tuple[str, str, str]] = {
    "contracts": ("contractor", "contractor_kind", "contractor_id"),
    "receivables": ("debtor", "debtor_kind", "debtor_id"),
    "debts": ("creditor", "creditor_kind", "creditor_id"),
}


def table(slug: str) -> type[Record]:
    """The model that keeps this register."""
    return TABLES[slug]


def stored(column: Column, value: Any) -> Any:
    """A row's value as its column keeps it; a sealed one is encrypted with its mask beside it."""
    if value is None:
        empty = {"text", "choice", "multi", "credit_code", "land_class", "account", "geometry"}
        return "" if column.type in empty else None
    if column.type in SEALED_TYPES:
        return seal(value, MASKS[column.type])
    if column.type == "multi":
        return "、".join(value)
    return value


def same(column: Column, kept: Any, value: Any, kept_hash: str) -> bool:
    """Whether what is kept already says what the row says."""
    if column.type in SEALED_TYPES:
        return value is not None and kept_hash == keyed_hash(value)
    return bool(kept == stored(column, value))


def shown(column: Column, value: Any) -> str:
    """A value in words for the preview; sealed ones as their mask."""
    if value is None or value == "":
        return "（空）"
    if column.type in SEALED_TYPES:
        return MASKS[column.type](value) if isinstance(value, str) else str(value)
    if column.type == "boolean":
        return "是" if value else "否"
    return "、".join(value) if isinstance(value, tuple) else str(value)


def fields_of(sheet: Sheet) -> list[Column]:
    """The columns a row may set: all but the village and the business key."""
    return [column for column in sheet.columns if column.field not in sheet.key]


def key_of(slug: str, values: dict[str, Any]) -> tuple[Any, ...]:
    """The business key of a row's values, comparable with `kept_key`."""
    return tuple(values.get(field) or "" for field in register(slug).key)
