"""What every figure is made of: a row's shares, and their sums per region and day."""

from django.db import models

from sanzi.access.scope import Record


class Share(Record):
    """One row's part in one metric from one day on: the drill-down of every figure."""

    metric = models.CharField(max_length=40)
    on_day = models.DateField()
    # Base units: fen for money, whole numbers for counts; negative takes an earlier share back.
    value = models.BigIntegerField()
    register = models.CharField(max_length=20)
    row_id = models.BigIntegerField()

    class Meta(Record.Meta):
        indexes = [
            *(
                models.Index(fields=[column, "metric", "id"], name=f"share_{column}")
                for column in ("village", "town", "county", "city")
            ),
            models.Index(fields=["register", "row_id"], name="share_of_a_row"),
        ]

    def __str__(self) -> str:
        return f"{self.metric} {self.on_day} {self.value}"


class PastShare(Record):
    """A share as it was before a row's shares changed: what frozen sheets open to. Only added.

    `share` is the key it had. What was known at a moment is the shares up to a key, those still
    there and those that went later: no clock is asked.
    """

    share = models.BigIntegerField()
    metric = models.CharField(max_length=40)
    on_day = models.DateField()
    value = models.BigIntegerField()
    register = models.CharField(max_length=20)
    row_id = models.BigIntegerField()

    class Meta(Record.Meta):
        indexes = [
            models.Index(fields=[column, "metric", "id"], name=f"past_share_{column}")
            for column in ("village", "town", "county", "city")
        ]

    def __str__(self) -> str:
        return f"{self.metric} {self.on_day} {self.value}"


class Rollup(models.Model):
    """The sum of the shares of a region's rows that begin on one day.

    Kept for village, town, county, city and province in the transaction that changes the shares,
    so that a page of any size of region reads the same few rows. A cache: `sanzi verify`
    recomputes it.
    """

    region = models.CharField(max_length=12)
    metric = models.CharField(max_length=40)
    on_day = models.DateField()
    value = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint("region", "metric", "on_day", name="one_rollup_per_day")
        ]
        # Sums are read from the index alone: a third less time for a sheet of a city's towns, for
        # a millionth of a second a row written.
        indexes = [
            models.Index(fields=["region", "metric", "on_day", "value"], name="rollups_covered")
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.metric} {self.on_day} {self.value}"
