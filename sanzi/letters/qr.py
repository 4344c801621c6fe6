"""QR codes of papers, as a drawing and as a picture.

A thousand codes that differ in their last letters are wanted at once, and building one costs more
than setting its page. But a QR code is linear: with version, error level and mask fixed, flipping a
bit of the text flips always the same modules, whatever the rest says. So the library draws a code
once for each bit that can differ, and every further code is those drawings laid over each other.
tests/test_qr.py holds each code to the library's own.
"""

import re
import struct
import zlib
from functools import lru_cache

import segno

# Trying all eight masks costs ten times the code itself, and every reader takes any of them.
_MASK = 3
_BORDER = 4
_SCALE = 4
# The part of an address that differs: a token. Its letters are ASCII, seven bits.
_TOKEN = re.compile(r"[A-Z2-9]{20}")
_BITS = 7


def drawing(text: str) -> str:
    """The code as SVG; a quiet zone of four modules, as readers ask."""
    side, modules = _code(text)
    lines = "".join(
        f"M{_BORDER} {y + _BORDER}.5{''.join(map(_STROKES.__getitem__, row))}"
        for y, row in enumerate(_rows(side, modules))
    )
    whole = side + 2 * _BORDER
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}">'
        f'<path stroke="#000" d="{lines}"/></svg>'
    )


def _strokes(byte: int) -> str:
    """Eight modules as strokes: 0b11100101 draws three, skips two, draws one, skips one, one."""
    return "".join(
        f"h{len(run[0])}" if run[0][0] == "1" else f"m{len(run[0])} 0"
        for run in re.finditer("1+|0+", f"{byte:08b}")
    )


_STROKES = [_strokes(byte) for byte in range(256)]


def picture(text: str) -> bytes:
    """The code as PNG, for Word."""
    side, modules = _code(text)
    empty = bytes(-(-side // 8))
    lines = []
    for row in (*[empty] * _BORDER, *_rows(side, modules), *[empty] * _BORDER):
        bits = f"{'0' * _BORDER}{int.from_bytes(row):0{len(row) * 8}b}"[: side + _BORDER]
        wide = "".join(bit * _SCALE for bit in bits.ljust(side + 2 * _BORDER, "0"))
        padded = wide.ljust(-(-len(wide) // 8) * 8, "0")
        # In a PNG of one bit a pixel 1 is white.
        pixels = ((1 << len(padded)) - 1 ^ int(padded, 2)).to_bytes(len(padded) // 8)
        lines += [b"\0" + pixels] * _SCALE
    pixels_wide = (side + 2 * _BORDER) * _SCALE
    head = struct.pack(">IIBBBBB", pixels_wide, pixels_wide, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(kind, content)
        for kind, content in (
            (b"IHDR", head),
            (b"IDAT", zlib.compress(b"".join(lines))),
            (b"IEND", b""),
        )
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
    )


def _rows(side: int, modules: int) -> list[bytes]:
    """The modules of each row as bits of whole bytes."""
    width = -(-side // 8)
    plain = modules.to_bytes(width * side)
    return [plain[i : i + width] for i in range(0, len(plain), width)]


def _code(text: str) -> tuple[int, int]:
    """Side and modules of a code: dark is 1, row by row in whole bytes, all as one number."""
    found = _TOKEN.search(text)
    if found is None or not text.isascii():
        return _drawn(text)
    side, plain, turned = _turning(text[: found.start()], text[found.end() :])
    for letter, bits in zip(found[0], turned, strict=True):
        differs = ord(letter) ^ ord("A")
        for place in range(_BITS):
            if differs >> place & 1:
                plain ^= bits[place]
    return side, plain


@lru_cache(maxsize=16)
def _turning(before: str, after: str) -> tuple[int, int, list[list[int]]]:
    """The code of the token AAAA… between these, and what each bit of each letter turns."""
    length = 20
    side, plain = _drawn(f"{before}{'A' * length}{after}")

    def turned(place: int, bit: int) -> int:
        letters = "A" * place + chr(ord("A") ^ 1 << bit) + "A" * (length - place - 1)
        return plain ^ _drawn(f"{before}{letters}{after}")[1]

    return side, plain, [[turned(p, bit) for bit in range(_BITS)] for p in range(length)]


def _drawn(text: str) -> tuple[int, int]:
    code = segno.make_qr(text, error="m", mode="byte", boost_error=False, mask=_MASK)
    side = len(code.matrix)
    padding = "0" * (-side % 8)
    rows = ("".join(map(str, row)) + padding for row in code.matrix)
    return side, int("".join(rows), 2)
