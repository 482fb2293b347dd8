"""The sheet Metode: how the figures were made, complete enough to make them again."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from skm.closing import differences
from skm.closing_text import checksum
from skm.disclosure import SMALLEST_SHOWN
from skm.export.month import MonthExport
from skm.export.sheet import Sheet
from skm.export.skm_tables import question_labels
from skm.export.table import Column, Kind, Table
from skm.form import Form
from skm.numerals import long_date, number
from skm.regulation import Scale
from skm.scoring import POINTS_PER_LEVEL, Weights
from skm.store.release import SMALLEST_BATCH

_JOINS = {
    "pooled": "semua jawaban dihitung sebagai satu kumpulan",
    "respondents": "rata-rata NRR layanan menurut jumlah respondennya",
    "plain": "rata-rata biasa NRR layanan",
}


@dataclass(frozen=True)
class ScaleCells:
    """Where the classes of the scale stand, for formulas that look one up."""

    lowest: str
    bounds: str
    grades: str
    predicates: str

    def grade(self, figure: str) -> str:
        """The formula of the grade of a cell's figure."""
        return self._looked_up(figure, self.grades)

    def predicate(self, figure: str) -> str:
        """The formula of the predicate of a cell's figure."""
        return self._looked_up(figure, self.predicates)

    def _looked_up(self, figure: str, results: str) -> str:
        # rounded twice: the first takes away what floats leave over, so that a tie is a tie
        shown = f"ROUND(ROUND({figure},10),2)"
        return f"=LOOKUP(MAX({shown},{self.lowest}),{self.bounds},{results})"


def fill(sheet: Sheet, month: MonthExport) -> ScaleCells:
    """Fill the sheet."""
    sheet.letterhead("Metode dan sumber angka", month.period.label)
    for label, text in _statements(month):
        sheet.statement(label, text)
    sheet.gap()
    place = sheet.table(_scale_table(month.method.scale))
    sheet.gap()
    sheet.table(_questions_table(month.form))
    return ScaleCells(
        lowest=sheet.reference(1, place.first),
        bounds=sheet.references(1, place),
        grades=sheet.references(3, place),
        predicates=sheet.references(4, place),
    )


def weight_text(weights: Weights, elements: int) -> str:
    """The weights as people say them."""
    match weights.label:
        case "exact":
            return f"1/{elements} setiap unsur (tepat, tanpa pembulatan)"
        case "form":
            return "menurut berkas formulir"
        case decimal:
            total = sum(weights.each.values(), Fraction(0))
            return f"{decimal} setiap unsur (berjumlah {number(total, 3)})"


def _statements(month: MonthExport) -> list[tuple[str, str]]:
    form, method = month.form, month.method
    regulation = form.regulation
    return [
        ("Formulir", f"{form.title} ({form.id})"),
        ("Peraturan formulir", f"{regulation.number}, {regulation.title}"),
        ("Sumber kalimat", " ".join(form.source.split())),
        ("Skala mutu", f"{method.scale.name}; kelas diambil dari angka 2 desimal"),
        ("Bobot", weight_text(method.weights, len(form.counted_elements))),
        ("Penggabungan", f"Layanan: {_JOINS[method.join]}."),
        (
            "Rumus",
            "NRR pertanyaan = jumlah nilai / jumlah yang menjawab; NRR unsur = rata-rata NRR "
            f"pertanyaannya; nilai = NRR x {POINTS_PER_LEVEL}; "
            f"IKM = jumlah (bobot x NRR) x {POINTS_PER_LEVEL}.",
        ),
        ("Pertanyaan dilewati", "Tidak dihitung pada NRR; jumlah jawaban per unsur dicantumkan."),
        (
            "Pembulatan",
            "Dihitung dengan pecahan tepat; hanya angka tercetak dibulatkan, setengah ke atas.",
        ),
        ("Selang 95 %", "Sebaran t; dikoreksi untuk populasi bila jumlah terlayani diketahui."),
        ("Sampel", "Rumus Krejcie dan Morgan atas jumlah terlayani pada periode."),
        (
            "Kerahasiaan",
            f"Kelompok dengan kurang dari {SMALLEST_SHOWN} orang disembunyikan bersama kelompok "
            "terkecil berikutnya. Jawaban satuan dan saran ditampilkan paling cepat sehari "
            f"setelah diterima, dan paling sedikit {SMALLEST_BATCH} sekaligus.",
        ),
        ("Periode", f"{month.period.label} ({month.period})"),
        ("Keadaan data", f"Jawaban terakhir diterima {long_date(month.data_day)}."),
        *_edition(month),
        ("Program", month.program),
    ]


def _edition(month: MonthExport) -> list[tuple[str, str]]:
    """The closing that the figures come from, and the index that there would be without it."""
    if month.official is None:
        text = "Periode belum ditutup; angka dapat berubah bila jawaban susulan tiba."
        return [("Edisi", text)]
    closing, since = month.official.closing, month.official.since
    named = f", dokumen nomor {closing.document}" if closing.document else ""
    dated = f" tanggal {long_date(closing.document_date)}" if closing.document_date else ""
    lines = [
        ("Edisi", f"Edisi {closing.edition}, ditutup {long_date(closing.closed)}{named}{dated}."),
        ("Sidik jari", checksum(closing)),
    ]
    if closing.reason:
        lines.append(("Alasan edisi", closing.reason))
        lines.append(("Perubahan", " ".join(differences(closing))))
    if month.destroyed:
        after = f"Jawaban satuannya ({number(since.purged)}) sudah dimusnahkan; hasilnya tetap."
    elif since.differs:
        after = f"Sejak ditutup, {since}. Angka di buku kerja ini tetap angka resmi."
    else:
        after = "Tidak ada jawaban susulan, perbaikan, atau penghapusan."
    return [*lines, ("Sejak ditutup", after)]


def _scale_table(scale: Scale) -> Table:
    return Table(
        scale.name,
        (
            *(Column("Nilai persepsi", Kind.LEVEL), Column("Batas bawah", Kind.SCORE)),
            *(Column("Batas atas", Kind.SCORE), Column("Mutu", Kind.TEXT)),
            Column("Kinerja", Kind.TEXT),
        ),
        tuple(
            (
                *(band.level, Fraction(band.lower), Fraction(scale.upper(band))),
                *(band.grade, band.predicate),
            )
            for band in scale.bands
        ),
    )


def _questions_table(form: Form) -> Table:
    labels = question_labels(form)
    return Table(
        "Pertanyaan dan jawabannya",
        (
            *(Column("No.", Kind.TEXT), Column("Unsur", Kind.TEXT), Column("Kode", Kind.TEXT)),
            *(Column("Unsur 2017", Kind.TEXT), Column("Dihitung", Kind.TEXT)),
            Column("Kalimat resmi, lalu jawaban bernilai 1 sampai 4", Kind.TEXT),
        ),
        tuple(
            (
                *(labels[question.code], element.name, question.code),
                *(element.maps_to, "ya" if question.counts else "tidak"),
                f"{question.official}\n{' / '.join(question.labels)}",
            )
            for element in form.elements
            for question in element.questions
        ),
    )
