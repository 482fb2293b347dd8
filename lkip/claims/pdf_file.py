"""A PDF file by two readers: one finds the tables, the other reads the text they are held against.

No single reader is enough: one tears thousands separators off numbers that the other reads
well, and finds no table where there is one. Pages that look like tables but gave none, and
pages without any text, are named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from typing import Any

from lkip.claims.figures import amounts
from lkip.claims.report import Block, Paragraph, Row, Spot, Table
from skm.errors import refuse

_TORN = re.compile(r"(?<=[\d.,])\s+(?=[\d.,])")
_PAGE_NUMBER = re.compile(r"[-–\s]*(?:\d{1,3}|[ivxl]{1,6})[-–\s]*")
_STARTS = re.compile(
    r"(?:BAB\b|Tabel\b|Gambar\b|Lampiran\b|[A-Za-z0-9]{1,3}[.)]\s|\(\d\)|[-•–]\s)"
)
_COLUMNS = re.compile(r"(?:\s(?:Rp)?\d[\d.,]*\s?%?|\s[-–]){2,}\s*$")
_ROWS_OF_A_TABLE = 4
_MARGIN = 2.0
_PATH, _IMAGE = 2, 3  # FPDF_PAGEOBJ_PATH, FPDF_PAGEOBJ_IMAGE


def read_pdf(
    file: str, content: bytes, progress: Callable[[int, int], None]
) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """The blocks of a document and what could not be read of it.

    Args:
        progress: told the page that was read and how many there are.

    Raises:
        SkmError: the file is damaged or locked, or the readers are not installed.
    """
    try:
        import pdfplumber
        import pypdfium2
    except ImportError as error:
        raise refuse(
            "Pembaca PDF belum terpasang",
            file=file,
            todo='Pasang dengan pip install "skm-lkip[check]", atau periksa berkas DOCX-nya.',
        ) from error
    try:
        plumbed = pdfplumber.open(BytesIO(content))
        read = pypdfium2.PdfDocument(content)
    except Exception as error:  # each reader has errors of its own, some of them bare
        raise refuse(
            "Berkas PDF tidak dapat dibaca",
            file=file,
            found=f"{type(error).__name__} {error}".strip(),
            todo="Periksa apakah berkas rusak atau dikunci dengan kata sandi.",
        ) from error
    blocks: list[Block] = []
    unread: list[str] = []
    with plumbed:
        for number, page in enumerate(plumbed.pages, start=1):
            found, missing = _page(file, number, page, read[number - 1])
            blocks += found
            unread += missing
            page.close()
            progress(number, len(plumbed.pages))
    read.close()
    return tuple(_joined(blocks)), tuple(unread)


def _page(file: str, number: int, page: Any, read: Any) -> tuple[list[Block], list[str]]:
    spot = Spot(file, number)
    text = read.get_textpage()
    whole = text.get_text_range()
    # without ruled lines there is nothing for the slow reader to find
    is_ruled = _holds(read, _PATH)
    tables = [table for table in page.find_tables() if _is_table(table)] if is_ruled else []
    tables.sort(key=lambda table: table.bbox[1])
    blocks: list[Block] = []
    top, height, width = 0.0, float(page.height), float(page.width)
    for table in tables:
        blocks += _paragraphs(_between(text, top, table.bbox[1], width, height), spot)
        rows = [
            Row(tuple(_mended(cell or "", whole) for cell in row), Spot(file, number, row=place))
            for place, row in enumerate(table.extract(), start=1)
        ]
        blocks.append(Table(tuple(rows), spot))
        top = table.bbox[3]
    rest = _between(text, top, height, width, height)
    blocks += _paragraphs(rest, spot)
    unread = []
    if not whole.strip() and _holds(read, _IMAGE):
        unread.append(f"{spot}: halaman berupa gambar, tidak terbaca")
    elif not tables and _looks_like_table(whole):
        unread.append(f"{spot}: halaman ini tampak memuat tabel, tetapi tabelnya tidak terbaca")
    return blocks, unread


def _holds(page: Any, kind: int) -> bool:
    """Whether a page has an object of a kind."""
    return next(iter(page.get_objects(filter=[kind])), None) is not None


def _is_table(table: Any) -> bool:
    """Whether ruled lines make a table, not a chart or a frame: rows and columns, most filled."""
    cells = table.rows
    if len(cells) < 2 or max(len(row.cells) for row in cells) < 2:
        return False
    there = [cell for row in cells for cell in row.cells]
    return sum(cell is not None for cell in there) >= len(there) / 2


def _between(text: Any, top: float, bottom: float, width: float, height: float) -> str:
    if bottom - top <= _MARGIN:
        return ""
    return str(
        text.get_text_bounded(left=0, bottom=height - bottom, right=width, top=height - top)
    )


def _mended(cell: str, whole: str) -> str:
    """A cell with spaces inside its numbers closed, where the other reader shows none."""
    closed = _TORN.sub("", cell)
    torn = re.search(r"\d +[.,]|[.,] +\d|(?:\d ){3}", cell)
    return closed if torn and closed in whole else cell


def _paragraphs(text: str, spot: Spot) -> Iterator[Paragraph]:
    """Lines put together to the paragraphs they were broken from."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    lines = [line for line in lines if line and not _PAGE_NUMBER.fullmatch(line)]
    longest = max(map(len, lines), default=0)
    current = ""
    for line in lines:
        if current and (_STARTS.match(line) or _ended(current, longest)):
            yield Paragraph(current, spot)
            current = ""
        current = f"{current} {line}".strip()
        last = line
        if len(last) < 0.6 * longest and not current.endswith(","):
            yield Paragraph(current, spot)
            current = ""
    if current:
        yield Paragraph(current, spot)


def _ended(text: str, longest: int) -> bool:
    return text.endswith((".", ":", ";")) and len(text) < 4 * longest


def _looks_like_table(text: str) -> bool:
    rows = [line for line in text.splitlines() if _is_row(line)]
    return len(rows) >= _ROWS_OF_A_TABLE


def _is_row(line: str) -> bool:
    return _COLUMNS.search(line) is not None


def _joined(blocks: Sequence[Block]) -> Iterator[Block]:
    """Tables that go on over pages put together, the repeated head left out."""
    last: Table | None = None
    for block in blocks:
        if not isinstance(block, Table):
            if last is not None:
                yield last
            last = None
            yield block
            continue
        if last is not None and last.width == block.width and _follows(last, block):
            head = _shared_head(last, block)
            last = Table((*last.rows, *block.rows[head:]), last.spot, last.caption, last.heading)
            continue
        if last is not None:
            yield last
        last = block
    if last is not None:
        yield last


def _follows(table: Table, other: Table) -> bool:
    if other.spot.page == table.rows[-1].spot.page:
        return False
    if _shared_head(table, other):
        return True
    return any(amounts(cell) for cell in other.rows[0].cells[1:])


def _shared_head(table: Table, other: Table) -> int:
    shared = 0
    for mine, theirs in zip(table.rows, other.rows, strict=False):
        if mine.cells != theirs.cells:
            break
        shared += 1
    return shared
