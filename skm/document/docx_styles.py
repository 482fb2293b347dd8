"""The styles of a DOCX, its numbered lists and its settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from skm.document.blocks import DEEPEST_LIST, Marker, PageSetup
from skm.document.docx_elements import NAMESPACES, Element, element, twips

STEP = 7.0  # mm from one level of a list or indent to the next

_FORMATS = {
    Marker.DIGIT: ("decimal", "%{}."),
    Marker.LETTER: ("lowerLetter", "%{}."),
    Marker.ROMAN: ("lowerRoman", "%{}."),
    Marker.DIGIT_PARENTHESIS: ("decimal", "%{})"),
    Marker.LETTER_PARENTHESIS: ("lowerLetter", "%{})"),
    Marker.BRACKETED_DIGIT: ("decimal", "(%{})"),
    Marker.BULLET: ("bullet", "•"),
    Marker.DASH: ("bullet", "–"),
}


@dataclass(frozen=True)
class _Style:
    """A paragraph style: its properties as XML, sizes in half points beside the text's."""

    id: str
    name: str
    based_on: str = "Normal"
    next: str = "BodyText"
    paragraph: str = ""
    size: float = 0
    bold: bool = False
    italic: bool = False


def styles(page: PageSetup, language: str) -> Element:
    """The ``w:styles`` of a document."""
    font = page.typeface.value[1]
    half = round(page.size * 2)
    made = "".join(_style_xml(style, half) for style in _styles(page))
    return etree.fromstring(
        f"""
<w:styles xmlns:w="{NAMESPACES["w"]}">
<w:docDefaults>
<w:rPrDefault><w:rPr>
<w:rFonts w:ascii="{font}" w:eastAsia="{font}" w:hAnsi="{font}" w:cs="{font}"/>
<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>
<w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/>
</w:rPr></w:rPrDefault>
<w:pPrDefault><w:pPr>
<w:spacing w:after="80" w:line="300" w:lineRule="auto"/>
</w:pPr></w:pPrDefault>
</w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>
</w:style>
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">
<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>
<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>
<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>
<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>
<w:uiPriority w:val="99"/><w:semiHidden/></w:style>
<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>
<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{_grid()}</w:tblBorders></w:tblPr></w:style>
{made}
</w:styles>""".replace("\n", "")
    )


def _styles(page: PageSetup) -> Iterator[_Style]:
    tight = '<w:spacing w:before="0" w:after="0" w:line="252" w:lineRule="auto"/>'
    centre = '<w:jc w:val="center"/>'
    yield _Style("BodyText", "Body Text", paragraph='<w:jc w:val="both"/>')
    yield _Style("ListParagraph", "List Paragraph", "BodyText", "ListParagraph",
                 '<w:spacing w:after="0"/>')  # fmt: skip
    yield from _headings()
    yield _Style("Title", "Title", paragraph=tight + centre, size=22, bold=True)
    yield _Style("Subtitle", "Subtitle", paragraph=tight + centre, size=10, bold=True)
    yield _Style("Caption", "caption", next="Normal", size=-2,
                 paragraph='<w:spacing w:before="140" w:after="80" w:line="252"'
                           ' w:lineRule="auto"/>' + centre)  # fmt: skip
    yield _Style("Source", "Sumber", size=-5, italic=True,
                 paragraph='<w:spacing w:before="60" w:after="240" w:line="252"'
                           ' w:lineRule="auto"/>')  # fmt: skip
    for dense, size in (("", -4), ("Dense", 15 - round(page.size * 2))):
        spoken = " Rapat" if dense else ""
        yield _Style(f"TableText{dense}", f"Isi Tabel{spoken}", paragraph=tight, size=size)
        yield _Style(f"TableHead{dense}", f"Kepala Tabel{spoken}", size=size, bold=True,
                     paragraph=tight + centre)  # fmt: skip
        yield _Style(f"TableIndex{dense}", f"Nomor Kolom{spoken}", size=size - 2,
                     paragraph=tight + centre)  # fmt: skip
    yield _Style("Letterhead", "Kop", next="Letterhead", paragraph=tight + centre)
    yield _Style("Signature", "Signature", next="Signature",
                 paragraph="<w:keepNext/><w:keepLines/>" + tight + centre)  # fmt: skip
    yield _Style("FieldText", "Isian", next="FieldText", paragraph='<w:spacing w:after="20"/>')
    yield _Style("Gap", "Sela", paragraph='<w:spacing w:before="0" w:after="0" w:line="160"'
                 ' w:lineRule="exact"/>', size=4 - round(page.size * 2))  # fmt: skip
    for level in (1, 2, 3):
        yield _contents_style(f"TOC{level}", f"toc {level}", level, page)
    yield _contents_style("TableofFigures", "table of figures", 0, page)
    yield _Style("Header", "header", paragraph=tight + centre, size=-4, bold=True)
    yield _Style("Footer", "footer", paragraph=tight + centre, size=-3)


def _headings() -> Iterator[_Style]:
    """The headings that contents list, and their likes that contents leave out."""
    chapter = (
        '<w:keepNext/><w:keepLines/><w:pageBreakBefore/><w:spacing w:after="320" w:line="276"'
        ' w:lineRule="auto"/><w:jc w:val="center"/><w:outlineLvl w:val="{}"/>'
    )
    part = (
        '<w:keepNext/><w:keepLines/><w:spacing w:before="320" w:after="40"/>'
        '<w:outlineLvl w:val="{}"/>'
    )
    for level in (1, 2, 3):
        look, size = (chapter, 4) if level == 1 else (part, 0)
        listed = look.format(level - 1)
        yield _Style(f"Heading{level}", f"heading {level}", paragraph=listed, size=size, bold=True)
        yield _Style(f"Unlisted{level}", f"Judul Tanpa Daftar {level}", paragraph=look.format(9),
                     size=size, bold=True)  # fmt: skip
    yield _Style("AnnexTitle", "Judul Lampiran", paragraph=chapter.format(0), size=4, bold=True)


def _contents_style(style: str, spoken: str, level: int, page: PageSetup) -> _Style:
    right = twips(page.text_width(landscape=False))
    left = twips(STEP * max(level - 1, 0))
    paragraph = (
        f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{right}"/></w:tabs>'
        f'<w:spacing w:before="{80 if level == 1 else 0}" w:after="40" w:line="276"'
        f' w:lineRule="auto"/><w:ind w:left="{left}"/>'
    )
    return _Style(style, spoken, paragraph=paragraph, bold=level == 1)


def _style_xml(style: _Style, half: int) -> str:
    marks = ("<w:b/>" if style.bold else "") + ("<w:i/>" if style.italic else "")
    size = round(half + style.size)
    sizes = f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if style.size else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="{style.based_on}"/><w:next w:val="{style.next}"/><w:qFormat/>'
        f"<w:pPr>{style.paragraph}</w:pPr><w:rPr>{marks}{sizes}</w:rPr></w:style>"
    )


def _grid() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    return "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="5A6570"/>' for side in sides
    )


class Numbering:
    """The numbered lists of a document: one definition a marker, one instance a list."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._definitions: dict[Marker, int] = {}
        self._instances = 0
        for child in list(root):
            root.remove(child)
        for marker in Marker:
            self._define(marker)

    def _define(self, marker: Marker) -> None:
        number = len(self._definitions)
        self._definitions[marker] = number
        kind, shown = _FORMATS[marker]
        levels = [
            element(
                "w:lvl",
                element("w:start", val=1),
                element("w:numFmt", val=kind),
                element("w:lvlText", val=shown.format(level + 1)),
                element("w:lvlJc", val="left"),
                element(
                    "w:pPr",
                    element("w:ind", left=twips(STEP * (level + 1)), hanging=twips(STEP)),
                ),
                ilvl=level,
            )
            for level in range(DEEPEST_LIST)
        ]
        self._root.append(
            element(
                "w:abstractNum",
                element("w:multiLevelType", val="multilevel"),
                *levels,
                abstractNumId=number,
            )
        )

    def new_list(self, marker: Marker, level: int, start: int) -> int:
        """The number of a new list that begins to count at ``start`` on its level."""
        self._instances += 1
        override = element("w:lvlOverride", element("w:startOverride", val=start), ilvl=level)
        definition = element("w:abstractNumId", val=self._definitions[marker])
        overrides = [override] if marker.counts else []
        self._root.append(element("w:num", definition, *overrides, numId=self._instances))
        return self._instances


def settings(language: str) -> Element:
    """The ``w:settings``: Word's present mode, so that nothing is laid out as in old files."""
    uri = "http://schemas.microsoft.com/office/word"
    return element(
        "w:settings",
        element("w:zoom", percent=100),
        element("w:defaultTabStop", val=720),
        element("w:characterSpacingControl", val="doNotCompress"),
        element("w:compat", element("w:compatSetting", name="compatibilityMode", uri=uri, val=15)),
        element("w:themeFontLang", val=language),
        element("w:decimalSymbol", val=","),
        element("w:listSeparator", val=";"),
    )


_REGIONS: Mapping[str, str] = {"id": "id-ID"}


def region(language: str) -> str:
    """The language with the country that Word asks for."""
    return _REGIONS.get(language, language)
