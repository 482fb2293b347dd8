"""Officers read what citizens wrote, clean it, answer it, and publish it; never whose it is."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from answering import delivery, response
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import escape
from visiting import NAMES, add_officers, officer, post

from skm import instance
from skm.follow_up import Plan
from skm.instance import Instance
from skm.period import Period
from skm.responses import Response
from skm.store import Store, open_store
from skm.store.comment_handling import published_comments, received_comments
from skm.store.corrections import Ruling, delete
from skm.store.follow_up import Writer, add, remove
from skm.web.app import create_app
from skm.web.site import Site, site_of

OCTOBER = Period.parse("2026-10")
PLAN = Plan(
    period=OCTOBER,
    element="kecepatan",
    problem="Antrean lama",
    action="Tambah satu loket",
    quarter=Period.parse("2026-TW4"),
    owner="Kasi Pelayanan Umum",
    due=date(2026, 12, 15),
)
LIST = "/petugas/saran?periode=2026-10"
TEXTS = (
    "Pak Budi di loket 2 lambat, hubungi 081234567890",
    "<script>alert('x')</script> kursi kurang",
    '=HYPERLINK("http://contoh")',
    "Parkir sempit\nterutama Senin",
    "</textarea><b>tebal</b>",
    "Toilet kotor",
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Instance:
    return instance.init(tmp_path_factory.mktemp("kantor") / "k")


@pytest.fixture(scope="module")
def opened(office: Instance) -> Iterator[Store]:
    with open_store(office) as store:
        add_officers(store)
        yield store


@pytest.fixture(scope="module")
def app(office: Instance, opened: Store) -> Flask:
    return create_app(office, store=opened)


@pytest.fixture(scope="module")
def site(app: Flask) -> Site:
    return site_of(app)


@pytest.fixture(scope="module")
def written(site: Site) -> list[Response]:
    """Six comments of October, of responses that have a telling service and profile."""
    made = [
        response(site.form, 2, service="kia", profile={"usia": "26_35"}, comment=text)
        for text in TEXTS
    ]
    site.intake.receive_many(site.form, [delivery(each) for each in made])
    return made


@pytest.fixture(scope="module")
def loket(app: Flask, written: list[Response]) -> FlaskClient:
    return officer(app, "petugas")


def comments_on(page: str) -> list[str]:
    return [unescape(each) for each in re.findall(r"<blockquote>(.*?)</blockquote>", page, re.S)]


def address_of(client: FlaskClient, text: str) -> str:
    """Where a comment is handled."""
    page = client.get(LIST).text
    words = re.escape(str(escape(text)))
    found = re.search(rf'<blockquote>{words}</blockquote>.*?href="([^"]+)"', page, re.S)
    assert found is not None, page
    return unescape(found[1])


def test_everyone_reads_them_as_text_whatever_they_hold(
    app: Flask, loket: FlaskClient, written: list[Response]
) -> None:
    for role in NAMES:
        page = officer(app, role).get(LIST).text
        assert sorted(comments_on(page)) == sorted(TEXTS)
        assert "<script>" not in page
        assert "<b>tebal" not in page


def test_nothing_on_the_page_says_whose_they_are(
    loket: FlaskClient, written: list[Response]
) -> None:
    for path in (LIST, address_of(loket, TEXTS[0])):
        page = loket.get(path).text
        for each in written:
            assert each.id not in page
            assert each.id[:8] not in page
        for telling in ("Kartu Identitas Anak", "26–35", "5 Oktober"):
            assert telling not in page, telling


def test_the_address_of_a_comment_is_no_plain_hash_of_the_response(
    loket: FlaskClient, site: Site, written: list[Response], office: Instance
) -> None:
    address = address_of(loket, TEXTS[0]).split("?")[0].rpartition("/")[2]
    for each in written:
        for text in (each.id, f"saran {each.id}", str(each.comment)):
            for digest in (hashlib.sha256, hashlib.md5):
                assert digest(text.encode()).hexdigest()[:32] != address
    assert loket.get(f"/petugas/saran/2026-10/{written[0].id}").status_code == 404
    assert loket.get(f"/petugas/saran/2026-10/{'é' * 32}").status_code == 404


def test_the_order_is_shuffled_and_stays_when_one_is_handled(
    loket: FlaskClient, site: Site, written: list[Response]
) -> None:
    before = comments_on(loket.get(LIST).text)
    assert before != list(TEXTS)
    path = address_of(loket, before[-1])
    assert post(loket, path, cleaned="bersih", topic="lain", answer="ya").status_code == 303
    assert comments_on(loket.get(LIST).text) == before


def test_a_cleaned_text_is_proposed_and_only_what_was_decided_is_published(
    loket: FlaskClient, site: Site, written: list[Response]
) -> None:
    line = add(site.store, PLAN, Writer("loket", site.now().date()))
    planned = str(line.number)
    path = address_of(loket, TEXTS[0])
    page = loket.get(path).text
    assert f"{planned}. Tambah satu loket" in page
    assert "Pak [nama] di loket 2 lambat, hubungi [nomor]</textarea>" in page
    assert "Teks bersih di bawah adalah usulan" in page
    reply = post(
        loket,
        path,
        cleaned="Loket 2 lambat",
        topic="kecepatan",
        answer="  Ditambah satu loket.\r\nMulai Senin.  ",
        follow_up=planned,
        published="y",
    )
    assert reply.status_code == 303
    (found,) = published_comments(site.store, OCTOBER)
    assert (found.text, found.topic) == ("Loket 2 lambat", "kecepatan")
    assert found.answer == "Ditambah satu loket.\nMulai Senin."
    shown = loket.get(LIST).text
    assert f"Tindak lanjut {planned}</a>" in shown
    assert "diterbitkan" in shown
    assert "Loket 2 lambat</textarea>" in loket.get(path).text
    assert len(comments_on(loket.get(f"{LIST}&keadaan=terbit").text)) == 1
    assert comments_on(loket.get(f"{LIST}&topik=kecepatan").text) == [TEXTS[0]]
    assert TEXTS[0] not in comments_on(loket.get(f"{LIST}&keadaan=belum").text)
    remove(site.store, line.number, Writer("loket", site.now().date()))
    assert f"{planned}. (sudah dihapus)" in loket.get(path).text
    assert f"Tindak lanjut {planned}</a>" not in loket.get(LIST).text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"published": "y"}, "Belum ada teks yang boleh diterbitkan"),
        ({"topic": "cuaca"}, "Pilihan ini tidak ada."),
        ({"cleaned": "a" * 1001}, "Sampai 1000 huruf."),
        ({"follow_up": "99"}, "Pilihan ini tidak ada."),
    ],
)
def test_what_cannot_be_kept_comes_back_with_the_page(
    loket: FlaskClient, written: list[Response], typed: dict[str, str], said: str
) -> None:
    reply = post(loket, address_of(loket, TEXTS[5]), **{"topic": "", **typed})
    assert (reply.status_code, said in reply.text) == (422, True), reply.text


def test_a_planner_reads_and_changes_nothing(
    app: Flask, loket: FlaskClient, written: list[Response]
) -> None:
    planner = officer(app, "perencana")
    page = planner.get(LIST)
    assert (page.status_code, "Tanggapi" in page.text) == (200, False)
    path = address_of(loket, TEXTS[3])
    assert planner.get(path).status_code == 403
    assert post(planner, path, cleaned="x", topic="lain").status_code == 403


def test_what_came_today_is_counted_but_not_shown(
    app: Flask, loket: FlaskClient, site: Site, written: list[Response]
) -> None:
    fresh = response(site.form, 1, comment="Baru saja ditulis")
    site.intake.receive(site.form, delivery(fresh, received=site.now().date()))
    page = loket.get(LIST).text
    assert "Baru saja ditulis" not in page
    assert "1 saran terbaru belum boleh ditampilkan." in page


def test_a_deleted_response_takes_the_published_words_with_it(
    loket: FlaskClient, site: Site, written: list[Response]
) -> None:
    path = address_of(loket, TEXTS[4])
    post(loket, path, cleaned="Sudah tebal", topic="lain", published="y")
    assert "Sudah tebal" in [each.text for each in published_comments(site.store, OCTOBER)]
    delete(site.store, site.form, written[4].id, Ruling("admin", "diminta", site.now().date()))
    assert loket.get(path).status_code == 404
    assert post(loket, path, cleaned="lagi", topic="lain").status_code == 404
    assert "Sudah tebal" not in [each.text for each in published_comments(site.store, OCTOBER)]


def test_simulated_comments_are_marked(app: Flask, loket: FlaskClient, site: Site) -> None:
    day = date(2025, 2, 3)
    made = [
        replace(response(site.form, day=day, comment=f"Contoh {n}"), simulated=True)
        for n in range(5)
    ]
    site.intake.receive_many(site.form, [delivery(each, received=day) for each in made])
    assert "DATA SIMULASI" in loket.get("/petugas/saran?periode=2025-02").text
    assert "DATA SIMULASI" not in loket.get(LIST).text
    found = received_comments(site.store, site.form, Period.parse("2025-02"), site.now().date())
    assert all(each.simulated for each in found)


def test_an_office_without_responses_has_a_page(tmp_path_factory: pytest.TempPathFactory) -> None:
    empty = create_app(instance.init(tmp_path_factory.mktemp("kosong") / "k"))
    add_officers(site_of(empty).store)
    admin = officer(empty, "admin")
    for path in ("saran", "jawaban", "perubahan", "pemusnahan"):
        assert admin.get(f"/petugas/{path}").status_code == 200
