"""Backup, restore, verify, doctor and the paper form from the command line."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from answering import delivery, message, response
from commands import skm
from offices import changed
from pdf_reader import read_pdf
from serving import running
from store_content import ids_in

from skm.instance import Instance
from skm.store import open_store, tablets
from skm.store.intake import Intake
from skm.store.remembered import ADDRESS, remember


@pytest.fixture
def stored(office: Instance) -> set[str]:
    """The ids of five responses."""
    form = office.questionnaire()
    with open_store(office) as store:
        answers = [response(form) for _ in range(5)]
        Intake(store).receive_many(form, map(delivery, answers))
    return {each.id for each in answers}


def only_backup(office: Instance) -> Path:
    (file,) = office.backups.glob("*.zip")
    return file


def test_a_backup_is_told_with_its_place_and_put_back_with_one_command(
    office: Instance, stored: set[str]
) -> None:
    made = skm("backup", "--instance", office.root)
    assert (made.status, made.err) == (0, "")
    assert made.out == f"Cadangan dibuat: {only_backup(office)} (5 jawaban)\n"
    with closing(sqlite3.connect(office.database)) as db:
        db.execute("DELETE FROM response_kecamatan_14")
        db.commit()
    done = skm("restore", only_backup(office), "--instance", office.root)
    assert done.status == 0, done.err
    assert done.out.startswith("Cadangan dipulihkan (Kecamatan Pakusari, ")
    assert "5 jawaban." in done.out.splitlines()[0]
    assert "skm-sebelum-pulih-" in done.out
    assert ids_in(office.database) == stored


def test_an_office_is_made_anew_on_another_computer(
    office: Instance, stored: set[str], tmp_path: Path
) -> None:
    skm("backup", "--instance", office.root)
    new = tmp_path / "komputer-baru"
    done = skm("restore", only_backup(office), "--instance", new)
    assert done.status == 0, done.err
    assert "office.toml" in done.out
    assert skm("verify", "--instance", new).status == 0
    assert ids_in(new / "skm.db") == stored


def test_a_second_folder_that_is_not_there_is_a_warning(
    office: Instance, stored: set[str], tmp_path: Path
) -> None:
    stick = tmp_path / "diska"
    changed(office, 'kertas = "F4"', f'kertas = "F4"\ncadangan = "{stick.as_posix()}"')
    made = skm("backup", "--instance", office.root)
    assert made.status == 0
    assert "Peringatan" in made.err
    assert str(stick) in made.err
    stick.mkdir()
    again = skm("backup", "--instance", office.root)
    assert (again.status, again.err) == (0, "")
    assert f"Salinan kedua: {stick}" in again.out


def test_a_restore_beside_a_running_server_is_refused_in_words(
    office: Instance, stored: set[str]
) -> None:
    with open_store(office) as store:
        token = tablets.add(store, "Loket 1")
    skm("backup", "--instance", office.root)
    with running(office) as server:
        assert server.deliver(token, message(office.questionnaire()))[0] == 201
        refused = skm("restore", only_backup(office), "--instance", office.root)
    assert refused.status == 2
    assert "Hentikan «skm serve» dengan Ctrl-C" in refused.err
    assert "Traceback" not in refused.err
    assert len(ids_in(office.database)) == 6


def test_a_damaged_backup_is_refused_in_words(office: Instance, stored: set[str]) -> None:
    skm("backup", "--instance", office.root)
    file = only_backup(office)
    file.write_bytes(file.read_bytes()[:-200])
    refused = skm("restore", file, "--instance", office.root)
    assert refused.status == 2
    assert file.name in refused.err
    assert ids_in(office.database) == stored
    checked = skm("verify", "--instance", office.root)
    assert checked.status == 1
    assert "salah  Berkas cadangan" in checked.out


def test_verify_says_what_is_wrong_and_ends_with_1(office: Instance, stored: set[str]) -> None:
    sound = skm("verify", "--instance", office.root)
    assert sound.status == 0
    assert sound.out.endswith("Semua baik.\n")
    with closing(sqlite3.connect(office.database)) as db:
        db.execute("DELETE FROM receipt WHERE id = ?", (min(stored),))
        db.commit()
    faulty = skm("verify", "--instance", office.root)
    assert faulty.status == 1
    assert f"1 jawaban tanpa tanda terima: {min(stored)}" in faulty.out


def test_doctor_tells_lights_and_ends_with_1_where_there_is_trouble(
    office: Instance, stored: set[str]
) -> None:
    troubled = skm("doctor", "--instance", office.root)
    assert troubled.status == 1
    assert "masalah    Cadangan: Belum ada satu pun." in troubled.out
    skm("backup", "--instance", office.root)
    document = skm("doctor", "--instance", office.root, "--json").document
    assert document["light"] in ("baik", "perhatian")
    assert {"light", "subject", "message", "todo"} == set(document["findings"][0])
    assert skm("doctor", "--instance", office.root).status == 0


def test_the_paper_form_goes_to_the_reports_with_a_code_where_phones_are_welcome(
    office: Instance,
) -> None:
    plain = skm("questionnaire", "--instance", office.root)
    assert plain.status == 0, plain.err
    file = office.root / "reports" / "kuesioner-kecamatan-14.pdf"
    assert plain.out == f"Ditulis: {file}\n"
    assert read_pdf(file.read_bytes()).alts == []

    changed(office, "isi = false", "isi = true")
    unknown = skm("questionnaire", "--instance", office.root)
    assert unknown.status == 0
    assert "Tanpa kode QR" in unknown.err
    with open_store(office) as store:
        remember(store, ADDRESS, "192.168.1.20:8000")
    known = skm("questionnaire", "--instance", office.root)
    assert known.err == ""
    assert read_pdf(file.read_bytes()).alts == ["Kode QR menuju http://192.168.1.20:8000/isi"]


def test_the_paper_form_of_another_form_and_language(office: Instance, tmp_path: Path) -> None:
    options = ("--form", "permenpanrb-14-2017", "--language", "en", "--instance", office.root)
    assert skm("questionnaire", *options).status == 0
    assert (office.root / "reports" / "kuesioner-permenpanrb-14-2017-en.pdf").is_file()
    out = tmp_path / "cetak" / "formulir.pdf"
    assert skm("questionnaire", *options, "--out", out).status == 0
    assert out.read_bytes().startswith(b"%PDF")
    unknown = skm("questionnaire", "--form", "tidak-ada", "--instance", office.root)
    assert unknown.status == 2
    assert "permenpanrb-14-2017" in unknown.err
