"""Files of a finished report -> what stands in them; what they are is seen from their content."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from lkip.claims.report import Block, Paragraph, ReadReport, Row, Table
from skm.errors import refuse

_CAPTION = re.compile(r"^\s*(tabel\s+(?:L?\d+|[IVX]+)(?:[.\-]\d+)?)[.:]?\s*(.*)", re.IGNORECASE)
_CHAPTER = re.compile(
    r"^\s*(?:bab\s+[IVX\d]+\b|lampiran\b|ikhtisar eksekutif|kata pengantar|daftar isi"
    r"|rencana kinerja tahunan|rencana kerja strategis|perjanjian kinerja"
    r"|indikator kinerja utama|keputusan)",
    re.IGNORECASE,
)
_PART = re.compile(r"^\s*[A-H]\.?\s+[A-Z]")
_CAPTION_REACH = 2
_LONGEST_HEADING = 120
_LONGEST_TITLE = 200
_LARGEST_FILE = 100_000_000


def read_report(
    file: Path, progress: Callable[[int, int], None] = lambda page, pages: None
) -> ReadReport:
    """Read a report of any office.

    Args:
        progress: told the page that was read and how many there are, for PDF.

    Raises:
        SkmError: no such file, of another kind, damaged, or too large.
    """
    try:
        if not file.is_file():
            raise refuse("Berkas tidak ada", file=file, todo="Periksa nama dan foldernya.")
        if file.stat().st_size > _LARGEST_FILE:
            raise refuse("Berkas terlalu besar", file=file, todo="Kecilkan gambar di dalamnya.")
        content = file.read_bytes()
    except OSError as error:
        raise refuse("Berkas tidak dapat dibaca", file=file, found=error.strerror) from error
    blocks, unread = _blocks(file, content, progress)
    if not blocks and not unread:
        raise refuse("Berkas tidak memuat teks", file=file, todo="Periksa isinya.")
    return ReadReport(file.name, tuple(_placed(blocks)), unread)


def _blocks(
    file: Path, content: bytes, progress: Callable[[int, int], None]
) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    if content.startswith(b"%PDF"):
        from lkip.claims.pdf_file import read_pdf

        return read_pdf(file.name, content, progress)
    if content.startswith(b"PK"):
        if b"word/document.xml" in content:
            from lkip.claims.docx_file import read_docx

            return read_docx(file.name, content)
        from lkip.claims.sheet_file import read_sheets

        return read_sheets(file), ()
    if file.suffix.lower() == ".csv":
        from lkip.claims.sheet_file import read_sheets

        return read_sheets(file), ()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\x00" in text:
        raise refuse(
            "Bukan laporan yang dapat dibaca",
            file=file,
            expected="DOCX, PDF, XLSX, Markdown, atau teks",
            todo="Simpan laporan sebagai DOCX atau PDF.",
        )
    from lkip.claims.text_file import read_text

    return read_text(file.name, text), ()


def _placed(blocks: tuple[Block, ...]) -> list[Block]:
    """Every table with its caption, number and the heading it stands under."""
    placed: list[Block] = []
    heading = annex = caption = number = ""
    unnamed = since = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            since += 1
            found = _CAPTION.match(block.text)
            if found and _is_title(block.text):
                number, caption, since = found[1], found[2], 0
            elif number and not caption and since == 1 and _is_title(block.text):
                caption = block.text
            elif _is_heading(block.text):
                heading = block.text
                annex = _annex(heading, annex)
            placed.append(block)
            continue
        unnamed += 1
        if since > _CAPTION_REACH:
            number = caption = ""
        name = f"{number[:1].upper()}{number[1:]}" or block.spot.table
        name = name or f"tabel ke-{unnamed}" + (f" ({heading[:50]})" if heading else "")
        rows = tuple(
            Row(row.cells, replace(row.spot, table=name, row=row.spot.row or place))
            for place, row in enumerate(block.rows, start=1)
        )
        title = f"{number} {caption}".strip()
        context = heading if heading == annex else f"{annex} {heading}".strip()
        placed.append(Table(rows, replace(block.spot, table=name), title, context))
        caption = number = ""
    return placed


def _is_title(text: str) -> bool:
    return len(text) < _LONGEST_TITLE and not text.endswith((".", ";", ":"))


def _is_heading(text: str) -> bool:
    if len(text) > _LONGEST_HEADING or text.endswith((";", ":", ",")):
        return False
    return bool(_CHAPTER.match(text) or _PART.match(text))


def _annex(heading: str, before: str) -> str:
    """The annex that goes on under a heading; a chapter ends it."""
    if re.match(r"\s*bab\b", heading, re.IGNORECASE):
        return ""
    return heading if re.match(r"\s*lampiran", heading, re.IGNORECASE) else before
