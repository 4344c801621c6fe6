"""三资: the funds, assets and resources a village owns in common."""

from django.db import models

from sanzi.access.scope import Record
from sanzi.intake.columns import keeps


@keeps("资源")
class Resource(Record):
    """A piece of land or water."""

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint("village", "number", name="one_resource_per_number")]

    def __str__(self) -> str:
        return self.name  # type: ignore[attr-defined]


@keeps("资产")
class Asset(Record):
    """A thing with a value: a house, a machine, a right."""

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint("village", "number", name="one_asset_per_number")]

    def __str__(self) -> str:
        return self.name  # type: ignore[attr-defined]


@keeps("资金账户")
class Account(Record):
    """Where a village's money is: a bank account or the cash box."""

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint("village", "number", name="one_account_per_number")]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"  # type: ignore[attr-defined]
