"""Where a table begins: its header rows, found among titles, in one of several sheets."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from skm.errors import SkmError, refuse
from skm.reading.cells import Cells, column_letters

_ROWS_SEARCHED = 60
_ROWS_ABOVE = 3
_FEWEST_HITS = 2
_FEWEST_NUMBERS = 6


@dataclass(frozen=True, eq=False)
class Header:
    """The header of a table, one or several rows.

    Attributes:
        cells: the sheet it stands in.
        texts: for each column its texts, lowest row first; none for a column without.
        body: index of the first row below it.
    """

    cells: Cells
    texts: tuple[tuple[str, ...], ...]
    body: int

    def shown(self, column: int) -> str:
        """The header of a column on one line, "" for none."""
        texts = self.texts[column] if column < len(self.texts) else ()
        return " ".join(texts[0].split()) if texts else ""

    def label(self, column: int) -> str:
        """The header of a column, or its letter where it has none."""
        return self.shown(column) or f"kolom {column_letters(column)}"

    def number(self, row: int) -> int:
        """The number of a data row, counted from 1 below the header."""
        return row - self.body + 1

    def place(self, row: int, column: int) -> str:
        """A cell as messages name it: its header and its address."""
        return f"{self.label(column)} (sel {column_letters(column)}{row + 1})"


def find_header(
    sheets: Sequence[Cells],
    hits: Callable[[Sequence[str]], int],
    expected: str,
    sheet: str | None = None,
) -> Header:
    """The header whose row has most hits, in the one sheet that has such a row.

    Args:
        sheets: those of the file.
        hits: how many cells of a row are known as headers of the wanted table.
        expected: which headers were looked for, for the message.
        sheet: the sheet that the officer named.

    Raises:
        SkmError: no sheet has a header, or several have one.
    """
    searched = _named_sheet(sheets, sheet) if sheet else sheets
    found = [(most, row, cells) for cells in searched for most, row in (_best_row(cells, hits),)]
    most = max(hit for hit, _, _ in found)
    if most < _FEWEST_HITS:
        raise _no_header(searched, expected)
    rivals = [(row, cells) for hit, row, cells in found if 2 * hit >= most]
    if len(rivals) > 1:
        raise refuse(
            "Beberapa lembar memuat tabel",
            file=sheets[0].file,
            found=", ".join(f"{cells.sheet}" for _, cells in rivals),
            todo="Simpan satu lembar sebagai berkas sendiri, atau sebut «lembar» di peta kolom.",
        )
    return _header(*rivals[0], hits)


def _named_sheet(sheets: Sequence[Cells], name: str) -> Sequence[Cells]:
    named = [cells for cells in sheets if cells.sheet and cells.sheet.strip() == name.strip()]
    if not named:
        raise refuse(
            "Lembar dari peta kolom tidak ada",
            file=sheets[0].file,
            found=name,
            expected=", ".join(cells.sheet for cells in sheets if cells.sheet) or None,
        )
    return named


def _best_row(cells: Cells, hits: Callable[[Sequence[str]], int]) -> tuple[int, int]:
    """Most hits and the first row that has them."""
    rows = enumerate(cells.rows[:_ROWS_SEARCHED])
    counted = [(0 if _is_numbering(row) else hits(row), -place) for place, row in rows]
    most, place = max(counted, default=(0, 0))
    return most, -place


def _header(row: int, cells: Cells, hits: Callable[[Sequence[str]], int]) -> Header:
    """The block of header rows around the best one."""
    enough = max(_FEWEST_HITS, (hits(cells.rows[row]) + 1) // 2)
    top = bottom = row
    while top > 0 and hits(cells.rows[top - 1]) >= enough:
        top -= 1
    while bottom + 1 < len(cells.rows) and hits(cells.rows[bottom + 1]) >= enough:
        bottom += 1
    # a sheet stores no empty cells: a column may have answers and no header
    last = len(cells.rows) if cells.padded else bottom + 1
    width = max(len(cells.rows[place]) for place in range(top, last))
    body = bottom + 1
    if body < len(cells.rows) and _is_numbering(cells.rows[body]):
        body += 1
    texts = tuple(_column_texts(cells, column, top, bottom) for column in range(width))
    return Header(cells, texts, body)


def _column_texts(cells: Cells, column: int, top: int, bottom: int) -> tuple[str, ...]:
    """Texts of a column in the header, lowest first; a merged cell above stands in for none."""
    texts = [cells.text(row, column) for row in range(bottom, top - 1, -1)]
    above = [cells.text(row, column) for row in range(top - 1, max(-1, top - 1 - _ROWS_ABOVE), -1)]
    filled = [text for text in texts if text.strip()] or [text for text in above if text.strip()][
        :1
    ]
    return tuple(filled)


def _is_numbering(row: Sequence[str]) -> bool:
    """Whether a row only counts the columns: 1 2 3 ... or (1) (2) (3) ..."""
    numbers = [re.sub(r"[().\s]", "", text) for text in row if text.strip()]
    return len(numbers) >= _FEWEST_NUMBERS and numbers == [
        str(number) for number in range(1, len(numbers) + 1)
    ]


def _no_header(sheets: Sequence[Cells], expected: str) -> SkmError:
    cells = sheets[0]
    rows = [row for row in cells.rows[:_ROWS_SEARCHED] if any(text.strip() for text in row)]
    first = next(iter(rows), [])
    single = cells.sheet is None and all(len(row) == 1 for row in rows)
    return refuse(
        "Tidak ada baris judul kolom yang dikenal",
        file=cells.file,
        found=" | ".join(text for text in first if text.strip()),
        expected=expected,
        todo="Berkas terbaca sebagai satu kolom: pisahkan kolom dengan titik koma, koma, atau tab."
        if single
        else "Betulkan judul kolom di berkas, atau buat peta kolom dengan «skm import --dry-run».",
    )
