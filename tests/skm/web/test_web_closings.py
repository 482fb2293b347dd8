"""An admin closes, replaces and publishes results in the browser; everyone else reads them."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from closed_offices import closed_period, late, people_of, receive
from commands import skm
from flask import Flask
from flask.testing import FlaskClient
from photographs import PDF, photograph
from visiting import add_officers, csrf_of, officer, post
from werkzeug.test import TestResponse

from skm import instance
from skm.closing_text import checksum
from skm.form import Form, find_form
from skm.instance import Instance
from skm.period import Period
from skm.store import Store, open_store
from skm.store.closings import all_closings, newest_closing
from skm.store.publications import OWN_PAGE, Announcement, publications, publish
from skm.web.app import create_app
from skm.web.site import site_of

MARCH = Period.parse("2026-03")
PLACE = "/petugas/tutup/2026-03"
MEDIA = "/petugas/publikasi/2026-03"


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Instance:
    """An office with officers whose March was answered."""
    made = instance.init(tmp_path_factory.mktemp("kantor") / "k")
    with open_store(made) as opened:
        add_officers(opened)
        receive(opened, made.questionnaire(), people_of(made, "2026-03"))
    return made


@pytest.fixture
def office(answered: Instance, tmp_path: Path) -> Instance:
    """The same for one test alone."""
    return instance.open_instance(Path(shutil.copytree(answered.root, tmp_path / "k")))


@pytest.fixture
def form(office: Instance) -> Form:
    return office.questionnaire()


@pytest.fixture
def store(office: Instance) -> Iterator[Store]:
    with open_store(office) as opened:
        yield opened


@pytest.fixture
def app(office: Instance, store: Store) -> Flask:
    return create_app(office, store=store)


@pytest.fixture
def admin(app: Flask) -> FlaskClient:
    return officer(app, "admin")


def words(client: FlaskClient, path: str) -> str:
    """What a page says, without its tags."""
    reply = client.get(path)
    assert reply.status_code == 200, path
    return said_in(reply)


def said_in(reply: TestResponse) -> str:
    return " ".join(unescape(re.sub("<[^>]+>", " ", reply.text)).split())


def shut(client: FlaskClient, seen: int = 0, **fields: str) -> TestResponse:
    """Close March, as the page's form does."""
    return post(client, f"{PLACE}/edisi", seen=str(seen), **fields)


def send(client: FlaskClient, path: str, content: bytes, **fields: str) -> TestResponse:
    """Send a form with a file."""
    data = {"csrf_token": csrf_of(client), "file": (io.BytesIO(content), "foto.jpg"), **fields}
    return client.post(path, data=data, content_type="multipart/form-data")


def test_a_period_is_closed_as_the_command_closes_it(
    office: Instance,
    form: Form,
    admin: FlaskClient,
    store: Store,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    other = instance.init(tmp_path_factory.mktemp("lain") / "k")
    with open_store(other) as twin:
        receive(twin, form, people_of(other, "2026-03"))
    reply = shut(admin, document="065/12/2026", document_date="2026-04-02")
    assert (reply.status_code, reply.location) == (303, PLACE)
    dated = ("--document", "065/12/2026", "--date", "2026-04-02")
    done = skm("close", "2026-03", *dated, "--instance", other.root)
    closing = newest_closing(store, MARCH)
    assert closing is not None
    assert f"Sidik jari {checksum(closing)}" in done.out


def test_before_closing_the_page_shows_what_would_be_closed_and_stores_nothing(
    app: Flask, admin: FlaskClient, store: Store
) -> None:
    listed = words(admin, "/petugas/tutup")
    assert "Maret 2026 Belum ditutup" in listed
    seen = words(admin, PLACE)
    assert "belum ditutup" in seen
    assert all_closings(store) == ()
    shut(admin)
    closed = words(admin, PLACE)
    for figure in re.findall(r"Nilai IKM (\d\d,\d\d) Mutu pelayanan (\w \w+)", seen)[0]:
        assert figure in closed
    assert checksum(all_closings(store)[0]) in closed
    assert '<button class="go"' not in officer(app, "petugas").get(PLACE).text
    assert "Hanya admin yang dapat menutup." in words(officer(app, "perencana"), PLACE)


def test_late_answers_are_told_and_enter_by_a_new_edition_with_a_reason(
    admin: FlaskClient, store: Store, form: Form
) -> None:
    shut(admin)
    receive(store, form, late(form, date(2026, 3, 20), 6))
    assert re.search(r"menyusul: 6, indeks akan menjadi \d\d,\d\d", words(admin, PLACE))
    assert "menyusul: 6, indeks" in words(admin, "/petugas/tutup?tahun=2026")
    refused = shut(admin, seen=1, reason=" ")
    assert (refused.status_code, "Belum diisi." in said_in(refused)) == (422, True)
    assert len(all_closings(store)) == 1
    assert shut(admin, seen=1, reason="lembar menyusul dari desa").status_code == 303
    shown = words(admin, PLACE)
    assert "lembar menyusul dari desa" in shown
    assert "6 bertambah, 0 dihapus, 0 diperbaiki." in shown
    assert "Edisi sebelumnya" in shown
    for closing in all_closings(store):
        assert checksum(closing)[:16] in shown


def test_a_second_click_or_a_second_admin_makes_no_edition(
    admin: FlaskClient, store: Store
) -> None:
    assert shut(admin).status_code == 303
    again = shut(admin, document="070/1")
    assert again.status_code == 422
    assert "sementara itu sudah ditutup oleh orang lain" in said_in(again)
    assert 'value="070/1"' in again.text
    assert shut(admin, seen=1, reason="ralat").status_code == 303
    assert shut(admin, seen=1, reason="ralat").status_code == 422
    assert len(all_closings(store)) == 2


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/petugas/tutup/2026-13", 404, "tidak ada"),
        ("/petugas/tutup/2019-01", 404, "tidak ada"),
        ("/petugas/tutup?tahun=1999", 404, "tidak ada"),
        ("/petugas/publikasi/2026-03", 404, "tidak ada"),
        ("/petugas/publikasi/apa", 404, "tidak ada"),
    ],
)
def test_what_does_not_exist_is_not_there(
    admin: FlaskClient, path: str, status: int, told: str
) -> None:
    reply = admin.get(path)
    assert (reply.status_code, told in reply.text) == (status, True)


def test_a_period_that_is_not_over_is_not_closed(
    app: Flask, admin: FlaskClient, store: Store, form: Form
) -> None:
    today = site_of(app).now().date()
    month = Period.month_of(today)
    receive(store, form, late(form, today, 6))
    page = words(admin, f"/petugas/tutup/{month}")
    assert f"Masih berjalan. {month.label} berakhir" in page
    assert '<button class="go"' not in admin.get(f"/petugas/tutup/{month}").text
    refused = post(admin, f"/petugas/tutup/{month}/edisi", seen="0")
    assert (refused.status_code, "belum berakhir" in refused.text) == (422, True)
    assert all_closings(store) == ()


def test_of_two_forms_the_officer_chooses_one(
    office: Instance, admin: FlaskClient, store: Store, form: Form
) -> None:
    nine = find_form("permenpanrb-14-2017")
    receive(store, nine, people_of(office, "2026-03", nine))
    page = words(admin, f"{PLACE}?formulir={nine.id}")
    assert "beberapa formulir" in page
    assert "jawaban formulir kecamatan-14 pada periode ini tidak ikut ditutup" in page
    assert shut(admin, form=nine.id).status_code == 303
    closing = newest_closing(store, MARCH)
    assert closing is not None
    assert (closing.form, set(closing.left_out)) == (nine.id, {form.id})
    assert shut(admin, seen=1, form="lain", reason="x").status_code == 422


def test_few_answers_show_no_index_and_cannot_be_published(
    admin: FlaskClient, store: Store, form: Form
) -> None:
    receive(store, form, late(form, date(2026, 2, 20), 4))
    page = words(admin, "/petugas/tutup/2026-02")
    assert "Nilai IKM – Mutu pelayanan – Responden 4" in page
    assert "Indeks ditampilkan mulai 5 responden." in page
    assert post(admin, "/petugas/tutup/2026-02/edisi", seen="0").status_code == 303
    closed = admin.get("/petugas/tutup/2026-02")
    assert "Nilai IKM – " in said_in(closed)
    assert "Terbitkan" not in closed.text.replace("Terbitkan hasil", "")
    refused = post(admin, "/petugas/publikasi/2026-02/1/terbit")
    assert (refused.status_code, "terlalu sedikit" in refused.text) == (422, True)
    assert publications(store) == ()


def test_a_closing_is_published_and_withdrawn_with_a_click(
    app: Flask, admin: FlaskClient, store: Store
) -> None:
    shut(admin)
    citizen = app.test_client()
    assert "Belum ada hasil" in citizen.get("/publik").text
    assert post(admin, f"{MEDIA}/1/terbit").status_code == 303
    assert "Edisi 1 terbit di halaman publik" in words(admin, PLACE)
    assert "Maret 2026" in words(citizen, "/publik")
    (made,) = publications(store)
    assert (made.medium, made.place, made.who) == ("website", OWN_PAGE, "kepala")
    twice = post(admin, f"{MEDIA}/1/terbit")
    assert (twice.status_code, "sudah tercatat" in twice.text) == (422, True)
    assert post(admin, f"{MEDIA}/{made.number}/tarik").status_code == 303
    assert "Belum ada hasil" in citizen.get("/publik").text
    assert "Sudah ditarik" in words(admin, MEDIA)


def test_media_are_recorded_with_evidence_until_the_evaluation_is_content(
    admin: FlaskClient, store: Store
) -> None:
    shut(admin)
    assert "0 dari 6 jenis media. Untuk nilai tertinggi PEKPPP" in words(admin, MEDIA)
    today = date.today().isoformat()
    kinds = ("cetak", "elektronik", "media-sosial", "aplikasi", "luar-ruang")
    for n, medium in enumerate(kinds, start=1):
        fields = {"edition": "1", "medium": medium, "day": today, "place": f"Tempat {n}"}
        assert send(admin, f"{MEDIA}/catat", photograph(300, 200), **fields).status_code == 303
        assert f"{n} dari 6 jenis media" in words(admin, MEDIA)
    assert "Cukup untuk nilai tertinggi" in words(admin, MEDIA)
    assert "5 dari 6 jenis Media cetak, Media elektronik" in words(admin, "/petugas/publikasi")
    page = admin.get(MEDIA).text
    (shown,) = set(re.findall('href="(/petugas/bukti/[0-9a-f]{64})"', page))  # one photograph
    assert admin.get(shown).mimetype == "image/jpeg"
    number = publications(store)[0].number
    assert send(admin, f"{MEDIA}/{number}/bukti", PDF).status_code == 303
    assert len(set(re.findall('href="(/petugas/bukti/[0-9a-f]{64})"', admin.get(MEDIA).text))) == 2


def test_a_publication_without_evidence_may_get_it_later(admin: FlaskClient, store: Store) -> None:
    shut(admin)
    fields = {"edition": "1", "medium": "cetak", "day": date.today().isoformat(), "place": "loket"}
    assert post(admin, f"{MEDIA}/catat", **fields).status_code == 303
    (made,) = publications(store)
    nothing = post(admin, f"{MEDIA}/{made.number}/bukti")
    assert (nothing.status_code, "Belum ada berkas" in nothing.text) == (422, True)
    bad = send(admin, f"{MEDIA}/{made.number}/bukti", b"bukan gambar")
    assert (bad.status_code, "tidak dapat dibaca sebagai bukti" in bad.text) == (422, True)
    assert send(admin, f"{MEDIA}/{made.number}/bukti", PDF).status_code == 303
    assert publications(store)[0].evidence is not None


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"place": ""}, "Belum diisi."),
        ({"day": "kemarin"}, "Bukan tanggal."),
        ({"day": "2026-03-01"}, "mendahului penutupannya"),
        ({"medium": "radio"}, "Pilihan ini tidak ada."),
        ({"edition": "7"}, "Pilihan ini tidak ada."),
        ({"medium": "cetak", "place": OWN_PAGE}, "halaman kantor ini sendiri"),
    ],
)
def test_a_wrong_publication_is_refused_and_what_was_typed_stays(
    admin: FlaskClient, store: Store, changed: dict[str, str], told: str
) -> None:
    shut(admin)
    fields = {"edition": "1", "medium": "cetak", "day": date.today().isoformat(), "place": "Balai"}
    refused = post(admin, f"{MEDIA}/catat", **(fields | changed))
    assert (refused.status_code, told in said_in(refused)) == (422, True)
    assert ("place" in changed) or 'value="Balai"' in refused.text
    assert publications(store) == ()


def test_numbers_larger_than_the_database_knows_are_not_there(
    admin: FlaskClient, store: Store
) -> None:
    shut(admin)
    for path in ("{0}/{1}/terbit", "{0}/{1}/bukti", "{0}/{1}/tarik"):
        assert post(admin, path.format(MEDIA, 2**70)).status_code == 404
    publish(store, MARCH, 1, Announcement("cetak", date.today(), "loket"), "kepala", date.today())
    (made,) = publications(store)
    assert post(admin, f"/petugas/publikasi/2026-04/{made.number}/tarik").status_code == 404


def test_officers_who_are_no_admin_read_and_get_no_buttons(
    app: Flask, admin: FlaskClient, store: Store
) -> None:
    shut(admin)
    publish(store, MARCH, 1, Announcement("cetak", date.today(), "loket"), "kepala", date.today())
    for role in ("petugas", "perencana"):
        client = officer(app, role)
        for path in ("/petugas/tutup", PLACE, "/petugas/publikasi", MEDIA):
            page = client.get(path)
            assert page.status_code == 200
            assert page.text.count('method="post"') == 1  # the one to log out
        assert "Media cetak" in words(client, MEDIA)


def test_no_words_on_what_came_later_tell_the_index_of_fewer_than_five(
    tmp_path: Path, form: Form
) -> None:
    few = instance.init(tmp_path / "sedikit")
    pages = (PLACE, "/petugas/tutup", "/petugas/tutup/2026-TW1")
    with open_store(few) as store:
        add_officers(store)
        client = officer(create_app(few, store=store), "petugas")
        receive(store, form, late(form, date(2026, 3, 5), 3, level=4))
        closed_period(store, few, "2026-03")
        receive(store, form, [replace(late(form, date(2026, 3, 6), 1)[0], id="f" * 32)])
        before = [words(client, page) for page in pages]
        closed_period(store, few, "2026-03", new_edition=True, reason="susulan")
        after = [words(client, page) for page in pages]
    assert "menyusul: 1; indeksnya ditampilkan mulai 5 responden" in before[0]
    assert "Responden 3 menjadi 4" in after[0]
    for said in before + after:
        assert not re.search("100,00|81,25", said), said


def test_what_a_paste_brings_along_keeps_no_poster_and_no_report_from_being_made(
    admin: FlaskClient, store: Store
) -> None:
    pasted = " Nomor\x02 900\x0b/12\x00 "
    shut(admin, document=pasted)
    shut(admin, seen=1, document=pasted, reason=pasted)
    day = site_of(admin.application).now().date()
    said = {"edition": "2", "medium": "website", "day": str(day), "place": pasted}
    assert post(admin, f"{MEDIA}/catat", **said).status_code == 303
    newest = newest_closing(store, MARCH)
    assert newest is not None
    assert (newest.document, newest.reason) == ("Nomor  900 /12",) * 2
    assert [each.place for each in publications(store)] == ["Nomor 900 /12"]
    for kind in ("poster-gambar", "laporan-html"):
        assert admin.get(f"/petugas/ekspor/2026-03/{kind}").status_code == 200, kind
