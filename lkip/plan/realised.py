"""What a plan of an ended year still lacks of what was realised, whether it is sound or not."""

from __future__ import annotations

from lkip.plan.performance import Indicator
from lkip.plan.phrasing import not_filled
from lkip.plan.reading import Reader
from lkip.plan.spending import Line, Outside


def note_unrealised(reader: Reader) -> None:
    """Note in ``reader`` each amount and each indicator of the year that has no realisation."""
    year = reader.root.get("year")
    for place, table in reader.tables(Indicator):
        if year is not None and not ("quarter" in table or year in _years(table)):
            reader.fault(
                f"{place}.realisation",
                f"Realisasi tahun {year} belum diisi pada «{table.get('name', '')}»",
                expected=f"[[indicator.realisation]] dengan year = {year}",
                todo="Tambahkan realisasinya.",
            )
    for place, table in (*reader.tables(Outside), *reader.tables(Line)):
        if not {"realised", "line"} & set(table):
            reader.fault(
                f"{place}.realised",
                not_filled(table.get("name")),
                expected="rupiah, angka 0 atau lebih",
                todo="Tambahkan kunci ini.",
            )


def _years(indicator: dict[str, object]) -> list[object]:
    realised = indicator.get("realisation", [])
    tables = realised if isinstance(realised, list) else [realised]
    return [table.get("year") for table in tables if isinstance(table, dict)]
