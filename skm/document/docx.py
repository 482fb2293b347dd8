"""A document as DOCX, for an office to edit and sign in Word or LibreOffice.

Every paragraph carries the hidden bookmark that ``parts`` names it by, so that what was edited
can be read back. The table of contents is a real field whose entries are already filled in,
with page numbers from the layout of the PDF: it is never empty, and Word asks nothing at
opening. Content controls are not used, because LibreOffice loses what they mark.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from docx.shared import Mm

from skm.document.blocks import (
    Align,
    AnnexTitle,
    Block,
    Contents,
    Cover,
    Document,
    Entry,
    Fields,
    Figure,
    Formula,
    Heading,
    Inline,
    Letterhead,
    List,
    ListOf,
    PageBreak,
    Paragraph,
    Section,
    Signature,
    Table,
    UnknownBlockError,
    sections,
)
from skm.document.docx_elements import (
    Element,
    alignment,
    element,
    field_begin,
    field_end,
    formula,
    indentation,
    marked,
    name,
    paragraph,
    tab,
    text,
    twips,
)
from skm.document.docx_package import Package
from skm.document.docx_styles import STEP
from skm.document.docx_tables import CellLook, Place, data_table, plain_grid
from skm.document.parts import bookmark, captioned, numbered
from skm.errors import refuse

_FIRST_LINE = 10.0  # mm
_LOGO_WIDTH, _COVER_LOGO_HEIGHT = 20.0, 42.0


def write(document: Document, page_labels: Mapping[str, str]) -> bytes:
    """The DOCX of a document.

    Args:
        document: the model.
        page_labels: for each target of its contents the number of its page, as ``pdf.page_labels``
            gives it.

    Raises:
        UnknownBlockError: a block is of a kind that has no form here.
        SkmError: the page of an entry of the contents is missing, or a picture has no PNG.
    """
    writer = _Writer(document, page_labels)
    for pages in sections(document):
        writer.begin(pages.section)
        for block in pages.blocks:
            writer.block(block)
    return writer.package.saved()


class _Writer:
    """Writes blocks one behind the other into the body of a package."""

    def __init__(self, document: Document, page_labels: Mapping[str, str]) -> None:
        self.package = Package(document)
        self._page = document.page
        self._page_labels = page_labels
        self._body = self.package.body
        self._width = 0.0
        self._counted: defaultdict[str, int] = defaultdict(int)
        self._bookmarks = 0
        self._break_due = False

    def begin(self, section: Section) -> None:
        """Begin new pages."""
        self.package.begin_section(section)
        self._width = self._page.text_width(landscape=section.landscape)
        self._break_due = False

    def block(self, block: Block) -> None:
        """Write one block."""
        match block:
            case Cover():
                self._cover(block)
            case Heading(id, level):
                style = f"Heading{level}" if block.in_contents else f"Unlisted{level}"
                self._add(self._paragraph(id, style, numbered(block)))
            case AnnexTitle(id):
                self._add(self._paragraph(id, "AnnexTitle", numbered(block)))
            case Paragraph():
                self._running_text(block)
            case List():
                for item in self._items(block, block.id, "ListParagraph", block.indent):
                    self._add(item)
            case Fields():
                self._add_table(self._fields(block))
            case Table():
                self._table(block)
            case Figure():
                self._figure(block)
            case Formula(id, result, numerator, denominator, factor):
                equation = formula(result, numerator, denominator, factor)
                self._add(self._marked_paragraph(id, "Normal", [equation]))
            case Contents(_, levels, entries):
                self._contents(levels, entries)
            case ListOf(_, _, entries):
                for entry in entries:
                    self._add(paragraph("TableofFigures", self._entry(entry)))
            case Letterhead():
                self._letterhead(block)
            case Signature():
                self._signature(block)
            case PageBreak():
                self._break_due = True
            case _:
                raise UnknownBlockError("docx", block)

    # ---- paragraphs ----

    def _add(self, made: Element) -> None:
        """Put a paragraph or table behind all others, on a new page where one is due."""
        if self._break_due:
            self._break_due = False
            if made.tag == name("w:tbl"):
                self._add(paragraph("Gap", [], element("w:pageBreakBefore")))
            else:
                before = (name("w:pStyle"), name("w:keepNext"))  # the schema's own order
                place = sum(part.tag in before for part in made[0])
                made[0].insert(place, element("w:pageBreakBefore"))
        self._body.append(made)

    def _add_table(self, made: Element) -> None:
        """Put a table behind all others, and a gap, without which Word joins it to the next."""
        self._add(made)
        self._add(paragraph("Gap", []))

    def _marked_paragraph(
        self, owner: str, style: str, content: Iterable[Element], *properties: Element
    ) -> Element:
        """A paragraph with the bookmark of the next part of the block ``owner``."""
        label = bookmark(owner, self._counted[owner])
        self._counted[owner] += 1
        self._bookmarks += 1
        return paragraph(style, marked(content, label, self._bookmarks), *properties)

    def _paragraph(
        self, owner: str, style: str, words: Inline, *properties: Element, bold: bool = False
    ) -> Element:
        return self._marked_paragraph(owner, style, text(words, bold=bold), *properties)

    def _running_text(self, block: Paragraph) -> None:
        properties = [element("w:keepNext")] if block.keep_with_next else []
        if block.indent:
            properties.append(indentation(STEP * block.indent))
        elif block.align is Align.JUSTIFY:
            properties.append(indentation(0, first_line=_FIRST_LINE))
        properties.append(alignment(block.align))
        self._add(self._paragraph(block.id, "BodyText", block.text, *properties))

    def _items(
        self, items: List, owner: str, style: str, indent: int = 0, level: int = 0
    ) -> Iterable[Element]:
        number = self.package.numbering.new_list(items.marker, level, items.start)
        for item in items.items:
            numbering = element(
                "w:numPr", element("w:ilvl", val=level), element("w:numId", val=number)
            )
            moved = [self._moved(level, indent)] if indent else []
            yield self._paragraph(item.id or owner, style, item.text, numbering, *moved)
            if item.items:
                inner = item.items
                yield from self._items(inner, inner.id or owner, style, indent, level + 1)

    def _moved(self, level: int, indent: int) -> Element:
        made = indentation(STEP * (level + 1 + indent))
        made.set(name("w:hanging"), str(twips(STEP)))
        return made

    def _cover(self, cover: Cover) -> None:
        height = self._page.paper.value[1] - self._page.margins.top - self._page.margins.bottom
        self._add(self._paragraph(cover.id, "Title", cover.title, _above(height * 0.12)))
        if cover.subtitle:
            self._add(self._paragraph(cover.id, "Subtitle", cover.subtitle, _above(10)))
        if cover.logo:
            drawing = self.package.drawing(cover.id, cover.logo, height=Mm(_COVER_LOGO_HEIGHT))
            self._add(paragraph("Subtitle", [drawing], _above(height * 0.16)))
        if cover.foot:
            above = height * (0.2 if cover.logo else 0.5)
            self._add(self._paragraph(cover.id, "Subtitle", cover.foot, _above(above)))
        self._break_due = True

    # ---- tables and figures ----

    def _table(self, table: Table) -> None:
        if table.number:
            caption = self._paragraph(table.id, "Caption", captioned(table), element("w:keepNext"))
            self._add(caption)

        def cell(words: Inline, look: CellLook) -> Element:
            keep = [element("w:keepNext")] if look.keep else []
            return self._paragraph(
                table.id, look.style, words, *keep, alignment(look.align), bold=look.bold
            )

        made = data_table(table, self._width, cell)
        if table.source:
            self._add(made)
            self._add(self._paragraph(table.id, "Source", table.source))
        else:
            self._add_table(made)

    def _figure(self, figure: Figure) -> None:
        width = Mm(min(figure.width, self._width))
        drawing = self.package.drawing(figure.id, figure.picture, width=width)
        self._add(paragraph("Caption", [drawing], element("w:keepNext")))
        self._add(self._paragraph(figure.id, "Caption", captioned(figure)))

    def _fields(self, block: Fields) -> Element:
        rows = []
        for field in block.fields:
            label = self._paragraph(block.id, "FieldText", field.label)
            colon = self._paragraph(block.id, "FieldText", ":")
            value: list[Element] = []
            if field.text or not field.items:
                justified = alignment(Align.JUSTIFY)
                value.append(
                    self._paragraph(field.id or block.id, "FieldText", field.text, justified)
                )
            if field.items:
                owner = field.items.id or block.id
                value += self._items(field.items, owner, "ListParagraph")
            rows.append((Place([label]), Place([colon]), Place(value)))
        widths = (block.label_width, 5, self._width - block.label_width - 5)
        return plain_grid(widths, rows)

    def _letterhead(self, block: Letterhead) -> None:
        lines = [
            self._sized(self._paragraph(block.id, "Letterhead", words, bold=bold), size)
            for words, size, bold in (
                (block.government, 13, False),
                (block.office, 16, True),
                (block.address, self._page.size - 1.5, False),
            )
        ]
        if block.logo:
            drawing = self.package.drawing(block.id, block.logo, width=Mm(_LOGO_WIDTH))
            side = _LOGO_WIDTH + 2
            arms = Place([paragraph("Letterhead", [drawing])])
            places = (arms, Place(lines), Place([paragraph("Letterhead", [])]))
            self._add(plain_grid((side, self._width - 2 * side, side), [places]))
        else:
            for line in lines:
                self._add(line)
        rule = element("w:bottom", val="thickThinSmallGap", sz=24, space=1, color="auto")
        below = element("w:spacing", after=240)
        self._add(paragraph("Gap", [], element("w:pBdr", rule), below))

    def _sized(self, made: Element, points: float) -> Element:
        for run in made.iter(name("w:r")):
            properties = run.find(name("w:rPr"))
            if properties is None:
                properties = element("w:rPr")
                run.insert(0, properties)
            properties.append(element("w:sz", val=round(points * 2)))
        return made

    def _signature(self, block: Signature) -> None:
        places = [Place([paragraph("Signature", [])])] if len(block.signers) == 1 else []
        for signer, lacking in zip(block.signers, block.lacking_lines, strict=True):
            above = self._paragraph(block.id, "Signature", signer.above)
            space = element("w:spacing", before=twips(9), after=twips(9))
            if signer.tag:
                tag = self._paragraph(block.id, "Signature", signer.tag, space)
            else:
                tag = paragraph("Signature", [], space)
            below = self._paragraph(block.id, "Signature", signer.below)
            blank = [paragraph("Signature", []) for _ in range(lacking)]
            places.append(Place([above, tag, below, *blank], bottom=True))
        self._add(paragraph("Gap", [], element("w:keepNext")))
        self._add_table(plain_grid((self._width / 2, self._width / 2), [places]))

    # ---- contents ----

    def _contents(self, levels: int, entries: tuple[Entry, ...]) -> None:
        last = len(entries) - 1
        for number, entry in enumerate(entries):
            begin = field_begin(f'TOC \\o "1-{levels}" \\h \\z \\u') if number == 0 else []
            end = [field_end()] if number == last else []
            line = [*begin, *self._entry(entry), *end]
            self._add(paragraph(f"TOC{entry.level}", line))

    def _entry(self, entry: Entry) -> list[Element]:
        if entry.target not in self._page_labels:
            raise refuse(
                "Nomor halaman untuk daftar tidak ada",
                field=entry.target,
                expected=", ".join(self._page_labels),
            )
        target = bookmark(entry.target, 0)
        words = f"{entry.number} {entry.text}".strip()
        page = [
            *field_begin(f"PAGEREF {target} \\h"),
            *text(self._page_labels[entry.target]),
            field_end(),
        ]
        return [element("w:hyperlink", *text(words), tab(), *page, anchor=target, history=1)]


def _above(mm: float) -> Element:
    return element("w:spacing", before=twips(mm))
