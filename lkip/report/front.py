"""Cover, kata pengantar, and the lists of what the report holds."""

from __future__ import annotations

from lkip.report.draft import Draft
from lkip.report.signatures import signature
from skm.document.blocks import Cover, Kind, PageNumbers, Run


def cover(draft: Draft) -> None:
    """The first page, without a number."""
    draft.build.section("bagian.sampul", numbers=PageNumbers.NONE)
    office, district = (str(draft.common[name]).upper() for name in ("kantor", "kabupaten"))
    title = (*draft.words("sampul.judul"), Run(f"\n{office}\n{district}"))
    signing = draft.ground.signing
    issued = draft.show.year(signing.dated.year, "rencana: signing.date")
    draft.build.add(
        Cover(
            "sampul",
            title,
            draft.words("sampul.tahun"),
            draft.words("sampul.tahun", tahun=issued),
        )
    )


def preface(draft: Draft) -> None:
    """Kata pengantar, signed; the first page with a roman number."""
    draft.build.section("bagian.depan", numbers=PageNumbers.ROMAN, start=1)
    draft.front_heading("pengantar.judul")
    for key in ("syukur", "dasar", "isi", "harapan"):
        draft.say(f"pengantar.{key}")
    signing = draft.ground.signing
    place = signing.preface_place or signing.place
    signature(draft, "pengantar.tanda_tangan", place, signing.dated, final=False)


def lists(draft: Draft) -> None:
    """The table of contents with the annexes, and the lists of tables and of figures."""
    draft.front_heading("daftar.isi")
    draft.build.contents("daftar.isi.halaman", levels=3)
    draft.front_heading("daftar.tabel_gambar")
    draft.title("daftar.tabel")
    draft.build.list_of("daftar.tabel.halaman", Kind.TABLE)
    draft.title("daftar.gambar")
    draft.build.list_of("daftar.gambar.halaman", Kind.FIGURE)
