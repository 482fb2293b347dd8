"""Counts that the text names against what the report lists."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lkip.checks.report_subject import REPORT, places
from lkip.claims import Claims
from lkip.claims.performance import IndicatorRow
from lkip.claims.report import Block, Paragraph, Spot, Table
from lkip.findings import Contradiction

_COUNT = r"(\d{1,3})\s*(?:\(\s*[A-Za-z ]+\s*[)}\]])?\s*"
_OF_SASARAN = re.compile(rf"{_COUNT}indi[kc]ator\s+sasaran", re.IGNORECASE)
_IN_ALL = re.compile(
    rf"{_COUNT}indi[kc]ator(?:\s+\w+)?\s+(?:dari|pada|dengan)\s+{_COUNT}sasaran", re.IGNORECASE
)
_PART = re.compile(
    rf"dari\s+(?:seluruh\s+)?{_COUNT}indi[kc]ator\b[^.]*?sebanyak\s+{_COUNT}indi[kc]ator",
    re.IGNORECASE,
)
_SUPPORT = re.compile(
    rf"{_COUNT}program\b(?:\s+\w+){{0,2}}?\s*(?:dan|dengan)\s*{_COUNT}kegiatan", re.IGNORECASE
)
_SASARAN = re.compile(r"\bsasaran\s*(\d)\b", re.IGNORECASE)
_PROGRAMME = re.compile(r"^\s*(?:[-•➤]\s*)?(\d{1,2})\s*[.)]\s*Program\b", re.IGNORECASE)
_ACTIVITY = re.compile(
    r"^\s*(?:[-•➤]\s*)?(?:[a-z]\s*[.)]\s*(?:sub\s+)?Kegiatan\b|Kegiatan\s*:)", re.IGNORECASE
)
_LISTED_PROGRAMME = re.compile(
    r"^\s*(?:[-•➤]\s*(?:[a-z][.)]\s*)?|[a-z][.)]\s*|\d{1,2}[.)]\s*)"
    r"Program\s+(?!dan\b)(?P<name>[A-Za-z][^:]{8,110})",
    re.IGNORECASE,
)
_CHAPTER = re.compile(r"^\s*(?:bab\s+[IVX]+|[A-D]\.\s+[A-Z]{3,})")
_SHARED = 0.6
_LISTING = ("ukur", "pk", "pk_perubahan")


@REPORT.error(
    "jumlah-indikator",
    "Banyaknya indikator dalam teks sama dengan yang didaftar",
    source="hitungan: tabel Perjanjian Kinerja dan tabel pengukuran",
    explanation="Sasaran dengan satu indikator tidak dapat diukur dengan tiga indikator.",
)
def indicator_counts_agree(claims: Claims) -> Iterator[Contradiction]:
    """Counts of indicators, of one sasaran and of all."""
    listed = _listed_indicators(claims)
    if not listed:
        return
    names = list(dict.fromkeys(row.sasaran for row in listed))
    before = ""
    for paragraph in claims.paragraphs:
        match, total = _OF_SASARAN.search(paragraph.text), _IN_ALL.search(paragraph.text)
        of = _SASARAN.search(paragraph.text) or _SASARAN.search(before)
        if match and of and 0 < int(of[1]) <= len(names):
            count = sum(row.sasaran == names[int(of[1]) - 1] for row in listed)
            if int(match[1]) != count:
                yield Contradiction(
                    f"Sasaran {of[1]} memiliki {count} indikator.",
                    places(paragraph.spot, listed[0].spot),
                    match[0],
                    f"{count} indikator",
                )
        if total and (int(total[1]), int(total[2])) != (len(listed), len(names)):
            yield Contradiction(
                f"Tabel memuat {len(listed)} indikator pada {len(names)} sasaran.",
                places(paragraph.spot, listed[0].spot),
                total[0],
                f"{len(listed)} indikator, {len(names)} sasaran",
            )
        before = paragraph.text


@REPORT.error(
    "jumlah-bagian",
    "Bagian tidak melebihi keseluruhannya",
    source="hitungan: dari n indikator paling banyak n",
    explanation="Dari 3 indikator tidak mungkin 8 berkategori baik.",
)
def parts_are_within(claims: Claims) -> Iterator[Contradiction]:
    """More indicators in a class than there are."""
    for paragraph in claims.paragraphs:
        match = _PART.search(paragraph.text)
        if match and int(match[2]) > int(match[1]):
            yield Contradiction(
                f"Dari {match[1]} indikator tidak mungkin ada {match[2]}.",
                places(paragraph.spot),
                match[0],
                f"paling banyak {match[1]}",
            )


@REPORT.error(
    "jumlah-program",
    "Banyaknya program dan kegiatan dalam teks sama dengan yang didaftar di bawahnya",
    source="hitungan: daftar program dan kegiatan pendukung",
    explanation="4 program di atas daftar lima program salah di salah satu tempat.",
)
def programme_counts_agree(claims: Claims) -> Iterator[Contradiction]:
    """Programmes and activities announced, against those that follow."""
    for report in claims.reports:
        for place, block in enumerate(report.blocks):
            match = _SUPPORT.search(block.text) if isinstance(block, Paragraph) else None
            if match is None or not isinstance(block, Paragraph):
                continue
            programmes, activities = _following(report.blocks[place + 1 :])
            for said, there, word in (
                (int(match[1]), programmes, "program"),
                (int(match[2]), activities, "kegiatan"),
            ):
                if there and said != there:
                    yield Contradiction(
                        f"Di bawahnya terdaftar {there} {word}.",
                        places(block.spot),
                        match[0],
                        f"{there} {word}",
                    )


@REPORT.error(
    "jumlah-bertentangan",
    "Satu sasaran didukung oleh satu jumlah program dan kegiatan",
    source="hitungan: satu fakta satu angka",
    explanation="Sasaran 2 tidak dapat didukung 1 program dan juga 4 program.",
)
def one_count_a_sasaran(claims: Claims) -> Iterator[Contradiction]:
    """Two different counts of what supports one sasaran."""
    said: dict[str, tuple[str, Spot]] = {}
    for paragraph in claims.paragraphs:
        match, of = _SUPPORT.search(paragraph.text), _SASARAN.search(paragraph.text)
        if not match or not of or "mendukung" not in paragraph.text.lower():
            continue
        counts = f"{match[1]} program dan {match[2]} kegiatan"
        first = said.setdefault(of[1], (counts, paragraph.spot))
        if first[0] != counts:
            yield Contradiction(
                f"Pendukung sasaran {of[1]} disebut dua kali dengan jumlah berbeda.",
                places(paragraph.spot, first[1]),
                counts,
                first[0],
            )


@REPORT.warning(
    "program-tak-beranggaran",
    "Setiap program yang disebut ada dalam tabel anggaran",
    source="PermenPANRB 53/2014, reviu I.6",
    explanation="Program tanpa anggaran dan tanpa realisasi berasal dari dokumen lain.",
)
def programmes_have_a_budget(claims: Claims) -> Iterator[Contradiction]:
    """Listed programmes that no budget table has."""
    rows = [row for table in claims.budgets for row in table.rows if not row.is_total]
    if not any(row.style == "program" for row in rows):
        return
    known = [_words(row.name) for row in rows]
    for paragraph in claims.paragraphs:
        match = _LISTED_PROGRAMME.match(paragraph.text)
        own = _words(re.split(r"[,;]|dengan anggaran", match["name"])[0]) if match else frozenset()
        if match is None or len(own) < 2:
            continue
        shared = max((len(own & words) / len(own) for words in known), default=0.0)
        if shared < _SHARED:
            yield Contradiction(
                "Program ini tidak ada dalam tabel anggaran.",
                places(paragraph.spot),
                paragraph.text.strip(),
                "program yang dianggarkan",
            )


@REPORT.warning(
    "kegiatan-senama",
    "Dua baris anggaran tidak bernama sama",
    source="kewajaran: nama baris di atasnya tersalin",
    explanation="Satu nama untuk dua kegiatan menyembunyikan salah satunya.",
)
def rows_have_own_names(claims: Claims) -> Iterator[Contradiction]:
    """A doubled name of which another place gives the right one, by its amount."""
    for table in claims.budgets:
        for place, row in enumerate(table.rows):
            doubled = any(_letters(row.name) == _letters(each.name) for each in table.rows[:place])
            if not doubled or row.budget is None or row.name.lower().startswith("belanja"):
                continue
            for activity in claims.activities:
                same = activity.budget and activity.budget.value == row.budget.value
                if same and _letters(activity.name) != _letters(_bare(row.name)):
                    yield Contradiction(
                        f"Kegiatan beranggaran {row.budget.text} di tempat lain bernama lain.",
                        places(row.spot, activity.table.spot),
                        row.name,
                        activity.name,
                    )


def _listed_indicators(claims: Claims) -> list[IndicatorRow]:
    """The indicators of the first table that measures all sasaran, else of the PK."""
    for wanted in (("target", "achievement"), ("target",)):
        for row in claims.indicators:
            rows = [each for each in claims.indicators if each.table is row.table]
            is_listed = row.document in _LISTING and all(part in row.cells for part in wanted)
            if is_listed and len({each.sasaran for each in rows}) > 1:
                return rows
    return []


def _following(blocks: tuple[Block, ...]) -> tuple[int, int]:
    programmes = activities = 0
    for block in blocks:
        if isinstance(block, Table):
            activities += block.rows[0].cell(0).strip().lower().startswith("kegiatan ")
            continue
        if _SUPPORT.search(block.text) or _CHAPTER.match(block.text):
            break
        programme = _PROGRAMME.match(block.text)
        if programme and int(programme[1]) != programmes + 1:
            break  # the number of a heading, not of the list
        programmes += programme is not None
        activities += bool(_ACTIVITY.match(block.text))
    return programmes, activities


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]{4,}", text.lower())) - {"program", "kegiatan", "dengan"}


def _bare(name: str) -> str:
    return re.sub(r"^kegiatan\s*:?\s*", "", name, flags=re.IGNORECASE)


def _letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.lower())
