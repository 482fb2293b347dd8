"""The rows below a header: column by column, without the closing rows under the data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

from skm.errors import Fault
from skm.reading.cells import collector_paused, column_letters
from skm.reading.header import Header
from skm.reading.spellings import Spellings


@dataclass(frozen=True, eq=False)
class Body:
    """The rows below a header, by column.

    Attributes:
        columns: texts of each column that has a header, all equally long.
        count: the number of rows, blank and closing ones included.
        short: rows of a CSV file that were cut, with the number of their cells.
        faults: rows with more cells than the header.
    """

    columns: tuple[Sequence[str], ...]
    count: int
    short: tuple[tuple[int, int], ...]
    faults: tuple[Fault, ...]

    @cached_property
    def distinct(self) -> tuple[frozenset[str], ...]:
        """Each text of a column once, by column."""
        return tuple(map(frozenset, self.columns))


@dataclass(frozen=True)
class LeftOut:
    """A row that was left out, and why, in Indonesian."""

    row: int
    reason: str


def read_body(header: Header) -> Body:
    """The body of a table by column."""
    rows = header.cells.rows[header.body :]
    width = len(header.texts)
    if set(map(len, rows)) == {width}:
        with collector_paused():
            return Body(tuple(zip(*rows, strict=True)), len(rows), (), ())
    short: list[tuple[int, int]] = []
    faults: list[Fault] = []
    if not header.cells.padded:
        for place, row in enumerate(rows):
            if len(row) < width and any(row):
                short.append((place, len(row)))
            elif any(row[width:]):
                faults.append(_too_long(header, place, row))
    columns = tuple(zip_longest(*rows, fillvalue=""))[:width]
    missing = width - len(columns)
    return Body((*columns, *[("",) * len(rows)] * missing), len(rows), tuple(short), tuple(faults))


def end_of_data(
    header: Header,
    body: Body,
    spellings: Spellings,
    label_columns: Sequence[int],
    number_column: int | None,
    is_answered: Callable[[int], bool],
) -> tuple[int, tuple[LeftOut, ...], tuple[Fault, ...]]:
    """Where the data end: at the first row that sums up, such as ``Σ Nilai / Unsur``.

    Args:
        label_columns: columns that may hold the label of such a row.
        number_column: the column with the respondents' numbers, or None.
        is_answered: whether each question of a row, by its place, holds an answer.

    Returns:
        The number of data rows, the rows below them, and a fault for each row that could be
        either.
    """
    candidates = _closing_rows(body, spellings, label_columns)
    faults = []
    for place, column in candidates.items():
        if number_column not in (None, column) and body.columns[number_column or 0][place].strip():
            continue
        if number_column != column and is_answered(place):
            faults.append(_either(header, place, column, body.columns[column][place]))
            continue
        below = range(place, body.count)
        faults += [
            _answers_below(header, row, place)
            for row in below
            if row not in candidates and _begins_with_number(body, row) and is_answered(row)
        ]
        left_out = tuple(
            LeftOut(row + 1, f"baris penutup: {_first_text(body, row)}")
            for row in below
            if _first_text(body, row)
        )
        return place, left_out, tuple(faults)
    return body.count, (), tuple(faults)


def _closing_rows(
    body: Body, spellings: Spellings, label_columns: Sequence[int]
) -> dict[int, int]:
    """Rows whose label begins as closing rows do, with the column of the label, in order."""
    found: dict[int, int] = {}
    for column in label_columns:
        texts = body.columns[column]
        labels = {
            text
            for text in body.distinct[column]
            if text
            and not text[0].isdigit()
            and (spellings.closes(text) or spellings.explains(text))
        }
        if labels:
            for place, text in enumerate(texts):
                if text in labels:
                    found.setdefault(place, column)
    return dict(sorted(found.items()))


def _first_text(body: Body, row: int) -> str:
    texts = (column[row].strip() for column in body.columns)
    return " ".join(next((text for text in texts if text), "").split())


def _begins_with_number(body: Body, row: int) -> bool:
    return _first_text(body, row)[:1].isdigit()


def _too_long(header: Header, place: int, row: Sequence[str]) -> Fault:
    return Fault(
        "Baris ini punya lebih banyak sel daripada judul",
        file=header.cells.name,
        row=place + 1,
        found=f"{len(row)} sel",
        expected=f"{len(header.texts)} sel",
        todo="Desimal dengan koma harus bertanda kutip bila koma juga pemisah kolom.",
    )


def _either(header: Header, place: int, column: int, text: str) -> Fault:
    return Fault(
        "Baris ini berawal seperti baris penutup, tetapi berisi jawaban",
        file=header.cells.name,
        row=place + 1,
        field=f"{header.label(column)} (kolom {column_letters(column)})",
        found=text,
        todo="Hapus baris penutup dari berkas, atau beri nomor pada baris responden.",
    )


def _answers_below(header: Header, row: int, closing: int) -> Fault:
    return Fault(
        f"Ada jawaban di bawah baris penutup (baris {closing + 1})",
        file=header.cells.name,
        row=row + 1,
        todo="Pindahkan semua responden ke atas baris penutup.",
    )
