"""People served: one figure a month and service, checked, and never half a population."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from skm.errors import SkmError
from skm.instance import Instance
from skm.period import Period
from skm.store import Store, open_store
from skm.store.backup import back_up
from skm.store.restore import restore
from skm.store.served import Served, population, served_in, set_served
from skm.store.served_file import read_served


def month(text: str) -> Period:
    return Period.parse(text)


def test_a_figure_can_be_corrected(office: Instance, store: Store) -> None:
    for n in (90, 120):
        set_served(store, office.office, [Served(month("2026-10"), "kk", n)])
    assert served_in(store, month("2026-10")) == {"kk": 120}


def test_an_older_backup_undoes_no_figure_and_brings_back_what_is_lacking(
    office: Instance,
) -> None:
    now = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
    with open_store(office) as store:
        set_served(store, office.office, [Served(month("2026-10"), "kk", 90)])
        backup = back_up(office, now).file
        newer = [Served(month("2026-10"), "kk", 120), Served(month("2026-11"), "kk", 7)]
        set_served(store, office.office, newer)
    restore(office.root, backup, now + timedelta(days=1))
    with open_store(office) as store:
        assert served_in(store, month("2026-10")) == {"kk": 120}
        assert served_in(store, month("2026-11")) == {"kk": 7}
    office.database.unlink()
    restore(office.root, backup, now + timedelta(days=1))
    with open_store(office) as store:
        assert served_in(store, month("2026-10")) == {"kk": 90}


def test_a_longer_period_adds_its_months_up(office: Instance, store: Store) -> None:
    set_served(
        store,
        office.office,
        [Served(month(f"2026-{number:02}"), "kk", number) for number in (7, 8, 9, 10)],
    )
    assert served_in(store, month("2026-TW3")) == {"kk": 24}


def test_the_population_is_unknown_until_every_month_has_a_figure(
    office: Instance, store: Store
) -> None:
    quarter = month("2026-TW3")
    assert population(store, quarter) is None
    for number in (7, 8):
        set_served(store, office.office, [Served(month(f"2026-0{number}"), "kk", 10)])
        assert population(store, quarter) is None
    set_served(store, office.office, [Served(month("2026-09"), "kia", 5)])
    assert population(store, quarter) == 25


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (Served(month("2026-S1"), "kk", 1), "diisi per bulan"),
        (Served(month("2026-10"), "kartu", 1), "Layanan tidak dikenal"),
        (Served(month("2026-10"), "kk", -1), "tidak boleh negatif"),
    ],
)
def test_a_wrong_figure_keeps_all_of_them_out(
    office: Instance, store: Store, entry: Served, fault: str
) -> None:
    with pytest.raises(SkmError, match=fault):
        set_served(store, office.office, [Served(month("2026-10"), "kk", 5), entry])
    assert served_in(store, month("2026-10")) == {}


def test_a_file_is_read_with_codes_or_names_and_either_spelling_of_a_month(
    office: Instance, tmp_path: Path
) -> None:
    file = tmp_path / "terlayani.csv"
    file.write_text(
        "Rekap pelayanan;;\nBulan;Layanan;Jumlah;Ket\n2026-09;kk;1.250,00;\n"
        ";;;\nOktober 2026;Kartu Keluarga;90;baik\n"
    )
    assert read_served(file, office.office) == (
        Served(month("2026-09"), "kk", 1250),
        Served(month("2026-10"), "kk", 90),
    )


def test_a_month_that_excel_made_a_date_of_is_still_a_month(
    office: Instance, tmp_path: Path
) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["bulan", "layanan", "jumlah"])
    sheet.append([month("2026-10").first_day, "KTP-el", 120])
    book.save(tmp_path / "terlayani.xlsx")
    read = read_served(tmp_path / "terlayani.xlsx", office.office)
    assert read == (Served(month("2026-10"), "ktp-el", 120),)


def test_every_fault_of_a_file_is_named_with_its_row(office: Instance, tmp_path: Path) -> None:
    file = tmp_path / "terlayani.csv"
    file.write_text("bulan;layanan;jumlah\n2026-13;kk;5\n2026-10;kkk;3,5\n2026-10;kk;7\n")
    with pytest.raises(SkmError) as refused:
        read_served(file, office.office)
    places = [(fault.row, fault.field) for fault in refused.value.faults]
    assert places == [(1, "bulan"), (2, "layanan"), (2, "jumlah")]


def test_a_file_without_such_a_table_is_refused(office: Instance, tmp_path: Path) -> None:
    file = tmp_path / "lain.csv"
    file.write_text("bulan;jumlah\n2026-10;5\n")
    with pytest.raises(SkmError, match="Tidak ada tabel"):
        read_served(file, office.office)
