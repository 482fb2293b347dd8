"""Cover, kata pengantar, and the lists of what the report holds."""

from __future__ import annotations

from skm.document.blocks import Cover, Kind, PageNumbers, Run
from skm.export.skm_report.draft import Draft
from skm.export.skm_report.signing import signature


def cover(draft: Draft, key: str) -> None:
    """The first page, without a number; its words stand under a key of the wording."""
    draft.build.section("bagian.sampul", numbers=PageNumbers.NONE)
    office, district, period = (
        str(draft.common[name]).upper() for name in ("kantor", "kabupaten", "periode")
    )
    title = (*draft.words(f"{key}.judul"), Run(f"\n{office}\n{district}"))
    year = draft.show.quote(str(draft.material.dated.year), "tanggal laporan")
    subtitle = draft.words(f"{key}.periode", periode=period)
    draft.build.add(Cover("sampul", title, subtitle, year))


def preface(draft: Draft) -> None:
    """Kata pengantar, signed; the first page with a roman number."""
    draft.build.section("bagian.depan", numbers=PageNumbers.ROMAN, start=1)
    draft.build.heading("pengantar.judul", draft.words("pengantar.judul"), numbered=False)
    for key in ("syukur", "isi", "harapan"):
        draft.say(f"pengantar.{key}")
    signature(draft, "pengantar.tanda_tangan", final=False)


def contents(draft: Draft) -> None:
    """The table of contents alone, on a page with a roman number."""
    draft.build.section("bagian.depan", numbers=PageNumbers.ROMAN, start=1)
    _contents(draft)


def lists(draft: Draft) -> None:
    """The table of contents with the annexes, and the lists of tables and of figures."""
    _contents(draft)
    draft.build.heading("daftar.tabel_gambar", draft.words("daftar.tabel_gambar"), numbered=False)
    draft.title("daftar.tabel")
    draft.build.list_of("daftar.tabel.halaman", Kind.TABLE)
    draft.title("daftar.gambar")
    draft.build.list_of("daftar.gambar.halaman", Kind.FIGURE)


def _contents(draft: Draft) -> None:
    draft.build.heading("daftar.isi", draft.words("daftar.isi"), numbered=False)
    draft.build.contents("daftar.isi.halaman", levels=2)
