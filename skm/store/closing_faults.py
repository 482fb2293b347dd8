"""Closings held against their checksums, their counts and the editions before them."""

from __future__ import annotations

from skm.closing import scorecard_of
from skm.closing_text import from_json
from skm.errors import SkmError
from skm.form import find_form
from skm.instance import Instance
from skm.store.connection import Store


def closing_faults(store: Store, instance: Instance) -> list[str]:
    """Closings that do not match their checksum, their counts or the editions before them."""
    faults = []
    checksums: dict[tuple[str, int], str] = {}
    rows = store.reader.execute(
        "SELECT period, edition, content, checksum FROM closing ORDER BY period, edition"
    ).fetchall()
    for period, edition, content, checked in rows:
        place = f"penutupan {period} edisi {edition}"
        checksums[period, edition] = checked
        try:
            closing = from_json(content, checked)
            form = find_form(closing.form, instance.own_forms)
            index = scorecard_of(closing, form).index
        except SkmError as error:
            faults.append(f"{place}: {error}")
            continue
        if (str(closing.period), closing.edition) != (period, edition):
            faults.append(f"{place}: isinya milik {closing.label}")
        if index != closing.index:
            faults.append(f"{place}: indeksnya tidak sama dengan hitungan dari sebarannya")
        before = closing.replaced
        if before and checksums.get((period, before.edition)) != before.checksum:
            faults.append(f"{place}: edisi {before.edition} yang digantikannya tidak ada")
    return faults
