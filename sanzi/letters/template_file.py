"""An office's own Word template: looked at as a stranger's file, then as a text with tags.

Everything is refused that Word could run or fetch (macros, objects, linked files), and every tag
that is more than the name of a value: jinja is a language, and this is somebody's upload.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from docxtpl import DocxTemplate, InlineImage
from jinja2 import nodes
from jinja2.exceptions import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from .form import LetterForm
from .tags import QR, ROW, Tag, filled, sample_values, tags_of

SIZE_MAX = 5 * 1024 * 1024
_UNPACKED_MAX = 50 * 1024 * 1024
_PARTS_MAX = 500
_MACROS = ("vbaProject", "macroEnabled", "activeX", "oleObject", "embeddings/")
_LINKED = ("attachedTemplate", "oleObject", "frame", "subDocument", "externalLink", "image")
# Where tags are looked for; the library would also fill them elsewhere, unseen.
_TAGGED = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
_TAG = re.compile(r"\{[{%#]")
_MARKUP = re.compile(r"<[^>]*>")
_SEEN = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Not,
    nodes.If,
    nodes.For,
    nodes.Getattr,
)


Scope = dict[str, str]


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a template, and what to do."""

    message: str


def check(content: bytes, form: LetterForm) -> list[Fault]:
    """What is wrong with a template for a form; empty when it may be used."""
    if faults := list(_package_faults(content)):
        return faults
    try:
        text = _text_of(content)
        tree = _environment().parse(text)
    except TemplateError as error:
        return [Fault(f"标签写法有误，无法识别（{error.message}）。请检查花括号是否成对")]
    except Exception:
        # Whatever a library makes of a broken file, the person is told the same.
        return [Fault("不是可用的 Word 文档（.docx）。请用 Word 或 WPS 另存为 .docx 后再传")]
    tags = tags_of(form)
    faults = [*_strange(tree, text), *_unknown(tree, tags), *_missing(tree, tags)]
    return faults or _tried(content, form)


def render(
    content: bytes, form: LetterForm, values: Mapping[str, Any], picture: bytes | None
) -> bytes:
    """A letter in an office's template; `picture` is its QR as PNG."""
    document = DocxTemplate(io.BytesIO(content))
    told: dict[str, Any] = {**dict.fromkeys(tags_of(form), ""), **filled(form, values)}
    if picture is not None:
        # 18 mm, in the units of Word.
        told[QR] = InlineImage(document, io.BytesIO(picture), width=648_000)
    document.render(told, jinja_env=_environment())
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _environment() -> ImmutableSandboxedEnvironment:
    # Values are text of XML: escaped, so that none of them is markup.
    environment = ImmutableSandboxedEnvironment(autoescape=True)
    environment.globals.clear()
    environment.filters.clear()
    environment.tests.clear()
    return environment


def _package_faults(content: bytes) -> Iterator[Fault]:
    if len(content) > SIZE_MAX:
        yield Fault(f"模板超过 {SIZE_MAX // 1024**2} MB，请压缩里面的图片")
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            yield from _parts_faults(package)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, RuntimeError, OSError):
        yield Fault("不是 Word 文档（.docx）。旧的 .doc 请用 Word 或 WPS 另存为 .docx")


def _parts_faults(package: zipfile.ZipFile) -> Iterator[Fault]:
    parts = package.infolist()
    names = [part.filename for part in parts]
    if len(parts) > _PARTS_MAX or sum(part.file_size for part in parts) > _UNPACKED_MAX:
        yield Fault("模板内容过多，请另存一份干净的文档")
        return
    if "word/document.xml" not in names:
        yield Fault("不是 Word 文档（.docx）。请用 Word 或 WPS 另存为 .docx 后再传")
        return
    types = package.read("[Content_Types].xml").decode("utf-8", "replace")
    if any(word in name for name in names for word in _MACROS) or "macroEnabled" in types:
        yield Fault("模板带有宏、控件或嵌入对象，不能使用。请去掉后另存为 .docx")
    for name in names:
        if name.endswith((".xml", ".rels")):
            text = package.read(name).decode("utf-8", "replace")
            if "<!DOCTYPE" in text or "<!ENTITY" in text:
                yield Fault("模板里有不允许的 XML 声明，请用 Word 或 WPS 另存一份")
            if not _TAGGED.fullmatch(name) and _TAG.search(_MARKUP.sub("", text)):
                yield Fault("标签只能写在正文、页眉、页脚，脚注、属性里的请删去")
            if name.endswith(".rels") and 'TargetMode="External"' in text and _is_linked(text):
                yield Fault("模板引用了外部文件或链接图片，请把图片改为嵌入，去掉外部引用")


def _is_linked(relations: str) -> bool:
    return any(f"/{kind}" in relations for kind in _LINKED)


def _text_of(content: bytes) -> str:
    """Body, heads and feet with tags that Word tore apart mended."""
    document = DocxTemplate(io.BytesIO(content))
    document.init_docx()
    parts = [document.get_xml()]
    for uri in (document.HEADER_URI, document.FOOTER_URI):
        for _, part in document.get_headers_footers(uri):
            parts.append(document.get_part_xml(part))
    return "\n".join(_mended(document, part) for part in parts)


def _mended(document: DocxTemplate, xml: str) -> str:
    for opening in ("{%", "{{"):
        rest = xml
        while opening in rest:
            rest = rest.partition(opening)[2]
            word = rest[:4].split(" ")[0].strip("-")
            if word in ("r", "tc", "hm", "vm", "colspan", "cellbg", "sectbreak"):
                raise TemplateError(f"不支持“{opening}{word}”")
    return str(document.patch_xml(xml))


def _strange(tree: nodes.Template, text: str) -> Iterator[Fault]:
    """What is more than a value, a list of rows or a condition."""
    if "{#" in text:
        yield Fault("模板里不能用 {# #}，请删去")
    for node, scope in _every(tree, {}):
        if not isinstance(node, _SEEN):
            yield Fault(f"模板里有不支持的写法（{type(node).__name__}）；只能写标签、表格行和条件")
            return
        if isinstance(node, nodes.For) and not _is_plain_loop(node):
            yield Fault(f"表格行只能写成 {{%tr for {ROW} in 明细名 %}}")
        if isinstance(node, nodes.If) and not isinstance(node.test, nodes.Name | nodes.Not):
            yield Fault("条件只能写成 {%p if 标签 %} 或 {%p if not 标签 %}")
        if isinstance(node, nodes.Getattr) and not _is_cell(node, scope):
            yield Fault(f"“.{node.attr}”只能用在表格行里，如 {{{{ {ROW}.列名 }}}}")


def _every(node: nodes.Node, scope: Scope) -> Iterator[tuple[nodes.Node, Scope]]:
    """Each node with the loops it stands in: the row's name, and whose row it is."""
    yield node, scope
    inner = scope
    if isinstance(node, nodes.For) and _is_plain_loop(node):
        assert isinstance(node.target, nodes.Name)
        assert isinstance(node.iter, nodes.Name)
        inner = {**scope, node.target.name: node.iter.name}
    for child in node.iter_child_nodes():
        yield from _every(child, inner)


def _is_plain_loop(node: nodes.For) -> bool:
    return (
        isinstance(node.target, nodes.Name)
        and isinstance(node.iter, nodes.Name)
        and not node.else_
        and node.test is None
        and not node.recursive
    )


def _is_cell(node: nodes.Getattr, scope: Scope) -> bool:
    if not isinstance(node.node, nodes.Name) or node.attr.startswith("_"):
        return False
    return node.node.name in scope or (node.node.name == "loop" and node.attr == "index")


def _unknown(tree: nodes.Template, tags: Mapping[str, Tag]) -> Iterator[Fault]:
    """Names that are no tag, rows of what is no list, columns a list does not have."""
    said: set[str] = set()
    for node, scope in _every(tree, {}):
        for message in _wrong(node, scope, tags):
            if message not in said:
                said.add(message)
                yield Fault(message)


def _wrong(node: nodes.Node, scope: Scope, tags: Mapping[str, Tag]) -> Iterator[str]:
    if isinstance(node, nodes.Name) and node.name not in (*tags, *scope, "loop"):
        yield f"没有“{node.name}”这个标签{_near(node.name, tags)}"
    if isinstance(node, nodes.For) and isinstance(node.iter, nodes.Name):
        tag = tags.get(node.iter.name)
        if tag is not None and not tag.columns:
            yield f"“{tag.name}”不是明细，不能逐行列出"
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        tag = tags.get(scope.get(node.node.name, ""))
        if tag is not None and tag.columns and node.attr not in tag.columns:
            yield f"“{tag.name}”里没有“{node.attr}”这一列{_near(node.attr, tag.columns)}"


def _named(tree: nodes.Template) -> Iterator[str]:
    for node in tree.find_all(nodes.Name):
        yield node.name


def _near(name: str, known: Mapping[str, Tag] | tuple[str, ...]) -> str:
    close = get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f"，是不是“{close[0]}”？" if close else "，请对照标签表改正"


def _missing(tree: nodes.Template, tags: Mapping[str, Tag]) -> Iterator[Fault]:
    used = set(_named(tree))
    for tag in tags.values():
        if tag.required and tag.name not in used and f"{tag.name}大写" not in used:
            yield Fault(f"缺少必需的标签“{tag.title}”，请在适当位置加上 {tag.written}")


def _tried(content: bytes, form: LetterForm) -> list[Fault]:
    """Render it with sample values, as a letter would."""
    try:
        render(content, form, sample_values(form), None)
    except TemplateError as error:
        return [Fault(f"试填时出错（{error.message}）。请检查 for 与 endfor、if 与 endif 是否成对")]
    except Exception:
        return [Fault("试填后的文档打不开：{%tr %} 要单独占一个表格行，{%p %} 要单独占一段")]
    return []
