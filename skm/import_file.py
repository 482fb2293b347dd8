"""An officer's file taken into the store: whole or not at all, each response once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from skm.errors import refuse
from skm.form import Form, all_forms, find_form
from skm.importing import (
    Preparation,
    describe_import,
    import_lines,
    prepare,
    read_import,
)
from skm.instance import Instance
from skm.numerals import long_date, number
from skm.period import Period
from skm.reading.cells import read_cells
from skm.reading.column_map import NO_MAP, ColumnMap, column_map_text, load_column_map
from skm.reading.description import describe_sheet, sheet_lines, suggested_map
from skm.reading.response_sheet import examine, read_response_sheet
from skm.store import open_store
from skm.store.intake import CONFLICT, KNOWN, STORED, Delivery, Intake

Watch = Callable[[Iterable[Delivery], int], Iterable[Delivery]]
"""Passes deliveries on while it shows how far they are; the number is how many there are."""


@dataclass(frozen=True)
class ImportRequest:
    """What an officer asked for.

    Attributes:
        form: the questionnaire, or None to recognise it.
        map_file: the column map; read where it is there, written by a dry run where not.
        stated: the day, or the month, of rows without a date.
    """

    file: Path
    form: Form | None
    map_file: Path | None
    stated: date | Period | None

    @staticmethod
    def of(
        office: Instance,
        file: Path,
        form_id: str | None,
        map_file: Path | None,
        stated: str | None,
    ) -> ImportRequest:
        """A request as it was typed.

        Raises:
            SkmError: an unknown form, or neither a day nor a month.
        """
        form = find_form(form_id, office.own_forms) if form_id else None
        return ImportRequest(file, form, map_file, _stated(stated) if stated else None)

    @property
    def column_map(self) -> ColumnMap:
        """The decisions of the map file; none where it is not there yet."""
        if self.map_file is None or not self.map_file.exists():
            return NO_MAP
        return load_column_map(self.map_file)


def preview_file(office: Instance, request: ImportRequest) -> tuple[list[str], dict[str, Any]]:
    """What would be taken and how it was understood; nothing is stored.

    Returns:
        The lines for an officer and the JSON document. A map file that was named and is not
        there is written, with what could not be understood left open.

    Raises:
        SkmError: the file has no table of responses.
    """
    column_map = request.column_map
    sheets = read_cells(request.file)
    examination = examine(sheets, all_forms(office.own_forms), request.form, column_map)
    preparation = None
    if examination.sheet is not None:
        preparation = prepare(
            examination.sheet,
            office.office,
            today=_today(office),
            stated=request.stated,
            column_map=column_map,
        )
    lines = sheet_lines(examination)
    if preparation is not None:
        lines += import_lines(preparation)
    document = describe_sheet(examination) | (describe_import(preparation) if preparation else {})
    if request.map_file is not None and not request.map_file.exists():
        unknown = preparation.unknown_values if preparation else None
        suggestion = suggested_map(examination, column_map, unknown)
        request.map_file.write_text(column_map_text(suggestion), encoding="utf-8")
        lines.append(f"Peta kolom ditulis: {request.map_file}")
        document["map"] = str(request.map_file)
    return lines, document


def import_file(
    office: Instance, request: ImportRequest, watch: Watch = lambda deliveries, _: deliveries
) -> tuple[list[str], dict[str, Any]]:
    """Take a file in.

    Returns:
        The summary as lines and as a JSON document: what is new, what was known already, and
        a line for each row that was left out.

    Raises:
        SkmError: every fault of the file; then nothing was stored.
    """
    column_map = request.column_map
    if request.map_file is not None and column_map is NO_MAP:
        raise refuse(
            "Peta kolom tidak ada",
            file=request.map_file,
            todo="Buat dahulu dengan --dry-run --map.",
        )
    sheet = read_response_sheet(
        read_cells(request.file), all_forms(office.own_forms), request.form, column_map
    )
    today = _today(office)
    preparation = read_import(
        sheet, office.office, today=today, stated=request.stated, column_map=column_map
    )
    deliveries = watch(_deliveries(preparation, today), len(preparation.rows))
    with open_store(office) as store:
        became = Intake(store).receive_many(sheet.form, deliveries)
        purged_until = store.deletions.read().purged_until
    lines = [
        *import_lines(preparation),
        f"Disimpan: {number(became[STORED])} baru; "
        f"{number(became[KNOWN] + became[CONFLICT])} sudah ada sebelumnya.",
    ]
    if purged_until is not None:
        gone = sum(row.response.day <= purged_until for row in preparation.rows)
        if gone:
            lines.append(
                f"{number(gone)} di antaranya dari masa sampai {long_date(purged_until)} yang "
                "sudah dimusnahkan, jadi tidak disimpan."
            )
    stored = {"stored": became[STORED], "known": became[KNOWN], "conflict": became[CONFLICT]}
    return lines, describe_import(preparation) | stored


def _deliveries(preparation: Preparation, today: date) -> Iterator[Delivery]:
    for row in preparation.rows:
        yield Delivery(row.response, row.sha256, received=today)


def _stated(text: str) -> date | Period:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return Period.parse(text)


def _today(office: Instance) -> date:
    return datetime.now(office.office.timezone).date()
