"""Puts a document together: numbers it, resolves what it refers to, checks it as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from skm.charts import Picture
from skm.document.blocks import (
    Align,
    AnnexTitle,
    Block,
    Cell,
    Column,
    Contents,
    Document,
    Emphasis,
    Figure,
    Heading,
    Inline,
    Item,
    Kind,
    List,
    ListOf,
    Marker,
    PageBreak,
    PageNumbers,
    PageSetup,
    Paragraph,
    Row,
    Section,
    Table,
    Text,
)
from skm.document.register import Register
from skm.document.resolving import resolved
from skm.document.wording import Values, Wording
from skm.errors import refuse

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ROMAN = (("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1))
_AGAIN = "@"  # parts the key of a wording from the place it is used at


@dataclass(frozen=True)
class Names:
    """What the numbered things of a document are called."""

    chapter: str = "BAB"
    table: str = "Tabel"
    figure: str = "Gambar"
    annex: str = "Lampiran"


class Builder:
    """Collects the blocks of one document, and gives the document at the end.

    Headings of level 1 are numbered BAB I, II, ...; of level 2 A., B., ...; of level 3 1., 2.
    Tables and figures are numbered within their chapter (Tabel 3.1) or annex (Tabel L1.1), and
    alone (Tabel 1) before the first. All these numbers are entered in the register.

    >>> builder = Builder(Register())
    >>> builder.heading("bab1", "PENDAHULUAN")
    >>> builder.table("nilai", [Column()], [row("Nilai")], [row("B")], caption="Nilai mutu")
    >>> [block.number for block in builder.document("Laporan", "Kecamatan", "", date.min).blocks]
    ['BAB I', 'Tabel 1.1']
    """

    def __init__(
        self, register: Register, wording: Wording | None = None, names: Names | None = None
    ) -> None:
        self.register = register
        self.wording = wording
        self.names = names or Names()
        self._blocks: list[Block] = []
        self._section = Section(id="")
        self._chapter = self._part = self._subpart = self._annex = 0
        self._place = ""
        self._counted = {Kind.TABLE: 0, Kind.FIGURE: 0}

    def add(self, *blocks: Block) -> None:
        """Add blocks as they are."""
        for block in blocks:
            if isinstance(block, Section):
                self._section = block
            self._blocks.append(block)

    def words(self, key: str, values: Values | None = None) -> Text:
        """The text of a key with its values put in, its own numbers registered.

        Raises:
            SkmError: an unknown key or placeholder, or a value that is missing.
        """
        if self.wording is None:
            raise refuse("Dokumen ini tidak memiliki naskah", field=key)
        return self.wording.render(key, values or {}, self.register)

    def say(
        self,
        key: str,
        values: Values | None = None,
        *,
        at: str = "",
        align: Align = Align.JUSTIFY,
        indent: int = 0,
        keep_with_next: bool = False,
    ) -> None:
        """Add the text of a key as a paragraph that has the key as its id.

        A text that is used at several places is told apart by ``at``: its id is ``key@at``.
        """
        block_id = f"{key}{_AGAIN}{at}" if at else key
        self.add(Paragraph(block_id, self.words(key, values), align, indent, keep_with_next))

    def heading(
        self,
        block_id: str,
        text: Inline,
        level: int = 1,
        *,
        numbered: bool = True,
        in_contents: bool = True,
    ) -> None:
        """Add a heading; one that is not ``numbered`` belongs to the front matter."""
        number = self._heading_number(level) if numbered else ""
        number = self.register.quote(number, f"nomor judul {block_id}")
        self.add(Heading(block_id, level, text, number, in_contents))

    def annex(self, block_id: str, text: Inline) -> None:
        """Add the title of the next annex."""
        self._annex += 1
        self._begin(f"L{self._annex}.")
        number = f"{self.names.annex} {self._annex}"
        number = self.register.quote(number, f"nomor lampiran {block_id}")
        self.add(AnnexTitle(block_id, number, text))

    def list(
        self,
        block_id: str,
        items: Iterable[Inline | Item],
        marker: Marker = Marker.DIGIT,
        *,
        start: int = 1,
        indent: int = 0,
    ) -> None:
        """Add a list of texts, and of items where one has a list under it."""
        self.add(List(block_id, _as_items(items), marker, start, indent))

    def table(
        self,
        block_id: str,
        columns: Sequence[Column],
        head: Iterable[Row],
        body: Iterable[Row],
        *,
        caption: Inline = "",
        index: bool = False,
        source: Inline = "",
        landscape: bool = False,
    ) -> None:
        """Add a table; with a caption it is numbered.

        Args:
            block_id: what references name.
            columns: shares of the width, and how the cells stand.
            head: rows that are repeated on every page.
            body: at least one row.
            caption: without the number.
            index: whether a row (1) (2) ... stands under the head.
            source: the line under the table.
            landscape: on a turned page of its own, or that of the landscape table before.
        """
        number = self._number(Kind.TABLE, self.names.table, block_id) if caption else ""
        counted = range(1, len(columns) + 1) if index else ()
        indices = tuple(self.register.quote(f"({n})", "nomor kolom") for n in counted)
        table = Table(
            block_id, tuple(columns), tuple(head), tuple(body), number, caption, indices, source
        )
        if landscape:
            self._turned(table)
        else:
            self.add(table)

    def figure(self, block_id: str, picture: Picture, caption: Inline, width: float = 150) -> None:
        """Add a picture with its numbered caption; ``width`` in mm."""
        number = self._number(Kind.FIGURE, self.names.figure, block_id)
        self.add(Figure(block_id, picture, number, caption, width))

    def contents(self, block_id: str, levels: int = 2) -> None:
        """Add the table of contents, headings down to ``levels``."""
        self.add(Contents(block_id, levels))

    def list_of(self, block_id: str, kind: Kind) -> None:
        """Add the list of tables or of figures."""
        self.add(ListOf(block_id, kind))

    def page_break(self, block_id: str) -> None:
        """Let what follows begin on a new page."""
        self.add(PageBreak(block_id))

    def section(
        self,
        block_id: str,
        *,
        landscape: bool = False,
        numbers: PageNumbers = PageNumbers.ARABIC,
        start: int | None = None,
    ) -> None:
        """Let what follows stand on pages turned or numbered in another way."""
        self.add(Section(block_id, landscape, numbers, start))

    def document(
        self,
        title: str,
        author: str,
        subject: str,
        day: date,
        *,
        page: PageSetup | None = None,
        notice: str = "",
    ) -> Document:
        """The finished document: contents listed, references resolved, everything checked.

        Args:
            title, author, subject: its properties; the author is the office.
            day: its date, from the plan or the closing.
            page: paper, font and margins of the office.
            notice: what stands at the head of every page.

        Raises:
            SkmError: as ``resolving.resolved``.
        """
        blocks = list(self._blocks)
        while blocks and isinstance(blocks[-1], Section):
            blocks.pop()
        setup = page or PageSetup()
        return resolved(Document(title, author, subject, day, tuple(blocks), setup, notice=notice))

    def _turned(self, table: Table) -> None:
        upright = self._section
        if upright.landscape:
            self.add(table)
            return
        last = self._blocks[-1] if self._blocks else None
        if isinstance(last, Section) and last.id.endswith(_UPRIGHT):
            self._blocks.pop()
        else:
            self.add(Section(f"{table.id}{_TURNED}", landscape=True, numbers=upright.numbers))
        self.add(table, Section(f"{table.id}{_UPRIGHT}", numbers=upright.numbers))

    def _heading_number(self, level: int) -> str:
        if level == 1:
            self._chapter += 1
            self._begin(f"{self._chapter}.")
            return f"{self.names.chapter} {roman(self._chapter)}"
        if level == 2:
            self._part += 1
            self._subpart = 0
            return f"{_LETTERS[self._part - 1]}."
        self._subpart += 1
        return f"{self._subpart}."

    def _begin(self, place: str) -> None:
        self._part = self._subpart = 0
        self._place = place
        self._counted = dict.fromkeys(self._counted, 0)

    def _number(self, kind: Kind, name: str, block_id: str) -> str:
        self._counted[kind] += 1
        number = f"{self._place}{self._counted[kind]}"
        return f"{name} {self.register.quote(number, f'nomor {name.lower()} {block_id}')}"


_TURNED, _UPRIGHT = f"{_AGAIN}melintang", f"{_AGAIN}tegak"


def row(*texts: Inline | Cell, emphasis: Emphasis = Emphasis.NONE) -> Row:
    """A table row of texts, and of cells where one covers several places."""
    return Row(tuple(text if isinstance(text, Cell) else Cell(text) for text in texts), emphasis)


def under(*texts: Inline | Item, marker: Marker = Marker.LETTER) -> List:
    """A list to stand under an item or behind the colon of a field."""
    return List("", _as_items(texts), marker)


def _as_items(texts: Iterable[Inline | Item]) -> tuple[Item, ...]:
    return tuple(text if isinstance(text, Item) else Item(text) for text in texts)


def roman(number: int) -> str:
    """A number up to 39 in Roman numerals, as chapters have it.

    >>> roman(4), roman(12)
    ('IV', 'XII')
    """
    written = ""
    for letters, value in _ROMAN:
        written += letters * (number // value)
        number %= value
    return written
