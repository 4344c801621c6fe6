"""Every test shares one small world."""

from hypothesis import settings

# A busy machine makes one example slow; that is no failure of the promise.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

pytest_plugins = [
    "tests.schema",
    "tests.workers",
    "tests.world",
    "tests.books",
    "sanzi.journal.tests.lifting",
]
