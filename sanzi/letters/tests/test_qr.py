"""Codes laid over each other are the codes the library draws."""

import re
import zlib

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from sanzi.letters import qr

tokens = st.text("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", min_size=20, max_size=20)
PLACES = ("https://sanzi.example.cn/letters/v/{}/", "http://127.0.0.1:8000/r/{}/", "{}")


def drawn(text: str) -> list[str]:
    code = segno.make_qr(text, error="m", mode="byte", boost_error=False, mask=3)
    return ["".join(map(str, row)) for row in code.matrix]


@pytest.mark.parametrize("place", PLACES)
@given(token=tokens)
def test_every_token_is_drawn_as_the_library_draws_it(place, token):
    text = place.format(token)
    side, modules = qr._code(text)
    assert [f"{int.from_bytes(r):0{len(r) * 8}b}"[:side] for r in qr._rows(side, modules)] == drawn(
        text
    )


@pytest.mark.parametrize("text", ["http://村.example/", "x", "https://a.example/" + "b" * 300])
def test_an_address_without_a_token_is_drawn_by_the_library(text):
    assert qr._code(text) == qr._drawn(text)
    assert qr.drawing(text).startswith("<svg")


def test_the_drawing_and_the_picture_show_the_same_modules():
    text = PLACES[0].format("ABCDEFGH2345JKLMNPQR")
    rows = drawn(text)
    svg = qr.drawing(text)
    dark = sum(int(width) for width in re.findall(r"h(\d+)", svg))
    assert dark == sum(row.count("1") for row in rows)
    png = qr.picture(text)
    at = png.index(b"IDAT") + 4
    length = int.from_bytes(png[at - 8 : at - 4])
    pixels = zlib.decompress(png[at : at + length])
    line = 1 + -(-(len(rows) + 8) * 4 // 8)
    light = b"\0" + b"\xff" * (line - 1)
    assert pixels[:line] == light
    middle = pixels[line * (4 * 4) : line * (4 * 4 + 1)]
    bits = f"{int.from_bytes(middle[1:]):0{(line - 1) * 8}b}"
    shown = "".join("1" if bit == "0" else "0" for bit in bits[16 : 16 + len(rows) * 4 : 4])
    assert shown == rows[0]
