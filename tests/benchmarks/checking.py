"""How long ``lkip check --document`` takes: a DOCX of 50 pages, a PDF of 100.

python tests/benchmarks/checking.py
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import typst
from docx.enum.text import WD_BREAK

from lkip.checking import check_report

TEXT = (
    "Capaian kinerja Kecamatan Contohan tahun 2024 diukur dengan membandingkan realisasi setiap "
    "indikator dengan targetnya; selisihnya menunjukkan celah kinerja yang ditindaklanjuti. "
) * 4
HEAD = ("No", "Program/Kegiatan", "Anggaran (Rp)", "Realisasi (Rp)", "Serapan (%)")
ROWS = [
    (str(number), f"Kegiatan {number}", "10.000.000,00", "9.000.000,00", "90,00")
    for number in range(1, 13)
] + [("", "Jumlah", "120.000.000,00", "108.000.000,00", "90,00")]


def write_docx(file: Path, pages: int) -> None:
    document = docx.Document()
    document.add_paragraph("LAPORAN KINERJA KECAMATAN CONTOHAN TAHUN 2024")
    for page in range(pages):
        document.add_paragraph(f"Tabel 3.{page + 1} Anggaran dan Realisasi Tahun 2024")
        table = document.add_table(len(ROWS) + 1, len(HEAD))
        for row, texts in zip(table.rows, (HEAD, *ROWS), strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        for _ in range(3):
            document.add_paragraph(TEXT)
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.save(str(file))


def write_pdf(file: Path, pages: int) -> None:
    cells = ", ".join(f"[{text}]" for row in (HEAD, *ROWS) for text in row)
    page = (
        f"Anggaran dan Realisasi Tahun 2024\n#table(columns: 5, {cells})\n{TEXT * 3}\n#pagebreak()"
    )
    source = "LAPORAN KINERJA KECAMATAN CONTOHAN TAHUN 2024\n" + page * pages
    file.write_bytes(typst.compile(source.encode()))


def main() -> None:
    with TemporaryDirectory() as folder:
        for name, write, pages in (("docx", write_docx, 50), ("pdf", write_pdf, 100)):
            file = Path(folder) / f"laporan.{name}"
            write(file, pages)
            began, worked = time.perf_counter(), time.process_time()
            review = check_report([file])
            seconds, work = time.perf_counter() - began, time.process_time() - worked
            tables = len(review.claims.tables)
            sys.stdout.write(
                f"{name}: {pages} pages, {tables} tables, {len(review.findings)} findings, "
                f"{seconds:.2f} s, {work:.2f} s of a processor\n"
            )


if __name__ == "__main__":
    main()
