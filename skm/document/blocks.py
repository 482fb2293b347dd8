"""The kinds of blocks that a document is made of.

A block holds text that is ready to print: numbers formatted, captions and headings numbered.
Every block has an id that stays the same from year to year; it becomes the bookmark of the
DOCX, the label of the PDF and the id of the HTML. A newline in a text breaks the line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, StrEnum

from skm.charts import Picture
from skm.errors import refuse

DEEPEST_LIST = 3
DENSE_FROM_COLUMNS = 9


class Align(StrEnum):
    """How the lines of a text stand."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "justify"


class Marker(StrEnum):
    """How the items of a list are marked."""

    DIGIT = "1."
    LETTER = "a."
    ROMAN = "i."
    DIGIT_PARENTHESIS = "1)"
    LETTER_PARENTHESIS = "a)"
    BRACKETED_DIGIT = "(1)"
    BULLET = "•"
    DASH = "–"

    @property
    def counts(self) -> bool:
        """Whether the items are numbered at all."""
        return self not in (Marker.BULLET, Marker.DASH)


class Emphasis(StrEnum):
    """What a table row stands for."""

    NONE = "none"
    SUBTOTAL = "subtotal"
    TOTAL = "total"


class PageNumbers(StrEnum):
    """How the pages of a section are numbered."""

    NONE = "none"
    ROMAN = "roman"
    ARABIC = "arabic"


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

    def text_width(self, *, landscape: bool) -> float:
        """Width of the text area, in mm; a landscape page is the upright one, turned."""
        width, height = self.paper.value
        if landscape:
            return height - self.margins.top - self.margins.bottom
        return width - self.margins.left - self.margins.right


@dataclass(frozen=True)
class Run:
    """A stretch of text of one kind.

    Attributes:
        text: as printed; empty in a reference until the builder knows its number.
        bold, italic: how it is set.
        target: id of the block that the text refers to.
        placeholder: the placeholder of the wording that this text was put in for.
    """

    text: str
    bold: bool = False
    italic: bool = False
    target: str = ""
    placeholder: str = ""


Text = tuple[Run, ...]
Inline = str | Text


def runs(text: Inline) -> Text:
    """A text as runs, whichever way it was given."""
    if isinstance(text, str):
        return (Run(text),) if text else ()
    return text


def plain(text: Inline) -> str:
    """The words of a text alone.

    >>> plain((Run("Nilai "), Run("69,46", bold=True)))
    'Nilai 69,46'
    """
    return text if isinstance(text, str) else "".join(run.text for run in text)


def bold(text: str) -> Text:
    """A text in bold."""
    return (Run(text, bold=True),)


def italic(text: str) -> Text:
    """A text in italics."""
    return (Run(text, italic=True),)


def reference(target: str) -> Run:
    """The number of a table, figure, heading or annex, wherever in the document it stands."""
    return Run("", target=target)


@dataclass(frozen=True)
class Cover:
    """The first page: title and what it covers at the top, the office at the foot."""

    id: str
    title: Inline
    subtitle: Inline = ""
    foot: Inline = ""
    logo: Picture | None = None


@dataclass(frozen=True)
class Heading:
    """A heading; ``number`` as printed (``BAB I``, ``A.``, ``1.``), empty in front matter."""

    id: str
    level: int
    text: Inline
    number: str = ""
    in_contents: bool = True

    def __post_init__(self) -> None:
        if self.level not in (1, 2, 3):
            raise refuse(
                "Tingkat judul tidak ada", field=self.id, found=self.level, expected="1, 2, atau 3"
            )


@dataclass(frozen=True)
class AnnexTitle:
    """The title that an annex begins with, on a new page."""

    id: str
    number: str
    text: Inline


@dataclass(frozen=True)
class Paragraph:
    """Running text.

    Attributes:
        indent: steps from the margin, one step a list level.
        keep_with_next: never left alone at the foot of a page, before what it introduces.
    """

    id: str
    text: Inline
    align: Align = Align.JUSTIFY
    indent: int = 0
    keep_with_next: bool = False


@dataclass(frozen=True)
class Item:
    """An item of a list; its id only where it is a keyed text of its own."""

    text: Inline
    items: List | None = None
    id: str = ""


@dataclass(frozen=True)
class List:
    """Numbered or marked items, nested to three levels; ``start`` is the first number."""

    id: str
    items: tuple[Item, ...]
    marker: Marker = Marker.DIGIT
    start: int = 1
    indent: int = 0

    def __post_init__(self) -> None:
        if self.depth > DEEPEST_LIST:
            raise refuse(
                "Daftar bertingkat terlalu dalam",
                field=self.id,
                found=self.depth,
                expected=f"paling banyak {DEEPEST_LIST} tingkat",
            )

    @property
    def depth(self) -> int:
        """Levels of the list, itself included."""
        return 1 + max((item.items.depth for item in self.items if item.items), default=0)


@dataclass(frozen=True)
class Field:
    """A label and what stands behind its colon: a text, a list, or both."""

    label: Inline
    text: Inline = ""
    items: List | None = None
    id: str = ""


@dataclass(frozen=True)
class Fields:
    """Lines such as ``Nama : ...`` or ``Menimbang : a. ...``; width of the labels in mm."""

    id: str
    fields: tuple[Field, ...]
    label_width: float = 35


@dataclass(frozen=True)
class Column:
    """A column: its share of the table's width, and how its cells stand."""

    width: float = 1
    align: Align = Align.LEFT


@dataclass(frozen=True)
class Cell:
    """A cell; ``columns`` and ``rows`` are how many of each it covers."""

    text: Inline = ""
    columns: int = 1
    rows: int = 1
    align: Align | None = None


@dataclass(frozen=True)
class Row:
    """A row of cells, less those places that a cell of an earlier row still covers."""

    cells: tuple[Cell, ...]
    emphasis: Emphasis = Emphasis.NONE


@dataclass(frozen=True)
class Table:
    """A table whose head is repeated on every page it runs over.

    Attributes:
        number: ``Tabel 3.1``; empty for a table without a caption.
        index: the row of column numbers under the head, (1) (2) ..., if there is one.
        source: the line under the table that says where its figures are from.
    """

    id: str
    columns: tuple[Column, ...]
    head: tuple[Row, ...]
    body: tuple[Row, ...]
    number: str = ""
    caption: Inline = ""
    index: tuple[str, ...] = ()
    source: Inline = ""

    def __post_init__(self) -> None:
        if not self.body:
            raise refuse("Tabel tanpa baris isi", field=self.id)
        if self.index and len(self.index) != len(self.columns):
            raise refuse(
                "Baris nomor kolom tidak selebar tabel",
                field=self.id,
                found=len(self.index),
                expected=f"{len(self.columns)} kolom",
            )
        for part in (self.head, self.body):
            for _ in placed(self.id, part, len(self.columns)):
                pass

    def placed_body(self) -> Iterator[tuple[int, int, Cell]]:
        """Each cell of the body with the row and column, from 0, of its first place."""
        return placed(self.id, self.body, len(self.columns))

    @property
    def dense(self) -> bool:
        """Whether its columns are so many that it is set in small type."""
        return len(self.columns) >= DENSE_FROM_COLUMNS


def placed(table: str, rows: tuple[Row, ...], width: int) -> Iterator[tuple[int, int, Cell]]:
    """Each cell with the row and column, from 0, of its first place.

    Raises:
        SkmError: a row is too short or too long, or a cell reaches below the last row.
    """
    taken: dict[int, int] = {}
    for y, row in enumerate(rows):
        cells = iter(row.cells)
        x = 0
        while x < width:
            if taken.get(x, 0) > y:
                x += 1
                continue
            cell = next(cells, None)
            covered = range(x, x + cell.columns) if cell else range(0)
            if (
                cell is None
                or x + cell.columns > width
                or y + cell.rows > len(rows)
                or any(taken.get(place, 0) > y for place in covered)
            ):
                raise _not_filled(table, y, len(row.cells), width)
            yield y, x, cell
            for place in covered:
                taken[place] = y + cell.rows
            x += cell.columns
        if next(cells, None) is not None:
            raise _not_filled(table, y, len(row.cells), width)


def _not_filled(table: str, y: int, found: int, width: int) -> Exception:
    return refuse(
        "Sel tidak mengisi tabel dengan tepat",
        field=table,
        row=y + 1,
        found=f"{found} sel",
        expected=f"lebar {width} kolom, termasuk sel gabungan",
    )


@dataclass(frozen=True)
class Figure:
    """A picture with its caption; width in mm, at most the text's."""

    id: str
    picture: Picture
    number: str
    caption: Inline
    width: float = 150


@dataclass(frozen=True)
class Formula:
    """``result = numerator / denominator x factor``, the fraction written with its line."""

    id: str
    result: Inline
    numerator: Inline
    denominator: Inline
    factor: Inline = ""

    @property
    def spoken(self) -> str:
        """The formula on one line, as it is read aloud."""
        fraction = f"{plain(self.numerator)} / {plain(self.denominator)}"
        factor = f" × {plain(self.factor)}" if self.factor else ""
        return f"{plain(self.result)} = {fraction}{factor}"


class Kind(StrEnum):
    """What a list of captions lists."""

    TABLE = "table"
    FIGURE = "figure"


@dataclass(frozen=True)
class Entry:
    """A line of the contents: the block it leads to, its number and text."""

    target: str
    level: int
    number: str
    text: str


@dataclass(frozen=True)
class Contents:
    """The table of contents, headings down to ``levels``; the builder fills the entries."""

    id: str
    levels: int = 2
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class ListOf:
    """The list of tables or of figures; the builder fills the entries."""

    id: str
    kind: Kind
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Letterhead:
    """The kop surat: government, office, address, and a double rule beneath."""

    id: str
    government: Inline
    office: Inline
    address: Inline
    logo: Picture | None = None


@dataclass(frozen=True)
class Signer:
    """One who signs.

    Attributes:
        above: lines over the signature: place and date, who for, the office held.
        below: lines under it: blank for the name, rank, number.
        tag: the character that an electronic signature is put on; empty for a wet one.
    """

    above: Inline
    below: Inline
    tag: str = ""


@dataclass(frozen=True)
class Signature:
    """One signer, at the right, or two side by side."""

    id: str
    signers: tuple[Signer, ...]

    def __post_init__(self) -> None:
        if len(self.signers) not in (1, 2):
            raise refuse(
                "Jumlah penanda tangan tidak ada bentuknya",
                field=self.id,
                found=len(self.signers),
                expected="satu atau dua",
            )

    @property
    def lacking_lines(self) -> tuple[int, ...]:
        """Lines that each signer has less than the other under the signature."""
        lines = [plain(signer.below).count("\n") for signer in self.signers]
        return tuple(max(lines) - line for line in lines)


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page."""

    id: str


@dataclass(frozen=True)
class Section:
    """New pages that are turned or numbered in another way than those before.

    Attributes:
        landscape: turned, for wide tables.
        numbers: none on covers, roman in the front matter, then arabic.
        start: number of its first page; None goes on counting.
    """

    id: str
    landscape: bool = False
    numbers: PageNumbers = PageNumbers.ARABIC
    start: int | None = None


Block = (
    Cover
    | Heading
    | AnnexTitle
    | Paragraph
    | List
    | Fields
    | Table
    | Figure
    | Formula
    | Contents
    | ListOf
    | Letterhead
    | Signature
    | PageBreak
    | Section
)


class UnknownBlockError(TypeError):
    """A writer met a block that it has no form for; it never passes over one in silence."""

    def __init__(self, writer: str, block: object) -> None:
        super().__init__(f"{writer} has no form for the block {type(block).__name__}")


@dataclass(frozen=True)
class Document:
    """A whole document.

    Attributes:
        title: of the document, in the file's properties.
        author: the office that issues it.
        subject: what it is about.
        date: from the plan or the closing, never the clock.
        blocks: in reading order; the first is a Section or stands on an arabic page.
        notice: at the head of every page, such as DATA SIMULASI.
        language: of the text, as an ISO 639 code.
    """

    title: str
    author: str
    subject: str
    date: date
    blocks: tuple[Block, ...]
    page: PageSetup = field(default_factory=PageSetup)
    notice: str = ""
    language: str = "id"


@dataclass(frozen=True)
class Pages:
    """The blocks between two section changes, and how their pages are."""

    section: Section
    blocks: tuple[Block, ...]


def sections(document: Document) -> tuple[Pages, ...]:
    """A document cut at its section changes.

    >>> day = date(2021, 1, 18)
    >>> cut = sections(Document("", "", "", day, (PageBreak("a"), Section("s"), PageBreak("b"))))
    >>> [len(pages.blocks) for pages in cut]
    [1, 1]
    """
    cut: list[Pages] = []
    section, blocks = Section(id=""), list[Block]()
    for block in document.blocks:
        if isinstance(block, Section):
            if blocks:
                cut.append(Pages(section, tuple(blocks)))
            section, blocks = block, []
        else:
            blocks.append(block)
    return (*cut, Pages(section, tuple(blocks))) if blocks else tuple(cut)
