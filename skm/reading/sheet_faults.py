"""What forbids to take a response sheet: each fault with row, column and what was found."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from skm.errors import Fault
from skm.reading.answers import EXPECTED, Reading, degree_of
from skm.reading.body import Body
from skm.reading.column_map import Role
from skm.reading.columns import Layout
from skm.reading.spellings import Spellings, fold

_MOST_SHOWN = 20


def refused_texts(body: Body, index: int, reading: Reading, end: int) -> set[str]:
    """What stands in a question's column above the closing rows and is no answer."""
    if not reading.refused:
        return set()
    return set(body.columns[index][:end]).intersection(reading.refused)


def bad_answers(
    layout: Layout, body: Body, readings: Mapping[int, Reading], end: int
) -> list[Fault]:
    """A fault for each cell that is no answer, the first twenty by row.

    Args:
        readings: what was read, by index of the column.
        end: the number of data rows.
    """
    faults: list[Fault] = []
    fives = 0
    for index, reading in readings.items():
        refused = refused_texts(body, index, reading, end)
        if not refused:
            continue
        for row, text in enumerate(body.columns[index][:end]):
            if text in refused:
                fives += fold(text) == "5"
                faults.append(_bad_answer(layout, row, index, text, reading.refused[text]))
    faults.sort(key=lambda fault: fault.row or 0)
    more = len(faults) - _MOST_SHOWN
    file = layout.header.cells.name
    rest = [Fault(f"Dan {more} sel lain tidak dapat dibaca", file=file)] if more > 0 else []
    return [*_scale_of_five(layout, fives), *faults[:_MOST_SHOWN], *rest]


def mixed_scales(
    layout: Layout, readings: Mapping[int, Reading], spellings: Spellings
) -> list[Fault]:
    """Labels of two scales in one sheet: "Sangat tidak ..." here and "Tidak ..." there, both 1.

    Each column alone reads well, but where one scale begins with "Sangat tidak", "Tidak" is its
    second answer, not its first.
    """
    first: dict[tuple[int, str], tuple[int, str]] = {}
    for index, reading in readings.items():
        for label, level in reading.labels.items():
            if degree := degree_of(label, spellings.degrees):
                first.setdefault((level, degree), (index, label))
    return [
        Fault(
            "Label dua skala yang berbeda dalam satu lembar",
            file=layout.header.cells.name,
            field=f"{layout.columns[index].label}, {layout.columns[other].label}",
            found=f"{label} / {plain}",
            todo="Tulis nilai setiap label di peta kolom, pada bagian [jawaban].",
        )
        for (level, degree), (index, label) in first.items()
        for (same, shorter), (other, plain) in first.items()
        if level == same and degree.endswith(f" {shorter}")
    ]


def cut_rows(layout: Layout, body: Body, end: int) -> list[Fault]:
    """Rows of a CSV file that end before the last question."""
    last = max((column.index for column in layout.of(Role.QUESTION)), default=-1)
    return [
        Fault(
            "Baris ini terpotong",
            file=layout.header.cells.name,
            row=row + 1,
            found=f"{width} sel",
            expected=f"{len(layout.header.texts)} sel, sebanyak judul",
            todo="Lengkapi barisnya, atau simpan ulang dari aplikasi asalnya.",
        )
        for row, width in body.short
        if row < end and width <= last
    ]


def strange_cells(layout: Layout, roles: Collection[Role], end: int) -> list[Fault]:
    """Merged cells and formulas without result where answers are read, merged question headers."""
    header, cells = layout.header, layout.header.cells
    read = {column.index for column in layout.of(*roles)}
    questions = {column.index for column in layout.of(Role.QUESTION)}
    first, last = header.body, header.body + end - 1
    merged = [
        Fault(
            "Sel digabung di antara jawaban",
            file=cells.name,
            row=header.number(max(area.top, first)),
            field=area.address,
            todo="Pisahkan (Unmerge) dan isi setiap selnya.",
        )
        for area in cells.merged
        if area.bottom >= first
        and area.top <= last
        and any(index in read for index in range(area.left, area.right + 1))
    ]
    merged += [
        Fault(
            "Judul pertanyaan digabung di atas beberapa kolom",
            file=cells.name,
            field=area.address,
            found=header.shown(area.left),
            todo="Pisahkan (Unmerge) dan beri setiap kolom judulnya sendiri.",
        )
        for area in cells.merged
        if area.bottom < first
        and area.left < area.right
        and area.left in questions
        and cells.text(area.top, area.left) in header.texts[area.left][:1]
    ]
    return merged + [
        Fault(
            "Rumus tanpa hasil tersimpan",
            file=cells.name,
            row=header.number(row),
            field=header.place(row, column),
            found=formula,
            todo="Buka berkas di Excel atau LibreOffice, simpan, lalu coba lagi.",
        )
        for (row, column), formula in sorted(cells.uncomputed.items())
        if first <= row <= last and column in read
    ]


def no_answers(layout: Layout) -> Fault:
    """A sheet with headers and nothing below."""
    return Fault(
        "Tidak ada satu jawaban pun di bawah judul kolom",
        file=layout.header.cells.name,
        todo="Periksa apakah berkas dan lembarnya benar.",
    )


def _bad_answer(layout: Layout, row: int, index: int, text: str, reason: str) -> Fault:
    header = layout.header
    return Fault(
        f"Jawaban tidak dapat dibaca: {reason}",
        file=header.cells.name,
        row=row + 1,
        field=header.place(header.body + row, index),
        found=text,
        expected=EXPECTED,
    )


def _scale_of_five(layout: Layout, count: int) -> list[Fault]:
    if count < 2:
        return []
    return [
        Fault(
            f"{count} sel bernilai 5: lembar ini tampaknya memakai skala 1 sampai 5",
            file=layout.header.cells.name,
            expected="skala 1 sampai 4",
            todo="Skala 5 tidak dapat diubah menjadi skala 4; periksa kuesionernya.",
        )
    ]
