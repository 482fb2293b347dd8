"""An office's folder is made, opened, and refused with every fault at once."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from offices import changed

from skm import instance
from skm.errors import SkmError
from skm.instance import Instance


def test_the_sample_office_is_pakusari_with_its_six_services_and_its_table(tmp_path: Path) -> None:
    office = instance.init(tmp_path / "x")
    assert office.office.name == "Kecamatan Pakusari"
    assert [service.code for service in office.office.services] == [
        "ktp-el", "kk", "akta-kelahiran", "surat-pindah", "kia", "lainnya",
    ]  # fmt: skip
    assert office.questionnaire().id == "kecamatan-14"
    assert (office.root / "skm" / "2020.csv").is_file()
    assert office.plan(2020).is_file()


def test_a_new_office_starts_with_the_form_in_force_and_no_figures(tmp_path: Path) -> None:
    office = instance.init(tmp_path / "x", new=True)
    assert office.questionnaire().id == "permenpanrb-14-2017"
    assert [file.name for file in office.root.iterdir()] == ["office.toml"]


def test_a_folder_that_holds_something_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "surat.docx").write_text("x")
    with pytest.raises(SkmError, match="sudah berisi"):
        instance.init(tmp_path)


def test_a_folder_without_office_is_told_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(SkmError, match="skm init"):
        instance.open_instance(tmp_path)


def test_half_days_end_at_half_past_twelve_of_the_offices_own_zone(tmp_path: Path) -> None:
    office = instance.init(tmp_path / "x").office
    assert office.day_and_half(datetime(2026, 10, 5, 5, 29, tzinfo=UTC)) == (
        date(2026, 10, 5), "pagi",
    )  # fmt: skip
    assert office.day_and_half(datetime(2026, 10, 5, 5, 30, tzinfo=UTC))[1] == "siang"
    assert office.day_and_half(datetime(2026, 10, 5, 17, 30, tzinfo=UTC))[0] == date(2026, 10, 6)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ('zona = "WIB"->zona = "UTC"', "zona"),
        ('kantor = "Kecamatan Pakusari"->kantr = "x"', "kantr"),
        ("isi = false->isi = 3", "isi"),
        ("hari_kerja = [1, 2, 3, 4, 5]->hari_kerja = [0, 9]", "hari_kerja"),
        ('jam_buka = ["07.30", "15.30"]->jam_buka = ["15.30", "07.30"]', "jam_buka"),
        ("libur = []->libur = [17]", "libur"),
        ('kode = "kk"->kode = "ktp-el"', "ktp-el"),
        ('kode = "kk"->kode = "../kk"', "../kk"),
        ('kertas = "F4"->kertas = "Folio"', "A4 / F4"),
        ("retensi_bulan = 24->retensi_bulan = 0", "retensi_bulan"),
        ('kantor = "Kecamatan Pakusari"->kantor = "Kecamatan', "baris"),
    ],
)
def test_a_wrong_office_file_is_refused_with_its_key(
    tmp_path: Path, change: str, told: str
) -> None:
    file = instance.init(tmp_path / "x").root / "office.toml"
    before, after = change.split("->")
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(SkmError) as refused:
        instance.open_instance(file.parent)
    assert told in str(refused.value)
    assert "office.toml" in str(refused.value)


def test_the_days_an_office_is_open_are_its_workdays_without_its_holidays(
    office: Instance,
) -> None:
    friday, monday, tuesday = (date(2026, 8, day) for day in (14, 17, 18))
    assert office.office.workdays_in(friday, tuesday) == 3
    with_holiday = changed(office, "libur = []", "libur = [2026-08-17]").office
    assert with_holiday.workdays_in(friday, tuesday) == 2
    assert not with_holiday.works_on(monday)
    assert with_holiday.workdays_in(tuesday, friday) == 0
