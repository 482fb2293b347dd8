"""Words of a report: another office's name, leftovers of a template, terms that are mixed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from lkip.checks.report_subject import REPORT, listed, places
from lkip.claims import Claims
from lkip.claims.report import Spot
from lkip.findings import Contradiction

_NAMED = re.compile(r"\b(?:Kecamatan|KECAMATAN|Camat|CAMAT)\s+([A-Z][a-z]{2,}|[A-Z]{3,})\b")
_LEFT = re.compile(
    r"^\W*(?:CONTOH|Contoh|\(?diisi\b.*|lorem ipsum.*|TEMPLATE)\W*$"
    r"|\bxx+\b|\[(?:nama|isi|tanggal)[^\]]*\]"
)
_TERMS = (r"LAKIP", r"LKIP", r"LKj(?:IP)?", r"Laporan Kinerja")
_REFERRED = re.compile(r"\btabel\s+(L?\d+\.\d+|\d+)\b", re.IGNORECASE)
_CAPTION = re.compile(r"^\s*tabel\s+(L?\d+\.\d+|\d+)", re.IGNORECASE)
_FIELD_WORDS = ("nomor", "dan", "dengan", "tahun", "kelurahan", "desa", "kabupaten")


@REPORT.error(
    "kantor-lain",
    "Laporan hanya menyebut kantornya sendiri",
    source="kewajaran: nama kantor dari contoh lain sering tertinggal",
    explanation="Nama kecamatan lain berarti bagian itu disalin tanpa diubah.",
)
def one_office(claims: Claims) -> Iterator[Contradiction]:
    """Names behind Kecamatan or Camat that stand nowhere else."""
    if claims.office is None:
        return
    found = [
        (match[1].capitalize(), text, spot)
        for text, spot in _texts(claims)
        for match in _NAMED.finditer(text)
    ]
    counted = Counter(name for name, _, _ in found)
    lower = set(re.findall(r"\b[a-z]{3,}\b", " ".join(text for text, _ in _texts(claims))))
    own = counted[claims.office]
    for name, text, spot in found:
        is_word = name.lower() in lower or name.lower() in _FIELD_WORDS
        is_rare = name != claims.office and counted[name] * 4 <= own
        if is_rare and not is_word and not _is_heading_word(claims, name):
            yield Contradiction(
                f"Kecamatan {name} disebut dalam laporan Kecamatan {claims.office}.",
                places(spot),
                text if len(text) < 90 else f"Kecamatan {name}",
                f"Kecamatan {claims.office}",
            )


@REPORT.warning(
    "sisa-contoh",
    "Tidak ada sisa contoh atau isian kosong",
    source="kewajaran: sisa naskah contoh",
    explanation="Kata CONTOH di atas bagian laporan berasal dari contoh yang disalin.",
)
def nothing_is_left_over(claims: Claims) -> Iterator[Contradiction]:
    """Leftovers of a template."""
    for paragraph in claims.paragraphs:
        match = _LEFT.search(paragraph.text)
        if match:
            yield Contradiction("Sisa naskah contoh.", places(paragraph.spot), match[0])


@REPORT.note(
    "istilah-campur",
    "Laporan memakai satu sebutan untuk dirinya",
    source="PermenPANRB 53/2014: Laporan Kinerja",
    explanation="LAKIP, LKIP, dan Laporan Kinerja bergantian dalam satu laporan.",
)
def one_term(claims: Claims) -> Iterator[Contradiction]:
    """Several names of the report itself."""
    used: dict[str, Spot] = {}
    for paragraph in claims.paragraphs:
        for term in _TERMS:
            if re.search(rf"\b{term}\b", paragraph.text):
                used.setdefault(term.replace("(?:IP)?", ""), paragraph.spot)
    if len(used) > 1 and "LAKIP" in used:
        yield Contradiction(
            "Laporan menyebut dirinya dengan beberapa nama.",
            places(*used.values()),
            listed(used),
            "Laporan Kinerja",
        )


@REPORT.warning(
    "rujukan-tabel",
    "Setiap tabel yang dirujuk ada",
    source="kewajaran: rujukan tabel",
    explanation="Rujukan ke tabel yang tidak ada berasal dari dokumen lain.",
)
def referred_tables_exist(claims: Claims) -> Iterator[Contradiction]:
    """References to tables without a caption of that number."""
    there = {match[1].upper() for p in claims.paragraphs if (match := _CAPTION.match(p.text))} | {
        match[1].upper() for table in claims.tables if (match := _CAPTION.match(table.name))
    }
    if not there:
        return
    for paragraph in claims.paragraphs:
        if _CAPTION.match(paragraph.text) or "cetakan" in paragraph.text:
            continue
        for match in _REFERRED.finditer(paragraph.text):
            if match[1].upper() not in there:
                yield Contradiction(
                    f"Tabel {match[1]} tidak ada dalam laporan ini.",
                    places(paragraph.spot),
                    match[0],
                )


def _texts(claims: Claims) -> list[tuple[str, Spot]]:
    found = [(paragraph.text, paragraph.spot) for paragraph in claims.paragraphs]
    found += [
        (" ".join(cell.split()), row.spot)
        for table in claims.tables
        for row in table.rows
        for cell in row.cells
        if cell
    ]
    return found


def _is_heading_word(claims: Claims, name: str) -> bool:
    """Whether a name is a word of the field that headings write with a capital."""
    alone = re.compile(rf"(?<!Kecamatan )(?<!Camat )(?<!KECAMATAN )(?<!CAMAT )\b{name}\b", re.I)
    return bool(alone.search(claims.text))
