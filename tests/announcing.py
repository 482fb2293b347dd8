"""Offices whose October is ready to be made known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from answering import delivery
from monthly import AFTER, OCTOBER, fill, people

from skm.closing import Closing
from skm.form import Form
from skm.instance import Instance
from skm.period import Period
from skm.simulation import Simulation
from skm.store import open_store
from skm.store.closings import ClosingOrder, close
from skm.store.intake import Intake
from skm.store.served import Served, set_served

SEPTEMBER = Period.parse("2026-09")
SERVED = (120, 90, 40, 30, 25, 20)

PARTICULARS = """
nomor = "400.8/21/2026"
tanggal = 2026-11-10
tempat = "Pakusari"
penanda_tangan = "Camat Pakusari"
pelaksana = ["Seksi Pelayanan Umum (ketua)", "Sub Bagian Perencanaan (anggota)"]
lokasi = "ruang pelayanan kantor kecamatan"
metode = "Petugas mempersilakan setiap warga yang selesai dilayani mengisi survei."
dokumentasi = ["Tablet di loket, 12 Oktober 2026"]

[sk]
nomor = "188/07/2026"
tanggal = 2026-01-05
tentang = "Tim Survei Kepuasan Masyarakat"

[fkp]
tanggal = 2026-11-09
tempat = "pendopo kecamatan"
peserta = "wakil tujuh desa"

[[jadwal]]
kegiatan = "Persiapan"
mulai = 2026-09-28
selesai = 2026-09-30

[[jadwal]]
kegiatan = "Pengumpulan data"
mulai = 2026-10-01
selesai = 2026-10-30

[[rtl]]
unsur = "keamanan"
kegiatan = "Menata tempat parkir"
waktu = "TW IV"
penanggung_jawab = "Kasi Trantib"

[[tindak_lanjut]]
unsur = "kenyamanan"
kegiatan = "Menambah 12 kursi"
selesai = true
keterangan = "Dipasang 14 September 2026"

[[tindak_lanjut]]
unsur = "pengaduan"
kegiatan = "Membuka nomor pengaduan"
"""
"""What an office says of the survey of October."""


def surveyed(office: Instance, *, simulated: bool = False, form: Form | None = None) -> None:
    """September and October come in, and who was served in October."""
    asked = form or office.questionnaire()
    before = Simulation("uji").month(SEPTEMBER, asked, office.office)
    earlier = [replace(each, simulated=simulated) for each in before]
    codes = [service.code for service in office.office.services]
    with open_store(office) as store:
        Intake(store).receive_many(asked, [delivery(each, received=each.day) for each in earlier])
        fill(store, asked, people(asked, office, simulated=simulated))
        served = [Served(OCTOBER, code, n) for code, n in zip(codes, SERVED, strict=False)]
        set_served(store, office.office, served)


def closed(office: Instance, document: str | None = "400.8/15/2026") -> Closing:
    """October is closed."""
    order = ClosingOrder(AFTER, document=document, document_date=date(2026, 11, 6))
    with open_store(office) as store:
        return close(store, office, OCTOBER, order).closing


def said(office: Instance, particulars: str = PARTICULARS) -> None:
    """The office writes what only it knows."""
    (office.root / "skm" / f"laporan-{OCTOBER}.toml").write_text(particulars, encoding="utf-8")
