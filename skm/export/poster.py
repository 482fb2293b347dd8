"""The publication sheet: the index of a period as a poster and as a picture for screens.

Title lines, the boxes and the words of thanks follow the sheet of PermenPANRB 14/2017.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from skm import qr
from skm.assessment import NO_GROUP
from skm.disclosure import SMALLEST_SHOWN
from skm.document import typesetting
from skm.export.group_tables import HIDDEN, in_office_order, service_name
from skm.export.published import Published, official_totals
from skm.numerals import long_date, number
from skm.regulation import Band, Scale, regulation_in_force
from skm.toml_file import TomlFile

_TEMPLATE = Path(__file__).with_suffix(".typ")
_WORDS = Path(__file__).with_suffix(".toml")
_PROFILE = ("jenis_kelamin", "pendidikan")  # what the sheet of the regulation shows
_MM_PER_INCH = 25.4


@dataclass(frozen=True)
class Sheet:
    """A size that the poster comes in.

    Attributes:
        width, height: in mm.
        unit: what the layout counts in, in mm; 1 on an upright A4.
        pixels: width of the picture.
    """

    width: float
    height: float
    unit: float
    pixels: int

    @property
    def wide(self) -> bool:
        """Whether it lies, as a television does."""
        return self.width > self.height


SHEETS: Mapping[str, Sheet] = {
    "a4": Sheet(210, 297, 1, 1654),
    "a3": Sheet(297, 420, 297 / 210, 2339),
    "sosial": Sheet(210, 262.5, 0.97, 1080),
    "tv": Sheet(336, 189, 1, 1920),
}
"""Sheets by name: two to print, one for social media (4:5), one for a television (16:9)."""


@dataclass(frozen=True)
class Poster:
    """What a poster is made from.

    Attributes:
        base: address of the office's server, without a slash at the end; None where nobody
            can reach it, then no QR code is printed.
    """

    figures: Published
    base: str | None = None

    @property
    def address(self) -> str | None:
        """Where the printed figure is recomputed; None while the period is not closed."""
        checksum = self.figures.short_checksum
        return f"{self.base}/publik/{checksum}" if self.base and checksum else None


def write_poster(poster: Poster, sheet: Sheet) -> bytes:
    """The poster as PDF/A-2a and PDF/UA-1, dated as its figures are.

    Raises:
        SkmError: a name has letters that no font of ours has.
    """
    return typesetting.pdf(_TEMPLATE, _content(poster, sheet), poster.figures.day)


def poster_image(poster: Poster, sheet: Sheet) -> bytes:
    """The poster as PNG."""
    dots_per_inch = sheet.pixels / (sheet.width / _MM_PER_INCH)
    return typesetting.images(_TEMPLATE, _content(poster, sheet), dots_per_inch)[0]


def _content(poster: Poster, sheet: Sheet) -> dict[str, object]:
    figures, words = poster.figures, _words()
    office, period, card = figures.office, figures.period, figures.card
    people = [_group(figures, question) for question in _PROFILE]
    return {
        "page": {"width": sheet.width, "height": sheet.height},
        "unit": sheet.unit,
        "wide": sheet.wide,
        "date": (figures.day.year, figures.day.month, figures.day.day),
        "words": words,
        "office": office.name,
        "government": words["government"].format(kabupaten=office.district),
        "period": period.label,
        "days": words["from_to"].format(
            awal=long_date(period.first_day), akhir=long_date(period.last_day)
        ),
        "value": None if card.index is None else number(card.index, 2),
        "band": None if card.band is None else _band(card.scale, card.band),
        "bands": [_band(card.scale, band) for band in card.scale.bands],
        "scale": _scale_lines(figures),
        "services": _services(figures),
        "respondents": number(figures.respondents),
        "people": [group for group in people if group],
        "hidden": words["hidden"].format(batas=SMALLEST_SHOWN) if _hides(figures) else "",
        "code": _code(poster.address, words),
        "closed": _closed(figures),
        "simulated": figures.simulated,
    }


def _services(figures: Published) -> list[str]:
    office = figures.office
    groups = in_office_order(office, figures.assessment.groups, dict(figures.served))
    named = [service_name(office, each.name) for each in groups if each.name != NO_GROUP]
    return named or [_words()["all_services"]]


def _band(scale: Scale, band: Band) -> dict[str, str]:
    return {
        "grade": band.grade,
        "predicate": band.predicate,
        "range": f"{number(band.lower, 2)}–{number(scale.upper(band), 2)}",
    }


def _scale_lines(figures: Published) -> list[str]:
    """The scale of the class; beside a historic one the class on the scale in force too."""
    card, words, newest = figures.card, _words(), regulation_in_force().scale
    lines = [words["scale"].format(skala=card.scale.name)]
    if card.scale.id != newest.id and card.index is not None:
        band = newest.band(card.index)
        lines.append(
            words["also"].format(skala=newest.name, mutu=band.grade, predikat=band.predicate)
        )
    return lines


def _group(figures: Published, code: str) -> dict[str, object] | None:
    """The respondents by one profile question; None where the form does not ask it."""
    totals = figures.totals(code)
    question = next((each for each in figures.form.profile if each.code == code), None)
    if totals is None or question is None:
        return None
    rows = [
        {
            "name": _words()["not_given"] if name == NO_GROUP else name,
            "n": HIDDEN if n is None else number(n),
        }
        for name, n in official_totals(question, totals)
    ]
    return {"title": _words()[code], "rows": rows}


def _hides(figures: Published) -> bool:
    shown = (figures.totals(code) or () for code in _PROFILE)
    return any(n is None for totals in shown for _, n in totals)


def _code(address: str | None, words: Mapping[str, str]) -> dict[str, str] | None:
    if address is None:
        return None
    return {
        "svg": qr.svg(address).decode(),
        "alt": words["code_alt"].format(alamat=address),
        "address": address,
    }


def _closed(figures: Published) -> list[str]:
    """Edition, document and date of a closed period; nothing while it is not."""
    if figures.edition is None:
        return []
    words = _words()
    document = [words["document"].format(nomor=figures.document)] if figures.document else []
    return [
        words["closed"].format(edisi=figures.edition),
        *document,
        words["dated"].format(tanggal=long_date(figures.day)),
    ]


@cache
def _words() -> Mapping[str, str]:
    root = TomlFile(_WORDS).root
    return {key: root.text(key) for key in root.keys}
