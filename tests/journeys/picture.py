"""A screenshot as small as a page deserves: 256 colours are all that paper, ink and badges need.

The browser counts the colours, which takes it a blink; pure Python would take ten seconds.
"""

import struct
import zlib
from base64 import b64encode

from playwright.sync_api import Page

COUNT = """async (png) => {
  const image = await createImageBitmap(await (await fetch("data:image/png;base64," + png)).blob());
  const drawing = new OffscreenCanvas(image.width, image.height).getContext("2d");
  drawing.drawImage(image, 0, 0);
  const raw = drawing.getImageData(0, 0, image.width, image.height).data;
  const colours = new Uint32Array(raw.length / 4), counts = new Map();
  for (let i = 0; i < colours.length; i++) {
    colours[i] = raw[4 * i] << 16 | raw[4 * i + 1] << 8 | raw[4 * i + 2];
    counts.set(colours[i], (counts.get(colours[i]) || 0) + 1);
  }
  const palette = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 256).map((pair) => pair[0]);
  const places = new Map(palette.map((colour, place) => [colour, place]));
  const apart = (a, b) => [16, 8, 0].reduce(
    (sum, shift) => sum + ((a >> shift & 255) - (b >> shift & 255)) ** 2, 0);
  const place = (colour) => {
    if (!places.has(colour)) {
      let best = 0;
      palette.forEach((other, i) => {
        if (apart(other, colour) < apart(palette[best], colour)) best = i;
      });
      places.set(colour, best);
    }
    return places.get(colour);
  };
  const rows = [];
  for (let y = 0; y < image.height; y++) {
    const row = colours.subarray(y * image.width, (y + 1) * image.width);
    rows.push(String.fromCharCode(...Array.from(row, place)));
  }
  return {width: image.width, palette, rows};
}"""


def in_256_colours(page: Page, png: bytes) -> bytes:
    """The same picture with a palette of its most frequent colours; `page` is blank."""
    seen = page.evaluate(COUNT, b64encode(png).decode())
    size = struct.pack(">IIBBBBB", seen["width"], len(seen["rows"]), 8, 3, 0, 0, 0)
    palette = b"".join(colour.to_bytes(3, "big") for colour in seen["palette"])
    # Every row begins with the number of its filter: none.
    pixels = b"".join(b"\0" + row.encode("latin-1") for row in seen["rows"])
    chunks = ((b"IHDR", size), (b"PLTE", palette), (b"IDAT", zlib.compress(pixels, 9)))
    body = b"".join(_chunk(kind, data) for kind, data in (*chunks, (b"IEND", b"")))
    return b"\x89PNG\r\n\x1a\n" + body


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
