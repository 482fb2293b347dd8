"""The workbook of a closed month: what is official stays to the byte, whatever comes later."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from closed_offices import closed_period, late, people_of, receive
from openpyxl import load_workbook
from spreadsheets import recalculated, values

from skm.export.month import gather
from skm.export.workbook import write_workbook
from skm.form import Form
from skm.instance import Instance
from skm.period import Period
from skm.store import Store, open_store
from skm.store.comment_handling import Handling, handle
from skm.store.corrections import Correction, Ruling, correct, delete
from skm.store.purge import purge
from skm.store.served import Served, set_served

OCTOBER = Period.parse("2026-10")
NOW = datetime(2027, 3, 1, 3, 0, tzinfo=UTC)
TODAY = date(2027, 3, 1)
OFFICIAL = ("Ringkasan", "Distribusi", "Layanan", "Rekap")
WORDS = "Kalimat warga yang khas"
RULING = Ruling("admin", "salah ketik", date(2026, 11, 5))


@pytest.fixture
def form(office: Instance) -> Form:
    return office.questionnaire()


@pytest.fixture
def people(office: Instance) -> list[str]:
    """The ids of a closed October, some with comments, served people entered."""
    made = [
        replace(each, comment=f"{WORDS} {at}" if at % 3 == 0 else None)
        for at, each in enumerate(people_of(office, "2026-10"))
    ]
    with open_store(office) as store:
        receive(store, office.questionnaire(), made)
        set_served(store, office.office, [Served(OCTOBER, "kk", 90), Served(OCTOBER, "kia", 40)])
        closed_period(store, office, "2026-10", document="070/1/2026")
    return [each.id for each in made]


def written(office: Instance, folder: Path, name: str) -> Path:
    file = folder / f"{name}.xlsx"
    with open_store(office) as store:
        write_workbook(file, gather(store, office, OCTOBER, TODAY))
    return file


def sheet_bytes(file: Path) -> dict[str, bytes]:
    """The stored XML of each sheet by its name."""
    names = load_workbook(file, read_only=True).sheetnames
    with zipfile.ZipFile(file) as packed:
        return {
            name: packed.read(f"xl/worksheets/sheet{number}.xml")
            for number, name in enumerate(names, 1)
        }


def texts(file: Path, sheet: str) -> str:
    rows = load_workbook(file, read_only=True)[sheet].iter_rows(values_only=True)
    return "\n".join(str(cell) for row in rows for cell in row if cell is not None)


def late_ones(store: Store, office: Instance, form: Form, people: list[str]) -> None:
    receive(store, form, late(form, date(2026, 10, 20), 50))


def served_again(store: Store, office: Instance, form: Form, people: list[str]) -> None:
    set_served(store, office.office, [Served(OCTOBER, "kk", 9000), Served(OCTOBER, "ktp-el", 5)])


def corrected(store: Store, office: Instance, form: Form, people: list[str]) -> None:
    correction = Correction(
        answers={question.code: None for question in form.questions[1:]}
        | {form.questions[0].code: 1}
    )
    correct(store, office.office, form, people[0], correction, RULING)


def deleted(store: Store, office: Instance, form: Form, people: list[str]) -> None:
    delete(store, form, people[1], RULING)


def purged(store: Store, office: Instance, form: Form, people: list[str]) -> None:
    purge(office, store, 2027, NOW)


EVENTS: list[Callable[[Store, Instance, Form, list[str]], None]] = [
    late_ones,
    served_again,
    corrected,
    deleted,
    purged,
]


def test_official_sheets_stay_to_the_byte_after_everything_that_can_happen(
    office: Instance, form: Form, people: list[str], tmp_path: Path
) -> None:
    before = sheet_bytes(written(office, tmp_path, "awal"))
    for event in EVENTS:
        with open_store(office) as store:
            event(store, office, form, people)
        after = sheet_bytes(written(office, tmp_path, event.__name__))
        same = [name for name in OFFICIAL if after[name] == before[name]]
        assert same == list(OFFICIAL), event.__name__


def test_official_sheets_read_the_same_too(
    office: Instance, form: Form, people: list[str], tmp_path: Path
) -> None:
    before = written(office, tmp_path, "awal")
    with open_store(office) as store:
        for event in EVENTS:
            event(store, office, form, people)
    after = written(office, tmp_path, "akhir")
    for name in OFFICIAL:
        assert texts(after, name) == texts(before, name)


def test_the_method_sheet_names_edition_document_and_what_came_after(
    office: Instance, form: Form, people: list[str], tmp_path: Path
) -> None:
    first = texts(written(office, tmp_path, "awal"), "Metode")
    assert "Edisi 1, ditutup 1 November 2026, dokumen nomor 070/1/2026." in first
    assert "Tidak ada jawaban susulan" in first
    with open_store(office) as store:
        late_ones(store, office, form, people)
    assert "menyusul: 50, indeks akan menjadi" in texts(
        written(office, tmp_path, "susulan"), "Metode"
    )


def test_single_rows_are_those_of_the_edition(
    office: Instance, form: Form, people: list[str], tmp_path: Path
) -> None:
    with open_store(office) as store:
        late_ones(store, office, form, people)
        month = gather(store, office, OCTOBER, TODAY)
        assert len(month.everyone) == len(people)
        assert month.answered == len(people) + 50
        deleted(store, office, form, people)
        assert len(gather(store, office, OCTOBER, TODAY).everyone) == len(people) - 1
    assert "Sejak ditutup 0 jawaban diperbaiki dan 1 dihapus" in texts(
        written(office, tmp_path, "hapus"), "Pengolahan"
    )


def test_comments_are_written_clean_with_topic_and_answer_where_the_office_has_handled_them(
    office: Instance, form: Form, people: list[str], tmp_path: Path
) -> None:
    before = sheet_bytes(written(office, tmp_path, "awal"))
    said = Handling("=Kursi [nama] kurang", "kenyamanan", "Ditambah <b>8</b>", published=True)
    with open_store(office) as store:
        handle(store, form, people[0], said, "loket", TODAY)
    file = written(office, tmp_path, "ditanggapi")
    rows = list(load_workbook(file)["Saran"].iter_rows(values_only=True))
    head = next(at for at, row in enumerate(rows) if row[1] == "Saran")
    assert rows[head][1:4] == ("Saran", "Topik", "Jawaban kantor")
    (handled,) = [row for row in rows[head + 1 :] if row[3]]
    topic = next(each.name for each in form.elements if each.code == "kenyamanan")
    assert handled[1:4] == ("=Kursi [nama] kurang", topic, "Ditambah <b>8</b>")
    assert f"{WORDS} 0" not in texts(file, "Saran")
    after = sheet_bytes(file)
    changed = {name for name in after if after[name] != before[name]}
    assert changed - {"Kelengkapan"} == {"Saran"}  # texts are numbered through the sheets
    assert sheet_bytes(written(office, tmp_path, "lagi")) == after


def test_after_a_purge_the_sheets_of_single_rows_say_so(
    office: Instance, form: Form, people: list[str], tmp_path: Path
) -> None:
    assert WORDS in texts(written(office, tmp_path, "awal"), "Saran")
    with open_store(office) as store:
        purged(store, office, form, people)
    file = written(office, tmp_path, "akhir")
    for name in ("Pengolahan", "Profil", "Saran"):
        assert "dimusnahkan" in texts(file, name), name
    assert WORDS.encode() not in b"".join(_parts(file))


def test_the_official_index_stands_in_the_recalculated_workbook(
    office: Instance, form: Form, people: list[str], tmp_path: Path
) -> None:
    with open_store(office) as store:
        closing = gather(store, office, OCTOBER, TODAY).official
        purged(store, office, form, people)
    assert closing is not None
    assert closing.closing.index is not None
    file = written(office, tmp_path, "akhir")
    found = values(recalculated([file], tmp_path / "hitung")[file.name])["Ringkasan"]
    (row,) = [row for row in found.iter_rows(values_only=True) if row[0] == "Indeks (IKM)"]
    figures = [cell for cell in row if isinstance(cell, float)]
    assert figures == [pytest.approx(float(closing.closing.index), abs=1e-9)]


def _parts(file: Path) -> list[bytes]:
    with zipfile.ZipFile(file) as packed:
        return [packed.read(name) for name in packed.namelist()]
