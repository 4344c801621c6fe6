"""Our settings with django-hordak beside us, for the comparison of `books_posting`."""

import os
from importlib.util import find_spec

from sanzi.config.settings import *  # noqa: F403
from sanzi.config.settings import INSTALLED_APPS as _OURS

# Not a dependency of the house: `pip install django-hordak` for this comparison alone.
HAS_HORDAK = find_spec("hordak") is not None
# Its rules are PostgreSQL triggers; on SQLite it is left out.
IS_USED = HAS_HORDAK and "SANZI_DATABASE_URL" in os.environ
INSTALLED_APPS = [*_OURS, *(["mptt", "hordak"] if IS_USED else [])]
DEFAULT_CURRENCY = HORDAK_INTERNAL_CURRENCY = "CNY"
HORDAK_CURRENCIES = CURRENCIES = ["CNY"]
