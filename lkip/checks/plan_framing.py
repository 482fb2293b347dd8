"""What stands around the figures of a plan: years, dates, titles, names, offices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from lkip.checks.plan_subject import PLAN, PlanSubject
from lkip.findings import Contradiction
from lkip.plan.values import RENSTRA
from skm.numerals import long_date

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MONTHS_TO_REPORT = 2


@PLAN.error(
    "tahun-judul",
    "Tahun dalam judul dokumen adalah tahun yang dicakupnya",
    source="kewajaran: judul, nomor, dan tanggal satu dokumen",
    explanation="RKT 2021 yang disebut RKT 2020 menyesatkan pembaca.",
)
def years_in_titles(subject: PlanSubject) -> Iterator[Contradiction]:
    """Years of titles and decree numbers against the plan."""
    plan = subject.plan
    covered: dict[str, set[int]] = {
        "pk": {plan.year},
        "pk_perubahan": {plan.year},
        "rkt": {plan.rkt.year if plan.rkt else plan.year},
    }
    renstra = plan.documents.get(RENSTRA)
    if renstra and renstra.first_year and renstra.last_year:
        covered[RENSTRA] = {renstra.first_year, renstra.last_year}
    titles = [
        (f"documents.{key}.title", key, document.title) for key, document in plan.documents.items()
    ]
    titles += [(f"annex {annex.kind}, title", annex.kind, annex.title) for annex in plan.annexes]
    for place, kind, title in titles:
        named = {int(year) for year in _YEAR.findall(title)}
        if kind in covered and named and named != covered[kind]:
            yield Contradiction(
                f"Judul menyebut {_listed(named)}, dokumennya mencakup {_listed(covered[kind])}.",
                (place,),
                title,
                _listed(covered[kind]),
            )
    for key, document in plan.documents.items():
        made = document.dated.year if document.dated else None
        made = made or (int(document.month[:4]) if document.month else None)
        numbered = {int(year) for year in _YEAR.findall((document.number or "")[-4:])}
        if made and numbered and made not in numbered:
            yield Contradiction(
                f"Nomor berakhir dengan tahun {_listed(numbered)}, dokumennya dari {made}.",
                (f"documents.{key}.number",),
                document.number,
                str(made),
            )


@PLAN.error(
    "rpjmd-renstra",
    "Renstra dan RPJMD mencakup tahun yang sama",
    source="UU 25/2004: Renstra perangkat daerah mengikuti RPJMD",
    explanation="Tahun awal dan akhir keduanya harus sama.",
)
def renstra_spans_rpjmd(subject: PlanSubject) -> Iterator[Contradiction]:
    """Years of the two medium-term plans."""
    rpjmd, renstra = subject.plan.rpjmd, subject.plan.documents.get(RENSTRA)
    if rpjmd is None or renstra is None:
        return
    for key in ("first_year", "last_year"):
        if getattr(renstra, key) != getattr(rpjmd, key):
            yield Contradiction(
                "Tahun Renstra berbeda dari tahun RPJMD.",
                (f"documents.renstra.{key}", f"rpjmd.{key}"),
                str(getattr(renstra, key)),
                str(getattr(rpjmd, key)),
            )


@PLAN.error(
    "tahun-di-luar-renstra",
    "Tahun laporan berada dalam masa Renstra",
    source="PermenPANRB 53/2014: realisasi dibandingkan dengan target jangka menengah",
    explanation="Laporan di luar masa Renstra tidak memiliki target akhir.",
)
def year_within_renstra(subject: PlanSubject) -> Iterator[Contradiction]:
    """The plan's year, and that of its RKT."""
    plan = subject.plan
    renstra = plan.documents.get(RENSTRA)
    if renstra and renstra.first_year and renstra.last_year:
        span = f"{renstra.first_year} sampai {renstra.last_year}"
        if not renstra.first_year <= plan.year <= renstra.last_year:
            yield Contradiction(
                "Tahun laporan berada di luar masa Renstra.", ("year",), str(plan.year), span
            )
    if plan.rkt and plan.rkt.year not in (plan.year, plan.year + 1):
        yield Contradiction(
            "RKT bukan dari tahun laporan dan bukan dari tahun sesudahnya.",
            ("rkt.year",),
            str(plan.rkt.year),
            f"{plan.year} atau {plan.year + 1}",
        )


@PLAN.error(
    "lampiran-berbeda",
    "Lampiran bertanggal dan bernomor sama dengan dokumennya",
    source="PermenPANRB 53/2014, reviu I.4",
    explanation="Lampiran adalah dokumen itu sendiri, jadi nomor dan tanggalnya sama.",
)
def annexes_are_their_documents(subject: PlanSubject) -> Iterator[Contradiction]:
    """Number, day and month of annexes against the documents."""
    for annex in subject.plan.annexes:
        document = subject.plan.documents.get(annex.kind)
        if document is None:
            continue
        pairs: list[tuple[str, object, object]] = [
            ("number", annex.number, document.number),
            ("date", annex.dated, document.dated),
            ("month", annex.month, document.month),
        ]
        for key, own, of_document in pairs:
            if own is not None and of_document is not None and own != of_document:
                yield Contradiction(
                    f"Lampiran dan dokumennya berbeda pada {key}.",
                    (f"annex {annex.kind}, {key}", f"documents.{annex.kind}.{key}"),
                    str(own),
                    str(of_document),
                )


@PLAN.warning(
    "laporan-terlambat",
    "Laporan ditandatangani paling lambat dua bulan sesudah tahun anggaran",
    source="PermenPANRB 53/2014: dua bulan sesudah tahun anggaran",
    explanation="Kepala perangkat daerah menyampaikan laporannya paling lambat akhir Februari.",
)
def signed_in_time(subject: PlanSubject) -> Iterator[Contradiction]:
    """The day of the report."""
    signing, year = subject.plan.signing, subject.plan.year
    if signing and signing.dated >= date(year + 1, _MONTHS_TO_REPORT + 1, 1):
        yield Contradiction(
            f"Laporan bertanggal {long_date(signing.dated)}.",
            ("signing.date",),
            long_date(signing.dated),
            f"sebelum 1 Maret {year + 1}",
        )


@PLAN.warning(
    "batas-realisasi",
    "Realisasi dihitung sampai akhir tahun",
    source="Perpres 29/2014: laporan kinerja tahunan",
    explanation="Batas sebelum akhir Desember berarti sebagian tahun belum terhitung.",
)
def counted_to_the_end(subject: PlanSubject) -> Iterator[Contradiction]:
    """The cut-off date."""
    cut_off, year = subject.plan.cut_off, subject.plan.year
    if cut_off < date(year, 12, 30):
        yield Contradiction(
            f"Realisasi dihitung hanya sampai {long_date(cut_off)}.",
            ("cut_off",),
            long_date(cut_off),
            long_date(date(year, 12, 31)),
        )


@PLAN.error(
    "nama-kantor",
    "Kop, penanda tangan, dan dokumen menyebut kantor yang sama",
    source="kewajaran: nama kantor dari contoh lain sering tertinggal",
    explanation="Nama kecamatan lain berarti bagian itu disalin tanpa diubah.",
)
def one_office(subject: PlanSubject) -> Iterator[Contradiction]:
    """Other kecamatan than the office's, in the texts of the plan."""
    kind, _, own = subject.office.partition(" ")
    if kind.casefold() != "kecamatan" or not own:
        return
    plan = subject.plan
    texts = [("signing.office", plan.signing.office)] if plan.signing else []
    if plan.letterhead:
        texts += [("letterhead.lines", line) for line in plan.letterhead.lines]
    texts += [(f"documents.{key}.title", found.title) for key, found in plan.documents.items()]
    texts += [(f"sasaran {found.id}", found.name) for found in plan.sasaran]
    texts += [
        (f"annex {found.kind}", text) for found in plan.annexes for text in found.signatories
    ]
    for place, text in texts:
        for named in re.findall(r"(?:Camat|CAMAT|KECAMATAN)\s+([A-Z]\w+)", text):
            if named.casefold() != own.split()[0].casefold():
                yield Contradiction(
                    f"Kantor lain disebut: {named}.", (place,), text, subject.office
                )


def _listed(years: set[int]) -> str:
    return " dan ".join(str(year) for year in sorted(years))
