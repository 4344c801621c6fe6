"""What kinds of paper are taken, told by their bytes and never by their names.

reliability.md U1, U2, U5, U10. Nothing is decoded or unpacked; only directories and headers are
read.
"""

import struct
import zipfile
from dataclasses import dataclass
from typing import BinaryIO

from sanzi.kernel.refusals import Refusal

SIZE_MAX = 50 * 1024 * 1024
# Width times height: what a telephone's camera makes is a tenth of it.
PIXELS_MAX = 200_000_000
_ALLOWED = "只收 PDF、JPG、PNG、HEIC 图片和 xlsx、docx、ofd 文件"


class UnfitPaper(Refusal):
    """A file that cannot be taken as a paper: empty, too large, or of no allowed kind."""

    def __init__(self, code: str, message: str, status: int = 415) -> None:
        super().__init__(code, message)
        self.status = status


@dataclass(frozen=True)
class PaperKind:
    """A kind of paper: its type on the wire, its ending, and whether a page may show it."""

    media_type: str
    ending: str
    is_shown: bool = False


PDF = PaperKind("application/pdf", ".pdf")
JPEG = PaperKind("image/jpeg", ".jpg", is_shown=True)
PNG = PaperKind("image/png", ".png", is_shown=True)
HEIC = PaperKind("image/heic", ".heic")
XLSX = PaperKind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx")
DOCX = PaperKind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx")
OFD = PaperKind("application/ofd", ".ofd")
PHOTOS = (JPEG, PNG, HEIC)
KINDS = (PDF, JPEG, PNG, HEIC, XLSX, DOCX, OFD)
BY_MEDIA_TYPE = {kind.media_type: kind for kind in KINDS}

_MAGIC = ((b"%PDF-", PDF), (b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG))
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"mif1", b"msf1"})
_MEMBERS = (("xl/workbook.xml", XLSX), ("word/document.xml", DOCX), ("OFD.xml", OFD))
_MACROS = ("xl/vbaProject.bin", "word/vbaProject.bin")


def kind_of(file: BinaryIO, size: int, name: str) -> PaperKind:
    """The kind of an upload, by its bytes. Raises UnfitPaper (400, 413 or 415)."""
    if size == 0:
        raise UnfitPaper("paper.empty", f"“{name}”是空的（0 字节），请重新选择", 400)
    if size > SIZE_MAX:
        limit = SIZE_MAX // 1024 // 1024
        raise UnfitPaper(
            "paper.size", f"“{name}”超过 {limit} MB，请压缩图片或分成几个文件再传", 413
        )
    kind = _told_by(file)
    if kind is None:
        raise UnfitPaper("paper.kind", f"“{name}”的内容不是可收的文件。{_ALLOWED}", 415)
    if kind.is_shown and _pixels(file, kind) > PIXELS_MAX:
        raise UnfitPaper("paper.pixels", f"图片“{name}”的长宽太大，请缩小后再传", 413)
    file.seek(0)
    return kind


def photo_of(file: BinaryIO, size: int, name: str, most: int) -> PaperKind:
    """The kind of a photo of at most `most` bytes, by its bytes. Raises UnfitPaper."""
    if size > most:
        limit = most // 1024 // 1024
        raise UnfitPaper("paper.size", f"照片“{name}”超过 {limit} MB，请缩小后再传", 413)
    kind = kind_of(file, size, name)
    if kind not in PHOTOS:
        raise UnfitPaper("paper.photo", f"“{name}”不是照片，这里只收 JPG、PNG、HEIC 图片", 415)
    return kind


def _told_by(file: BinaryIO) -> PaperKind | None:
    file.seek(0)
    head = file.read(16)
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return HEIC
    return _archive(file) if head.startswith(b"PK\x03\x04") else None


def _archive(file: BinaryIO) -> PaperKind | None:
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return None
    if names & set(_MACROS):
        return None
    return next((kind for member, kind in _MEMBERS if member in names), None)


def _pixels(file: BinaryIO, kind: PaperKind) -> int:
    """Width times height as the header says, before anything decodes it."""
    file.seek(0)
    if kind is PNG:
        head = file.read(24)
        return int.from_bytes(head[16:20]) * int.from_bytes(head[20:24])
    return _jpeg_pixels(file)


def _jpeg_pixels(file: BinaryIO) -> int:
    """From the frame header of a JPEG: markers are walked until one holds height and width."""
    file.seek(2)
    for _ in range(500):
        marker = file.read(2)
        if len(marker) < 2 or marker[0] != 0xFF or marker[1] == 0xDA:
            return 0
        length = file.read(2)
        if len(length) < 2:
            return 0
        if 0xC0 <= marker[1] <= 0xCF and marker[1] not in (0xC4, 0xC8, 0xCC):
            frame = file.read(5)
            if len(frame) < 5:
                return 0
            height, width = struct.unpack(">xHH", frame)
            return int(height) * int(width)
        file.seek(int.from_bytes(length) - 2, 1)
    return 0
