from tests.books import book, collective, entry, put
from tests.brought import bring, brought, visit

__all__ = ("book", "bring", "brought", "collective", "entry", "put", "visit")
