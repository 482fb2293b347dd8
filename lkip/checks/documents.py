"""Documents that a report binds in: years, decrees, formulas, sources, signatories."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import combinations

from lkip.checks.report_subject import REPORT, listed, places
from lkip.claims import Claims
from lkip.claims.report import Paragraph, Spot
from lkip.findings import Contradiction

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_DICTA = (
    "KESATU", "KEDUA", "KETIGA", "KEEMPAT", "KELIMA", "KEENAM", "KETUJUH", "KEDELAPAN",
)  # fmt: skip
_NIP = re.compile(r"\bNIP\s*\.?\s*:?\s*(\d[\d ]{10,30}\d)")
_NIP_DIGITS = 18
_BIRTH_DIGITS = 8
_RANK = re.compile(r"pembina|penata|pengatur|\bnip\b|pihak|camat|bupati", re.IGNORECASE)
_LINES_TO_THE_NAME = 4
_OTHER_SPANS = re.compile(r"renstra|rencana|rkt|rpjmd|cetakan|peraturan", re.IGNORECASE)
_NUMBERED = re.compile(
    r"\d+/20\d\d|\bskala\s+20\d\d", re.IGNORECASE
)  # a regulation's, no report's


@REPORT.warning(
    "diktum-melompat",
    "Diktum keputusan berurutan",
    source="UU 12/2011, Lampiran II: urutan diktum",
    explanation="KEENAM sesudah KEEMPAT berarti diktum KELIMA hilang.",
)
def dicta_follow(claims: Claims) -> Iterator[Contradiction]:
    """Dicta of decrees in their order."""
    texts = [(paragraph.text, paragraph.spot) for paragraph in claims.paragraphs]
    texts += [(row.cell(0), row.spot) for table in claims.tables for row in table.rows]
    last = -1
    for text, spot in texts:
        match = re.match(r"\s*(?:Menetapkan\s*:?\s*)?(KE[A-Z]+)\b", text)
        if not match or match[1] not in _DICTA:
            continue
        place = _DICTA.index(match[1])
        if place > last + 1 and last >= 0:
            yield Contradiction(
                f"Sesudah {_DICTA[last]} tertulis {match[1]}.",
                places(spot),
                match[1],
                _DICTA[last + 1],
            )
        last = place


@REPORT.warning(
    "huruf-berulang",
    "Huruf butir dalam satu daftar berurutan",
    source="kewajaran: satu huruf untuk satu butir",
    explanation="Dua butir a. berturut-turut menggeser huruf semua butir sesudahnya.",
)
def letters_follow(claims: Claims) -> Iterator[Contradiction]:
    """Two items of a list, one right under the other, with the same letter."""
    above, last = "", 0
    for paragraph in claims.paragraphs:
        match = _LETTERED.match(paragraph.text)
        letter = match[1] if match else ""
        line = paragraph.spot.line or 0
        if letter and letter == above and line == last + 1:
            yield Contradiction(
                f"Butir {letter}. tertulis dua kali berturut-turut.",
                places(paragraph.spot),
                paragraph.text.strip(),
                f"{chr(ord(letter) + 1)}.",
            )
        above, last = letter, line


@REPORT.error(
    "rumus-berbeda",
    "Rumus indikator sama di semua dokumen",
    source="PermenPANRB 53/2014, reviu III.5",
    explanation="IKU dalam laporan sama dengan IKU yang ditetapkan, rumusnya juga.",
)
def formulas_agree(claims: Claims) -> Iterator[Contradiction]:
    """Formulas of one indicator in several tables."""
    yield from _differing(claims, "formula", "Rumus", _formula)


_LETTERED = re.compile(r"\s*(?:[-•]\s*)?(?:[A-Z]\w+\s*:\s*)?([a-y])\.\s")
_OF_INDICATORS = re.compile(r"\(indikator[\d\s,dan]+\)")  # which of the table's, beside a source


@REPORT.warning(
    "sumber-berbeda",
    "Sumber data indikator sama di semua dokumen",
    source="PermenPANRB 53/2014, reviu III.5 dan Lampiran II.H",
    explanation="Satu indikator memiliki satu sumber data yang ditetapkan.",
)
def sources_agree(claims: Claims) -> Iterator[Contradiction]:
    """Sources of one indicator, and source lines that no indicator has."""
    yield from _differing(claims, "source", "Sumber data", _letters)
    declared = " ".join(
        row.cells["source"].text.lower() for row in claims.indicators if "source" in row.cells
    )
    for paragraph in claims.paragraphs:
        match = re.match(r"\s*sumber\s*data\s*:\s*(.+)", paragraph.text, re.IGNORECASE)
        if match and declared:
            bare = _OF_INDICATORS.sub("", match[1].lower())
            named = [part.strip(" .") for part in bare.split(";")]
            strange = [part for part in named if _letters(part) not in _letters(declared)]
            if strange:
                yield Contradiction(
                    "Sumber ini bukan sumber data indikator mana pun.",
                    places(paragraph.spot),
                    match[1],
                    "sumber data yang ditetapkan dalam IKU",
                )


@REPORT.warning(
    "rumus-tanpa-pembagi",
    "Rumus persen memiliki pembagi",
    source="hitungan: persen adalah bagian dibagi keseluruhan",
    explanation="«Jumlah desa x 100 %» tanpa pembagi tidak dapat dihitung.",
)
def formulas_divide(claims: Claims) -> Iterator[Contradiction]:
    """Formulas that multiply by 100 and divide by nothing."""
    for row in claims.indicators:
        entry = row.cells.get("formula")
        text = entry.text if entry else ""
        if (
            entry
            and re.search(r"[x×*]\s*100\s*%?\s*$", text)
            and not re.search(r"dibagi|/|:|\bper\b|÷", text)
        ):
            yield Contradiction(
                f"{row.name}: rumusnya tanpa pembagi.", places(entry.spot), text, "dibagi ..."
            )


@REPORT.warning(
    "nip-panjang",
    "NIP terdiri atas 18 angka",
    source="Peraturan Kepala BKN 22/2007",
    explanation="Angka yang lebih atau kurang membuat NIP tidak sah.",
)
def numbers_of_officials_are_whole(claims: Claims) -> Iterator[Contradiction]:
    """Lengths of NIP; the number itself is not repeated."""
    for paragraph in _signed(claims):
        for match in _NIP.finditer(paragraph.text):
            digits = sum(char.isdigit() for char in match[1])
            if digits != _NIP_DIGITS:
                yield Contradiction(
                    f"NIP terdiri atas {digits} angka.",
                    places(paragraph.spot),
                    f"{digits} angka",
                    f"{_NIP_DIGITS} angka",
                )


@REPORT.warning(
    "nama-penanda-tangan",
    "Nama penanda tangan ditulis sama di semua tempat",
    source="kewajaran: satu NIP satu nama",
    explanation="Satu orang dengan dua ejaan nama menandakan salah ketik.",
)
def signatories_are_spelled_one_way(claims: Claims) -> Iterator[Contradiction]:
    """Names over the same NIP."""
    spelled: dict[str, dict[str, tuple[str, Spot]]] = {}
    lines = _signed(claims)
    for place, paragraph in enumerate(lines):
        match = _NIP.search(paragraph.text)
        if not match:
            continue
        for above in reversed(lines[max(0, place - _LINES_TO_THE_NAME) : place]):
            if not _RANK.search(above.text) and re.search(r"[A-Z]{3}", above.text):
                birth = re.sub(r"\D", "", match[1])[:_BIRTH_DIGITS]
                name = re.sub(r"[^A-Z]", "", above.text.upper().split(",")[0])
                spelled.setdefault(birth, {}).setdefault(name, (above.text, above.spot))
                break
    for names in spelled.values():
        if len(names) > 1:
            yield Contradiction(
                "Nama satu penanda tangan dieja lebih dari satu cara.",
                places(*(spot for _, spot in names.values())),
                listed(text for text, _ in names.values()),
                "satu ejaan",
            )


@REPORT.warning(
    "tahun-judul",
    "Tahun dalam judul tabel dan kepala halaman adalah tahun laporan",
    source="kewajaran: judul tahun lalu sering tertinggal",
    explanation="Judul «Tahun 2019» dalam laporan 2020 berasal dari laporan lama.",
)
def captions_are_of_the_year(claims: Claims) -> Iterator[Contradiction]:
    """Years of captions, headers and footers."""
    if claims.year is None:
        return
    titles = [(table.caption, table.spot) for table in claims.tables if table.caption]
    titles += [(p.text, p.spot) for p in claims.paragraphs if p.is_edge]
    for text, spot in dict.fromkeys(titles):
        years = {int(year) for year in _YEAR.findall(_NUMBERED.sub("", text))}
        if len(years) == 1 and claims.year not in years and not _OTHER_SPANS.search(text):
            yield Contradiction(
                f"Judul menyebut tahun {years.pop()}.", places(spot), text, str(claims.year)
            )


@REPORT.error(
    "predikat-sasaran",
    "Predikat sasaran dalam teks sama dengan predikatnya dalam tabel pengukuran",
    source="PermenPANRB 53/2014, reviu III.1",
    explanation="Ikhtisar tidak boleh menyebut Baik bila tabelnya menyebut Sangat Baik.",
)
def predicates_of_sasaran_agree(claims: Claims) -> Iterator[Contradiction]:
    """Words for a sasaran in the text against those of its indicators in the table."""
    scale = claims.scale
    measured = [row for row in claims.indicators if "achievement" in row.cells]
    if scale is None or not measured:
        return
    sasaran = list(dict.fromkeys(row.sasaran for row in measured))
    for paragraph in claims.paragraphs:
        match = re.search(
            r"\bsasaran\s*(\d)\b.*?\b(?:predikat|kategori)\s+(?:nilai\s+)?(.{3,25})",
            paragraph.text,
            re.IGNORECASE,
        )
        named = scale.named(match[2]) if match else None
        if match is None or named is None or not 0 < int(match[1]) <= len(sasaran):
            continue
        own = [row for row in measured if row.sasaran == sasaran[int(match[1]) - 1]]
        found = {word.name for row in own if (word := scale.named(row.cells["achievement"].text))}
        if found and named.name not in found:
            yield Contradiction(
                f"Sasaran {match[1]} disebut {named.name}, tabelnya {' dan '.join(found)}.",
                places(paragraph.spot, own[0].spot),
                named.name,
                " dan ".join(sorted(found)),
            )


def _differing(
    claims: Claims, role: str, word: str, key: Callable[[str], str]
) -> Iterator[Contradiction]:
    rows = [row for row in claims.indicators if role in row.cells and row.document == "iku"]
    for one, other in combinations(rows, 2):
        if one.table is other.table or not one.same_as(other):
            continue
        mine, theirs = one.cells[role], other.cells[role]
        if key(mine.text) and key(theirs.text) and key(mine.text) != key(theirs.text):
            yield Contradiction(
                f"{one.name}: {word.lower()} berbeda di dua tabel.",
                places(mine.spot, theirs.spot),
                mine.text,
                theirs.text,
            )


def _formula(text: str) -> str:
    return _letters(text.lower().replace("jml", "jumlah"))


def _letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.lower())


def _signed(claims: Claims) -> tuple[Paragraph, ...]:
    """Running text and the lines of tables that only hold signatures."""
    cells = [
        Paragraph(line, row.spot)
        for table in claims.tables
        for row in table.rows
        for cell in row.cells
        if "NIP" in cell
        for line in cell.split("\n")
    ]
    return (*claims.paragraphs, *cells)
