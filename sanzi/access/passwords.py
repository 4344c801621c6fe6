"""What a password is before it is hashed, and how a random one is made."""

import secrets
import unicodedata

BYTES_MAX = 4096

# Without the letters and figures people misread from paper.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def spelt(text: str) -> str:
    """One spelling for what looks the same, whichever keyboard typed it (NFC)."""
    return unicodedata.normalize("NFC", text)


def random_password() -> str:
    """Sixteen characters in groups of four, 79 bits: to be read out once and changed."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))
