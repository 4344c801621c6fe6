"""村情, yearly income and income projects: what a village is and what it earns."""

from django.db import models

from sanzi.access.scope import Record
from sanzi.intake.columns import keeps


@keeps("村情")
class Profile(Record):
    """One village as its office describes it."""

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint("village", name="one_profile_per_village")]

    def __str__(self) -> str:
        return self.name  # type: ignore[attr-defined]


@keeps("年度收入")
class Income(Record):
    """One village's income in one year, as reported."""

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint("village", "year", name="one_income_per_year")]

    def __str__(self) -> str:
        return f"{self.village} {self.year}"  # type: ignore[attr-defined]


@keeps("增收项目")
class Project(Record):
    """One undertaking that brings a village income."""

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint("village", "number", name="one_project_per_number")]

    def __str__(self) -> str:
        return self.name  # type: ignore[attr-defined]
