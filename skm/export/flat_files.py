"""A period as plain files: CSV for Indonesian Excel, JSON and Parquet for programs.

CSV and Parquet hold the released responses one by one, with what an officer may read of each;
JSON holds the result. None of them holds a comment.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from skm.closing_text import checksum
from skm.errors import refuse
from skm.export.group_tables import CHANNEL_NAMES, choice_name, service_name
from skm.export.month import MonthExport
from skm.export.score_document import score_document
from skm.export.sheet import SIMULATED
from skm.responses import SKIPPED

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the start of a formula; the wide signs after East Asian input."""


def guarded(text: str) -> str:
    """A text that a spreadsheet reading a CSV file will not run.

    >>> guarded("=HYPERLINK(A1)"), guarded("Akta")
    ("'=HYPERLINK(A1)", 'Akta')
    """
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_STARTS) else text


def write_csv(target: Path, month: MonthExport) -> None:
    """Write the released responses, one a row: ``;`` between cells, UTF-8 with its mark.

    Headers are those that ``skm import`` and ``skm score`` know again.

    Raises:
        OSError: the file cannot be written.
    """
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        for row in _csv_rows(month):
            writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])


def write_json(target: Path, month: MonthExport) -> None:
    """Write the result: the document of ``skm score --json`` and the counts it comes from.

    Raises:
        OSError: the file cannot be written.
    """
    distribution = month.distribution
    closing = month.official.closing if month.official else None
    document = score_document(month.assessment, month.origin) | {
        "office": month.office.name,
        "distribution": [
            {"question": code, "counts": list(distribution.row(code))}
            for code in distribution.questions
        ],
        "served": dict(month.served),
        "closing": None
        if closing is None
        else {"edition": closing.edition, "checksum": checksum(closing)},
    }
    text = json.dumps(document, ensure_ascii=False, indent=2)
    target.write_text(text + "\n", encoding="utf-8", newline="\n")


def write_parquet(target: Path, month: MonthExport) -> None:
    """Write the released responses with the codes of the form, one column a question.

    Raises:
        SkmError: the extra package for this format is not installed.
        OSError: the file cannot be written.
    """
    arrow, parquet = _pyarrow()
    table = month.released
    text = arrow.dictionary(arrow.int32(), arrow.string())
    columns: dict[str, Any] = {
        "date": arrow.array(table.columns["day"].tolist(), arrow.date32()),
        **{
            name: arrow.array(table.columns[name].tolist(), arrow.string()).cast(text)
            for name in ("half_day", "service", "channel", "language")
        },
        "helped": arrow.array(table.columns["helped"].tolist(), arrow.bool_()),
        "simulated": arrow.array(table.columns["simulated"].tolist(), arrow.bool_()),
        "flags": arrow.array(
            [list(flags) for flags in table.columns["flags"]], arrow.list_(arrow.string())
        ),
        **{
            f"q_{code}": arrow.array(levels, arrow.uint8(), mask=levels == SKIPPED)
            for code, levels in zip(table.questions, table.levels, strict=True)
        },
        **{
            f"p_{question.code}": arrow.array(
                table.columns[f"profile.{question.code}"].tolist(), arrow.string()
            ).cast(text)
            for question in month.form.profile
        },
    }
    about = {"form": month.form.id, "period": str(month.period), "program": month.program}
    if month.assessment.simulated:
        about["note"] = SIMULATED
    parquet.write_table(arrow.table(columns).replace_schema_metadata(about), target)


def _csv_rows(month: MonthExport) -> Iterator[tuple[str | int, ...]]:
    table, profile = month.released, month.form.profile
    note = (SIMULATED,) if month.assessment.simulated else ()
    yield (
        *("tanggal", "setengah hari", "layanan", "kanal", *table.questions),
        *(question.code for question in profile),
        *(("keterangan",) if note else ()),
    )
    columns = (
        [day.isoformat() for day in table.columns["day"]],
        table.columns["half_day"],
        _named(table.columns["service"], lambda code: service_name(month.office, code)),
        [CHANNEL_NAMES[channel] for channel in table.columns["channel"]],
        *(
            [level if level != SKIPPED else "" for level in levels]
            for levels in table.levels.tolist()
        ),
        *(
            _named(table.columns[f"profile.{question.code}"], partial(choice_name, question))
            for question in profile
        ),
    )
    for row in zip(*columns, strict=True):
        yield (*row, *note)


def _named(codes: Iterable[str | None], name: Callable[[str], str]) -> list[str]:
    """The name of each code, nothing where there is none."""
    return [name(code) if code else "" for code in codes]


def _pyarrow() -> tuple[Any, Any]:
    try:
        return import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError as error:
        raise refuse(
            "Format parquet memerlukan paket tambahan pyarrow",
            field="--format",
            todo='Pasang dengan: pip install "skm-lkip[parquet]", atau pilih csv atau xlsx.',
        ) from error
