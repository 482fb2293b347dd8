"""``skm export`` from the store to a finished file, or to a sentence that says why not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from answering import delivery, response
from monthly import AFTER, OCTOBER, fill, people
from openpyxl import load_workbook

from skm.errors import SkmError
from skm.export.month_files import export_month
from skm.form import find_form
from skm.instance import Instance
from skm.period import Period
from skm.store import Store, open_store
from skm.store.intake import Intake
from skm.store.served import Served, set_served


@pytest.fixture
def store(office: Instance) -> Iterator[Store]:
    with open_store(office) as opened:
        form = office.questionnaire()
        fill(opened, form, people(form, office))
        yield opened


@pytest.mark.parametrize("format_name", ["xlsx", "csv", "json", "parquet"])
def test_a_file_goes_to_the_reports_of_its_period(
    office: Instance, store: Store, format_name: str
) -> None:
    written = export_month(office, OCTOBER, AFTER, format=format_name)
    assert written == office.root / "reports" / "2026-10" / f"skm-2026-10.{format_name}"
    assert [file.name for file in written.parent.iterdir()] == [written.name]


def test_a_longer_period_is_named_as_it_is_written(office: Instance, store: Store) -> None:
    written = export_month(office, Period.parse("2026-S2"), AFTER, format="json")
    assert written.name == "skm-2026-S2.json"


def test_a_period_without_responses_makes_no_file(office: Instance, store: Store) -> None:
    with pytest.raises(SkmError, match="Belum ada jawaban untuk Januari 2026"):
        export_month(office, Period.parse("2026-01"), AFTER)
    assert not (office.root / "reports").exists()


def test_a_period_with_two_forms_asks_which(office: Instance, store: Store) -> None:
    other = find_form("permenpanrb-14-2017")
    Intake(store).receive_many(other, [delivery(response(other)) for _ in range(6)])
    with pytest.raises(SkmError, match="beberapa formulir"):
        export_month(office, OCTOBER, AFTER)
    written = export_month(office, OCTOBER, AFTER, format="csv", form_id=other.id)
    assert len(written.read_text(encoding="utf-8-sig").splitlines()) == 7


def test_an_older_file_stays_where_the_new_one_cannot_be_finished(
    office: Instance, store: Store, tmp_path: Path
) -> None:
    folder = tmp_path / "hasil"
    folder.mkdir()
    target = folder / "skm.xlsx"
    target.mkdir()
    with pytest.raises(SkmError, match="Berkas tidak dapat ditulis"):
        export_month(office, OCTOBER, AFTER, out=target)
    assert list(folder.iterdir()) == [target]


def test_the_sample_is_that_of_the_people_served(office: Instance, store: Store) -> None:
    set_served(store, office.office, [Served(OCTOBER, "kk", 40), Served(OCTOBER, "ktp-el", 60)])
    sheet = load_workbook(export_month(office, OCTOBER, AFTER))["Layanan"]
    rows = {row[1]: row[2:4] for row in sheet.iter_rows(values_only=True)}
    assert rows["Semua layanan"] == (100, 80)
    assert rows["Kartu Keluarga"] == (40, 32)
    assert rows["KTP-el"] == (60, 48)


def test_more_respondents_than_people_served_is_said(office: Instance, store: Store) -> None:
    set_served(store, office.office, [Served(OCTOBER, "ktp-el", 2)])
    sheet = load_workbook(export_month(office, OCTOBER, AFTER))["Layanan"]
    texts = [row[0] for row in sheet.iter_rows(values_only=True)]
    assert "KTP-el: responden lebih banyak daripada yang dilayani; periksa." in texts


def test_nothing_of_today_is_shown_singly(office: Instance, store: Store) -> None:
    today = date(2026, 10, 6)
    written = export_month(office, OCTOBER, today, format="csv")
    days = {line[:10] for line in written.read_text(encoding="utf-8-sig").splitlines()[1:]}
    assert days
    assert max(days) < today.isoformat()
