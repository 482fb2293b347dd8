"""An SKM report in the making: its figures, its wording, and the blocks put together so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from skm.closing_text import SHORT
from skm.document.blocks import Align, Marker, Text, plain
from skm.document.builder import Builder
from skm.document.drafting import Drafting, ValuePrinter
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


@dataclass(frozen=True)
class Draft(Drafting):
    """An SKM report in the making; ``show`` prints values."""

    material: Material
    show: ValuePrinter

    @staticmethod
    def begin(material: Material, register: Register) -> Draft:
        """An empty report.

        Raises:
            SkmError: the office's own wording has faults.
        """
        wording = Wording.load(_SHIPPED, material.own_wording)
        build, show = Builder(register, wording), ValuePrinter(register)
        return Draft(wording, build, _common(material, show, build), material, show)

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

    def say_with_blanks(self, key: str, **values: Value) -> None:
        """Add a paragraph with lines to fill in, which would tear a justified text apart."""
        values = {**self.common, **values}
        self.build.say(key, values, align=Align.LEFT, keep_with_next=True)

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


def _source(figures: Published) -> str:
    if figures.short_checksum is None:
        return f"jawaban {figures.period}, belum ditutup"
    return f"penutupan {figures.period} edisi {figures.edition} ({figures.short_checksum[:SHORT]})"


def _common(material: Material, show: ValuePrinter, build: Builder) -> Values:
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
