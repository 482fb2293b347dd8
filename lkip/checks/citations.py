"""Regulations that a report cites: number, year, title, and whether they are still in force."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from lkip.checks.report_subject import REPORT, places
from lkip.claims import Claims
from lkip.claims.report import Spot, Table
from lkip.findings import Contradiction

_CITED = re.compile(
    r"(?P<kind>undang\s*-?\s*undang|peraturan\s+pemerintah|peraturan\s+presiden"
    r"|peraturan\s+menteri|permen\s?pan(?:\s?-?rb)?|instruksi\s+presiden|keputusan\s+menteri)"
    r"(?P<body>[^.;:]{0,140}?)"
    r"(?:(?:nomor|nomer|no\.?)\s*:?\s*)?"
    r"(?P<number>(?:PER/|KEP/)?0?\d{1,3}(?:/[A-Z.]+(?:/\d{1,2})?(?:/\d{4})?)?)"
    r"\s*,?\s*(?:tahun|/)?\s*(?P<year>(?:19|20)\d\d)?"
    r"(?:\s*,?\s*tentang\s+(?P<title>[^;]{10,160}))?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Regulation:
    """A regulation that reports cite; see regulations.toml."""

    name: str
    kind: str
    number: str
    year: int
    titles: tuple[str, ...]
    subject: str
    title: str
    repealed: int | None
    by: str | None


@dataclass(frozen=True)
class Citation:
    """A citation in a report."""

    text: str
    kind: str
    number: str
    year: int
    title: str
    spot: Spot


@REPORT.error(
    "peraturan-nomor",
    "Nomor dan tahun peraturan cocok dengan judulnya",
    source="daftar peraturan: lkip/checks/regulations.toml",
    explanation="Peraturan Menteri tentang perjanjian kinerja adalah Nomor 53 Tahun 2014.",
)
def numbers_fit_titles(claims: Claims) -> Iterator[Contradiction]:
    """A known title under another number or year."""
    for cited in _cited(claims):
        for known in _known():
            is_its_title = bool(cited.title) and known.subject in _letters(cited.title)
            if not is_its_title or cited.kind != known.kind or _is(cited, known):
                continue
            if any(_is(cited, other) for other in _known()):
                continue
            yield Contradiction(
                f"Peraturan tentang hal ini adalah {known.name}.",
                places(cited.spot),
                _short(cited.text),
                f"{known.name} tentang {known.title}",
            )


@REPORT.warning(
    "peraturan-judul",
    "Judul peraturan dikutip seperti aslinya",
    source="daftar peraturan: lkip/checks/regulations.toml",
    explanation="Satu peraturan tidak memiliki dua judul.",
)
def titles_are_right(claims: Claims) -> Iterator[Contradiction]:
    """A known number with another title."""
    for cited in _cited(claims):
        for known in _known():
            if not cited.title or not _is(cited, known):
                continue
            if not any(_letters(cited.title).startswith(title) for title in known.titles):
                yield Contradiction(
                    f"Judul {known.name} dikutip lain.",
                    places(cited.spot),
                    _short(cited.title),
                    known.title,
                )


@REPORT.warning(
    "peraturan-dicabut",
    "Peraturan yang dikutip masih berlaku pada tahun laporan",
    source="daftar peraturan: lkip/checks/regulations.toml",
    explanation="PermenPANRB 29/2010 sudah dicabut oleh PermenPANRB 53/2014.",
)
def regulations_are_in_force(claims: Claims) -> Iterator[Contradiction]:
    """Repealed regulations."""
    for cited in _cited(claims):
        for known in _known():
            if not known.repealed or not claims.year or not _is(cited, known):
                continue
            if known.repealed <= claims.year:
                yield Contradiction(
                    f"{known.name} sudah dicabut oleh {known.by}.",
                    places(cited.spot),
                    _short(cited.text),
                    known.by,
                )


def _cited(claims: Claims) -> Iterator[Citation]:
    texts = [(paragraph.text, paragraph.spot) for paragraph in claims.paragraphs]
    for table in claims.tables:
        texts += _cells(table)
    for text, spot in texts:
        for match in _CITED.finditer(text):
            number = match["number"].upper().removeprefix("PER/").removeprefix("KEP/").lstrip("0")
            year = match["year"] or (re.search(r"(\d{4})$", number) or [""])[0]
            if year:
                kind = _kind(match["kind"])
                title = match["title"] or ""
                yield Citation(match[0], kind, number, int(year), title, spot)


def _cells(table: Table) -> list[tuple[str, Spot]]:
    return [
        (part, row.spot)
        for row in table.rows
        for cell in row.cells
        if len(cell) > 60
        for part in cell.split("\n")
    ]


def _kind(text: str) -> str:
    lowered = " ".join(text.lower().split())
    for word in ("undang", "pemerintah", "instruksi", "presiden"):
        if word in lowered:
            return word
    return "menteri"


def _is(cited: Citation, known: Regulation) -> bool:
    number = re.sub(r"/0(\d)", r"/\1", cited.number)
    return cited.kind == known.kind and number == known.number and cited.year == known.year


@cache
def _known() -> tuple[Regulation, ...]:
    text = resources.files("lkip.checks").joinpath("regulations.toml").read_text("utf-8")
    return tuple(
        Regulation(
            one["name"],
            one["kind"],
            one["number"],
            one["year"],
            tuple(one["titles"]),
            one["subject"],
            one["title"],
            one.get("repealed"),
            one.get("by"),
        )
        for one in tomllib.loads(text)["regulation"]
    )


def _letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.lower())


def _short(text: str) -> str:
    return text if len(text) < 100 else f"{text[:97]}..."
