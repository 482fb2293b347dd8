"""The officers' pages: totals and nothing single, tablets, users, downloads."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from answering import delivery, message, response
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from visiting import NAMES, PASSWORD, add_officers, officer, post, try_log_in

from skm import instance, qr
from skm.form import Form
from skm.instance import Instance, read_office
from skm.period import Period
from skm.resources import folder
from skm.store import Store, officers, open_store, tablets
from skm.store.intake import Intake
from skm.store.rows import months_in, respondents_by_service
from skm.web.app import create_app
from skm.web.contacts import Contacts, is_silent, statuses
from skm.web.site import Site, site_of

LAN = "192.168.1.20:8000"


@pytest.fixture(scope="module")
def peopled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Instance, Store]]:
    """An office with an officer of each role."""
    made = instance.init(tmp_path_factory.mktemp("kantor") / "k")
    with open_store(made) as store:
        add_officers(store)
        yield made, store


@pytest.fixture(scope="module")
def app(peopled: tuple[Instance, Store]) -> Flask:
    return create_app(peopled[0], store=peopled[1], lan=LAN)


@pytest.fixture(scope="module")
def site(app: Flask) -> Site:
    return site_of(app)


@pytest.fixture(scope="module")
def admin(app: Flask) -> FlaskClient:
    return officer(app, "admin")


@pytest.fixture
def form(office: Instance) -> Form:
    return office.questionnaire()


def words(client: FlaskClient, path: str) -> str:
    """What a page says, without its tags."""
    text = client.get(path).text
    return " ".join(unescape(re.sub("<[^>]+>", " ", text)).split())


def today(site: Site) -> date:
    return site.now().date()


def test_the_month_is_shown_in_totals_and_only_from_five_respondents(
    app: Flask, site: Site, admin: FlaskClient
) -> None:
    assert "Belum ada jawaban bulan ini." in words(admin, "/petugas")
    day = today(site)
    for level in (4, 4, 3, 3):
        kept = response(site.form, level, day=day, service="kk", comment="Rahasia warga")
        site.intake.receive(site.form, delivery(kept))
    few = words(admin, "/petugas")
    assert "Responden 4" in few
    assert "Indeks ditampilkan mulai 5 responden." in few
    assert "Nilai IKM" not in few
    site.intake.receive(site.form, delivery(response(site.form, 4, day=day, service=None)))
    for role in NAMES:
        shown = words(officer(app, role), "/petugas")
        assert "Responden 5" in shown
        assert "Nilai IKM Skala 2017 (PermenPANRB 14/2017) 90,00" in shown
        assert "Mutu pelayanan A Sangat Baik" in shown
        assert "Kartu Keluarga 4" in shown
        assert "Tanpa layanan 1" in shown
        assert "Rahasia" not in shown


def test_an_empty_month_shows_the_last_one_with_answers_too(office: Instance) -> None:
    app = create_app(office)
    site = site_of(app)
    add_officers(site.store)
    site.intake.receive_many(
        site.form, (delivery(response(site.form, simulated=True)) for _ in range(6))
    )
    shown = words(officer(app, "petugas"), "/petugas")
    assert "Belum ada jawaban bulan ini." in shown
    assert "Yang tampil adalah bulan terakhir yang berisi jawaban." in shown
    assert "DATA SIMULASI Responden 6" in shown


def test_months_and_services_are_counted_over_all_forms(office: Instance, form: Form) -> None:
    with open_store(office) as store:
        assert months_in(store) == ()
        intake = Intake(store)
        for day in (date(2025, 12, 31), date(2026, 10, 1), date(2026, 10, 2)):
            intake.receive(form, delivery(response(form, day=day, service="kia")))
        intake.receive(form, delivery(response(form, None, service="kia")))
        assert [str(month) for month in months_in(store)] == ["2025-12", "2026-10"]
        october = Period.parse("2026-10")
        assert respondents_by_service(store, [form], october) == {"kia": 2}


def test_each_role_sees_the_links_it_may_follow(app: Flask) -> None:
    seen = {
        role: set(
            re.findall(r'<a href="(/petugas[^"]*)"', officer(app, role).get("/petugas").text)
        )
        for role in NAMES
    }
    assert "/petugas/kertas" in seen["petugas"]
    assert "/petugas/tablet" not in seen["petugas"]
    assert "/petugas/kertas" not in seen["perencana"]
    assert {"/petugas/ekspor", "/petugas/sandi"} <= seen["perencana"]
    assert {"/petugas/kertas", "/petugas/tablet", "/petugas/pengguna"} <= seen["admin"]


def paired_address(client: FlaskClient) -> str:
    """The address that the QR code of the pairing page stands for."""
    page = client.get("/petugas/tablet/kode").text
    (address,) = re.findall(r"<code>(http[^<]+)</code>", page)
    assert qr.svg(address).decode() in page
    return str(address)


def test_a_tablet_is_paired_by_the_code_that_is_shown_once(
    app: Flask, site: Site, admin: FlaskClient
) -> None:
    reply = post(admin, "/petugas/tablet", name="  Loket   1 ")
    assert (reply.status_code, reply.location) == (303, "/petugas/tablet/kode")
    address = paired_address(admin)
    assert address.startswith(f"http://{LAN}/kios#")
    assert "kode belum dipindai" in words(admin, "/petugas/tablet")
    sent = {"code": address.partition("#")[2], "device": None}
    paired = app.test_client().post("/api/pasang", json=sent)
    assert (paired.status_code, paired.json and paired.json["name"]) == (201, "Loket 1")
    assert "Kode sudah dipindai" in words(admin, "/petugas/tablet/kode")
    assert app.test_client().post("/api/pasang", json=sent).status_code == 401
    token = paired.json and paired.json["token"]
    tablet = message(site.form, device=paired.json and paired.json["device"])
    headers = {"Skm-Token": token, "Skm-Waiting": "3"}
    assert app.test_client().post("/api/jawaban", json=tablet, headers=headers).status_code == 201
    assert re.search(r"Loket 1 \d\d\.\d\d WIB 2 ", words(admin, "/petugas"))
    quiet = {**headers, "Skm-Waiting": "0", "Skm-Runs": "1200 1100 95"}
    app.test_client().get("/api/versi", headers=quiet)
    assert re.search(r"Loket 1 \d\d\.\d\d WIB 0 ", words(admin, "/petugas"))
    runs = "1.200 dimulai, 1.100 selesai, 95 ditinggalkan"
    assert runs in words(admin, "/petugas/tablet")


def test_the_code_points_where_the_admin_s_browser_found_the_computer(
    app: Flask, admin: FlaskClient
) -> None:
    post(admin, "/petugas/tablet", name="Loket alamat")
    cookie = admin.get("/petugas").request.headers["Cookie"]
    elsewhere = app.test_client(use_cookies=False)
    for host, shown in ((LAN, LAN), ("pc-loket:8000", "pc-loket:8000"), ("localhost", LAN)):
        headers = {"Host": host, "Cookie": cookie}
        page = elsewhere.get("/petugas/tablet/kode", headers=headers).text
        assert f"<code>http://{shown}/kios#" in page


def test_a_code_is_shown_to_nobody_but_the_admin_who_asked(app: Flask, admin: FlaskClient) -> None:
    post(admin, "/petugas/tablet", name="Loket rahasia")
    other = officer(app, "admin").get("/petugas/tablet/kode")
    assert (other.status_code, other.location) == (302, "/petugas/tablet")


def test_without_a_network_the_page_says_that_no_tablet_will_come(
    peopled: tuple[Instance, Store],
) -> None:
    alone = officer(create_app(peopled[0], store=peopled[1]), "admin")
    post(alone, "/petugas/tablet", name="Loket sendiri")
    page = alone.get("/petugas/tablet/kode").text
    assert "skm serve --lan" in page
    assert "<svg" not in page


def number_of(store: Store, name: str) -> int:
    return next(tablet.number for tablet in tablets.all_tablets(store) if tablet.name == name)


def test_a_tablet_is_renamed_paired_again_and_revoked(
    app: Flask, site: Site, admin: FlaskClient
) -> None:
    token = tablets.add(site.store, "Loket 8")
    number = number_of(site.store, "Loket 8")
    assert post(admin, f"/petugas/tablet/{number}/nama", name="Loket 9").status_code == 303
    assert number_of(site.store, "Loket 9") == number
    taken = post(admin, f"/petugas/tablet/{number}/nama", name=" ")
    assert (taken.status_code, "Nama tablet kosong" in taken.text) == (422, True)
    doubled = post(admin, "/petugas/tablet", name="Loket 9")
    assert (doubled.status_code, "Nama tablet sudah dipakai" in doubled.text) == (422, True)
    again = post(admin, f"/petugas/tablet/{number}/kode")
    assert again.location == "/petugas/tablet/kode"
    assert tablets.find(site.store, token) is not None  # until the new code is scanned
    assert post(admin, f"/petugas/tablet/{number}/cabut").status_code == 303
    assert tablets.find(site.store, token) is None
    assert "Sudah dicabut: Loket 9" in words(admin, "/petugas/tablet")
    assert post(admin, f"/petugas/tablet/{number}/cabut").status_code == 404


OFFICE = read_office(folder("instance") / "office.toml")
MONDAY_TEN = datetime(2026, 10, 5, 10, 0, tzinfo=OFFICE.timezone)


@pytest.mark.parametrize(
    ("heard", "now", "silent"),
    [
        pytest.param(14, MONDAY_TEN, False, id="a quarter of an hour is no silence"),
        pytest.param(16, MONDAY_TEN, True, id="longer is"),
        pytest.param(900, MONDAY_TEN.replace(hour=7, minute=40), False, id="just opened"),
        pytest.param(900, MONDAY_TEN.replace(hour=7, minute=46), True, id="opened and not on"),
        pytest.param(900, MONDAY_TEN.replace(hour=16), False, id="closed"),
        pytest.param(900, MONDAY_TEN - timedelta(days=1), False, id="Sunday"),
        pytest.param(16, MONDAY_TEN.astimezone(UTC), True, id="told in another zone"),
    ],
)
def test_a_tablet_is_silent_only_while_the_office_is_open(
    heard: int, now: datetime, silent: bool
) -> None:
    assert is_silent(now - timedelta(minutes=heard), OFFICE, now) is silent


@pytest.mark.parametrize(
    ("started", "silent"),
    [pytest.param(16, True, id="for long"), pytest.param(14, False, id="just started")],
)
def test_a_tablet_that_never_spoke_is_silent_once_the_server_has_listened_for_long(
    office: Instance, started: int, silent: bool
) -> None:
    contacts = Contacts(since=MONDAY_TEN - timedelta(minutes=started))
    with open_store(office) as store:
        tablets.add(store, "Loket 1")
        tablets.invite(store, "Loket 2", MONDAY_TEN)  # its code waits to be scanned
        found = statuses(tablets.all_tablets(store), contacts, OFFICE, MONDAY_TEN)
    assert [(each.tablet.name, each.silent) for each in found] == [
        ("Loket 1", silent),
        ("Loket 2", False),
    ]


def test_an_admin_adds_users_gives_passwords_and_removes_them(
    app: Flask, site: Site, admin: FlaskClient
) -> None:
    made = post(admin, "/petugas/pengguna", name="Baru", role="perencana", password=PASSWORD)
    assert made.status_code == 303
    assert "Pengguna «baru» ditambahkan." in words(admin, "/petugas/pengguna")
    user = app.test_client()
    assert try_log_in(user, "baru").status_code == 303
    number = next(each.number for each in officers.all_officers(site.store) if each.name == "baru")
    short = post(admin, f"/petugas/pengguna/{number}/sandi", password="gajah")
    assert (short.status_code, "terlalu pendek" in short.text) == (422, True)
    given = post(admin, f"/petugas/pengguna/{number}/sandi", password="kerbau di sawah")
    assert given.status_code == 303
    assert user.get("/petugas").status_code == 302
    assert try_log_in(user, "baru", "kerbau di sawah").status_code == 303
    assert post(admin, f"/petugas/pengguna/{number}/hapus").status_code == 303
    assert user.get("/petugas").status_code == 302
    assert post(admin, f"/petugas/pengguna/{number}/hapus").status_code == 404
    assert post(admin, f"/petugas/pengguna/{2**70}/hapus").status_code == 404


def test_the_last_admin_stays(app: Flask, site: Site, admin: FlaskClient) -> None:
    number = next(
        each.number for each in officers.all_officers(site.store) if each.name == NAMES["admin"]
    )
    refused = post(admin, f"/petugas/pengguna/{number}/hapus")
    assert (refused.status_code, "Admin terakhir" in refused.text) == (422, True)


@pytest.fixture(scope="module")
def october(site: Site) -> Period:
    """A month whose answers are released, since they arrived long ago."""
    site.intake.receive_many(
        site.form,
        (
            delivery(response(site.form, level, service="kk", comment="Kursi <kurang>"))
            for level in (1, 2, 3, 4) * 3
        ),
    )
    return Period.parse("2026-10")


@pytest.mark.parametrize("role", NAMES)
def test_a_month_is_downloaded_as_a_workbook(app: Flask, october: Period, role: str) -> None:
    client = officer(app, role)
    assert "Oktober 2026 Excel" in words(client, "/petugas/ekspor")
    reply = client.get(f"/petugas/ekspor/{october}/xlsx")
    assert reply.headers["Content-Disposition"] == "attachment; filename=skm-2026-10.xlsx"
    assert reply.headers["Cache-Control"] == "no-store"
    book = load_workbook(io.BytesIO(reply.data))
    assert book.sheetnames[:2] == ["Ringkasan", "Pengolahan"]


@pytest.mark.parametrize("period", ["2026-10", "2026-TW4", "2026-S2", "2026"])
def test_any_period_is_downloaded_as_csv(admin: FlaskClient, october: Period, period: str) -> None:
    reply = admin.get(f"/petugas/ekspor/{period}/csv")
    assert (reply.status_code, reply.mimetype) == (200, "text/csv")
    assert reply.data.startswith(b"\xef\xbb\xbf")


def test_a_download_leaves_nothing_behind(
    peopled: tuple[Instance, Store], admin: FlaskClient, october: Period
) -> None:
    before = sorted(peopled[0].root.rglob("*"))
    admin.get(f"/petugas/ekspor/{october}/xlsx")
    assert sorted(peopled[0].root.rglob("*")) == before


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("2019-01/xlsx", 422, "Belum ada jawaban untuk Januari 2019"),
        ("2026-13/xlsx", 422, "Periode tidak dikenal"),
        ("2026-10/docx", 404, "Halaman ini tidak ada"),
        ("2026-10/xlsx?formulir=lain", 422, "lain"),
    ],
)
def test_what_cannot_be_exported_is_said(
    admin: FlaskClient, october: Period, path: str, status: int, said: str
) -> None:
    reply = admin.get(f"/petugas/ekspor/{path}")
    assert (reply.status_code, said in reply.text) == (status, True)


def test_the_landing_page_leads_officers_to_their_pages_and_tablets_to_the_kiosk(
    app: Flask,
) -> None:
    page = app.test_client().get("/").text
    for address in ("/petugas", "/kios"):
        assert f'href="{address}"' in page
        assert app.test_client().get(address).status_code in (200, 302)


def test_an_office_without_answers_is_shown_where_they_come_from(
    office: Instance, store: Store
) -> None:
    add_officers(store)
    admin = officer(create_app(office, store=store), "admin")
    for address in ("/petugas", "/petugas/jawaban", "/petugas/tutup", "/petugas/ekspor"):
        main = admin.get(address).text.partition("<main")[2]
        told = main.partition("Jawaban datang dari")[2].partition("</p>")[0]
        for place in ("/petugas/tablet", "/petugas/qr", "/petugas/kertas"):
            assert f'href="{place}"' in told, (address, place)
