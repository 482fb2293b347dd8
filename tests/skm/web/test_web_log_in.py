"""Coming in and going out: fixation, sessions that end, guesses, the first admin."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from statistics import median

import pytest
from flask import Flask
from flask.testing import FlaskClient
from visiting import NAMES, PASSWORD, add_officers, csrf_of, hidden, officer, post, try_log_in
from werkzeug.test import TestResponse

from skm import instance
from skm.instance import Instance
from skm.store import Store, officers, open_store
from skm.web import first_start, guesses, sessions
from skm.web.app import create_app
from skm.web.first_start import FirstStart
from skm.web.sessions import Sessions
from skm.web.site import Site, site_of
from skm.web.throttle import Throttle

OTHER = "kerbau di sawah"


class Clock:
    """Seconds that a test lets pass."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def peopled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Instance, Store]]:
    """An office with an officer of each role; tests that change one add it first."""
    made = instance.init(tmp_path_factory.mktemp("kantor") / "k")
    with open_store(made) as store:
        add_officers(store)
        yield made, store


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def app(peopled: tuple[Instance, Store], clock: Clock) -> Flask:
    made, store = peopled
    app = create_app(made, store=store)
    app.extensions["skm"] = replace(site_of(app), sessions=Sessions(clock))
    return app


@pytest.fixture
def site(app: Flask) -> Site:
    return site_of(app)


def is_in(client: FlaskClient) -> bool:
    return client.get("/petugas").status_code == 200


def session_cookie(client: FlaskClient) -> str:
    cookie = client.get_cookie(_name(client), path="/petugas")
    assert cookie is not None
    return cookie.value


def set_cookies(reply: TestResponse) -> list[str]:
    return reply.headers.getlist("Set-Cookie")


def test_an_officer_logs_in_to_the_page_that_was_wanted(app: Flask) -> None:
    client = app.test_client()
    asked = client.get("/petugas/ekspor?x=1")
    assert asked.location == "/petugas/masuk?lanjut=/petugas/ekspor?x%3D1"
    page = client.get(asked.location)
    reply = post(
        client, "/petugas/masuk", name="LOKET ", password=PASSWORD, wanted=hidden(page, "wanted")
    )
    assert (reply.status_code, reply.location) == (303, "/petugas/ekspor?x=1")
    assert is_in(client)
    assert client.get("/petugas/masuk?lanjut=/petugas/sandi").location == "/petugas/sandi"


@pytest.mark.parametrize(
    "target",
    [
        "https://contoh.com/petugas",
        "//contoh.com/petugas",
        "///contoh.com",
        "/\\contoh.com",
        "\\\\contoh.com/petugas",
        "javascript:alert(1)",
        "/petugas\r\nSet-Cookie: a=b",
        "/petugas\\@contoh.com",
        "/petugasku",
        "/isi",
        "http:///petugas",
        "https:petugas",
        "http://[petugas",
        "",
    ],
)
def test_log_in_never_leads_elsewhere(app: Flask, target: str) -> None:
    client = app.test_client()
    reply = post(client, "/petugas/masuk", name="loket", password=PASSWORD, wanted=target)
    assert (reply.status_code, reply.location) == (303, "/petugas")
    assert client.get("/petugas/masuk", query_string={"lanjut": target}).location == "/petugas"


def test_a_planted_session_is_worth_nothing_after_log_in(app: Flask) -> None:
    attacker, victim = app.test_client(), app.test_client()
    attacker.get("/petugas/masuk")
    planted = session_cookie(attacker)
    victim.set_cookie(_name(attacker), planted, path="/petugas")
    assert csrf_of(victim) == csrf_of(attacker)
    assert try_log_in(victim, "loket").status_code == 303
    assert is_in(victim)
    assert not is_in(attacker)
    assert session_cookie(victim) != planted


def test_each_log_in_gets_an_id_of_its_own_and_ends_the_one_before(app: Flask, site: Site) -> None:
    client = officer(app, "petugas")
    first = session_cookie(client)
    assert try_log_in(app.test_client(), "loket").status_code == 303
    assert session_cookie(client) == first
    thief = app.test_client()
    copied = client.get_cookie(_name(client), path="/petugas")
    assert copied is not None
    thief.set_cookie(copied.key, copied.value, path="/petugas")
    assert is_in(thief)
    assert post(client, "/petugas/keluar").location == "/petugas/masuk"
    assert not is_in(client)
    assert not is_in(thief)  # log-out ends it on the server, not in the browser alone


def test_a_session_ends_when_nothing_is_asked_for_an_hour(app: Flask, clock: Clock) -> None:
    client = officer(app, "petugas")
    for _ in range(3):
        clock.now += sessions.LONGEST_IDLE - 1
        assert is_in(client)
    clock.now += sessions.LONGEST_IDLE + 1
    assert not is_in(client)
    assert post(client, "/petugas/sandi").status_code == 401


def test_a_session_ends_after_twelve_hours_however_busy(app: Flask, clock: Clock) -> None:
    client = officer(app, "petugas")
    for _ in range(24):
        assert is_in(client)
        clock.now += sessions.LONGEST / 24
    clock.now += 1
    assert not is_in(client)


def test_a_changed_password_ends_all_sessions_but_the_one_that_changed_it(
    app: Flask, site: Site
) -> None:
    officers.add(site.store, "ganti", officers.PETUGAS, PASSWORD)
    here, there = app.test_client(), app.test_client()
    for client in (here, there):
        assert try_log_in(client, "ganti").status_code == 303
    before = session_cookie(here)
    wrong = post(here, "/petugas/sandi", present="salah salah", new=OTHER, again=OTHER)
    assert "Kata sandi sekarang salah." in wrong.text
    unequal = post(here, "/petugas/sandi", present=PASSWORD, new=OTHER, again=OTHER + "!")
    assert "Tidak sama dengan yang pertama." in unequal.text
    weak = post(here, "/petugas/sandi", present=PASSWORD, new="a" * 12, again="a" * 12)
    assert "terlalu mudah ditebak" in weak.text
    assert is_in(there)
    done = post(here, "/petugas/sandi", present=PASSWORD, new=OTHER, again=OTHER)
    assert done.status_code == 303
    assert is_in(here)
    assert session_cookie(here) != before
    assert not is_in(there)
    assert try_log_in(there, "ganti", PASSWORD).status_code == 401


def test_the_end_of_an_account_ends_its_session_at_once(app: Flask, site: Site) -> None:
    officers.add(site.store, "pergi", officers.ADMIN, PASSWORD)
    client = app.test_client()
    assert try_log_in(client, "pergi").status_code == 303
    officers.remove(site.store, "pergi")
    assert not is_in(client)


def test_a_server_that_starts_again_knows_nobody(
    app: Flask, peopled: tuple[Instance, Store]
) -> None:
    client = officer(app, "petugas")
    copied = client.get_cookie(_name(client), path="/petugas")
    assert copied is not None
    again = create_app(peopled[0], store=peopled[1]).test_client()
    again.set_cookie(copied.key, copied.value, path="/petugas")
    assert not is_in(again)


def test_cookies_are_for_the_officers_pages_and_no_script(app: Flask) -> None:
    client = app.test_client()
    reply = try_log_in(client, "loket")
    assert len(set_cookies(reply)) == 2
    for cookie in set_cookies(reply):
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
        assert "Path=/petugas" in cookie
        assert "Secure" not in cookie  # plain HTTP would never send it back
    secure = app.test_client()
    page = secure.get("/petugas/masuk", base_url="https://localhost")
    assert all("Secure" in cookie for cookie in set_cookies(page))


@pytest.mark.parametrize("path", ["/", "/isi", "/api/versi", "/petugas/tidak-ada", "/petugas"])
def test_a_stranger_gets_no_cookie_before_the_log_in_page(app: Flask, path: str) -> None:
    assert set_cookies(app.test_client().get(path)) == []


def test_an_unknown_name_is_told_like_a_wrong_password_and_as_late(
    peopled: tuple[Instance, Store], app: Flask
) -> None:
    officers.add(peopled[1], "kasir", officers.PETUGAS, PASSWORD)
    client = app.test_client()
    wrong, unknown = (try_log_in(client, name, "salah salah") for name in ("kasir", "siapa"))
    assert wrong.status_code == unknown.status_code == 401
    assert "Nama atau kata sandi salah." in wrong.text
    assert wrong.text.replace("kasir", "siapa") == unknown.text

    def seconds(name: str) -> float:
        began = time.perf_counter()
        officers.log_in(peopled[1], name, "salah salah")
        return time.perf_counter() - began

    known, nobody = (median(seconds(name) for _ in range(3)) for name in ("kasir", "siapa"))
    assert nobody > known / 2
    assert known > nobody / 2


def test_guesses_run_out_for_strangers_but_never_for_a_browser_that_was_in_before(
    app: Flask, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = replace(site, guesses=guesses.Guesses(*(Throttle(3) for _ in range(3))))
    app.extensions["skm"] = few
    known = officer(app, "petugas")  # the first of three tries
    post(known, "/petugas/keluar")
    stranger = app.test_client()
    replies = [try_log_in(stranger, "loket", "salah salah").status_code for _ in range(4)]
    assert replies == [401, 401, 429, 429]
    limited = try_log_in(stranger, "loket")
    assert (limited.status_code, limited.headers["Retry-After"]) == (429, "60")
    elsewhere = {"REMOTE_ADDR": "192.168.1.77"}
    token = csrf_of(stranger)
    guess = {"csrf_token": token, "name": "loket", "password": PASSWORD}
    replied = stranger.post("/petugas/masuk", data=guess, environ_base=elsewhere)
    assert replied.status_code == 429  # the name's tries are used up from anywhere
    assert try_log_in(known, "loket").status_code == 303
    other = app.test_client()
    guess |= {"csrf_token": csrf_of(other), "name": NAMES["admin"]}
    replied = other.post("/petugas/masuk", data=guess, environ_base=elsewhere)
    assert replied.status_code == 303  # nor are other names shut


def test_a_known_browser_runs_out_of_its_own_guesses(app: Flask, site: Site) -> None:
    app.extensions["skm"] = replace(site, guesses=guesses.Guesses(by_browser=Throttle(2)))
    client = officer(app, "petugas")
    post(client, "/petugas/keluar")
    replies = [try_log_in(client, "loket", "salah salah").status_code for _ in range(3)]
    assert replies == [401, 401, 429]
    assert try_log_in(app.test_client(), "loket").status_code == 303


@pytest.fixture
def new_office(office: Instance) -> Iterator[tuple[Flask, Store, Clock]]:
    clock = Clock()
    with open_store(office) as store:
        app = create_app(office, store=store)
        app.extensions["skm"] = replace(site_of(app), first_start=FirstStart(clock))
        yield app, store, clock


def test_the_first_start_link_makes_one_admin_once(
    new_office: tuple[Flask, Store, Clock],
) -> None:
    app, store, _ = new_office
    link = f"/petugas/mulai/{site_of(app).first_start.invite()}"
    client = app.test_client()
    page = client.get(link)
    sent = {"csrf_token": hidden(page, "csrf_token"), "name": "kepala"}
    weak = client.post(link, data={**sent, "new": "pendek", "again": "pendek"})
    assert (weak.status_code, "terlalu pendek" in weak.text) == (422, True)
    done = client.post(link, data={**sent, "new": PASSWORD, "again": PASSWORD})
    assert (done.status_code, done.location) == (303, "/petugas")
    assert is_in(client)
    (made,) = officers.all_officers(store)
    assert (made.name, made.role) == ("kepala", "admin")
    again = app.test_client()
    assert again.get(link).status_code == 410
    assert post(again, link, name="lain", new=OTHER, again=OTHER).status_code == 410


@pytest.mark.parametrize("reason", ["late", "replaced", "somebody can log in", "guessed"])
def test_a_first_start_link_that_is_not_the_one_opens_nothing(
    new_office: tuple[Flask, Store, Clock], reason: str
) -> None:
    app, store, clock = new_office
    code = site_of(app).first_start.invite()
    match reason:
        case "late":
            clock.now += first_start.LIFE + 1
        case "replaced":
            site_of(app).first_start.invite()
        case "somebody can log in":
            officers.add(store, "kepala", officers.ADMIN, PASSWORD)
        case _:
            code = "x" * len(code)
    client = app.test_client()
    assert client.get(f"/petugas/mulai/{code}").status_code == 410
    reply = post(client, f"/petugas/mulai/{code}", name="lain", new=OTHER, again=OTHER)
    assert reply.status_code == 410
    assert "lain" not in [each.name for each in officers.all_officers(store)]


def _name(client: FlaskClient) -> str:
    sent = client.get("/petugas").request.headers["Cookie"]
    found = re.search(r"petugas-[0-9a-f]{8}", sent)
    assert found is not None
    return found[0]
