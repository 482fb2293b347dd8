"""The workbook of a period: for the office's files, and for whoever wants to recompute it."""

from __future__ import annotations

from pathlib import Path

from skm.export import method_sheet, processing_sheet, record_sheets, result_sheets
from skm.export.book import Book, Layout
from skm.export.month import MonthExport
from skm.export.sheet import Sheet
from skm.regulation import regulation_in_force

_UPRIGHT_QUESTIONS = 14
_PROFILE_COLUMNS = 5


def write_workbook(target: Path, month: MonthExport) -> None:
    """Write the XLSX of a period; the same data give the same bytes.

    Every formula carries the value of our own exact engine beside it, so what a spreadsheet
    recomputes can be held against it.

    Raises:
        OSError: the file cannot be written.
    """
    book = Book(target, month.office, month.data_day, simulated=month.assessment.simulated)
    sheets = {name: Sheet(book, name, layout) for name, layout in layouts(month).items()}
    scale = method_sheet.fill(sheets["Metode"], month)
    scores = result_sheets.fill_distribution(sheets["Distribusi"], month, scale)
    index = result_sheets.fill_summary(sheets["Ringkasan"], month, scale, scores)
    result_sheets.fill_services(sheets["Layanan"], month)
    result_sheets.fill_recap(sheets["Rekap"], month)
    # what may change after a closing comes last: texts are numbered in this order
    processing_sheet.fill(sheets["Pengolahan"], month, scale, index)
    result_sheets.fill_profile(sheets["Profil"], month)
    record_sheets.fill_comments(sheets["Saran"], month)
    record_sheets.fill_completeness(sheets["Kelengkapan"], month)
    book.close()


def layouts(month: MonthExport) -> dict[str, Layout]:
    """The sheets in their order, with the widths of their columns in characters."""
    elements = len(month.assessment.card.elements)
    questions = len(month.form.questions)
    choices = max((len(question.choices) for question in month.form.profile), default=0)
    groups = max(choices + 2, _PROFILE_COLUMNS)  # those who gave no answer, and all
    official = len(regulation_in_force().elements)
    return {
        "Ringkasan": Layout((6, 44, 11, 9, 9, 12, 12, 8, 14)),
        "Pengolahan": Layout(
            (31,) + (6.5,) * questions, landscape=questions > _UPRIGHT_QUESTIONS, streamed=True
        ),
        "Distribusi": Layout((7, 50, 10, 10, 10, 10, 11, 9, 15)),
        "Profil": Layout((6, 46) + (12,) * groups, landscape=True),
        "Layanan": Layout((5, 27, 10, 10, 11) + (7.5,) * (elements + 1) + (7, 13), landscape=True),
        "Saran": Layout((6, 58, 18, 44), landscape=True),
        "Kelengkapan": Layout((40, 14, 11, 11, 11, 40)),
        "Rekap": Layout(
            (5, 20, 16, 20) + (11.5,) * official + (8, 11, 14, 30, 36, 13),
            landscape=True,
        ),
        "Metode": Layout((16, 26, 16, 13, 16, 74), landscape=True),
    }
