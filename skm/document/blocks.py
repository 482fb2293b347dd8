"""The kinds of blocks that a document is made of.

A block holds text that is ready to print: numbers formatted, captions and headings numbered.
Every block has an id that stays the same from year to year; it becomes the bookmark of the
DOCX, the label of the PDF and the id of the HTML. A newline in a text breaks the line.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from skm.charts import Picture
from skm.document.paper import Margins, PageSetup, Paper, Typeface
from skm.document.tables import Cell, Column, Emphasis, Row, Table
from skm.document.text import Align, Inline, Run, Text, bold, italic, plain, reference, runs
from skm.errors import refuse

__all__ = [
    "Align",
    "AnnexTitle",
    "Block",
    "Cell",
    "Column",
    "Contents",
    "Cover",
    "Document",
    "Emphasis",
    "Entry",
    "Field",
    "Fields",
    "Figure",
    "Formula",
    "Heading",
    "Inline",
    "Item",
    "Kind",
    "Letterhead",
    "List",
    "ListOf",
    "Margins",
    "Marker",
    "PageBreak",
    "PageNumbers",
    "PageSetup",
    "Pages",
    "Paper",
    "Paragraph",
    "Picture",
    "Row",
    "Run",
    "Section",
    "Signature",
    "Signer",
    "Table",
    "Text",
    "Typeface",
    "UnknownBlockError",
    "bold",
    "italic",
    "plain",
    "reference",
    "runs",
    "sections",
]

DEEPEST_LIST = 3


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


class PageNumbers(StrEnum):
    """How the pages of a section are numbered."""

    NONE = "none"
    ROMAN = "roman"
    ARABIC = "arabic"


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
