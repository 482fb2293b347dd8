"""A DOCX file: its body in order, tables with merged cells, headers and footers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

from lkip.claims.report import FOOTER, HEADER, Block, Paragraph, Row, Spot, Table
from skm.document.docx_reading import DAMAGED
from skm.errors import refuse

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PICTURES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}blip",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
_CAPTION = re.compile(r"tabel\s+[\dIVXL]+(?:[.\-]\d+)?", re.IGNORECASE)
_LARGEST = 100_000_000
_MOST_COLUMNS = 63  # of a table in Word


def read_docx(file: str, content: bytes) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """The blocks of a document and what could not be read of it.

    Raises:
        SkmError: it is damaged, or no document of a word processor.
    """
    try:
        with ZipFile(BytesIO(content)) as package:
            if sum(part.file_size for part in package.infolist()) > _LARGEST:
                raise refuse("Dokumen terlalu besar", file=file, todo="Kecilkan gambarnya.")
            body = _parsed(package.read("word/document.xml"))
            edges = [
                (name, _parsed(package.read(name)))
                for name in package.namelist()
                if re.fullmatch(r"word/(?:header|footer)\d*\.xml", name)
            ]
    except DAMAGED as error:
        raise refuse(
            "Dokumen DOCX tidak dapat dibaca",
            file=file,
            found=str(error),
            todo="Buka di Word atau LibreOffice, lalu simpan lagi sebagai DOCX.",
        ) from error
    reader = _Reader(file)
    blocks = tuple(reader.blocks(body[0])) if len(body) else ()
    edge = [
        Paragraph(text, Spot(file, table=HEADER if "header" in name else FOOTER))
        for name, part in edges
        for text in {_text(node) for node in part.iter(f"{_W}p")}
        if text
    ]
    return (*edge, *blocks), tuple(reader.pictures(blocks))


class _Reader:
    def __init__(self, file: str) -> None:
        self._file = file
        self._page = 1
        self._paged = False
        self._drawn: set[int] = set()  # blocks that hold a picture
        self._count = 0

    def blocks(self, parent: etree._Element) -> Iterator[Block]:
        for node in parent:
            if node.tag == f"{_W}p":
                self._turn(node)
                text = _text(node)
                if any(True for tag in _PICTURES for _ in node.iter(tag)):
                    self._drawn.add(self._count)
                if text:
                    self._count += 1
                    yield Paragraph(text, self._spot())
            elif node.tag == f"{_W}tbl":
                self._count += 1
                yield Table(tuple(self._rows(node)), self._spot())
            elif node.tag == f"{_W}sdt":
                for inner in node.iter(f"{_W}sdtContent"):
                    yield from self.blocks(inner)
                    break

    def pictures(self, blocks: tuple[Block, ...]) -> Iterator[str]:
        """Captions of tables that a picture follows where a table ought to."""
        for place, block in enumerate(blocks):
            if not isinstance(block, Paragraph) or not _CAPTION.match(block.text):
                continue
            follows = blocks[place + 1] if place + 1 < len(blocks) else None
            if place + 1 in self._drawn and not isinstance(follows, Table):
                yield f"{block.spot}: {block.text} berupa gambar, tidak terbaca"

    def _rows(self, table: etree._Element) -> Iterator[Row]:
        for number, row in enumerate(table.iterchildren(f"{_W}tr"), start=1):
            self._turn(row)
            cells: list[str] = []
            for cell in row.iterchildren(f"{_W}tc", f"{_W}sdt"):
                span = cell.find(f"{_W}tcPr/{_W}gridSpan")
                merged = cell.find(f"{_W}tcPr/{_W}vMerge")
                goes_on = merged is not None and merged.get(f"{_W}val") != "restart"
                cells.append("" if goes_on else _lines(cell))
                cells.extend([""] * (_columns(span) - 1))
            yield Row(tuple(cells), Spot(self._file, self._shown, row=number))

    @property
    def _shown(self) -> int | None:
        return self._page if self._paged else None

    def _spot(self) -> Spot:
        return Spot(self._file, self._shown)

    def _turn(self, node: etree._Element) -> None:
        """Count the pages that Word noted when it last saved the file."""
        for _ in node.iter(f"{_W}lastRenderedPageBreak"):
            self._page += 1
            self._paged = True


def _parsed(content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(content, parser)


def _columns(span: etree._Element | None) -> int:
    """How many columns a cell covers; what is no number, or more than Word knows, is one."""
    written = "" if span is None else span.get(f"{_W}val", "")
    covered = int(written) if written.isascii() and written.isdecimal() else 1
    return covered if covered <= _MOST_COLUMNS else 1


def _lines(cell: etree._Element) -> str:
    return "\n".join(filter(None, (_text(node) for node in cell.iter(f"{_W}p"))))


def _text(paragraph: etree._Element) -> str:
    parts: list[str] = []
    for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}noBreakHyphen"):
        if any(True for _ in node.iterancestors(_FALLBACK)):
            continue
        parts.append({f"{_W}t": node.text or "", f"{_W}noBreakHyphen": "-"}.get(node.tag, " "))
    return " ".join("".join(parts).split())
