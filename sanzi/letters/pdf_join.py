"""Several PDFs of one engine become one: pages after pages, nothing read that need not be.

Not for any PDF: for those typst writes, whose objects stand one after the other behind a plain
table of offsets. Whatever looks otherwise fails at once.
"""

import hashlib
import re
from collections.abc import Sequence

_REFERENCE = re.compile(rb"(?<![\w.])(\d+) 0 R\b")
_OBJECT = re.compile(rb"(\d+) 0 obj\n")
_START = re.compile(rb"startxref\n(\d+)\n%%EOF\s*$")
_KIDS = re.compile(rb"<</Type/Pages/Count (\d+)/Kids\[([^\]]*)\]>>")
_PARENT = re.compile(rb"/Parent \d+ 0 R")
_HEADER = b"%PDF-1.7\n%\x80\x80\x80\x80\n\n"
# The first three objects of a joined file.
_PAGES, _CATALOG = 1, 2


def join(parts: Sequence[bytes]) -> bytes:
    """One PDF with the pages of all, in order; a single one is given back as it is."""
    assert parts, "there is nothing to join"
    if len(parts) == 1:
        return parts[0]
    bodies: dict[int, bytes] = {}
    kids: list[bytes] = []
    shift = _CATALOG
    for part in parts:
        objects = _objects(part)
        for number, body in objects.items():
            tree = _KIDS.match(body)
            if tree is not None:
                kids += [b"%d 0 R" % (int(kid) + shift) for kid in _REFERENCE.findall(tree[2])]
            elif not body.startswith((b"<</Type/Catalog", b"<</Title")):
                bodies[number + shift] = _moved(body, shift)
        shift += max(objects)
    bodies[_PAGES] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    bodies[_CATALOG] = b"<</Type/Catalog/Pages %d 0 R>>" % _PAGES
    return _written(bodies)


def _objects(part: bytes) -> dict[int, bytes]:
    """The objects of one file by number, without their frame."""
    end = _START.search(part)
    assert end, "no table of offsets at the end"
    at = int(end[1])
    lines = part[at : part.index(b"trailer", at)].split(b"\n")
    assert lines[0] == b"xref", "the table of offsets is packed"
    first, count = map(int, lines[1].split())
    assert first == 0, "the table of offsets does not begin at 0"
    used = [int(line[:10]) for line in lines[2 : 2 + count] if line[17:18] == b"n"]
    found = {}
    for start, stop in zip(sorted(used), [*sorted(used)[1:], at], strict=True):
        head = _OBJECT.match(part, start)
        assert head, "no object where the table says"
        body = part[head.end() : stop].rstrip()
        assert body.endswith(b"endobj"), "an object does not end before the next"
        found[int(head[1])] = body[: -len(b"endobj")].rstrip(b"\n")
    return found


def _moved(body: bytes, shift: int) -> bytes:
    """An object whose references point where things now are; what a stream holds stays."""
    head, stream, rest = body.partition(b"stream\n")
    moved = _REFERENCE.sub(lambda found: b"%d 0 R" % (int(found[1]) + shift), head)
    if b"/Type/Page/" in moved or b"/Type/Page>" in moved:
        moved = _PARENT.sub(b"/Parent %d 0 R" % _PAGES, moved, count=1)
    return moved + stream + rest


def _written(bodies: dict[int, bytes]) -> bytes:
    out, offsets, at = [_HEADER], {}, len(_HEADER)
    for number in sorted(bodies):
        framed = b"%d 0 obj\n%s\nendobj\n\n" % (number, bodies[number])
        offsets[number] = at
        at += len(framed)
        out.append(framed)
    size = max(bodies) + 1
    # What was left out of a part is a free entry.
    table = [b"%010d 65535 f \n" % 0]
    table += [
        b"%010d 00000 n \n" % offsets[n] if n in offsets else b"0000000000 00000 f \n"
        for n in range(1, size)
    ]
    name = hashlib.sha256(b"".join(out)).hexdigest()[:32].upper().encode()
    out.append(b"xref\n0 %d\n%s" % (size, b"".join(table)))
    out.append(
        b"trailer\n<</Size %d/Root %d 0 R/ID[<%s><%s>]>>\nstartxref\n%d\n%%%%EOF\n"
        % (size, _CATALOG, name, name, at)
    )
    return b"".join(out)
