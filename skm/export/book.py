"""The workbook file itself, and what all its sheets share: formats and papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from skm.export.table import Kind
from skm.instance import Office

PAPERS = {"A4": 9, "F4": 14}
"""Codes of the file format; 14 is its folio, 8,5 x 13 inch, the Indonesian F4."""


@dataclass(frozen=True)
class Layout:
    """How a sheet looks, and how it is held until it is written.

    Attributes:
        widths: of its columns, in characters.
        landscape: how its page lies.
        streamed: filled strictly from the top down, a row at a time, and kept in a temporary
            file meanwhile: for a sheet of many rows, which charts take nothing from.
    """

    widths: tuple[float, ...]
    landscape: bool = False
    streamed: bool = False


class Book:
    """The workbook file with the formats its sheets share.

    Args:
        made: the day that the file says it was made on.
    """

    def __init__(self, target: Path, office: Office, made: date, *, simulated: bool) -> None:
        font = {"font_name": office.font or "Arial", "font_size": 10}
        self.file = Workbook(str(target), {"default_format_properties": font})
        self.file.set_properties(
            {"created": datetime.combine(made, time()), "company": office.name}
        )
        self.office = office
        self.simulated = simulated
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}

    def format(self, **properties: object) -> Format:
        """The format of these properties, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            made = self.file.add_format(dict(properties))
            # numbered as they are asked for: else the bytes of a sheet would depend on what
            # stands in the sheets before it
            made._get_xf_index()  # type: ignore[no-untyped-call]
            self._formats[key] = made
        return self._formats[key]

    def sheet(self, layout: Layout, name: str) -> Worksheet:
        """A new sheet at the end."""
        self.file.constant_memory = layout.streamed
        made = self.file.add_worksheet(name)
        for column, width in enumerate(layout.widths):
            made.set_column(column, column, width)
        return made

    def close(self) -> None:
        """Write the file.

        Raises:
            OSError: it cannot be written.
        """
        try:
            self.file.close()
        except FileCreateError as error:
            raise OSError(*error.args[0].args) from error


def number_format(kind: Kind) -> str:
    """How a spreadsheet shows figures of a kind."""
    match kind:
        case Kind.TEXT:
            return "General"  # in a cell of format text a formula would turn into text
        case Kind.COUNT:
            return "#,##0"
        case _:
            return "0." + "0" * kind.places if kind.places else "0"
