"""A DOCX that an officer edited, read back paragraph by paragraph.

Paragraphs of ours are told by the hidden bookmark that ``parts`` names them by. Text under
tracked changes is read as if they were accepted.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from skm.document.text import Run, Text
from skm.errors import refuse

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_OURS = "_lk_"
_CONTENTS = ("TOC", "TableofFigures", "Contents", "TableofContents", "Figure")
_LARGEST = 100_000_000  # bytes of a part when unpacked
_OFF = ("0", "false", "none")

DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    etree.XMLSyntaxError,
)
"""What a package that is cut, locked or packed strangely shows as when it is read."""


@dataclass(frozen=True)
class EditedParagraph:
    """A paragraph of an edited file.

    Attributes:
        bookmark: that of the part it was made of; empty for one that was typed in anew.
        text: as it stands now, bold and italics as they are set on the letters themselves.
        listed: an entry of a table of contents, which the program writes.
    """

    bookmark: str
    text: Text
    listed: bool


def read_edited(file: Path) -> tuple[EditedParagraph, ...]:
    """The paragraphs of a DOCX, those in tables too, in reading order.

    Raises:
        SkmError: the file is not there or is no DOCX.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        raise refuse("Berkas tidak dapat dibaca", file=file, found=error.strerror) from error
    return tuple(_paragraphs(_body(file, content)))


def _body(file: Path, content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            part = archive.getinfo("word/document.xml")
            if part.file_size > _LARGEST:
                raise refuse("Isi dokumen terlalu besar", file=file, found=part.file_size)
            return etree.fromstring(archive.read(part), parser)
    except DAMAGED as error:
        raise refuse(
            "Berkas ini bukan dokumen DOCX yang utuh",
            file=file,
            todo="Simpan lagi dari Word atau LibreOffice sebagai .docx.",
        ) from error


def _paragraphs(body: etree._Element) -> Iterator[EditedParagraph]:
    for node in body.iter(f"{_W}p"):
        style = node.find(f"{_W}pPr/{_W}pStyle")
        name = "" if style is None else style.get(f"{_W}val", "")
        marks = (mark.get(f"{_W}name", "") for mark in node.iter(f"{_W}bookmarkStart"))
        ours = next((mark for mark in marks if mark.startswith(_OURS)), "")
        yield EditedParagraph(ours, tuple(_runs(node)), name.startswith(_CONTENTS))


def _runs(paragraph: etree._Element) -> Iterator[Run]:
    for node in paragraph.iter(f"{_W}r", f"{_M}r"):
        if any(_is_removed(above) for above in node.iterancestors()):
            continue
        text = "".join(map(_letters, node))
        if text:
            yield Run(text, _set(node, "b"), _set(node, "i"))


def _is_removed(node: etree._Element) -> bool:
    return node.tag in (f"{_W}del", f"{_W}moveFrom")


def _letters(node: etree._Element) -> str:
    if node.tag == f"{_W}t":
        return node.text or ""
    if node.tag == f"{_M}t":
        return f" {node.text} "  # numerator and denominator are words of their own
    if node.tag == f"{_W}noBreakHyphen":
        return "-"
    if node.get(f"{_W}type") == "page":
        return ""
    return {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t"}.get(str(node.tag), "")


def _set(run: etree._Element, mark: str) -> bool:
    found = run.find(f"{_W}rPr/{_W}{mark}")
    return found is not None and found.get(f"{_W}val", "true") not in _OFF
