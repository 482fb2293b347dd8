"""An admin destroys past years in the browser: seen first, confirmed by the year, recorded."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path

import pytest
from answering import delivery, response
from closed_offices import closed_period
from flask import Flask
from flask.testing import FlaskClient
from visiting import NAMES, add_officers, officer, post

from skm.instance import Instance
from skm.store import Store
from skm.store.backup import back_up
from skm.store.comment_handling import Handling, handle
from skm.store.corrections import Ruling, delete
from skm.web.app import create_app
from skm.web.site import Site, site_of

WORDS = "Kalimat warga yang khas"
THIS_YEAR = datetime.now(UTC).year
OLD, KEPT = THIS_YEAR - 4, THIS_YEAR - 1


@pytest.fixture
def app(office: Instance, tmp_path: Path) -> Iterator[Flask]:
    """An office with a closed year long past, its comments handled and backed up."""
    stick = tmp_path / "stick"
    office = replace(office, office=replace(office.office, backup_folder=str(stick)))
    made = create_app(office)
    site = site_of(made)
    add_officers(site.store)
    for year in (OLD, KEPT):
        people = [
            response(site.form, 3, day=date(year, 5, 6), comment=f"{WORDS} {year} {n}")
            for n in range(7)
        ]
        site.intake.receive_many(site.form, [delivery(each, received=each.day) for each in people])
        day = date(year, 6, 1)
        said = Handling(f"{WORDS} bersih", "lain", f"{WORDS} dijawab", published=True)
        handle(site.store, site.form, people[0].id, said, "loket", day)
        delete(site.store, site.form, people[6].id, Ruling("kepala", "ganda", day))
    back_up(office, datetime(OLD, 7, 1, tzinfo=UTC))
    yield made
    site.store.close()


@pytest.fixture
def site(app: Flask) -> Site:
    return site_of(app)


@pytest.fixture
def admin(app: Flask) -> FlaskClient:
    return officer(app, "admin")


def words(text: str) -> str:
    return " ".join(unescape(re.sub("<[^>]+>", " ", text)).split())


def close_old(store: Store, office: Instance) -> None:
    closed_period(store, office, str(OLD))


def test_only_past_years_whose_retention_is_over_are_offered(admin: FlaskClient) -> None:
    page = words(admin.get("/petugas/pemusnahan").text)
    assert f"{OLD} 6 Boleh dimusnahkan" in page
    assert f"{KEPT} 6 Disimpan sampai 1 Januari {KEPT + 3}" in page
    for year in (KEPT, THIS_YEAR, OLD - 1, 0, 2**70):
        assert admin.get(f"/petugas/pemusnahan/{year}").status_code == 404
        assert post(admin, f"/petugas/pemusnahan/{year}", year=str(year)).status_code == 404


def test_a_year_that_is_not_closed_is_not_destroyed(admin: FlaskClient, site: Site) -> None:
    page = admin.get(f"/petugas/pemusnahan/{OLD}")
    assert f"Belum boleh: {OLD}-05 (kecamatan-14) belum ditutup" in words(page.text)
    assert "Ketik tahunnya" not in page.text
    refused = post(admin, f"/petugas/pemusnahan/{OLD}", year=str(OLD))
    assert (refused.status_code, "Belum ditutup" in words(refused.text)) == (422, True)
    assert site.store.deletions.read().purged_until is None


def test_what_would_go_is_shown_first_and_the_year_is_typed(
    admin: FlaskClient, site: Site, tmp_path: Path
) -> None:
    close_old(site.store, site.instance)
    exported = site.instance.reports(f"{OLD}-05") / f"skm-{OLD}-05.xlsx"
    exported.parent.mkdir(parents=True)
    exported.write_bytes(b"")
    page = words(admin.get(f"/petugas/pemusnahan/{OLD}").text)
    assert "Jawaban satuan 6 Saran, beserta tanggapan dan terbitannya 6 Catatan koreksi 1" in page
    assert "Cadangan yang ditulis ulang tanpa isi itu 1" in page
    assert str(next(site.instance.backups.glob("*.zip"))) in page
    assert f"Tidak terjangkau sekarang: {tmp_path / 'stick'}" in page
    assert str(exported) in page
    assert "1 penutupan dengan semua angkanya" in page
    for typed in ("", str(OLD + 1), "ya"):
        refused = post(admin, f"/petugas/pemusnahan/{OLD}", year=typed)
        assert refused.status_code == 422
    assert site.store.deletions.read().purged_until is None


def test_it_is_destroyed_everywhere_and_written_down(admin: FlaskClient, site: Site) -> None:
    close_old(site.store, site.instance)
    reply = post(admin, f"/petugas/pemusnahan/{OLD}", year=f" {OLD} ")
    assert reply.status_code == 303
    record = words(admin.get(reply.location).text)
    assert f"6 jawaban sampai 31 Desember {OLD} dimusnahkan." in record
    assert f"oleh pengguna «{NAMES['admin']}»" in record
    assert "6 saran beserta tanggapannya" in record
    assert "tidak terjangkau" in record
    (written,) = site.instance.reports("pemusnahan").glob("*.json")
    assert json.loads(written.read_text())["oleh"] == NAMES["admin"]
    listed = words(admin.get("/petugas/pemusnahan").text)
    assert f"sampai 31 Desember {OLD} , oleh {NAMES['admin']}" in listed
    assert "Saat itu belum terjangkau" in listed
    assert f"{OLD} 6" not in listed
    assert admin.get(f"/petugas/pemusnahan/{OLD}").status_code == 404
    log = words(admin.get("/petugas/perubahan").text)
    assert f"Data dimusnahkan: jawaban sampai 31 Desember {OLD} {NAMES['admin']}" in log
    assert log.count("Jawaban dihapus") == 1 + 1, "of the kept year, and the name of the filter"


def test_not_a_byte_is_left_of_what_citizens_wrote_nor_of_what_was_made_of_it(
    admin: FlaskClient, site: Site
) -> None:
    close_old(site.store, site.instance)
    root = site.instance.root
    old, kept = f"{WORDS} {OLD}".encode(), f"{WORDS} {KEPT}".encode()
    assert any(old in each for each in stored(root))
    post(admin, f"/petugas/pemusnahan/{OLD}", year=str(OLD))
    left = stored(root)
    assert not any(old in each for each in left)
    assert any(kept in each for each in left)
    bare = [each for each in left if f"{WORDS} bersih".encode() in each]
    assert len(bare) == len([each for each in left if kept in each])


def stored(root: Path) -> list[bytes]:
    """The office's database and its backups, unpacked."""
    found = [file.read_bytes() for file in root.glob("skm.db*")]
    for file in root.rglob("*.zip"):
        with zipfile.ZipFile(file) as packed:
            found += [packed.read(name) for name in packed.namelist()]
    return found


@pytest.mark.parametrize("name", ["tidak-ada", "..%2F..%2Foffice", "%2Fetc%2Fpasswd"])
def test_no_other_file_is_read_as_a_record(admin: FlaskClient, name: str) -> None:
    assert admin.get(f"/petugas/pemusnahan/catatan/{name}").status_code == 404


def test_a_record_that_was_damaged_is_passed_over(admin: FlaskClient, site: Site) -> None:
    folder = site.instance.reports("pemusnahan")
    folder.mkdir(parents=True)
    for number, text in enumerate(("{", "[]", '{"tanggal": 3}', '{"salinan": 1}')):
        (folder / f"rusak-{number}.json").write_text(text)
    assert admin.get("/petugas/pemusnahan").status_code == 200
    assert admin.get("/petugas/perubahan").status_code == 200
