"""The clean-up of the dashboards' tests: contracts, claims and a debt with their shares."""

from sanzi.dashboards.tests.conftest import cleanup, many, visit

__all__ = ["cleanup", "many", "visit"]
