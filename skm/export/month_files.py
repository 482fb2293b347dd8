"""``skm export``: a period of the store as a file in the office's reports."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from skm.disclosure import SMALLEST_SHOWN
from skm.errors import refuse
from skm.export.flat_files import write_csv, write_json, write_parquet
from skm.export.month import MonthExport, gather
from skm.export.output import finished
from skm.export.workbook import write_workbook
from skm.instance import Instance
from skm.numerals import number
from skm.period import Period
from skm.store import open_store

_WRITERS: dict[str, Callable[[Path, MonthExport], None]] = {
    "xlsx": write_workbook,
    "csv": write_csv,
    "json": write_json,
    "parquet": write_parquet,
}


def export_month(
    instance: Instance,
    period: Period,
    today: date,
    *,
    format: str = "xlsx",  # noqa: A002
    out: Path | None = None,
    form_id: str | None = None,
) -> Path:
    """Export a period; an older file is replaced only by a finished one.

    Args:
        instance: the office.
        period: what to export.
        today: what arrived on it is counted, but not shown one by one.
        format: ``xlsx``, ``csv``, ``json`` or ``parquet``.
        out: the file; without it ``reports/<period>/skm-<period>.<format>`` of the office.
        form_id: the form, where the period has responses to several.

    Returns:
        The file that was written.

    Raises:
        SkmError: nothing to export, so few respondents that totals would tell who answered what,
            or the file cannot be written.
    """
    target = out or instance.reports(period) / f"skm-{period}.{format}"
    with open_store(instance) as store:
        month = gather(store, instance, period, today, form_id)
    counted = month.official.closing.respondents if month.official else month.answered
    if counted < SMALLEST_SHOWN:
        raise refuse(
            f"Hasil {period.label} baru diekspor mulai {SMALLEST_SHOWN} responden",
            found=number(counted),
            todo="Tunggu jawaban lain, atau pilih periode yang lebih panjang.",
        )
    with finished(target) as file:
        _WRITERS[format](file, month)
    return target
