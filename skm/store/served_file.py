"""People served, from a file: one month and service a row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from skm.errors import Fault, SkmError, refuse
from skm.instance import Office
from skm.numerals import month_name, read_number
from skm.period import Kind, Period
from skm.reading.cells import Cells, read_cells
from skm.reading.spellings import fold
from skm.store.served import Served

COLUMNS = ("bulan", "layanan", "jumlah")

_DAY = re.compile(r"(\d{4}-\d\d)-\d\d")  # Excel turns 2026-10 into a date
_WORDS = {fold(month_name(month)): month for month in range(1, 13)}


def read_served(file: Path, office: Office) -> tuple[Served, ...]:
    """Read a CSV or XLSX file with the columns bulan, layanan, jumlah; others are left alone.

    A month is written 2026-10 or Oktober 2026, a service by its code or its name.

    Raises:
        SkmError: no such columns, or rows that cannot be read; every fault is named.
    """
    for cells in read_cells(file):
        for at, texts in enumerate(cells.rows):
            heads = [fold(text) for text in texts]
            if set(COLUMNS) <= set(heads):
                return _rows(cells, at, [heads.index(name) for name in COLUMNS], office)
    raise refuse(
        "Tidak ada tabel jumlah terlayani di berkas ini",
        file=file,
        expected="kolom " + ", ".join(COLUMNS),
    )


def _rows(cells: Cells, header: int, columns: Sequence[int], office: Office) -> tuple[Served, ...]:
    services = {
        fold(name): each.code for each in office.services for name in (each.code, each.name)
    }
    entries: list[Served] = []
    faults: list[Fault] = []
    for place in range(header + 1, len(cells.rows)):
        texts = [cells.text(place, column).strip() for column in columns]
        if not any(texts):
            continue
        month, service, n = _month(texts[0]), services.get(fold(texts[1])), _count(texts[2])
        expected = (
            "bulan, misalnya 2026-10",
            " / ".join(each.code for each in office.services),
            "bilangan bulat, misalnya 120",
        )
        for value, name, text, wanted in zip(
            (month, service, n), COLUMNS, texts, expected, strict=True
        ):
            if value is None:
                faults.append(
                    Fault(
                        "Isi sel tidak dapat dipakai",
                        file=cells.name,
                        row=place - header,
                        field=name,
                        found=text,
                        expected=wanted,
                    )
                )
        if month is not None and service is not None and n is not None:
            entries.append(Served(month, service, n))
    if faults:
        raise SkmError(*faults)
    return tuple(entries)


def _month(text: str) -> Period | None:
    if day := _DAY.fullmatch(text):
        text = day.group(1)
    word, _, year = fold(text).partition(" ")
    if word in _WORDS and year.isdecimal():
        text = f"{year}-{_WORDS[word]:02}"
    try:
        period = Period.parse(text)
    except SkmError:
        return None
    return period if period.kind is Kind.MONTH else None


def _count(text: str) -> int | None:
    number = read_number(text)
    return int(number) if number is not None and number >= 0 and number == int(number) else None
