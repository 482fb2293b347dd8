"""Regulations of the survey as data: elements, scale, printed weights, sample rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

from skm import resources
from skm.errors import refuse
from skm.numerals import Number, round_half_up
from skm.toml_file import Table, TomlFile

LEVEL_COUNT = 4
WEIGHT_TOLERANCE = Fraction(2, 100)
"""How far weights may sum from 1; the printed 0,071 x 14 = 0,994 must pass, 0,11 x 14 not."""

_HIGHEST = Decimal(100)
_STEP = Decimal("0.01")


@dataclass(frozen=True)
class Band:
    """One class of a scale.

    Attributes:
        lower: the index it begins with, on 25 to 100, 2 decimals.
        level: nilai persepsi, 1 to 4.
        grade: mutu, D to A.
        predicate: kinerja, Tidak Baik to Sangat Baik.
    """

    lower: Decimal
    level: int
    grade: str
    predicate: str


@dataclass(frozen=True)
class Scale:
    """The classes of one regulation, lowest first."""

    id: str
    name: str
    bands: tuple[Band, ...]

    def band(self, value: Number) -> Band:
        """The class of an index or score on 25 to 100.

        The value is rounded half up to 2 decimals first, so none falls between two classes;
        what lies below the second class, below 25 too, is in the lowest.

        >>> scale("2017").band(Decimal("76.605")).grade
        'B'
        """
        shown = round_half_up(value, 2)
        reached = [band for band in self.bands if shown >= band.lower]
        return reached[-1] if reached else self.bands[0]

    def next_above(self, band: Band) -> Band | None:
        """The next better class, or None for the best."""
        return self.bands[band.level] if band.level < len(self.bands) else None

    def upper(self, band: Band) -> Decimal:
        """The last figure of 2 decimals that still belongs to a class, as tables print it.

        >>> str(scale("2004").upper(scale("2004").bands[0]))
        '43.75'
        """
        above = self.next_above(band)
        return above.lower - _STEP if above else _HIGHEST

    def by_predicate(self, text: str) -> Band | None:
        """The class that a printed predicate names, case and spacing aside; None for none.

        >>> scale("2017").by_predicate(" sangat  baik").grade
        'A'
        """
        wanted = " ".join(text.split()).casefold()
        return next((band for band in self.bands if band.predicate.casefold() == wanted), None)


@dataclass(frozen=True)
class OfficialElement:
    """An unsur as the regulation lists it."""

    code: str
    name: str


@dataclass(frozen=True)
class SampleRule:
    """The figures of the Krejcie-Morgan formula: chi square, proportion P, error d."""

    chi_square: Decimal
    proportion: Decimal
    error: Decimal


@dataclass(frozen=True)
class Regulation:
    """What one regulation lays down for the survey.

    Attributes:
        id: short name, ``2004`` or ``2017``.
        title: official title.
        number: official number, as reports cite it.
        year: its year.
        scale: its classes.
        printed_weights: weights an element as it and offices print them, in place of the
            exact 1/number of elements.
        minimum_sample: respondents it asks for at least; 0 where it fixes no number and only
            the Krejcie-Morgan table counts.
        sample: how many respondents a population needs.
        elements: its unsur in the order of its list.
        fee_element: the one about cost, which a free service lifts.
        in_force_from: first day.
        in_force_until: last day, None while in force.
        grades_periods_from: first day of the periods that are graded on its scale.
        source: where the figures come from and how sure they are.
    """

    id: str
    title: str
    number: str
    year: int
    scale: Scale
    printed_weights: tuple[Decimal, ...]
    minimum_sample: int
    sample: SampleRule
    elements: tuple[OfficialElement, ...]
    fee_element: str
    in_force_from: date
    in_force_until: date | None
    grades_periods_from: date
    source: str

    @property
    def element_count(self) -> int:
        """The number of its unsur."""
        return len(self.elements)

    @property
    def element_codes(self) -> tuple[str, ...]:
        """The codes of its unsur in the order of its list."""
        return tuple(element.code for element in self.elements)


def load_regulation(id_or_path: str | Path) -> Regulation:
    """A regulation by its id, or read from a file.

    Raises:
        SkmError: with every fault of the file.
    """
    if isinstance(id_or_path, str):
        return find_regulation(id_or_path)
    document = TomlFile(id_or_path)
    root = document.root
    identity = root.text("id")
    if identity and identity != id_or_path.stem:
        root.fault("id", "Berbeda dari nama berkas", found=identity, expected=id_or_path.stem)
    elements = tuple(
        OfficialElement(table.text("code"), table.text("name")) for table in root.tables("element")
    )
    regulation = Regulation(
        id=identity,
        title=root.text("title"),
        number=root.text("number"),
        year=root.whole("year"),
        scale=_scale(root, identity),
        printed_weights=root.decimals("printed_weights"),
        minimum_sample=root.optional_whole("minimum_sample") or 0,
        sample=_sample(root.table("sample")),
        elements=elements,
        fee_element=root.text("fee_element"),
        in_force_from=root.day("in_force_from"),
        in_force_until=root.optional_day("in_force_until"),
        grades_periods_from=root.day("grades_periods_from"),
        source=root.text("source"),
    )
    _fault_doubled(root, "element", regulation.element_codes)
    if regulation.fee_element not in regulation.element_codes:
        root.fault("fee_element", "Unsur tidak dikenal", found=regulation.fee_element)
    document.refuse_faults()
    return regulation


def find_regulation(id: str) -> Regulation:  # noqa: A002
    """The shipped regulation of an id.

    Raises:
        SkmError: there is none of that id; those there are are named.
    """
    shipped = {regulation.id: regulation for regulation in shipped_regulations()}
    if id not in shipped:
        raise refuse("Peraturan tidak dikenal", found=id, expected=" atau ".join(shipped))
    return shipped[id]


def scale(id: str) -> Scale:  # noqa: A002
    """The scale of a shipped regulation.

    >>> [str(band.lower) for band in scale("2017").bands]
    ['25.00', '65.00', '76.61', '88.31']
    """
    return find_regulation(id).scale


@cache
def shipped_regulations() -> tuple[Regulation, ...]:
    """The regulations that come with the program, oldest first."""
    files = (resources.folder("survey_forms") / "regulations").glob("*.toml")
    read = (load_regulation(path) for path in files)
    return tuple(sorted(read, key=lambda regulation: regulation.in_force_from))


def regulation_in_force() -> Regulation:
    """The newest regulation; its unsur are the official ones that forms map to."""
    return shipped_regulations()[-1]


def _sample(table: Table) -> SampleRule:
    return SampleRule(
        table.decimal("chi_square"), table.decimal("proportion"), table.decimal("error")
    )


def _scale(root: Table, identity: str) -> Scale:
    tables = root.tables("band")
    bands = tuple(
        Band(table.decimal("lower"), level, table.text("grade"), table.text("predicate"))
        for level, table in enumerate(tables, start=1)
    )
    if tables and len(bands) != LEVEL_COUNT:
        root.fault("band", "Jumlah kelas salah", found=len(bands), expected=f"{LEVEL_COUNT} kelas")
    for table, lower, higher in zip(tables[1:], bands, bands[1:], strict=False):
        if higher.lower <= lower.lower:
            table.fault(
                "lower",
                "Batas bawah kelas harus naik",
                found=higher.lower,
                expected=f"lebih dari {lower.lower}",
            )
    for key, values in (
        ("grade", [band.grade for band in bands]),
        ("predicate", [band.predicate for band in bands]),
    ):
        _fault_doubled(root, f"band.{key}", tuple(values))
    return Scale(identity, root.text("scale_name"), bands)


def _fault_doubled(root: Table, key: str, values: tuple[str, ...]) -> None:
    for value in dict.fromkeys(value for value in values if value and values.count(value) > 1):
        root.fault(key, "Tertulis dua kali", found=value)
