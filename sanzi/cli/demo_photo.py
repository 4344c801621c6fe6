"""A small picture of a slip of paper, drawn here: the demonstration ships no photographs."""

import struct
import zlib

WIDTH, HEIGHT = 240, 320
# Table top, paper, ink, the red of a seal.
PALETTE = bytes((150, 128, 104, 250, 248, 242, 70, 70, 78, 196, 40, 40))
TABLE, PAPER, INK, SEAL = range(4)
# How long each written line of the slip is, in tenths of its width; 0 leaves a line empty.
WRITING = (5, 0, 8, 7, 8, 0, 6, 8, 3, 0, 4)


def photo() -> bytes:
    """A PNG of four colours: written lines and a round seal."""
    rows = b"".join(
        b"\0" + bytes(_colour(x, y) for x in range(WIDTH)) for y in range(HEIGHT)
    )  # Every row begins with the number of its filter: none.
    size = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)
    chunks = (
        (b"IHDR", size),
        (b"PLTE", PALETTE),
        (b"IDAT", zlib.compress(rows, 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _colour(x: int, y: int) -> int:
    if not (24 <= x < WIDTH - 24 and 20 <= y < HEIGHT - 20):
        return TABLE
    away = (x - 165) ** 2 + (y - 245) ** 2
    if 26**2 <= away <= 30**2 or away <= 6**2:
        return SEAL
    line, within = divmod(y - 44, 20)
    is_written = 0 <= line < len(WRITING) and within < 5 and x % 14 > 3
    return INK if is_written and 40 <= x < 40 + 16 * WRITING[line] else PAPER


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
