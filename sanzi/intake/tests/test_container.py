"""What is refused before any parser sees it: the F rows of the hostile catalogue."""

import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from sanzi.intake import container
from sanzi.intake.container import inspect_container
from sanzi.intake.reading import read_workbook
from sanzi.kernel.refusals import NotAWorkbook

from .workbook_maker import rewrite, rows_of, write

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return write(tmp_path / "town.xlsx", {"合同": rows_of("合同", {})})


def refusal(path: Path, browser: bool = True) -> NotAWorkbook:
    with pytest.raises(NotAWorkbook) as refused:
        inspect_container(path, browser=browser)
    return refused.value


def put(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "code", "status", "says"),
    [
        pytest.param(b"", "empty-file", 400, "0 字节", id="F1"),
        pytest.param(OLE + b"\0" * 600, "old-xls", 415, "旧版 .xls", id="F2"),
        pytest.param("编号,名称\n1,鱼塘\n".encode(), "not-excel", 415, "不是 Excel", id="F3"),
        pytest.param(
            OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "encrypted", 415, "打开密码", id="F4",
        ),
    ],
)  # fmt: skip
def test_other_kinds_of_file_are_named(
    tmp_path: Path, content: bytes, code: str, status: int, says: str
) -> None:
    refused = refusal(put(tmp_path / "a.xlsx", content))
    assert (refused.code, refused.status) == (code, status)
    assert says in refused.message


def test_macros_are_not_taken_F5(town: Path) -> None:
    refused = refusal(rewrite(town, {"xl/vbaProject.bin": lambda _: b"macro"}))
    assert (refused.code, refused.status) == ("macros", 415)


@pytest.mark.parametrize("unit", [b"<row/>", b"x"], ids=["F6", "F7"])
def test_a_bomb_is_refused_from_the_directory_in_a_tenth_of_a_second(
    town: Path, unit: bytes
) -> None:
    rewrite(town, {SHEET: lambda text: text + unit * (120_000_000 // len(unit))})
    before = time.perf_counter()
    refused = refusal(town)
    assert time.perf_counter() - before < 0.1
    assert (refused.code, refused.status) == ("too-large", 413)
    assert "超过上限 50 MB" in refused.message


def test_the_command_line_takes_a_larger_file_than_the_browser(town: Path) -> None:
    rewrite(town, {SHEET: lambda text: text + b"\n" * 60_000_000})
    assert refusal(town).code == "too-large"
    inspect_container(town, browser=False)


def test_a_lying_directory_is_found_out_and_no_more_is_unpacked_F8(town: Path) -> None:
    bomb = b" " * 200_000_000
    rewrite(town, {SHEET: lambda text: bomb})
    content = bytearray(town.read_bytes())
    # The directory's size field and checksum are those of the first thousand bytes.
    at = content.index(b"PK\x01\x02", content.rindex(zlib.crc32(bomb).to_bytes(4, "little")) - 16)
    content[at + 24 : at + 28] = (1_000).to_bytes(4, "little")
    content[at + 16 : at + 20] = zlib.crc32(b" " * 1_000).to_bytes(4, "little")
    before = time.perf_counter()
    refused = refusal(put(town, bytes(content)))
    assert time.perf_counter() - before < 0.1
    assert (refused.code, refused.status) == ("directory-lies", 400)
    assert "校验不符" in refused.message


def test_too_many_members_are_refused_F9(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(10_001):
            archive.writestr(f"xl/{number}.xml", b"")
    assert (refusal(path).code, refusal(path).status) == ("too-many-members", 413)


def test_overlapping_members_are_refused_F10(town: Path) -> None:
    content = bytearray(town.read_bytes())
    entries = [at for at in range(len(content)) if content[at : at + 4] == b"PK\x01\x02"]
    # The second member's directory entry points into the first one's bytes.
    content[entries[1] + 42 : entries[1] + 46] = content[entries[0] + 42 : entries[0] + 46]
    assert refusal(put(town, bytes(content))).code == "overlapping"


@pytest.mark.parametrize("name", ["../../x.xml", "/etc/x.xml", "C:\\x.xml"])
def test_odd_member_names_are_ignored_and_nothing_is_unpacked_to_disk_F11(
    town: Path, name: str
) -> None:
    rewrite(town, {name: lambda _: b"<x/>"})
    before = set(town.parent.rglob("*"))
    inspect_container(town, browser=True)
    assert set(town.parent.rglob("*")) == before


BILLION = b'<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol1 "&lol;&lol;">]>'
OUTSIDE = b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("declaration", [BILLION, OUTSIDE], ids=["F12", "F13"])
@pytest.mark.parametrize("member", [SHEET, "xl/workbook.xml", "xl/sharedStrings.xml"])
def test_xml_declarations_are_refused(town: Path, declaration: bytes, member: str) -> None:
    put_in: Callable[[bytes], bytes] = lambda text: text.replace(b"?>", b"?>" + declaration, 1)  # noqa: E731
    refused = refusal(rewrite(town, {member: put_in}))
    assert (refused.code, refused.status) == ("xml-declaration", 400)
    assert "XML 声明" in refused.message


def test_a_declaration_in_a_wide_encoding_is_refused_too_F12(town: Path) -> None:
    wide: Callable[[bytes], bytes] = lambda text: text.decode().encode("utf-16")  # noqa: E731
    assert refusal(rewrite(town, {SHEET: wide})).code == "xml-declaration"


def test_a_dimension_that_lies_costs_nothing_F15(town: Path) -> None:
    far: Callable[[bytes], bytes] = lambda text: text.replace(  # noqa: E731
        b'<dimension ref="A1:H2"/>', b'<dimension ref="A1:XFD1048576"/>'
    )
    before = time.perf_counter()
    book = read_workbook(rewrite(town, {SHEET: far}), browser=True)
    assert time.perf_counter() - before < 2
    assert len(book.tables[0].rows) == 1


def test_formatted_blank_rows_are_trimmed_F16(town: Path) -> None:
    blank = b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (n, n) for n in range(3, 60_000))
    rewrite(town, {SHEET: lambda text: text.replace(b"</sheetData>", blank + b"</sheetData>")})
    assert len(read_workbook(town, browser=True).tables[0].rows) == 1


def test_a_cell_a_million_rows_down_is_refused_in_the_browser_F16(town: Path) -> None:
    far = b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'
    rewrite(town, {SHEET: lambda text: text.replace(b"</sheetData>", far)})
    assert refusal(town).status == 413
    assert "超过 50,000 行" in refusal(town).message


def test_a_sheet_of_16384_columns_is_not_read_F17(town: Path) -> None:
    far = b'<row r="3"><c r="XFD3"><v>1</v></c></row></sheetData>'
    rewrite(town, {SHEET: lambda text: text.replace(b"</sheetData>", far)})
    book = read_workbook(town, browser=True)
    assert [problem.code for problem in book.problems][0] == "too-many-columns"
    assert "列数不符" in book.problems[0].message


def test_an_upload_cut_short_is_refused_F23(town: Path) -> None:
    content = town.read_bytes()
    refused = refusal(put(town, content[: len(content) * 6 // 10]))
    assert (refused.code, refused.status) == ("damaged", 400)


def test_a_spoilt_byte_is_noticed(town: Path) -> None:
    content = bytearray(town.read_bytes())
    with zipfile.ZipFile(town) as archive:
        member = archive.getinfo(SHEET)
    content[member.header_offset + 30 + len(SHEET) + member.compress_size // 2] ^= 0xFF
    assert refusal(put(town, bytes(content))).status == 400


def test_a_member_stored_twice_is_refused(town: Path) -> None:
    with zipfile.ZipFile(town, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(SHEET, b"<worksheet/>")
    assert refusal(town).code == "overlapping"


def test_another_office_format_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.bin", b"x")
    assert "xlsb" in refusal(path).message


def test_the_row_limit_of_the_browser_C41(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sanzi.intake.reading.BROWSER_ROWS_MAX", 2)
    path = write(tmp_path / "a.xlsx", {"合同": rows_of("合同", {}, {}, {})})
    with pytest.raises(NotAWorkbook, match="行") as refused:
        read_workbook(path, browser=True)
    assert refused.value.status == 413
    assert container.BROWSER_ROWS_MAX == 50_000
    assert len(read_workbook(path).tables[0].rows) == 3
