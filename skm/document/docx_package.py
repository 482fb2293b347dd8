"""The package of a DOCX: its parts, sections and pictures, and a file of equal bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime, time

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.parts.hdrftr import FooterPart, HeaderPart
from docx.shared import Length
from lxml import etree

from skm.charts import Picture
from skm.document.blocks import Document, PageNumbers, PageSetup, Section
from skm.document.docx_elements import (
    NAMESPACES,
    Element,
    element,
    field_begin,
    field_end,
    name,
    paragraph,
    text,
    twips,
)
from skm.document.docx_styles import Numbering, region, settings, styles
from skm.errors import refuse

_FORMATS = {PageNumbers.ROMAN: "lowerRoman", PageNumbers.ARABIC: "decimal"}
_FIRST_ZIP_DAY = (1980, 1, 1, 0, 0, 0)
_EDGE = 12.5  # mm from the paper's edge to header and footer

# python-docx's template brings along what no writer of today uses; Word's own checker
# faults the first.
_LEGACY_PARTS = (
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
    RELATIONSHIP_TYPE.CUSTOM_XML,
    RELATIONSHIP_TYPE.THUMBNAIL,
)


class Package:
    """The file under way: a body to append to, and what else it needs."""

    def __init__(self, document: Document) -> None:
        self._docx = docx.Document()
        self._part = self._docx.part
        self._page = document.page
        self._section: Section | None = None
        self.body: Element = self._part.element.body
        self.body[:] = []
        language = region(document.language)
        _replace(self._docx.styles.element, styles(document.page, language))
        _replace(self._docx.settings.element, settings(language))
        self.numbering = Numbering(self._part.numbering_part.element)
        for rels in (self._part.rels, self._part.package.rels):
            for key in [key for key, rel in rels.items() if rel.reltype in _LEGACY_PARTS]:
                del rels[key]
        self._describe(document, language)
        self._header = self._header_part(document.notice)
        self._footers = {
            numbers: self._footer_part(numbered=numbers is not PageNumbers.NONE)
            for numbers in (PageNumbers.NONE, PageNumbers.ARABIC)
        }

    def begin_section(self, section: Section) -> None:
        """Begin new pages; those before end with the last paragraph written."""
        if self._section:
            self.body[-1][0].append(self._properties(self._section))
        self._section = section

    def drawing(
        self,
        owner: str,
        picture: Picture,
        *,
        width: Length | None = None,
        height: Length | None = None,
    ) -> Element:
        """A run that shows a picture, with its alternative text.

        Raises:
            SkmError: the picture has neither PNG nor JPEG.
        """
        content = picture.png or picture.jpeg
        if not content:
            raise refuse("Gambar tidak memiliki PNG untuk DOCX", field=owner)
        inline = self._part.new_pic_inline(io.BytesIO(content), width, height)
        inline.docPr.set("descr", picture.alt)
        return element("w:r", element("w:drawing", inline))

    def saved(self) -> bytes:
        """The whole file."""
        if self._section:
            self.body.append(self._properties(self._section))
        stream = io.BytesIO()
        self._docx.save(stream)
        return _undated(stream)

    def _properties(self, section: Section) -> Element:
        """The properties of a section; references come first, as the schema has it."""
        footer = PageNumbers.ARABIC if section.numbers in _FORMATS else PageNumbers.NONE
        made = element(
            "w:sectPr",
            _reference("w:headerReference", self._header),
            _reference("w:footerReference", self._footers[footer]),
            *_paper(self._page, section),
        )
        if section.numbers in _FORMATS:
            numbers = element("w:pgNumType", fmt=_FORMATS[section.numbers])
            if section.start is not None:
                numbers.set(name("w:start"), str(section.start))
            made.append(numbers)
        return made

    def _describe(self, document: Document, language: str) -> None:
        properties = self._docx.core_properties
        properties.title = document.title
        properties.author = properties.last_modified_by = document.author
        properties.subject = document.subject
        properties.language = language
        properties.comments = properties.keywords = ""
        properties.created = properties.modified = datetime.combine(document.date, time())
        properties.revision = 1

    def _header_part(self, notice: str) -> str:
        return self._furniture(HeaderPart.new(self._part.package), "Header", text(notice))

    def _footer_part(self, *, numbered: bool) -> str:
        number = [*field_begin(" PAGE "), *text("1"), field_end()] if numbered else []
        return self._furniture(FooterPart.new(self._part.package), "Footer", number)

    def _furniture(
        self, part: HeaderPart | FooterPart, style: str, content: Iterable[Element]
    ) -> str:
        """Give a header or footer its one paragraph, and the key that sections name it by."""
        part.element[:] = [paragraph(style, content)]
        kind = RELATIONSHIP_TYPE.HEADER if style == "Header" else RELATIONSHIP_TYPE.FOOTER
        return self._part.relate_to(part, kind)


def _paper(page: PageSetup, section: Section) -> list[Element]:
    width, height = page.paper.value
    sides = page.margins
    top, right, bottom, left = sides.top, sides.right, sides.bottom, sides.left
    size = element("w:pgSz", w=twips(width), h=twips(height))
    if section.landscape:
        # Turned with the binding edge at the top.
        top, right, bottom, left = left, top, right, bottom
        size = element("w:pgSz", w=twips(height), h=twips(width), orient="landscape")
    margins = element(
        "w:pgMar",
        top=twips(top),
        right=twips(right),
        bottom=twips(bottom),
        left=twips(left),
        header=twips(_EDGE),
        footer=twips(_EDGE),
        gutter=0,
    )
    return [size, margins]


def _reference(short: str, key: str) -> Element:
    made = element(short, type="default")
    made.set(f"{{{NAMESPACES['r']}}}id", key)
    return made


def _replace(old: etree._Element, new: Element) -> None:
    old[:] = list(new)


def _undated(stream: io.BytesIO) -> bytes:
    """The same archive without the moment of its making, so that equal is equal."""
    made = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            undated = zipfile.ZipInfo(entry.filename, _FIRST_ZIP_DAY)
            undated.compress_type = zipfile.ZIP_DEFLATED
            undated.create_system = 0  # the same from Windows and Linux
            new.writestr(undated, old.read(entry))
    return made.getvalue()
