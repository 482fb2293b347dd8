"""An SKM report in the making: its figures, its wording, and the blocks put together so far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from skm import numerals
from skm.closing_text import SHORT
from skm.document.blocks import Align, Item, Marker, Paragraph, Text, bold, plain
from skm.document.builder import Builder
from skm.document.register import Register
from skm.document.wording import Value, Values, Wording
from skm.export.follow_up_lines import FollowUpLine
from skm.export.publication_lines import PublicationLine
from skm.export.published import Published
from skm.export.skm_report.outline import Outline
from skm.export.skm_report.particulars import Particulars
from skm.period_scores import TrendPoint
from skm.regulation import regulation_in_force

_SHIPPED = Path(__file__).with_name("wording.toml")


@dataclass(frozen=True)
class Material:
    """What a report is made from.

    Attributes:
        figures: of the period.
        trend: the period and those before it, oldest first.
        said: what the office says of the survey.
        own_wording: file of the office's own wording; need not exist.
        plan: what was planned upon the result.
        before: what was planned upon that of the period before.
        published: where the result was published.
        written: the date of the document, where it is not that of the SKM report.
    """

    figures: Published
    trend: tuple[TrendPoint, ...]
    said: Particulars
    outline: Outline
    own_wording: Path
    plan: tuple[FollowUpLine, ...] = ()
    before: tuple[FollowUpLine, ...] = ()
    published: tuple[PublicationLine, ...] = ()
    written: date | None = None

    @property
    def dated(self) -> date:
        """The date of the document."""
        return self.written or self.reported

    @property
    def reported(self) -> date:
        """The date of the SKM report."""
        return self.said.dated or self.figures.day


class Printer:
    """Formats values and enters each with its source; one value is printed in one way."""

    def __init__(self, register: Register) -> None:
        self._register = register

    def quote(self, text: str, source: str) -> str:
        """A text taken over as it stands, the numbers in it entered."""
        return self._register.quote(text, source)

    def number(self, value: numerals.Number, source: str, places: int = 0) -> str:
        """A number with a stated number of decimals."""
        return self._register.enter(numerals.number(value, places), value, source)

    def percent(self, value: numerals.Number, source: str, places: int = 2) -> str:
        """A percentage."""
        return self._register.enter(numerals.percent(value, places), value, source)

    def day(self, day: date, source: str) -> str:
        """A date in words."""
        return self._register.enter(numerals.long_date(day), day, source)


@dataclass(frozen=True)
class Draft:
    """A report in the making.

    Attributes:
        build: collects the blocks.
        show: prints values.
        common: what every text may name, such as the office and the index.
    """

    material: Material
    wording: Wording
    build: Builder
    show: Printer
    common: Values

    @staticmethod
    def begin(material: Material, register: Register) -> Draft:
        """An empty report.

        Raises:
            SkmError: the office's own wording has faults.
        """
        wording = Wording.load(_SHIPPED, material.own_wording)
        build, show = Builder(register, wording), Printer(register)
        return Draft(material, wording, build, show, _common(material, show, build))

    @property
    def figures(self) -> Published:
        """The figures of the period."""
        return self.material.figures

    @property
    def said(self) -> Particulars:
        """What the office says of the survey."""
        return self.material.said

    @property
    def source(self) -> str:
        """Where the figures of the period came from, as the register names it."""
        return _source(self.figures)

    @property
    def blank(self) -> str:
        """A line to be filled in by hand."""
        return plain(self.build.words("kosong.garis"))

    def words(self, key: str, **values: Value) -> Text:
        """The text of a key with its values put in."""
        return self.build.words(key, {**self.common, **values})

    def plain_words(self, key: str, **values: Value) -> str:
        """The same without its bold and italics, to be put into another text."""
        return plain(self.words(key, **values))

    def say(self, key: str, *, at: str = "", **values: Value) -> None:
        """Add the text of a key as a paragraph; ``at`` tells several uses of it apart."""
        self.build.say(key, {**self.common, **values}, at=at)

    def say_with_blanks(self, key: str, **values: Value) -> None:
        """Add a paragraph with lines to fill in, which would tear a justified text apart."""
        values = {**self.common, **values}
        self.build.say(key, values, align=Align.LEFT, keep_with_next=True)

    def lead(self, key: str, *, at: str = "", **values: Value) -> None:
        """Add a paragraph that is never left alone before what it introduces."""
        self.build.say(key, {**self.common, **values}, at=at, keep_with_next=True)

    def title(self, key: str, *, at: str = "", **values: Value) -> None:
        """Add a line in bold over what follows."""
        words = bold(self.plain_words(key, **values))
        self.build.add(Paragraph(_placed(key, at), words, Align.LEFT, keep_with_next=True))

    def item(self, key: str, *, at: str = "", **values: Value) -> Item:
        """The text of a key as an item of a list."""
        return Item(self.words(key, **values), id=_placed(key, at))

    def listing(self, key: str, marker: Marker = Marker.LETTER) -> None:
        """Add the texts of a list in the wording."""
        items = [self.item(each) for each in self.wording.listed(key)]
        self.build.list(f"{key}.daftar", items, marker)

    def columns(self, *keys: str) -> tuple[Text, ...]:
        """Heads of columns."""
        return tuple(self.words(f"kolom.{key}") for key in keys)

    def score(self, value: Fraction | None, source: str = "") -> str:
        """An index or score with 2 decimals; the word for none where there is none."""
        if value is None:
            return plain(self.build.words("kosong.nilai"))
        return self.show.number(value, source or self.source, 2)


def listed(texts: Iterable[str]) -> str:
    """Texts in one sentence.

    >>> listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])
    ('a', 'a dan b', 'a, b, dan c')
    """
    *rest, last = texts
    if not rest:
        return last
    return f"{', '.join(rest)}{',' if len(rest) > 1 else ''} dan {last}"


def _placed(key: str, at: str) -> str:
    return f"{key}@{at}" if at else key


def _source(figures: Published) -> str:
    if figures.short_checksum is None:
        return f"jawaban {figures.period}, belum ditutup"
    return f"penutupan {figures.period} edisi {figures.edition} ({figures.short_checksum[:SHORT]})"


def _common(material: Material, show: Printer, build: Builder) -> Values:
    figures, said = material.figures, material.said
    card, period, form = figures.card, figures.period, figures.form
    source = _source(figures)
    regulation = regulation_in_force()
    none = plain(build.words("kosong.nilai"))
    band = card.band
    office = show.quote(figures.office.name, "office.toml: kantor")
    return {
        "kantor": office,
        "kabupaten": show.quote(figures.office.district, "office.toml: kabupaten"),
        "alamat": show.quote(figures.office.address, "office.toml: alamat"),
        "periode": show.quote(period.label, "periode laporan"),
        "awal": show.day(period.first_day, "periode laporan"),
        "akhir": show.day(period.last_day, "periode laporan"),
        "indeks": none if card.index is None else show.number(card.index, source, 2),
        "mutu": band.grade if band else none,
        "predikat": band.predicate if band else none,
        "skala": show.quote(card.scale.name, "skala"),
        "responden": show.number(figures.respondents, source),
        "jumlah_unsur": show.number(len(card.elements), f"formulir {form.id}"),
        "formulir": show.quote(form.title, f"formulir {form.id}"),
        "peraturan_formulir": show.quote(form.regulation.number, f"formulir {form.id}"),
        "peraturan": show.quote(regulation.number, f"peraturan {regulation.id}"),
        "judul_peraturan": show.quote(regulation.title, f"peraturan {regulation.id}"),
        "jabatan": show.quote(said.signed_by, "laporan: penanda_tangan")
        if said.signed_by
        else plain(build.words("kosong.jabatan", {"kantor": office})),
        "garis": plain(build.words("kosong.garis")),
    }
