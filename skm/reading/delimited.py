"""CSV as offices save it: any of three separators, three encodings, titles above the table."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from itertools import islice
from pathlib import Path

from skm.errors import SkmError, refuse
from skm.reading.cells import Cells, collector_paused

SEPARATORS = (";", ",", "\t")

_SAMPLE_ROWS = 60
_SAMPLE_CHARACTERS = 100_000
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_WINDOWS = re.compile(r"[\x00-\x7f\u00a0-\u00ff‘’“”„‚–—…•€™šŠžŽœŒŸƒˆ˜‰‹›†‡]*")
_TODO_UTF8 = "Simpan ulang sebagai «CSV UTF-8» (Excel: Simpan Sebagai)."


def read_delimited(file: Path, content: bytes) -> Cells:
    """The cells of a CSV file.

    Raises:
        SkmError: another encoding, NUL bytes, a quote that is not closed.
    """
    text, remarks = _decoded(file, content)
    named = _SEPARATOR_LINE.match(text)
    if named:
        text = text[named.end() :]  # Excel's own hint; it does not show this line either
    separator = named.group(1) if named else _separator(text)
    try:
        with collector_paused():
            rows = list(_reader(text, separator))
    except csv.Error as error:
        raise _broken_quote(file, text, separator, error) from error
    return Cells(file, rows, remarks=remarks)


def _decoded(file: Path, content: bytes) -> tuple[str, tuple[str, ...]]:
    """The text and, where the encoding was not the usual one, a remark."""
    remarks: tuple[str, ...] = ()
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text, remarks = _strictly(file, content, "utf-16"), ("Dibaca sebagai UTF-16.",)
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            text, remarks = _windows(file, content, error)
    if control := _CONTROL.search(text):
        row = text.count("\n", 0, control.start()) + 1
        if control.group() == "\0":
            raise refuse(
                "Berkas berisi bita NUL: rusak, biner, atau UTF-16 tanpa tanda",
                file=file,
                row=row,
                todo=_TODO_UTF8,
            )
        raise refuse(
            "Berkas berisi karakter kendali, bukan teks biasa",
            file=file,
            row=row,
            found=control.group(),
            todo=_TODO_UTF8,
        )
    return text, remarks


def _windows(
    file: Path, content: bytes, utf8_error: UnicodeDecodeError
) -> tuple[str, tuple[str, ...]]:
    """Excel's plain "CSV" on an Indonesian Windows: cp1252, if nothing speaks against it."""
    text = content.decode("cp1252", errors="replace")
    if b"\0" not in content and "\ufffd" not in text and _WINDOWS.fullmatch(text):
        return text, ("Bukan UTF-8; dibaca sebagai Windows-1252. Periksa huruf beraksen.",)
    raise refuse(
        "Pengodean huruf tidak dikenal",
        file=file,
        row=content.count(b"\n", 0, utf8_error.start) + 1,
        found=content[utf8_error.start : utf8_error.start + 1],
        expected="UTF-8",
        todo=_TODO_UTF8,
    )


def _strictly(file: Path, content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise refuse(
            "Berkas UTF-16 rusak atau terpotong", file=file, found=error.reason, todo=_TODO_UTF8
        ) from error


def _separator(text: str) -> str:
    """The separator that cuts most rows alike; of two that do, the one that cuts finer."""
    return max(SEPARATORS, key=lambda separator: _evenness(text, separator))


def _evenness(text: str, separator: str) -> tuple[int, int]:
    """How many of the first rows are equally wide, and how wide."""
    widths: Counter[int] = Counter()
    # the sample may end within a quote; the rows before it count all the same
    with suppress(csv.Error):
        for row in islice(_reader(text[:_SAMPLE_CHARACTERS], separator), _SAMPLE_ROWS):
            widths[len(row)] += len(row) > 1
    return max(((rows, width) for width, rows in widths.items()), default=(0, 0))


def _reader(text: str, separator: str) -> Iterable[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)


def _broken_quote(file: Path, text: str, separator: str, error: csv.Error) -> SkmError:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 0
    try:
        for _ in reader:
            line = reader.line_num
    except csv.Error:
        pass
    return refuse(
        "Tanda kutip tidak berpasangan",
        file=file,
        field=f"baris berkas {line + 1}",
        found=str(error),
        todo='Periksa tanda kutip (") di baris itu, atau simpan ulang dari Excel.',
    )
