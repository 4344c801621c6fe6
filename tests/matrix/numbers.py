"""Fictional identity numbers, telephones, accounts and amounts, each village its own.

The division 999999 exists nowhere, no telephone begins with 19900, and no amount is used twice.
"""

from functools import lru_cache

from sanzi.kernel.codes import check_credit_code, check_resident_id, luhn_ok

LEAST_AMOUNT = 1_000_003


def resident_id(serial: int) -> str:
    """A resident's number, valid in form."""
    stem = f"99999919{80 + serial // 100:02d}0101{serial % 100 * 10 + 1:03d}"
    return next(stem + c for c in "0123456789X" if check_resident_id(stem + c) is None)


def phone(serial: int) -> str:
    return f"199000{serial:05d}"


def card(serial: int) -> str:
    """A bank card's number with its check digit."""
    stem = f"6200000000{serial:08d}"
    return next(stem + c for c in "0123456789" if luhn_ok(stem + c))


def credit_code(serial: int) -> str:
    """The credit code of a rural collective."""
    for inner in "0123456789X":
        for outer in "0123456789ABCDEFGHJKLMNPQRTUWXY":
            code = f"N2999999{serial:08d}{inner}{outer}"
            if check_credit_code(code) is None:
                return code
    raise AssertionError(serial)


@lru_cache(maxsize=1)
def primes() -> tuple[int, ...]:
    """Primes of seven digits, far enough apart that a rounded one is not another."""
    steps = range(LEAST_AMOUNT, LEAST_AMOUNT + 4_000_000, 200)
    # Fermat's test to three bases: if one of them were no prime, nothing would hang on it.
    return tuple(n for n in steps if all(pow(base, n - 1, n) == 1 for base in (2, 3, 5)))
