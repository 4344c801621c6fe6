from tests.brought import bring, brought, visit

__all__ = ("bring", "brought", "visit")
