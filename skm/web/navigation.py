"""The officers' links in their groups, each shown to those who may follow it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from skm.web.access import ADMITTED


class Group(StrEnum):
    """A heading of the menu: how answers come in, what comes of them, who works here."""

    SURVEI = "Survei"
    HASIL = "Hasil"
    KANTOR = "Kantor"


@dataclass(frozen=True)
class Link:
    """A page of the officers' area.

    Attributes:
        address: as its row in the access table spells it, without a variable part.
        label: what the menu says.
        about: one line of what it is for.
        group: the heading it stands under; None: above all of them.
    """

    address: str
    label: str
    about: str
    group: Group | None


LINKS = (
    Link("/petugas", "Beranda", "Angka bulan ini dan keadaan tablet", None),
    Link("/petugas/kertas", "Formulir kertas", "Ketik jawaban yang diisi di kertas", Group.SURVEI),
    Link("/petugas/terlayani", "Terlayani", "Isi jumlah orang yang dilayani", Group.SURVEI),
    Link("/petugas/formulir", "Formulir", "Isi kuesioner, dan lihat seperti warga", Group.SURVEI),
    Link("/petugas/qr", "Lembar QR", "Cetak kode QR untuk ponsel warga", Group.SURVEI),
    Link("/petugas/tablet", "Tablet", "Pasang, ganti nama, atau cabut tablet loket", Group.SURVEI),
    Link(
        *("/petugas/jawaban", "Jawaban satuan"),
        *("Perbaiki atau hapus jawaban, dengan alasan", Group.HASIL),
    ),
    Link("/petugas/saran", "Saran", "Baca, tanggapi, dan terbitkan saran warga", Group.HASIL),
    Link(
        *("/petugas/tutup", "Tutup periode"),
        *("Bekukan hasil sebuah periode, dan edisi barunya", Group.HASIL),
    ),
    Link(
        *("/petugas/publikasi", "Publikasi"),
        *("Terbitkan hasil, dan catat media dan buktinya", Group.HASIL),
    ),
    Link(
        *("/petugas/tindak-lanjut", "Tindak lanjut"),
        "Rencanakan perbaikan unsur terendah dan catat pelaksanaannya",
        Group.HASIL,
    ),
    Link("/petugas/ekspor", "Ekspor", "Unduh buku kerja, laporan SKM, dan poster", Group.HASIL),
    Link("/petugas/perubahan", "Perubahan", "Siapa mengubah apa, dan mengapa", Group.KANTOR),
    Link(
        *("/petugas/pemusnahan", "Pemusnahan"),
        *("Musnahkan jawaban tahun lalu menurut retensi", Group.KANTOR),
    ),
    Link("/petugas/pengguna", "Pengguna", "Siapa boleh masuk, dan sebagai apa", Group.KANTOR),
    Link("/petugas/sandi", "Kata sandi", "Ganti kata sandi sendiri", Group.KANTOR),
)


def links_for(
    role: str | None, links: Sequence[Link], rows: Mapping[str, str]
) -> tuple[Link, ...]:
    """The links that an officer of a role may follow, in their order."""
    return tuple(link for link in links if role in ADMITTED.get(rows.get(link.address, ""), ()))


def menu(links: Sequence[Link]) -> tuple[tuple[Group | None, tuple[Link, ...]], ...]:
    """The links under their headings, without the headings that stay empty.

    Within a heading they keep the order they came in, so those of a plugin come last.
    """
    headings: tuple[Group | None, ...] = (None, *Group)
    by_heading = (
        (heading, tuple(link for link in links if link.group is heading)) for heading in headings
    )
    return tuple((heading, found) for heading, found in by_heading if found)
