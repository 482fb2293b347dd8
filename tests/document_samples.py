"""Documents to test the writers with: one block of each kind, and a report of full length."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from functools import cache

from skm import charts
from skm.charts import Picture
from skm.document.blocks import (
    Align,
    Cell,
    Column,
    Cover,
    Document,
    Emphasis,
    Field,
    Fields,
    Formula,
    Item,
    Kind,
    Letterhead,
    List,
    Marker,
    PageNumbers,
    PageSetup,
    Paper,
    Paragraph,
    Run,
    Signature,
    Signer,
    bold,
    reference,
)
from skm.document.builder import Builder, row
from skm.document.register import Register
from skm.numerals import number, percent, rupiah

HOSTILE = '#panic("x") $y$ *z* _w_ <a href="q">b</a> & {k} \\ @ref //'
DAY = date(2021, 1, 18)

_LOGO_SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="72">'
    b'<path d="M4 4h52v36c0 16-14 24-26 28C18 64 4 56 4 40z" fill="#ffffff" stroke="#1a1a1a"'
    b' stroke-width="3"/><circle cx="30" cy="30" r="12" fill="#4d4d4d"/></svg>'
)
LOREM = (
    "Akuntabilitas kinerja merupakan perwujudan kewajiban perangkat daerah untuk "
    "mempertanggungjawabkan keberhasilan maupun kegagalan pelaksanaan program dan kegiatan "
    "dalam mencapai sasaran yang telah ditetapkan, melalui pengukuran yang jelas dan terukur."
)


@cache
def logo() -> Picture:
    """A shield, as an office's arms."""

    from matplotlib.figure import Figure

    figure = Figure(figsize=(0.6, 0.72), facecolor="#4d4d4d")
    png = io.BytesIO()
    figure.savefig(png, format="png", metadata={"Software": ""})
    return Picture(_LOGO_SVG, png.getvalue(), "Lambang kabupaten")


@cache
def scores_chart() -> Picture:
    """A chart of element scores."""
    labels = ("Persyaratan", "Kemudahan prosedur", "Kecepatan pelayanan", "Keamanan")
    values = (70.0, 47.5, 72.5, 92.5)
    return charts.element_scores(
        charts.Scores(
            labels,
            values,
            ("70", "47,5", "72,5", "92,5"),
            (charts.Bound(43.76, "C"), charts.Bound(62.51, "B"), charts.Bound(81.26, "A")),
            "Diagram batang skor empat unsur; terendah kemudahan prosedur, tertinggi keamanan.",
        )
    )


def one_of_each(page: PageSetup | None = None, notice: str = "") -> Document:
    """A document with a block of every kind and every variant a block can have."""
    build = Builder(Register())
    build.section("depan", numbers=PageNumbers.NONE)
    build.add(
        Cover("sampul", "LAPORAN KINERJA\nKECAMATAN CONTOH", "TAHUN 2020", "TAHUN 2021", logo())
    )
    build.section("romawi", numbers=PageNumbers.ROMAN, start=1)
    build.heading("kata-pengantar", "KATA PENGANTAR", numbered=False)
    build.add(
        Paragraph("pengantar.p1", LOREM),
        Signature(
            "pengantar.ttd",
            (Signer("Contoh, 18 Januari 2021\nCAMAT CONTOH", "(..............)\nNIP. ...", "^"),),
        ),
    )
    build.heading("daftar-isi", "DAFTAR ISI", numbered=False, in_contents=False)
    build.contents("isi", levels=3)
    build.heading("daftar-tabel", "DAFTAR TABEL DAN GAMBAR", numbered=False)
    build.list_of("isi-tabel", Kind.TABLE)
    build.list_of("isi-gambar", Kind.FIGURE)
    build.section("badan", start=1)
    build.heading("bab1", "PENDAHULUAN")
    build.heading("bab1.latar", "Latar Belakang", 2)
    build.add(
        Paragraph(
            "latar.p1",
            (
                Run("Nilai "),
                Run("69,46", bold=True),
                Run(" dan "),
                Run("performance gap", italic=True),
                Run(" disajikan pada "),
                reference("nilai"),
                Run(" serta "),
                reference("grafik"),
                Run(". " + LOREM),
            ),
        ),
        Paragraph("latar.p2", HOSTILE, Align.LEFT, keep_with_next=True),
        Paragraph("latar.p3", "Baris satu\nbaris dua", Align.CENTER),
        Paragraph("latar.p4", "Kanan", Align.RIGHT),
        Paragraph("latar.p5", LOREM, indent=1),
    )
    build.heading("bab1.tugas", "Tugas dan Fungsi", 3)
    inner = List("", (Item("Sub Bagian Umum"), Item("Sub Bagian Keuangan")), Marker.ROMAN)
    middle = List("", (Item("Camat;"), Item("Sekretariat, membawahi:", inner)), Marker.LETTER)
    build.add(
        List("tugas", (Item(LOREM), Item("Susunan organisasi:", middle), Item("Penutup"))),
        *(
            List(f"daftar-{marker.name.lower()}", (Item("satu"), Item("dua")), marker, start)
            for marker, start in zip(Marker, (1, 1, 1, 4, 1, 1, 1, 1), strict=True)
        ),
    )
    build.heading("bab2", "AKUNTABILITAS KINERJA")
    build.add(
        Formula("rumus", "Capaian Kinerja", "Realisasi", "Target", "100"),
        Formula("rumus-angka", "81,72 %", "69,46", "85"),
    )
    build.table(
        "nilai",
        (Column(1, Align.CENTER), Column(4), Column(4), Column(2, Align.RIGHT), Column(2)),
        (
            row(
                Cell("NO.", rows=2),
                Cell("SASARAN STRATEGIS", rows=2),
                Cell("INDIKATOR SASARAN", rows=2),
                Cell("REALISASI", columns=2),
            ),
            row("Th. 2019", "Th. 2020"),
        ),
        (
            row(Cell("1", rows=2), Cell("Meningkatnya kualitas pelayanan", rows=2), "SKM", "69,4",
                bold("69,46")),
            row("KTP = 1.700\nKK = 1.200", Cell("sel gabungan", columns=2, align=Align.CENTER)),
            row(Cell("Jumlah sasaran", columns=3), "10", "", emphasis=Emphasis.SUBTOTAL),
            row(Cell("TOTAL", columns=3), "10", "20", emphasis=Emphasis.TOTAL),
        ),
        caption="Perbandingan Realisasi Kinerja",
        index=True,
        source="Sumber: Laporan SKM 2020",
    )  # fmt: skip
    build.table("tanpa-judul", (Column(), Column(2)), (), (row("Bidang", HOSTILE),))
    build.figure("grafik", scores_chart(), "Skor unsur", 140)
    build.table(
        "rencana",
        tuple(Column() for _ in range(13)),
        (row(*(f"Kolom {n}" for n in range(1, 14))),),
        (row(*("Orientasi pelayanan" for _ in range(13))),) * 3,
        caption="Rencana Strategis",
        landscape=True,
    )
    build.table("rencana-2", (Column(),), (row("A"),), (row("B"),), landscape=True)
    build.add(Paragraph("setelah", "Kembali tegak."))
    build.page_break("halaman-baru")
    build.add(Paragraph("baru", "Halaman baru."))
    build.annex("lampiran-pk", "PERJANJIAN KINERJA TAHUN 2020")
    build.add(
        Letterhead("kop", "PEMERINTAH KABUPATEN CONTOH", "KECAMATAN CONTOH",
                   "Jalan Contoh Nomor 05 Telp. (0331) 000000", logo()),
        Letterhead("kop-polos", "PEMERINTAH KABUPATEN CONTOH", "KECAMATAN CONTOH", "Jalan"),
        Fields("pihak", (Field("Nama", "......"), Field("Jabatan", bold("Camat Contoh")))),
        Fields(
            "konsideran",
            (
                Field("Menimbang", items=List("", (Item("bahwa " + LOREM),), Marker.LETTER)),
                Field("Mengingat", items=List("", (Item("Undang-Undang Nomor 23 Tahun 2014;"),
                                                   Item("Peraturan Pemerintah Nomor 8;")))),
                Field("KETIGA", "Indikator bertujuan untuk:",
                      List("", (Item("memberi informasi"), Item("mengukur")),
                           Marker.BRACKETED_DIGIT), id="sk.ketiga"),
            ),
        ),
        Signature("para-pihak", (
            Signer("Pihak Kedua\nBUPATI CONTOH", "(..............)"),
            Signer("Contoh, 15 Januari 2020\nPihak Pertama\nCAMAT CONTOH", "(..............)"),
        )),
    )  # fmt: skip
    build.table("pk", (Column(),), (row("SASARAN"),), (row("B"),), caption="Target")
    return build.document(
        "Laporan Kinerja Kecamatan Contoh Tahun 2020",
        "Kecamatan Contoh",
        "Laporan Kinerja",
        DAY,
        page=page,
        notice=notice,
    )


def report_of_full_length(register: Register | None = None) -> Document:
    """About 44 pages, 25 tables and 6 charts: the size of a real Laporan Kinerja."""
    register = register or Register()
    build = Builder(register)
    build.section("sampul-bagian", numbers=PageNumbers.NONE)
    build.add(Cover("sampul", "LAPORAN KINERJA", "TAHUN 2020", "KECAMATAN CONTOH", logo()))
    build.section("depan", numbers=PageNumbers.ROMAN, start=1)
    for key, title in (("pengantar", "KATA PENGANTAR"), ("ikhtisar", "IKHTISAR EKSEKUTIF")):
        build.heading(key, title, numbered=False)
        build.add(*(Paragraph(f"{key}.p{n}", LOREM) for n in range(4)))
    build.heading("daftar-isi", "DAFTAR ISI", numbered=False)
    build.contents("isi")
    build.section("badan", start=1)
    for chapter in range(1, 5):
        build.heading(f"bab{chapter}", ("PENDAHULUAN", "PERENCANAAN", "AKUNTABILITAS",
                                        "PENUTUP")[chapter - 1])  # fmt: skip
        for part in range(1, 6):
            name = f"bab{chapter}.{part}"
            build.heading(name, f"Bagian {part}", 2)
            build.add(
                *(Paragraph(f"{name}.p{n}", f"{LOREM} {LOREM} {LOREM}") for n in range(4)),
                List(f"{name}.butir", tuple(Item(LOREM) for _ in range(5))),
            )
            build.table(
                f"{name}.anggaran",
                (Column(1, Align.CENTER), Column(6), Column(3, Align.RIGHT),
                 Column(3, Align.RIGHT), Column(2, Align.RIGHT)),
                (row("NO.", "PROGRAM/KEGIATAN", "ANGGARAN (Rp)", "REALISASI (Rp)", "CAPAIAN"),),
                tuple(
                    row(
                        str(n),
                        f"Koordinasi penyelenggaraan kegiatan {n}",
                        register.enter(rupiah(Decimal(n * 1_234_567)), n, "anggaran"),
                        register.enter(rupiah(Decimal(n * 1_200_000)), n, "realisasi"),
                        register.enter(percent(Decimal("97.2")), n, "serapan"),
                    )
                    for n in range(1, 121 if name == "bab3.1" else 14)
                ),
                caption=f"Anggaran bagian {part}",
                index=True,
                source="Sumber: DPA",
            )  # fmt: skip
            if chapter == 3:
                build.figure(f"{name}.grafik", scores_chart(), f"Skor bagian {part}")
    for annex in range(1, 6):
        build.annex(f"lampiran{annex}", f"RENCANA KINERJA TAHUNAN {annex}")
        build.table(
            f"lampiran{annex}.matriks",
            tuple(Column() for _ in range(11)),
            (
                row(Cell("TUJUAN", rows=2), Cell("SASARAN", rows=2), Cell("TARGET", columns=6),
                    Cell("STRATEGI", columns=3)),
                row(*(str(2016 + n) for n in range(6)), "Strategi", "Kebijakan", "Program"),
            ),
            tuple(
                row("Meningkatnya kualitas pelayanan", "Hasil survei kepuasan",
                    *(number(Decimal(70 + n)) for n in range(6)), *("Orientasi pelayanan",) * 3)
                for _ in range(10)
            ),
            caption="Matriks",
            landscape=True,
        )  # fmt: skip
    return build.document("Laporan Kinerja", "Kecamatan Contoh", "LKIP", DAY,
                          page=PageSetup(paper=Paper.F4))  # fmt: skip
