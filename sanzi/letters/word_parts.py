"""The parts of a Word package that are the same in every paper of the house.

Written out rather than taken from a library's template: Word, WPS and LibreOffice read the same
few parts, and building a document from words costs two milliseconds instead of thirty.
"""

from .sheet import Sheet

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

NAMESPACES = f'xmlns:w="{_W}" xmlns:r="{_R}" xmlns:wp="{_WP}" xmlns:a="{_A}" xmlns:pic="{_PIC}"'
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def twips(millimetres: int) -> int:
    """Twentieths of a point, in which Word measures."""
    return round(millimetres * 1440 / 25.4)


def page(sheet: Sheet) -> str:
    """A4 with the margins of the sheet; a head on the first page, a foot on each."""
    return (
        '<w:headerReference w:type="first" r:id="rIdHead"/>'
        '<w:footerReference w:type="first" r:id="rIdFoot"/>'
        '<w:footerReference w:type="default" r:id="rIdFoot"/>'
        '<w:pgSz w:w="11906" w:h="16838"/>'
        f'<w:pgMar w:top="{twips(sheet.top)}" w:right="{twips(sheet.right)}" '
        f'w:bottom="{twips(sheet.bottom)}" w:left="{twips(sheet.left)}" '
        f'w:header="{twips(11)}" w:footer="{twips(sheet.bottom - 10)}" w:gutter="0"/><w:titlePg/>'
    )


def fonts(family: str) -> str:
    """Latin and Chinese in one family the office's computers have."""
    return (
        f'<w:rFonts w:ascii="{family}" w:hAnsi="{family}" w:eastAsia="{family}" '
        f'w:cs="{family}" w:hint="eastAsia"/>'
    )


def _style(name: str, title: str, paragraph: str, run: str) -> str:
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{name}">'
        f'<w:name w:val="{title}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr>'
        "</w:style>"
    )


def styles(size: int) -> str:
    """The styles of a paper whose text is of this size in points."""
    half, small = size * 2, min(size, 12) * 2
    exactly = f'<w:spacing w:line="{int(size * 35)}" w:lineRule="exact"/>'
    body = (
        f"<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{fonts('仿宋')}"
        f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        f"<w:qFormat/><w:pPr>{exactly}</w:pPr></w:style>"
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr>'
        "</w:style>"
    )
    cell = '<w:spacing w:line="240" w:lineRule="auto" w:before="40" w:after="40"/>'
    return (
        DECLARATION
        + body
        + _style(
            "Title1",
            "文书标题",
            '<w:keepNext/><w:spacing w:line="240" w:lineRule="auto" w:after="240"/>'
            '<w:jc w:val="center"/>',
            f'{fonts("黑体")}<w:sz w:val="{half + 12}"/><w:szCs w:val="{half + 12}"/>',
        )
        + _style("Body1", "文书正文", f'<w:ind w:firstLineChars="200" w:firstLine="{size * 40}"/>'
                 '<w:jc w:val="both"/>', "")
        + _style("Flush", "文书顶格", "", "")
        + _style("Head2", "文书小标题", "<w:keepNext/>"
                 f'<w:ind w:firstLineChars="200" w:firstLine="{size * 40}"/>', fonts("黑体"))
        + _style("Note1", "文书附注", '<w:spacing w:line="240" w:lineRule="auto" w:before="60"/>',
                 f'<w:sz w:val="{max(18, half * 3 // 4)}"/>')
        + _style("Cell1", "文书表格", cell, f'<w:sz w:val="{small}"/><w:szCs w:val="{small}"/>')
        + _style("Small", "文书页眉", '<w:spacing w:line="240" w:lineRule="auto"/>',
                 f'{fonts("黑体")}<w:sz w:val="18"/><w:szCs w:val="18"/>')
        + "</w:styles>"
    )  # fmt: skip


def _in_foot(inside: str) -> str:
    return f'<w:r><w:rPr><w:sz w:val="21"/></w:rPr>{inside}</w:r>'


def _counted(name: str) -> str:
    """A number Word works out: PAGE, NUMPAGES."""
    return (
        _in_foot('<w:fldChar w:fldCharType="begin"/>')
        + _in_foot(f'<w:instrText xml:space="preserve"> {name} </w:instrText>')
        + _in_foot('<w:fldChar w:fldCharType="separate"/>')
        + _in_foot("<w:t>1</w:t>")
        + _in_foot('<w:fldChar w:fldCharType="end"/>')
    )


FOOTER = (
    f'{DECLARATION}<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Flush"/><w:jc w:val="center"/>'
    f"</w:pPr>{_in_foot('<w:t>第 </w:t>')}{_counted('PAGE')}{_in_foot('<w:t> 页 共 </w:t>')}"
    f"{_counted('NUMPAGES')}{_in_foot('<w:t> 页</w:t>')}</w:p></w:ftr>"
).replace("<w:t>", '<w:t xml:space="preserve">')
CONTENT_TYPES = (
    f'{DECLARATION}<Types xmlns="{_TYPES}"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="png" ContentType="image/png"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{_WORD}.settings+xml"/>'
    f'<Override PartName="/word/header1.xml" ContentType="{_WORD}.header+xml"/>'
    f'<Override PartName="/word/footer1.xml" ContentType="{_WORD}.footer+xml"/>'
    '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
RELATIONS = (
    f'{DECLARATION}<Relationships xmlns="{_REL}"><Relationship Id="rId1" '
    f'Type="{_R}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" '
    'Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" '
    'Target="docProps/core.xml"/></Relationships>'
)
DOCUMENT_RELATIONS = (
    f'{DECLARATION}<Relationships xmlns="{_REL}">'
    f'<Relationship Id="rIdStyles" Type="{_R}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rIdSettings" Type="{_R}/settings" Target="settings.xml"/>'
    f'<Relationship Id="rIdHead" Type="{_R}/header" Target="header1.xml"/>'
    f'<Relationship Id="rIdFoot" Type="{_R}/footer" Target="footer1.xml"/></Relationships>'
)
HEADER_RELATIONS = (
    f'{DECLARATION}<Relationships xmlns="{_REL}">'
    f'<Relationship Id="rIdQr" Type="{_R}/image" Target="media/qr.png"/></Relationships>'
)
SETTINGS = (
    f'{DECLARATION}<w:settings {NAMESPACES}><w:zoom w:percent="100"/>'
    '<w:defaultTabStop w:val="420"/><w:characterSpacingControl w:val="compressPunctuation"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
)
CORE = (
    f"{DECLARATION}<cp:coreProperties "
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title>'
    '<dcterms:created xsi:type="dcterms:W3CDTF">{at}</dcterms:created></cp:coreProperties>'
)
# 18 mm square, in the header.
PICTURE = (
    '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="648000" '
    'cy="648000"/><wp:docPr id="1" name="qr" descr="查验二维码"/><a:graphic><a:graphicData '
    f'uri="{_PIC}"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="qr.png"/><pic:cNvPicPr/>'
    '</pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdQr"/><a:stretch><a:fillRect/></a:stretch>'
    '</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="648000" cy="648000"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
    "</a:graphic></wp:inline></w:drawing></w:r>"
)
