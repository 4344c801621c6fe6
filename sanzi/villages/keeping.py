"""The figures of villages, their yearly income and their projects, recomputed by village."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sanzi.metrics.shares import RowShares

from .figures import income_shares, profile_shares, project_shares
from .models import Income, Profile, Project


def profile_shares_in(villages: Collection[str]) -> dict[int, RowShares]:
    """The shares of these villages' profiles, by row id."""
    profiles = Profile.objects.filter(village__in=villages).values("id", "village")
    return {row["id"]: RowShares(row["village"], profile_shares(row)) for row in profiles}


def project_shares_in(villages: Collection[str]) -> dict[int, RowShares]:
    """The shares of these villages' income projects, by row id."""
    projects = Project.objects.filter(village__in=villages).values(
        "id", "village", "path", "expected_income", "actual_income", "jobs"
    )
    return {row["id"]: RowShares(row["village"], project_shares(row)) for row in projects}


def income_shares_in(villages: Collection[str]) -> dict[int, RowShares]:
    """The shares of these villages' yearly incomes, by row id; a year is judged beside the last."""
    years: dict[str, list[dict[str, Any]]] = defaultdict(list)
    incomes = Income.objects.filter(village__in=villages).order_by("village", "year")
    for row in incomes.values(
        "id",
        "village",
        "year",
        "operating_income",
        "investment_income",
        "subsidy_income",
        "other_income",
    ):
        years[row["village"]].append(row)
    return {
        row["id"]: RowShares(village, shares)
        for village, rows in years.items()
        for row, shares in zip(rows, income_shares(rows), strict=True)
    }
