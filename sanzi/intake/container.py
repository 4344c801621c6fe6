"""Is it a workbook at all, and one that is safe to open? Asked of the bytes, before any parser."""

import mmap
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from xml.etree import ElementTree

from sanzi.kernel.refusals import NotAWorkbook

from .scan import SheetScan

MEGABYTE = 1_000_000
# What the parts of a workbook may come to when unpacked, pictures aside.
BROWSER_LIMIT = 50 * MEGABYTE
COMMAND_LINE_LIMIT = 2_000 * MEGABYTE
MEMBERS_MAX = 10_000
BROWSER_ROWS_MAX = 50_000
# Blank rows between the data are not counted, but must not stretch the sheet without end.
BROWSER_LAST_ROW_MAX = 100_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCAL_HEADER = 30
_CHUNK = 1 << 20
_INDEX_MAX = 5 * MEGABYTE
_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_XML = (".xml", ".rels", ".vml")
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_ID = re.compile(r"\{.*\}id$")


@dataclass(slots=True)
class Container:
    """What the bytes say about a workbook that may be opened."""

    is_1904: bool = False
    # Bytes of all its parts when unpacked.
    unpacked: int = 0
    sheets: dict[str, SheetScan] = field(default_factory=dict)


def inspect_container(path: Path, *, browser: bool) -> Container:
    """Refuse what is no workbook or not safe to open; raises NotAWorkbook (400, 413 or 415).

    Nothing is ever unpacked to disk, and no more is unpacked than the directory declares.
    """
    _check_kind(path)
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            _check_directory(members, browser)
            _check_parts({member.filename for member in members})
            starts = _check_layout(file, members, archive.start_dir)
            return _stream(file, members, starts, browser)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ElementTree.ParseError):
        raise NotAWorkbook(
            "damaged", "文件不完整或已损坏，请在 Excel/WPS 中打开另存后重新上传"
        ) from None


def _check_kind(path: Path) -> None:
    size = path.stat().st_size
    if size == 0:
        raise NotAWorkbook("empty-file", "文件是空的（0 字节），请重新选择")
    with path.open("rb") as file:
        magic = file.read(8)
        if magic == _OLE:
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
                _refuse_ole(content.find("EncryptedPackage".encode("utf-16-le")) >= 0)
    if not magic.startswith(b"PK"):
        raise NotAWorkbook(
            "not-excel", "内容不是 Excel 工作簿，请在 Excel/WPS 中“另存为 .xlsx”后再传", 415
        )


def _refuse_ole(is_encrypted: bool) -> None:
    if is_encrypted:
        raise NotAWorkbook("encrypted", "文件设有打开密码，请取消密码后再传", 415)
    raise NotAWorkbook("old-xls", "这是旧版 .xls，请在 Excel/WPS 中“另存为 .xlsx”后再传", 415)


def _check_directory(members: list[zipfile.ZipInfo], browser: bool) -> None:
    """From the directory alone: how many members, how large, and whether any may not be read."""
    if len(members) > MEMBERS_MAX:
        raise NotAWorkbook(
            "too-many-members",
            f"内部文件过多（{len(members):,} 个），超过上限 {MEMBERS_MAX:,} 个",
            413,
        )
    limit = BROWSER_LIMIT if browser else COMMAND_LINE_LIMIT
    size = sum(member.file_size for member in members if not _is_media(member.filename))
    if size > limit:
        raise NotAWorkbook(
            "too-large",
            f"解压后约 {size // MEGABYTE:,} MB，超过上限 {limit // MEGABYTE:,} MB；"
            "请删除多余的空行和工作表，或分成几个文件" + ("，或在命令行导入" if browser else ""),
            413,
        )
    if any(member.flag_bits & 1 for member in members):
        raise NotAWorkbook("encrypted", "文件设有打开密码，请取消密码后再传", 415)


def _check_parts(names: set[str]) -> None:
    if any(PurePosixPath(name).name.lower() == "vbaproject.bin" for name in names):
        raise NotAWorkbook("macros", "含宏的工作簿不接收，请“另存为 .xlsx”（不含宏）后再传", 415)
    if _WORKBOOK not in names:
        kind = "二进制工作簿（.xlsb）" if "xl/workbook.bin" in names else "Excel 工作簿"
        start = f"这是{kind}" if "xl/workbook.bin" in names else f"内容不是 {kind}"
        raise NotAWorkbook("not-excel", f"{start}，请在 Excel/WPS 中“另存为 .xlsx”后再传", 415)


def _check_layout(file: BinaryIO, members: list[zipfile.ZipInfo], end: int) -> dict[str, int]:
    """Where each member's bytes start; overlapping or doubled members are refused."""
    starts: dict[str, int] = {}
    previous = 0
    for member in sorted(members, key=lambda member: member.header_offset):
        start = _data_start(file, member)
        if member.header_offset < previous or member.filename in starts:
            raise NotAWorkbook("overlapping", "文件结构异常（内部文件重叠或重名），不予接收")
        previous = start + member.compress_size
        starts[member.filename] = start
    if previous > end:
        raise zipfile.BadZipFile
    return starts


def _data_start(file: BinaryIO, member: zipfile.ZipInfo) -> int:
    file.seek(member.header_offset)
    header = file.read(_LOCAL_HEADER)
    if len(header) < _LOCAL_HEADER or header[:4] != b"PK\x03\x04":
        raise zipfile.BadZipFile
    lengths = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    return member.header_offset + _LOCAL_HEADER + lengths


def _stream(
    file: BinaryIO, members: list[zipfile.ZipInfo], starts: dict[str, int], browser: bool
) -> Container:
    by_name = {member.filename: member for member in members}
    index = {
        name: b"".join(_unpacked(file, by_name[name], starts[name]))
        for name in (_WORKBOOK, _RELATIONS)
        if name in by_name and by_name[name].file_size <= _INDEX_MAX
    }
    for text in index.values():
        _refuse_declarations(text)
    container, parts = _read_index(index)
    container.unpacked = sum(member.file_size for member in members)
    for member in members:
        scan = parts.get(member.filename)
        _stream_member(file, member, starts[member.filename], scan)
        if browser and scan is not None and scan.last_row > BROWSER_LAST_ROW_MAX:
            raise too_many_rows()
    return container


def too_many_rows() -> NotAWorkbook:
    return NotAWorkbook(
        "too-many-rows",
        f"超过 {BROWSER_ROWS_MAX:,} 行，请分成几个文件上传，或在命令行导入",
        413,
    )


def _stream_member(
    file: BinaryIO, member: zipfile.ZipInfo, start: int, scan: SheetScan | None
) -> None:
    is_xml = member.filename.lower().endswith(_XML)
    tail = b""
    for chunk in _unpacked(file, member, start):
        if is_xml:
            if not tail and chunk[:2] in (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00"):
                raise _bad_declaration()
            _refuse_declarations(tail + chunk)
            tail = chunk[-16:]
        if scan is not None:
            scan.feed(chunk)
    if scan is not None:
        scan.finish()


def _unpacked(file: BinaryIO, member: zipfile.ZipInfo, start: int) -> Iterator[bytes]:
    """The member's bytes, a piece at a time, and not one more than the directory declares.

    zipfile stops quietly at the declared size; the parser afterwards would not.
    """
    file.seek(start)
    left, size, check = member.compress_size, 0, 0
    inflate = zlib.decompressobj(-15) if member.compress_type == zipfile.ZIP_DEFLATED else None
    if inflate is None and member.compress_type != zipfile.ZIP_STORED:
        raise NotImplementedError(member.compress_type)
    while left or (inflate is not None and inflate.unconsumed_tail):
        packed = inflate.unconsumed_tail if inflate is not None else b""
        if not packed:
            packed = file.read(min(left, _CHUNK // 4))
            left -= len(packed)
            if not packed:
                raise EOFError
        chunk = inflate.decompress(packed, _CHUNK) if inflate is not None else packed
        size += len(chunk)
        check = zlib.crc32(chunk, check)
        if size > member.file_size:
            break
        if chunk:
            yield chunk
    if size != member.file_size or check != member.CRC or (inflate is not None and not inflate.eof):
        raise NotAWorkbook("directory-lies", "文件已损坏（校验不符），请另存后重新上传")


def _refuse_declarations(text: bytes) -> None:
    if b"<!" in text and _DECLARATION.search(text):
        raise _bad_declaration()


def _bad_declaration() -> NotAWorkbook:
    return NotAWorkbook("xml-declaration", "含不允许的 XML 声明，请在 Excel/WPS 中打开另存后再传")


def _read_index(index: dict[str, bytes]) -> tuple[Container, dict[str, SheetScan]]:
    """The sheets of the workbook: by name for the reader, by member for the pass over bytes."""
    container = Container()
    parts: dict[str, SheetScan] = {}
    if _WORKBOOK not in index:
        return container, parts
    # Declarations have been refused above, so the standard parser has nothing to expand.
    workbook = ElementTree.fromstring(index[_WORKBOOK])
    relations = ElementTree.fromstring(index.get(_RELATIONS, b"<none/>"))
    targets = {relation.get("Id", ""): relation.get("Target", "") for relation in relations}
    for element in workbook.iter():
        name = element.tag.removeprefix(_MAIN).removeprefix(_STRICT)
        if name == "workbookPr":
            container.is_1904 = element.get("date1904") in ("1", "true")
        elif name == "sheet":
            key = next((value for label, value in element.items() if _ID.match(label)), "")
            target = targets.get(key, "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            scan = container.sheets[element.get("name", "")] = SheetScan()
            parts[part] = scan
    return container, parts


def _is_media(name: str) -> bool:
    return name.startswith("xl/media/")
