"""Exact numbers in the database: integers of the smallest unit, Decimal in the code that computes.

A decimal column on SQLite silently loses the fen (domain/reliability.md 0.1), so none is used.
"""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.expressions import Combinable


class ScaledField(models.BigIntegerField):  # type: ignore[type-arg]
    """A Decimal with a fixed number of places, stored as an integer of its smallest unit.

    Areas use 2 places (0.01 亩), quantities 4, yearly rates 6.
    """

    # What the type checker is told: a Decimal goes in and comes out.
    _pyi_private_set_type: Decimal | int | Combinable  # type: ignore[assignment]
    _pyi_private_get_type: Decimal  # type: ignore[assignment]

    def __init__(self, *args: Any, places: int = 2, **kwargs: Any) -> None:
        self.places = places
        self._unit = Decimal(1).scaleb(-places)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs["places"] = self.places
        return name, path, args, kwargs

    def to_units(self, value: Any) -> int:
        """The stored integer. Raises ValidationError when the value has more places than kept."""
        exact = value if isinstance(value, Decimal) else Decimal(str(value))
        units = exact.scaleb(self.places)
        if units != units.to_integral_value():
            raise ValidationError(f"最多保留 {self.places} 位小数")
        return int(units)

    def from_db_value(self, value: int | None, expression: Any, connection: Any) -> Decimal | None:
        return None if value is None else self._unit * value

    def to_python(self, value: Any) -> Decimal | None:
        if value is None or isinstance(value, Decimal):
            return value
        assert not isinstance(value, float), "floats never touch exact numbers"
        return Decimal(str(value))

    def get_prep_value(self, value: Any) -> int | None:
        return None if value is None else self.to_units(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return value if prepared else self.get_prep_value(value)

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return "" if value is None else format(value, "f")

    @property
    def validators(self) -> list[Any]:
        return []


class MoneyField(ScaledField):
    """Yuan as a Decimal with two places, stored as integer fen (分)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["places"] = 2
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["places"]
        return name, path, args, kwargs
