"""One sheet of a workbook, filled from the top: letterhead, lines, tables, charts, print set-up.

Nothing here knows what the figures mean. Text goes in as text whatever it begins with, and a
formula is written together with the value that our own exact engine found for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

from xlsxwriter.chart import Chart
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name

from skm.export.book import PAPERS, Book, Layout, number_format
from skm.export.table import Cell, Column, Kind, Row, Table

SIMULATED = "DATA SIMULASI"
_FIRST_LINE, _LINE = 15.0, 12.8  # points
_PIXELS_A_LINE = 20
_TURNED_LINES = 11
_USUAL_WIDTH = 8.43
_MOST_LINES = 31  # a row is 409 points high at most
_GRADE_LENGTH = 1
_LETTERS_A_WIDTH = 1.06  # a letter of running text is narrower than a digit
_FOOTER_NAME = 80  # characters; a footer takes 255 in all

Formulas = Callable[[int, int, int], str | None]
"""The formula of a cell, from its row in the table, its column and its row on the sheet."""


@dataclass(frozen=True)
class Place:
    """Where a table stands, in the row numbers that formulas use; ``total`` 0 for none."""

    first: int
    last: int
    total: int


@dataclass(frozen=True)
class Span:
    """A cell over some columns, with the formula that its value comes from, if any."""

    first: int
    last: int
    value: Cell
    kind: Kind = Kind.TEXT
    formula: str = ""


class Sheet:
    """A sheet that is filled from the top down; ``row`` is the next free one, from 0."""

    def __init__(self, book: Book, name: str, layout: Layout) -> None:
        self.book = book
        self.name = name
        self.row = 0
        self._widths = layout.widths
        self._sheet = book.sheet(layout, name)
        self._set_up_print(layout.landscape)

    @property
    def last_column(self) -> int:
        """The last column that texts reach over."""
        return len(self._widths) - 1

    def letterhead(self, title: str, subtitle: str) -> None:
        """The office's head, the mark of simulated data, and what the sheet is."""
        office = self.book.office
        self._across(f"PEMERINTAH {office.district}".upper(), bold=True, align="center")
        self._across(office.name.upper(), bold=True, align="center", font_size=14)
        self._across(office.address, align="center", bottom=6)
        mark = SIMULATED if self.book.simulated else ""
        self._across(mark, bold=True, align="center", font_color="#C00000", font_size=12)
        self._across(title.upper(), bold=True, align="center", font_size=12)
        self._across(subtitle, bold=True, align="center")
        self.gap()

    def heading(self, text: str) -> None:
        """A heading over what follows."""
        self._across(text, bold=True, font_size=11)

    def note(self, text: str) -> None:
        """A sentence over the whole width, as many lines high as it needs."""
        self._across(text, italic=True, text_wrap=True, valign="top")

    def gap(self, rows: int = 1) -> None:
        """Leave rows free."""
        self.row += rows

    def fact(
        self, label: str, value: Cell, kind: Kind, remark: str = "", formula: str = ""
    ) -> None:
        """A label, its value, a remark; what is computed here stands out."""
        plain = self.book.format(valign="vcenter", text_wrap=True)
        look: dict[str, object] = {"align": "left", "valign": "vcenter"}
        if formula:
            look |= {"bold": True, "font_size": 14}
        self._merged(0, 1, label, plain)
        self._write(2, value, kind, formula, look)
        if remark:
            self._merged(3, self.last_column, remark, plain)
        lines = 1.3 if formula else _lines(remark, self._room(3, self.last_column))
        self._end_row(lines)

    def statement(self, label: str, text: str) -> None:
        """A label and a text that takes the rest of the width."""
        plain = self.book.format(valign="top", text_wrap=True)
        self._merged(0, 0, label, self.book.format(valign="top", text_wrap=True, bold=True))
        self._merged(1, self.last_column, text, plain)
        self._end_row(max(self._lines_in(0, label), _lines(text, self._room(1, self.last_column))))

    def table(
        self,
        table: Table,
        formulas: Formulas | None = None,
        totals: Mapping[int, str] | None = None,
        *,
        heading: bool = True,
        turned: bool = False,
        free_text: bool = False,
    ) -> Place:
        """A table with its notes.

        Args:
            table: what to print.
            formulas: the formula of a cell that has a value, None for a plain value.
            totals: formulas of the total row by column; ``{first}`` and ``{last}`` are the
                row numbers of the table.
            heading: whether its title is printed.
            turned: whether long headings stand upright.
            free_text: whether its texts are people's own words.
        """
        if heading:
            self.heading(table.title)
        self.header([column.title for column in table.columns], turned=turned)
        first = self.row + 1
        for number, row in enumerate(table.rows):
            self.cells(table.columns, row, number, formulas, quoted=free_text)
        last = self.row
        total = 0
        if table.total is not None:
            total = self.row + 1
            texts = {
                column: formula.format(first=first, last=last, row=total)
                for column, formula in (totals or {}).items()
            }
            self.cells(
                table.columns, table.total, 0, lambda _, column, __: texts.get(column), bold=True
            )
        for note in table.notes:
            self.note(note)
        return Place(first, last, total)

    def header(self, titles: Sequence[str], *, turned: bool = False) -> None:
        """A row of headings."""
        centred = {"bold": True, "border": 1, "bg_color": "#DDE6F0", "align": "center"}
        usual = self.book.format(**centred, text_wrap=True, valign="vcenter")
        upright = self.book.format(**centred, text_wrap=True, rotation=90, valign="bottom")
        lines = 1
        for column, title in enumerate(titles):
            longest = max(map(len, title.split()), default=0)
            turn = turned and longest >= self._room(column, column)
            self._text(self.row, column, title, upright if turn else usual)
            lines = max(lines, _TURNED_LINES if turn else self._lines_in(column, title))
        self._end_row(lines)

    def cells(
        self,
        columns: Sequence[Column],
        row: Row,
        number: int = 0,
        formulas: Formulas | None = None,
        *,
        bold: bool = False,
        quoted: bool = False,
    ) -> None:
        """One bordered row."""
        look: dict[str, object] = {"border": 1, "valign": "top", "quote_prefix": quoted}
        if bold:
            look |= {"bold": True, "bg_color": "#F2F2F2"}
        for index, (column, value) in enumerate(zip(columns, row, strict=True)):
            formula = formulas(number, index, self.row + 1) if formulas else None
            self._write(index, value, column.kind, formula or "", look | _text_look(column, value))
        texts = [(index, value) for index, value in enumerate(row) if isinstance(value, str)]
        self._end_row(max((self._lines_in(index, text) for index, text in texts), default=1))

    def new_chart(self, kind: str, subtype: str | None = None) -> Chart:
        """A native chart, not placed yet."""
        chart = self.book.file.add_chart(
            {"type": kind} | ({"subtype": subtype} if subtype else {})
        )
        if chart is None:
            raise ValueError(f"no chart of kind {kind}")
        return chart

    def chart(self, chart: Chart, description: str, rows: int = 18) -> None:
        """A native chart over the width of the sheet, and words for who cannot see it."""
        width = sum(self._widths) * 7.2
        chart.set_size({"width": min(width, 1000), "height": rows * _PIXELS_A_LINE})
        self._sheet.insert_chart(self.row, 0, chart, {"description": description})
        self.row += rows + 1

    def freeze(self, first_row: int, columns: int = 0) -> None:
        """Keep what is above a row, and the first columns, in sight, and the head on each page."""
        self._sheet.freeze_panes(first_row, columns)

    def repeat(self, first_row: int, last_row: int) -> None:
        """Print these rows at the top of every page."""
        self._sheet.repeat_rows(first_row, last_row)

    def rows(self, columns: Sequence[Column], rows: Iterable[Row]) -> None:
        """Many bordered rows of figures, a line each, the quick way."""
        looks = {"border": 1, "align": "center"}
        styles = [self.book.format(**looks, num_format=number_format(c.kind)) for c in columns]
        for row in rows:
            for column, (value, style) in enumerate(zip(row, styles, strict=True)):
                if value is None:
                    self._sheet.write_blank(self.row, column, None, style)
                else:
                    self._sheet.write_number(self.row, column, float(value), style)
            self.row += 1

    def spans(self, *spans: Span, bold: bool = False) -> int:
        """A row of bordered cells over some columns each; returns its number in formulas."""
        look: dict[str, object] = {"border": 1, "bold": bold}
        height = 1
        for span in spans:
            is_text = span.kind is Kind.TEXT
            words = {"align": "left", "text_wrap": True, "indent": 1}
            styled = look | (words if is_text else {"align": "right"})
            if span.last > span.first:
                style = self.book.format(**styled)
                self._sheet.merge_range(self.row, span.first, self.row, span.last, "", style)
            self._write(span.first, span.value, span.kind, span.formula, styled)
            if isinstance(span.value, str):
                height = max(height, _lines(span.value, self._room(span.first, span.last)))
        self._end_row(height)
        return self.row

    def reference(self, column: int, row: int) -> str:
        """A cell of this sheet as formulas of other sheets name it; rows from 1."""
        return f"{self.name}!${xl_col_to_name(column)}${row}"

    def references(self, column: int, place: Place) -> str:
        """A column of a table as formulas of other sheets name it."""
        letter = xl_col_to_name(column)
        return f"{self.name}!${letter}${place.first}:${letter}${place.last}"

    def area(self, column: int, place: Place) -> list[object]:
        """A column of a table, as a chart takes it."""
        return [self.name, place.first - 1, column, place.last - 1, column]

    def _across(self, text: str, **properties: object) -> None:
        self._merged(0, self.last_column, text, self.book.format(**properties))
        size = properties.get("font_size", 10)
        scale = float(size) / 10 if isinstance(size, int) else 1.0
        lines = _lines(text, sum(self._widths) / scale) if properties.get("text_wrap") else 1
        self._end_row(lines * scale)

    def _lines_in(self, column: int, text: str) -> int:
        return _lines(text, self._room(column, column))

    def _room(self, first: int, last: int) -> float:
        """The width of some columns together; those beyond the lay-out are as they come."""
        return sum(
            self._widths[column] if column < len(self._widths) else _USUAL_WIDTH
            for column in range(first, last + 1)
        )

    def _end_row(self, lines: float) -> None:
        """Give the row its height; a row that wraps does not find it by itself everywhere."""
        height = _FIRST_LINE + (min(lines, _MOST_LINES) - 1) * _LINE
        self._sheet.set_row(self.row, height)
        self.row += 1

    def _merged(self, first: int, last: int, text: str, style: Format) -> None:
        if last > first:
            self._sheet.merge_range(self.row, first, self.row, last, "", style)
        self._text(self.row, first, text, style)

    def _write(
        self,
        column: int,
        value: Cell,
        kind: Kind,
        formula: str,
        look: Mapping[str, object],
    ) -> None:
        style = self.book.format(**look, num_format=number_format(kind))
        if value is None:
            self._sheet.write_blank(self.row, column, None, style)
        elif formula:
            cached = value if isinstance(value, str) else float(value)
            self._sheet.write_formula(self.row, column, formula, style, cached)
        elif isinstance(value, str):
            self._text(self.row, column, value, style)
        else:
            self._sheet.write_number(self.row, column, float(value), style)

    def _text(self, row: int, column: int, text: str, style: Format) -> None:
        if text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter takes such a text for finished XML; in two pieces it is only text
            plain = self.book.format()
            self._sheet.write_rich_string(row, column, plain, text[:1], text[1:], style)
        elif text:
            self._sheet.write_string(row, column, text, style)
        else:
            self._sheet.write_blank(row, column, None, style)

    def _set_up_print(self, landscape: bool) -> None:
        sheet = self._sheet
        sheet.set_paper(PAPERS[self.book.office.paper])
        if landscape:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.6, right=0.5, top=0.7, bottom=0.7)
        sheet.hide_gridlines(1)
        name = self.book.office.name[:_FOOTER_NAME].replace("&", "&&")
        sheet.set_footer(f"&L{name}&C{self.name}&RHalaman &P dari &N")
        if self.book.simulated:
            sheet.set_header(f"&C&B{SIMULATED}")


def _text_look(column: Column, value: Cell) -> dict[str, object]:
    if column.kind is Kind.TEXT:
        narrow = isinstance(value, str) and len(value) <= _GRADE_LENGTH
        if narrow:
            return {"align": "center"}
        return {"align": "left", "text_wrap": True, "indent": 1}
    return {"align": "center"} if isinstance(value, str) else {}


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column, rather one too many than one too few."""
    room = max(1, int(width * _LETTERS_A_WIDTH))
    return sum(max(1, len(wrap(part, room))) for part in text.split("\n"))
