"""The sheet a document stands on, as an office chooses it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from skm.errors import refuse


class Paper(Enum):
    """Sheets in use, width and height in mm; F4 is the Indonesian folio."""

    A4 = (210, 297)
    F4 = (215, 330)


class Typeface(Enum):
    """Fonts that ship with the program, and the metric-equal ones that Word has."""

    SANS = ("Liberation Sans", "Arial")
    SERIF = ("Liberation Serif", "Times New Roman")


@dataclass(frozen=True)
class Margins:
    """Free space round the text of an upright page, in mm."""

    top: float = 25
    right: float = 20
    bottom: float = 25
    left: float = 30


@dataclass(frozen=True)
class PageSetup:
    """What an office chooses for all its documents; ``size`` of the text in points."""

    paper: Paper = Paper.A4
    typeface: Typeface = Typeface.SANS
    size: float = 11
    margins: Margins = field(default_factory=Margins)

    @staticmethod
    def chosen(paper: str, font: str | None = None, margins: Sequence[float] = ()) -> PageSetup:
        """The setup that ``office.toml`` asks for with ``kertas``, ``huruf`` and ``tepi_mm``.

        Args:
            paper: A4 or F4.
            font: a font's name, of ours or of Word's; without it Arial.
            margins: none, one for all sides, or top, right, bottom, left; in mm.

        >>> PageSetup.chosen("F4", "Times New Roman", (25,)).typeface
        <Typeface.SERIF: ('Liberation Serif', 'Times New Roman')>

        Raises:
            SkmError: a paper, font or number of margins that there is not.
        """
        papers = {known.name: known for known in Paper}
        fonts = {name: known for known in Typeface for name in known.value}
        if paper not in papers:
            raise refuse(
                "Kertas tidak dikenal", field="kertas", found=paper, expected=", ".join(papers)
            )
        if font is not None and font not in fonts:
            raise refuse("Huruf tidak ada", field="huruf", found=font, expected=", ".join(fonts))
        if len(margins) not in (0, 1, 4):
            raise refuse(
                "Jumlah tepi salah",
                field="tepi_mm",
                found=list(margins),
                expected="satu angka, atau empat: atas, kanan, bawah, kiri",
            )
        sides = Margins(*(tuple(margins) * (4 // len(margins)))) if margins else Margins()
        face = fonts[font] if font else Typeface.SANS
        return PageSetup(papers[paper], face, margins=sides)

    def text_width(self, *, landscape: bool) -> float:
        """Width of the text area, in mm; a landscape page is the upright one, turned."""
        width, height = self.paper.value
        if landscape:
            return height - self.margins.top - self.margins.bottom
        return width - self.margins.left - self.margins.right
