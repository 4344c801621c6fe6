"""Every test shares one small world."""

pytest_plugins = ["tests.world", "sanzi.journal.tests.lifting"]
