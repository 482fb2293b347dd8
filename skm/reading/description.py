"""What would be read from a file and how it was understood: for a dry run, as lines or JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from skm.errors import Fault
from skm.numerals import number
from skm.reading.body import LeftOut
from skm.reading.cells import column_letters
from skm.reading.column_map import IGNORE, NO_MAP, UNDECIDED, ColumnMap, Role
from skm.reading.columns import Column
from skm.reading.notice import Notice
from skm.reading.response_sheet import Examination
from skm.reading.score_table import ScoreTable

_NOT_READ = (Role.UNKNOWN, Role.IGNORED, Role.PERSONAL, Role.RESPONDENT)
_SHOWN_LEFT_OUT = 10


def describe_sheet(examination: Examination) -> dict[str, Any]:
    """A response sheet as a JSON document; texts of respondents are never in it."""
    layout = examination.layout
    sheet = examination.sheet
    return {
        "file": str(layout.header.cells.file),
        "sheet": layout.header.cells.sheet,
        "form": layout.form.id,
        "columns": [_column(column) for column in layout.columns if column.header],
        "missing": [statement[0].code for statement in layout.missing],
        "respondents": len(sheet.table) if sheet else None,
        "left_out": [_left_out(row) for row in sheet.left_out] if sheet else [],
        "notices": [_notice(notice) for notice in (sheet.notices if sheet else layout.notices)],
        "faults": [str(fault) for fault in examination.faults],
    }


def describe_table(table: ScoreTable) -> dict[str, Any]:
    """A score table as a JSON document."""
    return {
        "file": table.name,
        "form": table.form.id,
        "values": table.values,
        "rows": table.handling,
        "elements": [
            {
                "row": row.number,
                "code": row.element,
                "weights": list(row.weights) if row.weights else None,
                "printed_score": float(row.printed_score) if row.printed_score else None,
                "source": row.source,
            }
            for row in table.rows
        ],
        "notices": [_notice(notice) for notice in table.notices],
    }


def sheet_lines(examination: Examination) -> list[str]:
    """A response sheet as an officer reads it."""
    layout = examination.layout
    lines = [f"Berkas: {layout.header.cells.name}", f"Formulir: {layout.form.id}", "Kolom:"]
    lines += [f"  {_column_line(column)}" for column in layout.columns if column.header]
    if layout.missing:
        missing = ", ".join(statement[0].code for statement in layout.missing)
        lines.append(f"Pertanyaan tanpa kolom: {missing}")
    if examination.sheet:
        lines.append(f"Responden: {number(len(examination.sheet.table))}")
        lines += left_out_lines(examination.sheet.left_out)
    notices = examination.sheet.notices if examination.sheet else layout.notices
    return lines + notice_lines(notices) + fault_lines(examination.faults)


def table_lines(table: ScoreTable) -> list[str]:
    """A score table as an officer reads it."""
    kind = "jumlah responden" if table.values == "count" else "persentase"
    lines = [f"Berkas: {table.name}", f"Formulir: {table.form.id}", f"Isi sel: {kind}", "Unsur:"]
    for row in table.rows:
        name = table.form.element(row.element).name
        lines.append(f"  baris {row.number}: {name} = {row.element}; {_weights(row.weights)}")
    return lines + notice_lines(table.notices)


def left_out_lines(left_out: Iterable[LeftOut]) -> list[str]:
    """The rows that are not taken, the first ten each."""
    rows = list(left_out)
    lines = [f"  baris {row.row}: {row.reason}" for row in rows[:_SHOWN_LEFT_OUT]]
    if len(rows) > _SHOWN_LEFT_OUT:
        lines.append(f"  dan {len(rows) - _SHOWN_LEFT_OUT} baris lain")
    return [f"Baris yang tidak diambil: {len(rows)}", *lines] if rows else []


def notice_lines(notices: Iterable[Notice]) -> list[str]:
    """What was noticed, a line each."""
    lines = [f"  {notice}" for notice in notices]
    return ["Catatan:", *lines] if lines else []


def fault_lines(faults: Iterable[Fault]) -> list[str]:
    """What is wrong, a line each."""
    lines = [f"  {fault}" for fault in faults]
    return ["Yang harus dibetulkan:", *lines] if lines else []


def suggested_map(
    examination: Examination,
    column_map: ColumnMap = NO_MAP,
    unknown_values: Mapping[str, Iterable[str]] | None = None,
) -> ColumnMap:
    """A map that says what was understood and leaves open what was not.

    Args:
        column_map: the map that the sheet was read with; its decisions stay.
        unknown_values: services and profile values that were not understood, as an import
            prepares them; a service must be decided, a profile value may be ignored.
    """
    layout = examination.layout
    headers = [column.header for column in layout.columns]
    named = [(_map_label(column, headers), column) for column in layout.columns if column.header]
    unread = {Role.UNKNOWN: UNDECIDED if layout.missing else IGNORE}
    answers = {code: dict(labels) for code, labels in column_map.answers.items()}
    for code, labels in examination.unknown_answers.items():
        answers.setdefault(code, {}).update(dict.fromkeys(map(_one_line, labels)))
    values = {key: dict(written) for key, written in column_map.values.items()}
    for key, texts in (unknown_values or {}).items():
        word = UNDECIDED if key == Role.SERVICE.value else IGNORE
        values.setdefault(key, {}).update(dict.fromkeys(map(_one_line, texts), word))
    return ColumnMap(
        form=layout.form.id,
        sheet=layout.header.cells.sheet,
        date_order=column_map.date_order,
        source=column_map.source,
        questions={label: c.code or "" for label, c in named if c.role is Role.QUESTION},
        profile={label: c.code or "" for label, c in named if c.role is Role.PROFILE},
        other={
            label: unread.get(c.role, c.role.value)
            for label, c in named
            if c.role not in (Role.QUESTION, Role.PROFILE)
        },
        answers=answers,
        values=values,
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _map_label(column: Column, headers: list[str]) -> str:
    once = headers.count(column.header) == 1
    return column.header if once else f"kolom {column_letters(column.index)}"


def _column(column: Column) -> dict[str, Any]:
    return {
        "column": column_letters(column.index),
        "header": column.header,
        "role": column.role.value,
        "code": column.code,
        "how": column.how or None,
    }


def _column_line(column: Column) -> str:
    if column.role is Role.QUESTION:
        meaning = f"pertanyaan {column.code} ({column.how})"
    elif column.role is Role.PROFILE:
        meaning = f"profil {column.code}"
    elif column.role in _NOT_READ:
        meaning = "tidak dibaca"
    else:
        meaning = column.role.value
    return f"{column_letters(column.index)} «{column.header}» = {meaning}"


def _weights(weights: tuple[int, int, int, int] | None) -> str:
    if weights is None:
        return "tanpa sebaran"
    return " / ".join(number(weight) for weight in weights)


def _left_out(row: LeftOut) -> dict[str, Any]:
    return {"row": row.row, "reason": row.reason}


def _notice(notice: Notice) -> dict[str, Any]:
    return {
        "code": notice.code,
        "row": notice.row,
        "field": notice.field,
        "message": notice.message,
    }
