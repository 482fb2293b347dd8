"""Reads a DOCX by its XML alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from document_readers import Reading, marker
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator  # type: ignore[import-untyped]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAMES = {
    "w": W[1:-1],
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
}
_MATH_TEXT = f"{{{NAMES['m']}}}t"
_CONTENTS = ("TOC", "TableofFigures")
_SIGNS = {"decimal": "1", "lowerLetter": "a", "lowerRoman": "i", "bullet": ""}


@dataclass
class DocxParagraph:
    """A paragraph: its style, its bookmarks, its text, and the page behind a contents entry."""

    style: str
    text: str
    bookmarks: list[str] = field(default_factory=list)
    page: str = ""


def audit_faults(data: bytes, folder: Path) -> list[str]:
    """What openxml-audit finds by the rules of today's Word; it reads from a file."""
    file = folder / "dokumen.docx"
    file.write_bytes(data)
    result = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(file)
    return [str(error.description) for error in result.errors]


def docx_part(data: bytes, name: str) -> etree._Element:
    """A part of a DOCX."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def found(node: etree._Element, path: str) -> list[str]:
    """The attributes that an XPath finds."""
    values = node.xpath(path, namespaces=NAMES)
    assert isinstance(values, list)
    return [str(value) for value in values]


def docx_paragraphs(data: bytes) -> Iterator[DocxParagraph]:
    """The paragraphs in reading order, those in tables too."""
    for node in docx_part(data, "word/document.xml").iter(f"{W}p"):
        style = "".join(found(node, "w:pPr/w:pStyle/@w:val"))
        text, page = "".join(map(_text, node.iter())), ""
        if style.startswith(_CONTENTS):
            text, _, page = text.partition("\t")
        yield DocxParagraph(style, text, found(node, ".//w:bookmarkStart/@w:name"), page)


def _text(node: etree._Element) -> str:
    if node.tag == f"{W}t":
        return node.text or ""
    if node.tag == _MATH_TEXT:
        return f" {node.text} "  # numerator and denominator are words of their own
    if node.tag == f"{W}br":
        return "\n"
    parent = node.getparent()
    in_run = parent is not None and parent.tag == f"{W}r"
    return "\t" if in_run and node.tag == f"{W}tab" else ""


def read_docx(data: bytes) -> Reading:
    """What a DOCX shows."""
    reading = Reading()
    for paragraph in docx_paragraphs(data):
        if paragraph.text.strip():
            reading.texts.append(paragraph.text)
        if paragraph.style.startswith(_CONTENTS):
            reading.entries.append((paragraph.text, paragraph.page))
    root = docx_part(data, "word/document.xml")
    reading.alts = found(root, "//wp:docPr/@descr")
    reading.markers = list(_markers(root, docx_part(data, "word/numbering.xml")))
    return reading


def _markers(root: etree._Element, numbering: etree._Element) -> Iterator[str]:
    """The markers that Word counts by the numbering part."""
    counted: dict[tuple[str, str], int] = {}
    for item in root.iter(f"{W}numPr"):
        (level,), (number,) = found(item, "w:ilvl/@w:val"), found(item, "w:numId/@w:val")
        override = f"w:num[@w:numId='{number}']/w:lvlOverride[@w:ilvl='{level}']"
        starts = found(numbering, f"{override}/w:startOverride/@w:val")
        count = counted.get((number, level), int(starts[0]) if starts else 1)
        counted[number, level] = count + 1
        (definition,) = found(numbering, f"w:num[@w:numId='{number}']/w:abstractNumId/@w:val")
        shown = f"w:abstractNum[@w:abstractNumId='{definition}']/w:lvl[@w:ilvl='{level}']"
        (kind,) = found(numbering, f"{shown}/w:numFmt/@w:val")
        (text,) = found(numbering, f"{shown}/w:lvlText/@w:val")
        yield marker(text.replace(f"%{int(level) + 1}", _SIGNS[kind]), count)
