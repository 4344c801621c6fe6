"""Every test shares one small world."""

pytest_plugins = ["tests.world"]
